"""The process that owns the MIDI port, so that the port outlives the engine: a DAW loses its connection when it goes.

It reads commands from its parent and events from the engine, and sends them as MIDI messages. It never
leaves a note hanging: when a command, the parent's death or SIGTERM ends it, all that sounds is released first.
"""

from __future__ import annotations

import logging
import os
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection, wait

from realtime.errors import MidiError
from realtime.events import Event, NoteOff, NoteOn, StreamStarted
from realtime.lateness import Captured, Lateness, LatenessMeter
from realtime.midi.encoder import MidiEncoder
from realtime.midi.system import NONE, Connectable, MidiOutput, open_output
from realtime.midi.velocity import VelocityCurve
from realtime.system import log, priority, process
from realtime.words import Phrase, Said

logger = logging.getLogger(__name__)
GONE = Phrase("midi.port_gone", 'The MIDI port "{name}" is gone. Liszten opens it again as soon as it can.')
POLL_S = 0.5
RETRY_S = 1.0
UNOPENED_RETRY_S = 5.0
# Other programs may see a new virtual port late; a note sent before does not reach them.
SETTLE_S = 0.3
# JACK takes the last messages at its next cycle; closing before would drop them. On a busy computer a cycle may lose
# messages, without a word: so the last note-offs are sent twice.
DRAIN_S = 0.05
# Of a long burst it may give some messages several times and others never: 100 note-offs after a port was killed came
# as nine of one pitch in 2 of 20 cases. So long ones are sent in parts.
BURST, BURST_PAUSE_S = 16, 0.005
WAITING_BYTES = 65_536


@dataclass(frozen=True)
class PortSettings:
    """The player's choices. port: "virtual", "none" or a name; channel: 1-16; transpose: semitones; curve: for the
    velocities."""

    port: str = "virtual"
    channel: int = 1
    transpose: int = 0
    curve: VelocityCurve = field(default_factory=VelocityCurve)


@dataclass(frozen=True)
class AllNotesOff:
    """Silence everything on every channel."""


@dataclass(frozen=True)
class Release:
    """Release what sounds: the process that sent the notes has died."""


@dataclass(frozen=True)
class PlayNote:
    """Send a note that does not come from a stream: of a clicked key, or of the echo test."""

    note: NoteOn | NoteOff


@dataclass(frozen=True)
class Ping:
    """Asks for a PortState."""


@dataclass(frozen=True)
class ClosePort:
    """Release what sounds, give the port back and end."""


PortCommand = PortSettings | AllNotesOff | Release | PlayNote | Ping | ClosePort


@dataclass(frozen=True)
class PortState:
    """State of the port. problem: one sentence while it is not open, None when none is wanted; sent: MIDI messages so
    far; receivers: names of the ports to which it is connected, where the system tells them; lateness: of the stream's
    notes, None before any was sent."""

    open: bool
    name: str = ""
    system: str = ""
    problem: Said | None = None
    sent: int = 0
    receivers: tuple[str, ...] = ()
    lateness: Lateness | None = None


def run(commands: Connection, events: Connection, settings: PortSettings, left: PortState | None) -> None:
    """Body of the port process: serve until ClosePort, until the parent is gone, or until its word to end.

    left: state of the port of a process that died, and whose place this one takes.
    """
    server = PortServer(commands, events, settings, left)
    process.on_terminate(server.stop)
    priority.raise_priority()
    server.serve()


