"""A score as falling blocks: each note by the written time of its beat, with its hand; bars and beats as lines."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from itertools import accumulate

import numpy as np

from gui.stage.roll import TOUCHING_S, BarLine, Block
from gui.takes.outline import Outline
from gui.takes.whole_roll import RollSnapshot
from realtime.practice.score import Bar, Score, ScoreNote

VELOCITY = 96
LEAST_NOTE_S = 0.06  # a grace note is seen, too
BAR_SEEN_S = 0.5  # a bar's number is seen until its line has been past the keys for so long
BEAT = 1.0  # quarters
ROUNDING = 1e-6


class ScoreRoll:
    """The blocks of a score, by onset. Times are seconds at the written tempo, as `Score.seconds` gives them."""

    def __init__(self, score: Score) -> None:
        self.score = score
        self.blocks = tuple(_blocks(score))
        self.bars = tuple(BarLine(score.seconds(bar.beat), bar.number) for bar in score.bars)
        self.beats = tuple(score.seconds(beat) for bar in score.bars for beat in beats_of(bar))
        self._onsets = [block.onset for block in self.blocks]
        self._ends = list(accumulate((_end(block) for block in self.blocks), max))
        self._bar_times = [bar.time for bar in self.bars]

    def at(self, place_s: float, ahead_s: float, held: Mapping[int, Block]) -> RollSnapshot:
        """What is seen at a place of a stage that shows the next `ahead_s` seconds. held: the keys that are down."""
        until = place_s + ahead_s
        first, last = bisect_right(self._ends, place_s), bisect_left(self._onsets, until)
        blocks = [block for block in self.blocks[first:last] if _end(block) > place_s]
        beats = self.beats[bisect_left(self.beats, place_s) : bisect_left(self.beats, until)]
        bars = self.bars[bisect_left(self._bar_times, place_s - BAR_SEEN_S) : bisect_left(self._bar_times, until)]
        return RollSnapshot(blocks, held, (), False, self, beats, bars)

    @property
    def outline(self) -> Outline:
        """For a small picture."""
        return Outline(
            np.array([block.onset for block in self.blocks], np.float32),
            np.array([_end(block) for block in self.blocks], np.float32),
            np.array([block.pitch for block in self.blocks], np.uint8),
            np.full(len(self.blocks), VELOCITY, np.uint8),
            tuple(block.hand for block in self.blocks),
        )


def beats_of(bar: Bar) -> Iterator[float]:
    """The quarters of a bar after its line."""
    for count in range(1, math.ceil(bar.length / BEAT - ROUNDING)):
        yield bar.beat + count * BEAT


def _blocks(score: Score) -> Iterator[Block]:
    notes = sorted({(note.beat, note.pitch): note for group in score.groups for note in group.notes}.items())
    following: dict[int, float] = {}
    blocks: list[Block] = []
    for _, note in reversed(notes):
        onset = score.seconds(note.beat)
        struck = following.get(note.pitch, math.inf)
        end = min(max(score.seconds(note.beat + note.length), onset + LEAST_NOTE_S), struck)
        blocks.append(_block(note, onset, end, struck - end < TOUCHING_S))
        following[note.pitch] = onset
    return reversed(blocks)


def _block(note: ScoreNote, onset: float, end: float, struck_again: bool) -> Block:
    return Block(note.pitch, VELOCITY, onset, end, end, struck_again, hand=note.hand)


def _end(block: Block) -> float:
    """Of a block that is known to its end."""
    assert block.release is not None
    return block.release
