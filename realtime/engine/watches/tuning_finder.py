"""Finds out how the piano of a stream is tuned from its first minute of music, and waits until nothing sounds."""

from __future__ import annotations

from collections.abc import Callable

from realtime.audio.tuning import TuningEstimate
from realtime.engine.messages import Status
from realtime.engine.observer import Block, Observer
from realtime.events import Event, NoteOff, NoteOn

# Voices and noise come before the playing; a few notes say that it has begun.
ENOUGH_NOTES, ENOUGH_S = 8, 5.0
LATEST_S = 60.0  # what is older no longer counts
LOOK_S = 1.0


class TuningFinder(Observer):
    """found: called once, with cents above A4 = 440 Hz, 0 for a piano in tune. wanted: whether to look for it."""

    def __init__(self, rate: int, found: Callable[[float], None], wanted: bool) -> None:
        self._rate, self._found = rate, found
        self.enable(wanted)

    def enable(self, wanted: bool) -> None:
        """Begin anew, or stop."""
        self._estimate = TuningEstimate(self._rate, LATEST_S) if wanted else None
        self._held: set[int] = set()
        self._notes = 0
        self._next_s = 0.0

    def observe_sound(self, block: Block) -> None:
        if self._estimate is not None:
            self._estimate.push(block.mono)

    def observe_event(self, event: Event) -> None:
        match event:
            case NoteOn():
                self._held.add(event.pitch)
                self._notes += 1
            case NoteOff():
                self._held.discard(event.pitch)

    def observe_status(self, status: Status) -> None:
        """Look once a second, while no key is down."""
        estimate = self._estimate
        if estimate is None or self._held or self._notes < ENOUGH_NOTES or status.time < self._next_s:
            return
        self._next_s = status.time + LOOK_S
        if estimate.counted_s >= ENOUGH_S and (cents := estimate.cents) is not None:
            self.enable(False)
            self._found(cents)
