"""The observers that pass on sound and events: to the sinks, to the recent minutes, to the parent; and those for tuning
and spectrum. Observers that look for faults are in `watches`."""

from __future__ import annotations

from collections.abc import Callable

from realtime.audio.spectrum import Spectrum
from realtime.engine.messages import SpectrumColumn, Status
from realtime.engine.observer import Block, Observer, Publish
from realtime.engine.watches.tuning import TuningWatch
from realtime.events import End, Event, Kept, NoteOn
from realtime.lateness import Captured
from realtime.sinks.fanout import Fanout
from realtime.takes.recent import Recent


class SinkObserver(Observer):
    """Passes sound and events to the queues of the sinks: MIDI port, take. captured: adds to a note when its sound
    was captured."""

    def __init__(self, fanout: Fanout, captured: Callable[[NoteOn], Captured]) -> None:
        self._fanout = fanout
        self._captured = captured

    def observe_sound(self, block: Block) -> None:
        self._fanout.audio(block.position, block.mono)

    def observe_event(self, event: Event) -> None:
        self._fanout.send(event, self._captured(event) if isinstance(event, NoteOn) else None)

    def observe_kept(self, kept: Kept) -> None:
        self._fanout.keep(kept)


class RecentObserver(Observer):
    """Keeps the last minutes."""

    def __init__(self, recent: Recent) -> None:
        self._recent = recent

    def observe_sound(self, block: Block) -> None:
        self._recent.observe_sound(block.position, block.mono)

    def observe_event(self, event: Event) -> None:
        self._recent.observe_event(event)

    def observe_kept(self, kept: Kept) -> None:
        self._recent.observe_kept(kept.event)


class ParentObserver(Observer):
    """Publishes every event to the parent process, and every kept one, but not the End, which follows when the sinks
    are closed."""

    def __init__(self, publish: Publish) -> None:
        self._publish = publish

    def observe_event(self, event: Event) -> None:
        if not isinstance(event, End):
            self._publish(event)

    def observe_kept(self, kept: Kept) -> None:
        self._publish(kept)


class TuningObserver(Observer):
    """Publishes a Tuned for every note that sounds alone, while enabled."""

    def __init__(self, rate: int, publish: Publish, enabled: bool) -> None:
        self._rate = rate
        self._publish = publish
        self.enable(enabled)

    def enable(self, enabled: bool) -> None:
        """Begin anew, or stop."""
        self._watch = TuningWatch(self._rate) if enabled else None

    def observe_sound(self, block: Block) -> None:
        if self._watch is not None and (tuned := self._watch.observe_sound(block.position, block.mono)) is not None:
            self._publish(tuned)

    def observe_event(self, event: Event) -> None:
        if self._watch is not None:
            self._watch.observe_event(event)


class SpectrumObserver(Observer):
    """Publishes a SpectrumColumn after every Status, while enabled."""

    def __init__(self, rate: int, publish: Publish, enabled: bool) -> None:
        self._rate = rate
        self._publish = publish
        self.enable(enabled)

    def enable(self, enabled: bool) -> None:
        """Begin anew, or stop."""
        self._spectrum = Spectrum(self._rate) if enabled else None

    def observe_sound(self, block: Block) -> None:
        if self._spectrum is not None:
            self._spectrum.push(block.mono)

    def observe_status(self, status: Status) -> None:
        if self._spectrum is not None:
            self._publish(SpectrumColumn(status.time, self._spectrum.levels()))
