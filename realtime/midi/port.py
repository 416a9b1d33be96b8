"""The parent's side of the MIDI port: a handle on the port process, and the sink that sends it events."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from multiprocessing.connection import Connection

from realtime.errors import MidiError
from realtime.events import Event, NoteOff, NoteOn, StreamStarted
from realtime.lateness import Captured
from realtime.midi.port_server import (
    AllNotesOff,
    ClosePort,
    Ping,
    PlayNote,
    PortCommand,
    PortSettings,
    PortState,
    Release,
)
from realtime.system import process
from realtime.system.shutdown import PORT_S
from realtime.system.watchdog import Watchdog
from realtime.words import Phrase

logger = logging.getLogger(__name__)
OPENING = Phrase("midi.opening", "The MIDI port is being opened.")
ENDED = Phrase("midi.process_ended", "The MIDI port's process has ended.")
NOT_STARTED = Phrase(
    "midi.not_started",
    "The MIDI port could not be started. Try again, or use --midi-out none.",
    in_window="The MIDI port could not be started. Try again.",
)
START_LIMIT_S = 10.0
PING_S = 0.5
SILENCE_LIMIT_S = 2.0
RESTART_S = 1.0


class MidiPortSink:
    """Sends events through a pipe to the port process; may live in any process."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe

    def open(self, stream: StreamStarted) -> None:
        """A new stream releases what an earlier one may have left."""
        self._pipe.send(stream)

    def send(self, event: Event) -> None:
        """Send one event. Waits when the port process does not read: call it from a thread of its own."""
        self._pipe.send(event)

    def send_captured(self, captured: Captured) -> None:
        """Send one event whose lateness the port process measures."""
        self._pipe.send(captured)

    def close(self) -> None:
        """The port stays open: it belongs to its handle."""


class MidiPort:
    """A MIDI output port in a process of its own. Call `check` several times a second while it is open.

    `events` is the end of the pipe into which a `MidiPortSink` writes; pass it to the process that has the notes.
    """

    def __init__(self, settings: PortSettings) -> None:
        self._settings = settings
        self._reader, self.events = process.pipe()
        self._waiting: Watchdog | None = None  # for the answer to a Ping
        self._next_ping = 0.0
        self._last_open: PortState | None = None
        self._start()

    def wait_open(self, cancelled: Callable[[], bool] = lambda: False) -> PortState:
        """The port's state once it is open, or when `cancelled`.

        Raises MidiError with the reason when it cannot be opened.
        """
        deadline = time.monotonic() + START_LIMIT_S
        self._command(Ping())
        while not self._answered and self._process.is_alive() and time.monotonic() < deadline:
            self._take_answers(patience_s=0.05)
            if cancelled():
                return self._state
        if not self._answered:
            raise MidiError(NOT_STARTED())
        if not self._state.open:
            raise MidiError(self._state.problem or OPENING())
        return self._state

    def check(self) -> PortState:
        """The last known state. A port process that has died or fallen silent is replaced."""
        now = time.monotonic()
        self._take_answers()
        if self._failed(now):
            logger.warning("the MIDI port process is gone or silent: starting another")
            process.end(self._process, 0.0)
            self._commands.close()
            self._start(replaced=self._last_open)
        elif self._waiting is None and now >= self._next_ping:
            self._command(Ping())
            self._waiting = Watchdog(SILENCE_LIMIT_S if self._answered else START_LIMIT_S, now)
        return self._state

    def configure(self, settings: PortSettings) -> None:
        """Change port, channel, transposition or curve; the port stays open unless another one is chosen."""
        if settings.port != self._settings.port:
            self._last_open = None
        self._settings = settings
        self._command(settings)

    def all_notes_off(self) -> None:
        """Silence everything on all channels."""
        self._command(AllNotesOff())

    def release(self) -> None:
        """Release what sounds, when the process that sent the notes has died."""
        self._command(Release())

    def play(self, note: NoteOn | NoteOff) -> None:
        """Send a note that does not come through `events`."""
        self._command(PlayNote(note))

    def close(self) -> None:
        """Release what sounds, close the port and end its process."""
        self._command(ClosePort())
        process.end(self._process, PORT_S)
        self._commands.close()
        self._reader.close()
        self.events.close()

    def _start(self, replaced: PortState | None = None) -> None:
        """replaced: the last state of an open port whose process has died or hangs; its receivers may hold notes."""
        self._commands, theirs = process.pipe()
        self._process = process.spawn(
            "realtime.midi.port_server:run", "midi port", theirs, self._reader, self._settings, replaced
        )
        theirs.close()
        self._state = PortState(False, self._settings.port, problem=OPENING())
        self._answered = False
        self._waiting = None
        self._next_ping = self._started = time.monotonic()

    def _failed(self, now: float) -> bool:
        """Whether the process must be replaced; one that dies at once is not replaced more than once a second."""
        if not self._process.is_alive():
            return now > self._started + RESTART_S
        return self._waiting is not None and self._waiting.expired(now)

    def _command(self, command: PortCommand) -> None:
        try:
            self._commands.send(command)
        except OSError as error:  # the process is gone; `check` replaces it
            logger.warning("the MIDI port process does not take %s: %s", command, error)

    def _take_answers(self, patience_s: float = 0.0) -> None:
        try:
            while self._commands.poll(patience_s):
                self._state = self._commands.recv()
                self._last_open = self._state if self._state.open else self._last_open
                self._answered = True
                self._waiting = None
                self._next_ping = time.monotonic() + PING_S
                patience_s = 0.0
        except (EOFError, OSError):
            self._state = PortState(False, self._settings.port, problem=ENDED())
