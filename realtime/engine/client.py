"""The engine as its parent holds it: a process that is told what to do, listened to, and replaced when it fails."""

from __future__ import annotations

import logging
import time
from contextlib import suppress
from dataclasses import replace
from multiprocessing.connection import Connection

from realtime.engine.messages import (
    DEVICE_CHANGED,
    REPLACED,
    Command,
    Configure,
    Configured,
    Failed,
    Message,
    MicrophoneSource,
    Notice,
    Quit,
    SetDevice,
    Start,
    Status,
    Stop,
    after,
)
from realtime.errors import LisztenError
from realtime.events import End, StreamStarted
from realtime.system import process
from realtime.system.shutdown import ENGINE_S
from realtime.system.watchdog import Watchdog
from realtime.words import Phrase

logger = logging.getLogger(__name__)
# Loading a model, and trying it on a graphics card, may take long; a stream that runs speaks every 50 ms.
BEGIN_LIMIT_S = 60.0
SILENCE_LIMIT_S = 1.8
# An engine that was replaced for its silence may only have been slow: the next one gets twice the time, up to this.
LONGEST_SILENCE_S = 7.2
RESTARTS = 3
# A stream that has heard so much sound is well: what failed before it does not count any more.
HEALTHY_S = 60.0
BATCH = 1000
RESTARTED = Phrase("engine.restarted", "Listening stopped for a moment and goes on.")
GIVEN_UP = Phrase("engine.given_up", "Listening failed again and again. The log tells more: {path}")


class EngineProcess:
    """The engine in a process of its own. `receive` must be called several times a second.

    notes: end of a pipe into which the engine writes events for the MIDI port. Live streams go on by themselves
    when the engine dies or falls silent; events then begin with another `stream`.
    """

    def __init__(self, notes: Connection | None = None) -> None:
        self._notes = notes
        self._start: Start | None = None  # what was begun last, with all that was changed since
        self._owed = False  # whether it runs, or is to begin
        self._stop: Stop | None = None  # what it was told and has not obeyed yet
        self._begun = False  # whether the present process has begun a stream, of which it may have a take to keep
        self._clock_s = 0.0
        self._restarts = 0
        self._patience_s = SILENCE_LIMIT_S
        self._spawn()

    @property
    def start(self) -> Start:
        """What was begun last, with all that was changed since. A Start was given before."""
        assert self._start is not None
        return self._start

    def send(self, command: Command) -> None:
        """Give a command."""
        if isinstance(command, Start):
            self._expect(command)
        elif self._start is not None and isinstance(command, SetDevice):
            self._expect(after(self._start, command))
        elif self._start is not None and self._owed:
            self._start = after(self._start, command)
        if isinstance(command, Stop) and self._owed:
            self._stop = command
        try:
            self._pipe.send(command)
        except OSError as error:  # it has died; `receive` replaces it
            logger.warning("the engine does not take %s: %s", type(command).__name__, error)

    def receive(self, patience_s: float) -> list[Message]:
        """What the engine has said, waiting at most `patience_s` for its first word.

        Raises LisztenError when the engine fails again and again, or fails while it plays a file.
        """
        messages: list[Message] = []
        gone = False
        try:
            while len(messages) < BATCH and self._pipe.poll(0 if messages else patience_s):
                messages.append(self._pipe.recv())
                self._note(messages[-1])
        except (EOFError, OSError):
            gone = True
        silent = self._watchdog.look(time.monotonic()) and self._owed
        if silent and not gone:
            self._patience_s = min(2 * self._patience_s, LONGEST_SILENCE_S)
        if gone or silent:
            messages += self._replace()
        return messages

    def close(self) -> None:
        """End the stream and the process; what it still says is lost. One that has begun no stream is killed."""
        with suppress(EOFError, OSError):
            while self._pipe.poll():
                self._note(self._pipe.recv())
        self._owed = False
        self.send(Quit())
        process.end(self._process, ENGINE_S if self._begun else 0.0)
        self._pipe.close()

    def _spawn(self) -> None:
        self._pipe, theirs = process.pipe()
        self._process = process.spawn("realtime.engine.server:run", "engine", theirs, self._notes)
        theirs.close()
        self._begun = False
        self._watchdog = Watchdog(BEGIN_LIMIT_S, time.monotonic())

    def _expect(self, start: Start) -> None:
        self._start, self._owed, self._stop = start, True, None
        self._clock_s = 0.0
        self._watchdog = Watchdog(BEGIN_LIMIT_S, time.monotonic())

    def _note(self, message: Message) -> None:
        """Learn from a message how the stream is."""
        self._watchdog.feed()
        match message:
            case StreamStarted():
                self._owed, self._begun, self._clock_s = True, True, 0.0
                self._watchdog.limit_s = self._patience_s
            case Status(time=time_s):
                self._clock_s = time_s
                self._restarts = 0 if time_s > HEALTHY_S else self._restarts
            case End(reason=reason) if reason in (REPLACED, DEVICE_CHANGED):
                self._watchdog.limit_s = BEGIN_LIMIT_S
            case End() | Failed():
                self._owed, self._stop = False, None
            case Configured(asked=asked, settings=settings) if self._start is not None:
                # What it was told since is on its way, and answered by itself.
                if self._start.settings == asked:
                    self._start = after(self._start, Configure(settings))

    def _replace(self) -> list[Message]:
        """Kill what is left of the engine, start another, and let it go on with the stream, if that was not to end."""
        process.end(self._process, 0.0)
        self._pipe.close()
        self._restarts += 1
        start = self._start if self._owed else None
        if start is None or not isinstance(start.source, MicrophoneSource) or self._restarts > RESTARTS:
            from realtime.system.log import log_path

            raise LisztenError(GIVEN_UP(path=log_path()))
        logger.warning("the engine is gone or silent: starting another")
        self._spawn()
        restarted = Notice("restarted", RESTARTED())
        if self._stop is not None:
            end = End(self._clock_s, self._clock_s, 0, 0, self._stop.reason)
            self._owed, self._stop = False, None
            return [restarted, end]
        if start.seconds is not None:
            start = replace(start, seconds=max(start.seconds - self._clock_s, 0.0))
        self.send(start)
        return [restarted]
