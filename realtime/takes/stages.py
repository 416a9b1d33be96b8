"""The two stages of a take's events, and which of them are its notes.

While a take is played its lines say what was sent (`"stage":"live"`) and, a third of a second later, what is kept
(`"stage":"kept"`): the notes of the slowest delay, which is surest. Each stage has its gaps and its End. A line without
a stage belongs to both: the first one, and all of a transcription or of a take of version 1.

Who reads a take reads the kept stage. Where it breaks off, as in a take whose process died, the live one goes on; which
notes of both are one note says `realtime.pairing`, as among the delays.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from realtime.events import End, Event, Gap, NoteOff, NoteOn, Pedal, Stage
from realtime.notes import OpenNotes
from realtime.pairing import SAME_S, Unpaired


class Staged(NamedTuple):
    """An event, and of which stage it is; None: of every stage."""

    event: Event
    stage: Stage | None = None


def kept_events(lines: Iterable[Staged]) -> list[Event]:
    """The events of a take that its readers read: the kept ones as far as they go, then those that were sent."""
    staged = list(lines)
    kept = [event for event, stage in staged if stage != "live"]
    if is_complete(staged):
        return kept
    ends = (event for event, stage in staged if stage == "live" and isinstance(event, End))
    return [*kept, *sent_later(staged), *ends]


def is_complete(lines: Iterable[Staged]) -> bool:
    """Whether the kept stage has its End."""
    return any(stage != "live" and isinstance(event, End) for event, stage in lines)


def sent_later(lines: Sequence[Staged]) -> list[Event]:
    """What the kept stage lacks at its end, from the live one: later notes, ends of kept notes, pedal and gaps."""
    rest = _Rest([event for event, stage in lines if stage != "live"])
    return [added for event, stage in lines if stage == "live" for added in rest.push(event)]


class _Rest:
    """Events of the live stage -> those that the kept one lacks."""

    def __init__(self, kept: Iterable[Event]) -> None:
        self._unpaired: Unpaired[NoteOn] = Unpaired()
        self._latest: dict[int, float] = {}  # of each pitch, s
        self._reached = -math.inf  # how far the kept stage is known to go, s
        self._gaps: list[Gap] = []
        self._pedal = 0
        self._held: OpenNotes[int, NoteOn] = OpenNotes()  # kept notes without an end
        self._awaited: set[int] = set()  # pitches whose next end of the live stage is wanted
        for event in kept:
            self._observe(event)

    def _observe(self, event: Event) -> None:
        match event:
            case NoteOn(pitch=pitch):
                self._unpaired.add(pitch, event)
                self._held.note_on(pitch, event)
                self._latest[pitch] = event.time
            case NoteOff(pitch=pitch):
                self._held.note_off(pitch)
                self._latest[pitch] = event.time
            case Pedal(value=value):
                self._pedal = value
            case Gap():
                self._gaps.append(event)
        if isinstance(event, NoteOn | NoteOff | Pedal):
            self._reached = max(self._reached, event.time)

    def push(self, event: Event) -> Iterator[Event]:
        """The next event that was sent."""
        match event:
            case NoteOn():
                yield from self._strike(event)
            case NoteOff(pitch=pitch) if pitch in self._awaited:
                self._awaited.remove(pitch)
                self._held.note_off(pitch)
                yield self._after_latest(event)
            case Pedal(value=value) if event.time > self._reached and value != self._pedal:
                self._pedal = value
                yield event
            case Gap() if event not in self._gaps:
                yield event

    def _strike(self, on: NoteOn) -> Iterator[Event]:
        self._awaited.discard(on.pitch)
        held = self._held.down.get(on.pitch)
        if (partner := self._unpaired.partner(on.pitch, on.time)) is not None:
            if partner is held:
                self._awaited.add(on.pitch)
        elif on.time > self._reached - SAME_S:
            if held is not None:
                self._held.note_off(on.pitch)
                yield self._after_latest(NoteOff(on.time, on.emitted, on.pitch))
            self._awaited.add(on.pitch)
            yield self._after_latest(on)

    def _after_latest(self, event: NoteOn | NoteOff) -> NoteOn | NoteOff:
        """Not before the event of its key that comes before it."""
        self._latest[event.pitch] = max(event.time, self._latest.get(event.pitch, 0.0))
        return replace(event, time=self._latest[event.pitch])
