"""The process that owns the MIDI port, so that the port outlives the engine: a DAW loses its connection when it goes.

It reads commands from its parent and events from the engine, and sends them as MIDI messages. It never
leaves a note hanging: when a command, the parent's death or SIGTERM ends it, all that sounds is released first.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection, wait

from realtime.errors import MidiError
from realtime.events import Event, NoteOff, NoteOn
from realtime.midi.encoder import MidiEncoder
from realtime.midi.system import NONE, MidiOutput, open_output
from realtime.midi.velocity import VelocityCurve
from realtime.system import log, process
from realtime.words import Phrase, Said

logger = logging.getLogger(__name__)
GONE = Phrase("midi.port_gone", 'The MIDI port "{name}" is gone. Liszten opens it again as soon as it can.')
POLL_S = 0.5
RETRY_S = 1.0
UNOPENED_RETRY_S = 5.0
# Other programs may see a new virtual port late; a note sent before does not reach them.
SETTLE_S = 0.3
# JACK takes the last messages at its next cycle; closing before would drop them.
DRAIN_S = 0.05


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
    far."""

    open: bool
    name: str = ""
    system: str = ""
    problem: Said | None = None
    sent: int = 0


def run(commands: Connection, events: Connection, settings: PortSettings) -> None:
    """Body of the port process: serve until ClosePort, until the parent is gone, or until SIGTERM."""
    server = PortServer(commands, events, settings)
    process.on_terminate(server.stop)
    server.serve()


class PortServer:
    """Keeps one port open and sends what arrives; answers each Ping with the port's state.

    Answers only when asked, so that a parent that reads nothing can never block the notes.
    """

    def __init__(self, commands: Connection, events: Connection, settings: PortSettings) -> None:
        self._commands = commands
        self._events: Connection | None = events
        self._settings = settings
        self._encoder = self._new_encoder()
        self._output: MidiOutput | None = None
        self._problem: Said | None = None
        self._opened = False  # whether it ever was
        self._sent = 0
        self._settled = 0.0
        self._next_look = 0.0
        self._running = True

    def stop(self) -> None:
        """End at the next turn of the loop."""
        self._running = False

    def serve(self) -> None:
        """The loop: commands first, then events; look after the port twice a second."""
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
            event: Event = source.recv()
        except (EOFError, OSError):
            self._events = None
            self._send(self._encoder.release())
            return
        self._send(self._encoder.messages(event))

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
            self._problem, self._opened, self._next_look = None, False, 0.0
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

    def _send(self, messages: list[bytes]) -> None:
        """Send messages; without a port they are dropped, since nothing sounds there."""
        if self._output is None or not messages:
            return
        time.sleep(max(0.0, self._settled - time.monotonic()))
        for message in messages:
            self._output.send(message)
        self._sent += len(messages)

    def _new_encoder(self) -> MidiEncoder:
        return MidiEncoder(self._settings.channel, self._settings.transpose, self._settings.curve)

    def _close(self) -> None:
        if self._output is None:
            return
        if self._output.alive():
            self._send(self._encoder.release())
            time.sleep(DRAIN_S)
        self._output.close()
        self._output = None

    def _state(self) -> PortState:
        if self._output is None:
            return PortState(False, self._settings.port, "", self._problem, self._sent)
        return PortState(True, self._output.name, self._output.system, None, self._sent)
