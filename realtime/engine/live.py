"""A live stream as a command or a window runs it: the engine and the MIDI port, from the first message to the End."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from contextlib import suppress

from realtime.engine.client import KEEPING_LIMIT_S, EngineProcess
from realtime.engine.messages import FAILED, Failed, Message, Notice, Start, Stop
from realtime.errors import AudioDeviceError, FileError, LisztenError, MidiError, ModelError, UsageError
from realtime.events import End, StreamStarted
from realtime.midi.port import MidiPort
from realtime.midi.port_server import PortSettings, PortState
from realtime.system.interrupts import StopRequest

LOOK_S = 0.05
STOP_LIMIT_S = 3.0
CLOSE_LIMIT_S = 3.0
PORT_BANNER_S = 2.0
TOLD = math.inf
ERRORS = {error.exit_code: error for error in (UsageError, AudioDeviceError, MidiError, FileError, ModelError)}


class LiveSession:
    """The engine, and a MIDI port if `port` is given; both end with the session.

    Enter it, `open_port` if there is one, then read `messages`.
    """

    def __init__(self, start: Start, port: PortSettings | None = None) -> None:
        self._port = None if port is None else MidiPort(port)
        self._engine = EngineProcess(None if self._port is None else self._port.events)
        self._engine.send(start)
        self._port_lost_at: float | None = None
        self._streaming = self._ended = False

    def __enter__(self) -> LiveSession:
        return self

    def __exit__(self, *_exception: object) -> None:
        if not self._streaming:  # what it has begun meanwhile, a take perhaps, is ended and not torn
            with suppress(LisztenError):
                self._streaming = any(isinstance(message, StreamStarted) for message in self._engine.receive(0.0))
        # An engine that has told the End is well, and may still be writing a long take.
        self._engine.close(KEEPING_LIMIT_S if self._ended else CLOSE_LIMIT_S if self._streaming else 0.0)
        if self._port is not None:
            self._port.close()

    def open_port(self, stop: StopRequest) -> PortState:
        """Wait until the MIDI port is open, or `stop` is requested.

        Raises MidiError when it cannot be opened; the session can go on, and the port is tried again now and then.
        """
        assert self._port is not None
        self._port_lost_at = TOLD
        state = self._port.wait_open(lambda: stop.signal is not None)
        self._port_lost_at = None
        return state

    def messages(self, stop: StopRequest) -> Iterator[Message]:
        """All that the engine says, up to the stream's End; asks it to end when `stop` is requested.

        A stream that has not begun by then is not waited for.

        Raises the LisztenError that made the stream fail.
        """
        deadline: float | None = None
        while deadline is None or time.monotonic() < deadline:
            if stop.signal is not None and deadline is None:
                if not self._streaming:
                    return
                self._engine.send(Stop("interrupted"))
                deadline = time.monotonic() + STOP_LIMIT_S
            for message in self._engine.receive(LOOK_S):
                if isinstance(message, Failed):
                    raise _error(message)
                self._streaming = self._streaming or isinstance(message, StreamStarted)
                self._ended = isinstance(message, End) and message.reason != FAILED
                yield message
                if self._ended:
                    return
                if isinstance(message, Notice) and message.code == "restarted" and self._port is not None:
                    self._port.release()
            yield from self._look_after_port()

    def _look_after_port(self) -> Iterator[Notice]:
        """Keep the port alive, and tell when it has been gone for two seconds."""
        if self._port is None:
            return
        state = self._port.check()
        now = time.monotonic()
        if state.open:
            self._port_lost_at = None
        elif self._port_lost_at is None:
            self._port_lost_at = now
        elif self._port_lost_at < now - PORT_BANNER_S:
            self._port_lost_at = TOLD
            assert state.problem is not None
            yield Notice("port_lost", state.problem)


def _error(failed: Failed) -> LisztenError:
    """The failure as the exception that it was; its traceback is kept as a note for --debug."""
    error = ERRORS.get(failed.exit_code, LisztenError)(failed.said)
    error.add_note(failed.trace)
    return error
