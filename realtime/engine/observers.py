"""The observers that pass on what a stream hears and says: to the sinks, to the memory of the last minutes, to the
parent. Those that judge it are the `watches`."""

from __future__ import annotations

from realtime.audio.spectrum import Spectrum
from realtime.engine.messages import SpectrumColumn, Status
from realtime.engine.observer import Block, Observer, Tell
from realtime.engine.watches.tuning import TuningWatch
from realtime.events import Event
from realtime.sinks.fanout import Fanout
from realtime.takes.recent import Recent


class ToSinks(Observer):
    """Hands sound and events to the sinks' queues: MIDI port, take."""

    def __init__(self, fanout: Fanout) -> None:
        self._fanout = fanout

    def sound(self, block: Block) -> None:
        self._fanout.audio(block.position, block.mono)

    def event(self, event: Event) -> None:
        self._fanout.send(event)


class ToMemory(Observer):
    """Remembers the last minutes."""

    def __init__(self, recent: Recent) -> None:
        self._recent = recent

    def sound(self, block: Block) -> None:
        self._recent.observe_sound(block.position, block.mono)

    def event(self, event: Event) -> None:
        self._recent.observe_event(event)


class ToParent(Observer):
    """Tells the parent process every event."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell

    def event(self, event: Event) -> None:
        self._tell(event)


class TuningTeller(Observer):
    """Tells a Tuned for every note that sounds alone, while that is wanted."""

    def __init__(self, rate: int, tell: Tell, wanted: bool) -> None:
        self._rate = rate
        self._tell = tell
        self.want(wanted)

    def want(self, wanted: bool) -> None:
        """Begin anew, or stop."""
        self._watch = TuningWatch(self._rate) if wanted else None

    def sound(self, block: Block) -> None:
        if self._watch is not None and (tuned := self._watch.sound(block.position, block.mono)) is not None:
            self._tell(tuned)

    def event(self, event: Event) -> None:
        if self._watch is not None:
            self._watch.event(event)


class SpectrumTeller(Observer):
    """Tells a SpectrumColumn after every Status, while that is wanted."""

    def __init__(self, rate: int, tell: Tell, wanted: bool) -> None:
        self._rate = rate
        self._tell = tell
        self.want(wanted)

    def want(self, wanted: bool) -> None:
        """Begin anew, or stop."""
        self._spectrum = Spectrum(self._rate) if wanted else None

    def sound(self, block: Block) -> None:
        if self._spectrum is not None:
            self._spectrum.push(block.mono)

    def status(self, status: Status) -> None:
        if self._spectrum is not None:
            self._tell(SpectrumColumn(status.time, self._spectrum.levels()))
