"""The engine and the MIDI port as their user holds them: terminal, window and echo test.

The engine is a process that may die or hang, and so is the port: both are replaced, and what a dead engine left
sounding is released. A microphone that is not there is asked for again and again, until it is or another is chosen.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator

from realtime.engine.client import EngineProcess
from realtime.engine.messages import (
    Command,
    Configure,
    Failed,
    Message,
    MicrophoneSource,
    Notice,
    Record,
    SetDevice,
    Start,
    Stop,
    after,
)
from realtime.errors import AudioDeviceError, LisztenError
from realtime.midi.port import MidiPort
from realtime.midi.port_server import AllNotesOff, PlayNote, PortSettings, PortState

RETRY_S = 2.0
ABSENT_S = 2.0  # a port that comes back sooner, as on a change of settings, was not missed
PORT_LOST = "port_lost"
TOLD = math.inf

Order = Command | PortSettings | AllNotesOff | PlayNote
News = Message | PortState


class Supervisor:
    """An engine, and a MIDI port if `port` is given, from the first stream to `close`.

    Call `receive` several times a second: nothing is looked after in between.
    """

    def __init__(self, start: Start, port: PortSettings | None = None) -> None:
        self._port = None if port is None else MidiPort(port)
        self._watch = PortWatch("" if port is None else port.port)
        self._engine: EngineProcess | None = None  # None where it was given up: the next Start makes another
        self._retry_at: float | None = None  # when a microphone that is not there is asked for again
        self.send(start)

    def send(self, order: Order) -> None:
        """Give an order to the engine or to the port."""
        match order:
            case PortSettings() | AllNotesOff() | PlayNote():
                self._tell_port(order)
            case Configure() | SetDevice() | Record() if self._retry_at is not None and self._engine is not None:
                self._tell_engine(after(self._engine.start, order))
            case _:
                self._tell_engine(order)

    def receive(self, patience_s: float) -> list[News]:
        """What the engine has said, waiting at most `patience_s` for its first word, and what is new about the port:
        a PortState when it has changed, and a Notice when it has been away for two seconds.

        An engine that fails again and again, or while it plays a file, is given up with a Failed.
        """
        if self._retry_at is not None and self._engine is not None and time.monotonic() > self._retry_at:
            self._tell_engine(self._engine.start)
        messages = self._listen(patience_s)
        for message in messages:
            self._note(message)
        return [*messages, *self._look_after_port()]

    def wait_port(self, cancelled: Callable[[], bool] = lambda: False) -> PortState:
        """Wait until the MIDI port is open, or `cancelled`.

        Raises MidiError when it cannot be opened; it is tried again now and then all the same, and not told again.
        """
        assert self._port is not None
        self._watch.lost_at = TOLD
        state = self._port.wait_open(cancelled)
        self._watch.lost_at = None
        return state

    def close(self) -> None:
        """End stream, engine and port, in this order: takes are completed, and the last notes still reach the port."""
        if self._engine is not None:
            self._engine.close()
        if self._port is not None:
            self._port.close()

    def _tell_port(self, order: PortSettings | AllNotesOff | PlayNote) -> None:
        assert self._port is not None
        match order:
            case PortSettings():
                self._port.configure(order)
                self._watch.expect(order.port)
            case AllNotesOff():
                self._port.all_notes_off()
            case PlayNote(note=note):
                self._port.play(note)

    def _tell_engine(self, command: Command) -> None:
        if isinstance(command, Start | Stop):
            self._retry_at = None
        if self._engine is None and isinstance(command, Start):
            self._engine = EngineProcess(None if self._port is None else self._port.events)
        if self._engine is not None:
            self._engine.send(command)

    def _listen(self, patience_s: float) -> list[Message]:
        if self._engine is None:
            time.sleep(patience_s)
            return []
        try:
            return self._engine.receive(patience_s)
        except LisztenError as error:
            self._engine.close()
            self._engine = None
            self._release()
            return [Failed(error.said, error.exit_code, "")]

    def _note(self, message: Message) -> None:
        match message:
            case Notice(code="restarted"):
                self._release()
            case Failed(exit_code=AudioDeviceError.exit_code) if self._engine is not None:
                if isinstance(self._engine.start.source, MicrophoneSource):
                    self._retry_at = time.monotonic() + RETRY_S

    def _release(self) -> None:
        """What the engine left sounding when it died ends."""
        if self._port is not None:
            self._port.release()

    def _look_after_port(self) -> Iterator[PortState | Notice]:
        if self._port is not None:
            yield from self._watch.look(self._port.check(), time.monotonic())


class PortWatch:
    """Says how a port is when that has changed, and once when it has been away for two seconds.

    lost_at: monotonic time since which it is away, s; None while it is not; TOLD when that was said.
    """

    def __init__(self, wanted: str) -> None:
        """wanted: the port that the settings name."""
        self.lost_at: float | None = None
        self._wanted = wanted
        self._told: PortState | None = None

    def expect(self, port: str) -> None:
        """The settings name a port: if it is another, how the last one was no longer counts."""
        if port != self._wanted:
            self._wanted, self.lost_at = port, None

    def look(self, state: PortState, now: float) -> Iterator[PortState | Notice]:
        """state: as last heard; now: monotonic time, s."""
        # An open port says again and again how much it has sent: nobody need be told.
        if self._told is None or (state.open, state.name, state.problem) != (
            self._told.open,
            self._told.name,
            self._told.problem,
        ):
            self._told = state
            yield state
        if state.open or not state.problem:  # or none is wanted
            self.lost_at = None
        elif self.lost_at is None:
            self.lost_at = now
        elif self.lost_at < now - ABSENT_S:
            self.lost_at = TOLD
            yield Notice(PORT_LOST, state.problem)
