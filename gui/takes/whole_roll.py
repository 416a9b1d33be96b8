"""The roll of a performance that is known to its end, and its part that is visible at a moment."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np

from gui.stage.roll import TOUCHING_S, BarLine, Block, PedalSpan
from realtime.contract import PEDAL_DOWN
from realtime.notes import NoteTable


@dataclass(frozen=True)
class RollSnapshot:
    """The part of a `WholeRoll` that is visible at a moment: what falls towards the keys, and what sounds. blocks: by
    onset; pedal: spans, the present one too; performance: of which this is a part; beats, bars: when they fall, s;
    changes: none, nothing is corrected."""

    blocks: Sequence[Block]
    held: Mapping[int, Block]
    pedal: Sequence[PedalSpan]
    pedal_down: bool
    performance: object = None
    beats: Sequence[float] = ()
    bars: Sequence[BarLine] = ()
    changes: int = 0


class WholeRoll:
    """All blocks and pedal spans of a performance, by onset; none is left open.

    beats: when they fall, s, rising. end_s: when the pedal comes up at the latest, where the notes do not say.
    length_s: when the last key and the pedal are up.
    """

    def __init__(self, notes: NoteTable, beats: Sequence[float] = (), end_s: float = 0.0) -> None:
        end_s = max(end_s, notes.last_s)
        self.blocks = _blocks(notes, end_s)
        self.pedal = _spans(notes, end_s)
        self.beats = beats
        self._onsets = [block.onset for block in self.blocks]
        # The latest end among a block and all before it: where to begin looking.
        self._ends = list(accumulate((_end(block.damped) for block in self.blocks), max))
        self._pedal_ups = [_end(span.up) for span in self.pedal]
        self._pedal_downs = [span.down for span in self.pedal]
        self.length_s = max([0.0, *self._ends[-1:], *self._pedal_ups[-1:]])

    def at(self, now: float, ahead_s: float) -> RollSnapshot:
        """What is visible at `now` (s) on a stage that shows the next `ahead_s` seconds."""
        first, last = bisect_right(self._ends, now), bisect_left(self._onsets, now + ahead_s)
        blocks = [block for block in self.blocks[first:last] if _end(block.damped) > now]
        held = {block.pitch: block for block in blocks if block.onset <= now < _end(block.release)}
        since, until = bisect_right(self._pedal_ups, now), bisect_left(self._pedal_downs, now + ahead_s)
        pedal = self.pedal[since:until]
        beats = self.beats[bisect_left(self.beats, now) : bisect_left(self.beats, now + ahead_s)]
        return RollSnapshot(blocks, held, pedal, bool(pedal) and pedal[0].down <= now, self, beats)


def _blocks(notes: NoteTable, end_s: float) -> list[Block]:
    struck_again, order = notes.next_onset() - notes.offset < TOUCHING_S, np.arange(len(notes))
    columns = (notes.pitch, notes.velocity, notes.onset, notes.offset, notes.pedal_extended(end_s), struck_again, order)
    return [Block(*row) for row in zip(*(column.tolist() for column in columns), strict=True)]


def _spans(notes: NoteTable, end_s: float) -> list[PedalSpan]:
    down = np.concatenate([[False], notes.pedal_value >= PEDAL_DOWN, [False]])
    times = np.append(notes.pedal_time, end_s)[np.flatnonzero(down[1:] != down[:-1])].tolist()
    return [PedalSpan(*span) for span in zip(times[0::2], times[1::2], strict=True)]


def _end(time: float | None) -> float:
    """A time that a finished performance always knows."""
    assert time is not None
    return time
