"""What is seen of the playing while it goes on: notes as they were told, corrected by what is kept.

A stream tells a note as soon as it is sure enough of it. A third of a second later it says what it keeps, which is
surer (`realtime.events.Kept`). So a note is seen as it was told first, then with the onset and the loudness that are
kept, then with its end. One that is not kept is withdrawn, one that was not told is added, at its onset. Which told
note is which kept one says `realtime.pairing`.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from gui.stage.roll import TOUCHING_S, BarLine, Block, PedalSpan, Roll
from realtime.events import End, Event, NoteOff, NoteOn, Pedal, StreamStarted
from realtime.pairing import SAME_S, Unpaired


@dataclass(eq=False)
class _Note:
    """A note of both stages. block: what is seen of it; told, kept: what each stage has of it, once it has come."""

    block: Block
    told: Block | None = None
    kept: Block | None = None

    @property
    def time(self) -> float:
        """Its onset, s."""
        return self.block.onset

    def settles(self, reached_s: float) -> bool:
        """Whether all of it is known, once every kept note before `reached_s` has begun."""
        kept = self.kept
        if kept is None or kept.damped is None or kept.release is None:
            return False
        return kept.release + TOUCHING_S <= reached_s


class SettlingRoll:
    """The blocks and pedal spans of one stream, fed by the events of both stages; older ones are dropped by `forget`.

    notes: how many there are; changes: counts whatever has changed of what is seen. A new stream empties it.
    """

    def __init__(self) -> None:
        self.beats: tuple[float, ...] = ()  # what is being played has none yet
        self.bars: tuple[BarLine, ...] = ()
        self.changes = 0
        self.clear()

    def clear(self) -> None:
        """Forget everything."""
        self.blocks: deque[Block] = deque()
        self.pedal: deque[PedalSpan] = deque()
        self.held: dict[int, Block] = {}
        self.notes = 0
        self.performance = object()
        self._told, self._kept = Roll(), Roll()
        self._open: dict[int, list[_Note]] = {}  # of each pitch: what may still change
        self._not_kept: Unpaired[_Note] = Unpaired()  # told notes
        self._not_told: Unpaired[_Note] = Unpaired()  # kept ones
        self._reached_s = -math.inf  # every kept note before has begun
        self._pedal_kept_s = -math.inf  # end of the last span that is settled
        self._count = 0

    @property
    def pedal_down(self) -> bool:
        """Whether the pedal is down now."""
        return bool(self.pedal) and self.pedal[-1].up is None

    @property
    def sounding(self) -> bool:
        """Whether any key is held, or any note rings on under the pedal, in one of the stages."""
        return self._told.sounding or self._kept.sounding

    def apply(self, event: Event) -> None:
        """Add an event that was told; a new stream empties the roll."""
        if isinstance(event, StreamStarted):
            self.clear()
            return
        self._told.apply(event)
        if isinstance(event, NoteOn):
            self._tell(self._told.held[event.pitch])
        self._see(event)

    def keep(self, event: Event) -> None:
        """Add an event that is kept; with the End of its stage all is settled."""
        self._kept.apply(event)
        if isinstance(event, NoteOn):
            self._keep(self._kept.held[event.pitch])
        self._see(event)
        if isinstance(event, End):
            self.kept_until(math.inf)

    def kept_until(self, until_s: float) -> None:
        """Every kept note before stream time `until_s` has begun: withdraw what is none, settle what is over."""
        self._reached_s = max(self._reached_s, until_s)
        for note in self._not_kept.alone(self._reached_s):
            self._withdraw(note)
        self._not_told.alone(self._reached_s - SAME_S)  # what is told now is younger
        for pitch, notes in self._open.items():
            if any(note.settles(self._reached_s) for note in notes):
                self._open[pitch] = [note for note in notes if not self._settled(note)]
        self._see_pedal()

    def end(self, time: float) -> None:
        """The stream is over at `time`: every key and the pedal come up, and what is seen stays as it is."""
        self._told.release_all(time)
        for note in self._all_open():
            self._update(note)
            block = note.block
            block.release = max(time, block.onset) if block.release is None else block.release
            block.damped = max(time, block.release) if block.damped is None else block.damped
            block.settled = True
        self._open.clear()
        self.held.clear()
        self._not_kept, self._not_told = Unpaired(), Unpaired()
        self._see_pedal()
        for span in self.pedal:
            span.up = max(time, span.down) if span.up is None else span.up
            span.settled = True

    def forget(self, before: float) -> None:
        """Drop what was over before `before`, from the oldest on."""
        self._told.forget(before)
        self._kept.forget(before)
        while self.blocks and (first := self.blocks[0]).settled and first.damped is not None and first.damped < before:
            self.blocks.popleft()
        while self.pedal and (span := self.pedal[0]).settled and span.up is not None and span.up < before:
            self.pedal.popleft()

    def _tell(self, struck: Block) -> None:
        note = self._not_told.partner(struck.pitch, struck.onset)
        if note is None and struck.onset + SAME_S < self._reached_s:
            return  # it would be withdrawn at once
        if note is None:
            note = self._new(struck)
            self._not_kept.add(struck.pitch, note)
        note.told = struck

    def _keep(self, struck: Block) -> None:
        note = self._not_kept.partner(struck.pitch, struck.onset)
        if note is None:
            note = self._new(struck)
            self._not_told.add(struck.pitch, note)
        note.kept = struck

    def _new(self, struck: Block) -> _Note:
        self._count += 1
        self.notes += 1
        note = _Note(Block(struck.pitch, struck.velocity, struck.onset, order=self._count))
        self.blocks.append(note.block)
        self._open.setdefault(struck.pitch, []).append(note)
        return note

    def _see(self, event: Event) -> None:
        """Show what an event has changed."""
        if isinstance(event, NoteOn | NoteOff):
            for note in self._open.get(event.pitch, ()):
                self._update(note)
        elif isinstance(event, Pedal):
            for note in self._all_open():
                self._update(note)
            self._see_pedal()

    def _update(self, note: _Note) -> None:
        """Show a note as it is known: each part of it as it is kept, or else as it was told."""
        block, told, kept = note.block, note.told, note.kept
        begun = told if kept is None else kept
        ended = kept if told is None or (kept is not None and kept.release is not None) else told
        assert begun is not None
        assert ended is not None
        release, damped = ended.release, ended.damped
        if release is not None:
            release = max(release, begun.onset)
            damped = _lifted(told, release) if damped is None else max(damped, release)
        seen = begun.onset, begun.velocity, release, damped, ended.struck_again
        if seen != (block.onset, block.velocity, block.release, block.damped, block.struck_again):
            self.changes += 1
            block.onset, block.velocity, block.release, block.damped, block.struck_again = seen
        if release is None:
            self.held[block.pitch] = block
        else:
            self._let_go(block)

    def _withdraw(self, note: _Note) -> None:
        note.block.withdrawn = True
        self.blocks.remove(note.block)
        self._open[note.block.pitch].remove(note)
        self._let_go(note.block)
        self.notes -= 1
        self.changes += 1

    def _let_go(self, block: Block) -> None:
        if self.held.get(block.pitch) is block:
            del self.held[block.pitch]

    def _settled(self, note: _Note) -> bool:
        if note.settles(self._reached_s):
            self._update(note)
            note.block.settled = True
        return note.block.settled

    def _all_open(self) -> Iterator[_Note]:
        for notes in self._open.values():
            yield from notes

    def _see_pedal(self) -> None:
        """Spans that are kept whole, then what is known beyond."""
        while self.pedal and not self.pedal[-1].settled:
            self.pedal.pop()
        for span in self._kept.pedal:
            if span.up is not None and not span.settled:
                span.settled, self._pedal_kept_s = True, span.up
                self.pedal.append(span)
        self.pedal.extend(self._later_spans())

    def _later_spans(self) -> Iterator[PedalSpan]:
        """The pedal after the last span that is kept whole: as it is kept, then as it was told."""
        span = PedalSpan(self._kept.pedal[-1].down) if self._kept.pedal_down else None
        since_s = max(self._pedal_kept_s, self._reached_s - SAME_S) if span is None else span.down
        for told in self._told.pedal:
            if span is None and told.down > since_s:
                span = PedalSpan(told.down)
            if span is not None and told.up is not None and told.up > since_s:
                span.up = max(told.up, span.down)
                yield span
                span = None
        if span is not None:
            yield span


def _lifted(told: Block | None, release: float) -> float | None:
    """When the pedal was told to come up over a note that rings on after `release`, which is not kept yet."""
    if told is None or told.release is None or told.damped is None:
        return None
    return told.damped if told.damped > max(told.release, release) else None