class PortServer:
    """Keeps one port open and sends what arrives; answers each Ping with the port's state.

    Answers only when asked, so that a parent that reads nothing can never block the notes.
    """

    def __init__(
        self, commands: Connection, events: Connection, settings: PortSettings, left: PortState | None = None
    ) -> None:
        """left: see `run`. What waits in `events` is skipped then, and the receivers of that port are connected to the
        new one and silenced: nobody knows which notes they hold."""
        self._commands = commands
        self._events: Connection | None = events
        self._left = left
        self._settings = settings
        self._encoder = self._new_encoder()
        self._output: MidiOutput | None = None
        self._problem: Said | None = None
        self._opened = False  # whether it ever was
        self._sent = 0
        self._lateness = LatenessMeter("midi")
        self._settled = 0.0
        self._next_look = 0.0
        self._running = True

    def stop(self) -> None:
        """End at the next turn of the loop."""
        self._running = False

    def serve(self) -> None:
        """The loop: commands first, then events; look after the port twice a second."""
        if self._left is not None and self._events is not None:
            skip_waiting(self._events)
        try:
            while self._running:
                self._look_after()
                sources = [c for c in (self._commands, self._events) if c is not None]
                ready = wait(sources, POLL_S)
                if self._commands in ready:
                    self._command()
                if self._events is not None and self._events in ready:
                    self._event(self._events)
        finally:
            self._close()

    def _command(self) -> None:
        try:
            command: PortCommand = self._commands.recv()
        except (EOFError, OSError):
            self._running = False
            return
        match command:
            case PortSettings():
                self._change(command)
            case AllNotesOff():
                self._send(self._encoder.all_notes_off())
            case Release():
                self._send(self._encoder.release())
            case PlayNote(note=note):
                self._send(self._encoder.messages(note))
            case Ping():
                self._commands.send(self._state())
            case ClosePort():
                self._running = False

    def _event(self, source: Connection) -> None:
        try:
            item: Event | Captured = source.recv()
        except (EOFError, OSError):
            self._events = None
            self._send(self._encoder.release())
            return
        if isinstance(item, StreamStarted):
            self._lateness.reset()
        if not isinstance(item, Captured):
            self._send(self._encoder.messages(item))
        elif self._send(self._encoder.messages(item.event)):
            self._lateness.add(item.at, item.design)

    def _change(self, settings: PortSettings) -> None:
        """Release on the old channel and pitch, then go on with the new; reopen only when the port is another.

        Another curve alone cuts no note off.
        """
        before, self._settings = self._settings, settings
        if replace(before, curve=settings.curve) == settings:
            self._encoder.curve = settings.curve
            return
        self._send(self._encoder.release())
        if settings.port != before.port:
            self._close()
            self._problem, self._opened, self._next_look, self._left = None, False, 0.0, None
        self._encoder = self._new_encoder()

    def _look_after(self) -> None:
        """Open the port when it is not open, and notice when it has gone."""
        now = time.monotonic()
        if now < self._next_look:
            return
        if self._output is not None and not self._output.alive():
            self._problem = GONE(name=self._output.name)
            logger.warning("%s", self._problem)
            self._output.close()
            self._output = None
        if self._output is None and self._settings.port != NONE:
            self._open()
        if self._output is not None and self._left is not None:
            self._take_place(self._output, self._left)
        pause_s = POLL_S if self._output is not None else RETRY_S if self._opened else UNOPENED_RETRY_S
        self._next_look = time.monotonic() + pause_s

    def _open(self) -> None:
        first_try = not self._problem
        try:
            with log.library_noise(kept=first_try):
                self._output = open_output(self._settings.port)
        except MidiError as error:
            self._problem = self._problem or error.said
            return
        self._problem = None
        self._opened = True
        self._settled = time.monotonic() + SETTLE_S
        self._encoder = self._new_encoder()
        for message in self._encoder.opening():
            self._output.send(message)

    def _take_place(self, output: MidiOutput, left: PortState) -> None:
        """Connect the port to the receivers of the one that died, and silence them; later, while JACK shows that one
        still."""
        if left.receivers and isinstance(output, Connectable) and not output.connect(left.receivers):
            return
        self._left = None
        self._send(self._encoder.all_notes_off())
        time.sleep(DRAIN_S)
        self._send(self._encoder.all_notes_off())

    def _send(self, messages: list[bytes]) -> bool:
        """Send messages; whether any have left: without a port they are dropped, since nothing sounds there."""
        if self._output is None or not messages:
            return False
        time.sleep(max(0.0, self._settled - time.monotonic()))
        for begin in range(0, len(messages), BURST):
            if begin:
                time.sleep(BURST_PAUSE_S)
            for message in messages[begin : begin + BURST]:
                self._output.send(message)
        self._sent += len(messages)
        return True

    def _new_encoder(self) -> MidiEncoder:
        return MidiEncoder(self._settings.channel, self._settings.transpose, self._settings.curve)

    def _close(self) -> None:
        if self._output is None:
            return
        if self._output.alive():
            self._send(self._encoder.release())
            time.sleep(DRAIN_S)
            if self._send(self._encoder.last_offs()):
                time.sleep(DRAIN_S)
        self._output.close()
        self._output = None

    def _state(self) -> PortState:
        if self._output is None:
            return PortState(False, self._settings.port, "", self._problem, self._sent)
        receivers = self._output.receivers() if isinstance(self._output, Connectable) else ()
        lateness = self._lateness.lateness()
        return PortState(True, self._output.name, self._output.system, None, self._sent, receivers, lateness)


def skip_waiting(source: Connection) -> None:
    """Take what waits out of a pipe. As bytes: the first may be the rest of a message, which a process that was killed
    had begun to read. On Windows pipes keep messages whole."""
    with suppress(EOFError, OSError):
        while source.poll():
            if sys.platform == "win32":
                source.recv_bytes()
            elif not os.read(source.fileno(), WAITING_BYTES):
                return
