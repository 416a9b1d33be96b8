"""The supervisor of engine and MIDI port, for terminal, window and echo test.

Engine and port are processes that may die or hang: both are replaced, and the notes that a dead engine left sounding
are released. A microphone that is missing is tried again every two seconds, until it is there or another is chosen.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator

from realtime.engine.client import EngineProcess
from realtime.engine.lateness_watch import LatenessWatch
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
from realtime.engine.settings import StreamSettings
from realtime.errors import AudioDeviceError, LisztenError
from realtime.events import StreamStarted
from realtime.lateness import Lateness
from realtime.midi.port import OPENING, START_LIMIT_S, MidiPort
from realtime.midi.port_server import AllNotesOff, PlayNote, PortSettings, PortState

RETRY_S = 2.0
ABSENT_S = 2.0  # a port that comes back sooner, as on a change of settings, is not reported
PORT_LOST = "port_lost"
REPORTED = math.inf

Order = Command | PortSettings | AllNotesOff | PlayNote
News = Message | PortState | Lateness


class Supervisor:
    """An engine, and a MIDI port if `port` is given, from the first stream to `close`.

    Call `receive` several times a second: only it checks the processes.
    """

    def __init__(self, start: Start, port: PortSettings | None = None) -> None:
        self._port = None if port is None else MidiPort(port)
        self._watch = PortWatch("" if port is None else port.port)
        self._lateness = LatenessWatch()
        self._engine: EngineProcess | None = None  # None after it was given up: the next Start makes another
        self._retry_at: float | None = None  # when a missing microphone is tried again
        self._stopped = False  # whether a Stop was sent after what began the stream
        self.send(start)

    def send(self, order: Order) -> None:
        """Send an order to the engine or to the port."""
        match order:
            case PortSettings() | AllNotesOff() | PlayNote():
                self._send_to_port(order)
            case Configure() | SetDevice() | Record() if self._retry_at is not None and self._engine is not None:
                self._send_to_engine(after(self._engine.start, order))
            case _:
                self._send_to_engine(order)

    def receive(self, patience_s: float) -> list[News]:
        """The messages of the engine, waiting at most `patience_s` for the first; the news of the port, a PortState
        when it has changed, and a Notice when it has been away for two seconds; and how late notes are, twice a second
        at most.

        An engine that fails again and again, or while it plays a file, is given up with a Failed.
        """
        if self._retry_at is not None and self._engine is not None and time.monotonic() > self._retry_at:
            self._send_to_engine(self._engine.start)
        messages = self._receive_messages(patience_s)
        for message in messages:
            self._lateness.observe(message)
            self._update(message)
        return [*messages, *self._check_port()]

    @property
    def settings(self) -> StreamSettings:
        """What the stream is set to. An engine runs."""
        assert self._engine is not None
        return self._engine.start.settings

    def wait_port(self, cancelled: Callable[[], bool] = lambda: False) -> PortState:
        """Wait until the MIDI port is open, or `cancelled`.

        Raises MidiError when it cannot be opened; it is tried again now and then all the same, without another Notice.
        """
        assert self._port is not None
        self._watch.lost_at = REPORTED
        state = self._port.wait_open(cancelled)
        self._watch.lost_at = None
        return state

    def close(self) -> list[Message]:
        """End stream, engine and port, in this order: takes are completed, and the last notes still reach the port. The
        last messages of the engine."""
        messages = [] if self._engine is None else self._engine.close()
        if self._port is not None:
            self._port.close()
        return messages

    def _send_to_port(self, order: PortSettings | AllNotesOff | PlayNote) -> None:
        assert self._port is not None
        match order:
            case PortSettings():
                self._port.configure(order)
                self._watch.expect(order.port)
            case AllNotesOff():
                self._port.all_notes_off()
            case PlayNote(note=note):
                self._port.play(note)

    def _send_to_engine(self, command: Command) -> None:
        if isinstance(command, Start | SetDevice | Stop):
            self._retry_at = None
            self._stopped = isinstance(command, Stop)
        if self._engine is None and isinstance(command, Start):
            self._engine = EngineProcess(None if self._port is None else self._port.events)
        if self._engine is not None:
            self._engine.send(command)

    def _receive_messages(self, patience_s: float) -> list[Message]:
        if self._engine is None:
            time.sleep(patience_s)
            return []
        try:
            return self._engine.receive(patience_s)
        except LisztenError as error:
            messages = self._engine.close()
            self._engine = None
            self._release()
            return [*messages, Failed(error.said, error.exit_code, "")]

    def _update(self, message: Message) -> None:
        match message:
            case Notice(code="restarted"):
                self._release()
            case StreamStarted():  # a choice that was made before the failure of the last one arrived
                self._retry_at = None
            case Failed(exit_code=AudioDeviceError.exit_code) if self._engine is not None and not self._stopped:
                if isinstance(self._engine.start.source, MicrophoneSource):
                    self._retry_at = time.monotonic() + RETRY_S

    def _release(self) -> None:
        """Release the notes that a dead engine left sounding."""
        if self._port is not None:
            self._port.release()

    def _check_port(self) -> Iterator[PortState | Notice | Lateness]:
        now = time.monotonic()
        state = None if self._port is None else self._port.check()
        if state is not None:
            yield from self._watch.changes(state, now)
        sending = state is not None and state.open and self._sends_midi
        yield from self._lateness.changes(sending, None if state is None else state.lateness, now)

    @property
    def _sends_midi(self) -> bool:
        return self._engine is not None and self._engine.start.settings.send_midi


class PortWatch:
    """Gives the state of a port when it has changed, and one Notice when it has been away for two seconds; one that is
    being opened for the first time, on a busy computer, has ten.

    lost_at: monotonic time since which it is away, s; None while it is not; REPORTED after the Notice.
    """

    def __init__(self, wanted: str) -> None:
        """wanted: the port that the settings name."""
        self.lost_at: float | None = None
        self._wanted = wanted
        self._last: PortState | None = None
        self._answered = False  # whether the port has been opened, or could not be

    def expect(self, port: str) -> None:
        """The settings name a port: if it is another one, the absence of the last no longer counts."""
        if port != self._wanted:
            self._wanted, self.lost_at = port, None

    def changes(self, state: PortState, now: float) -> Iterator[PortState | Notice]:
        """state: the last known; now: monotonic time, s."""
        # The count of an open port's messages grows all the time: that is no news.
        if self._last is None or (state.open, state.name, state.problem) != (
            self._last.open,
            self._last.name,
            self._last.problem,
        ):
            self._last = state
            yield state
        self._answered = self._answered or state.problem != OPENING()
        if state.open or not state.problem:  # open, or none is wanted
            self.lost_at = None
        elif self.lost_at is None:
            self.lost_at = now
        elif self.lost_at < now - (ABSENT_S if self._answered else START_LIMIT_S):
            self.lost_at = REPORTED
            yield Notice(PORT_LOST, state.problem)
