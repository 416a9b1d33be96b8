"""The parent's side of the engine: a process that gets commands, sends messages, and is replaced when it fails."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from multiprocessing.connection import Connection

from realtime.engine.messages import (
    DEVICE_CHANGED,
    REPLACED,
    Closing,
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
    StopExpecting,
    after,
)
from realtime.engine.successor import OpenTakes, StreamState
from realtime.errors import LisztenError
from realtime.events import End, StreamStarted
from realtime.system import process
from realtime.system.shutdown import CLOSING_S, ENGINE_S
from realtime.system.watchdog import Watchdog
from realtime.transcription.expected import Expect, GroupPassed
from realtime.words import Phrase

logger = logging.getLogger(__name__)
# Loading a model, and trying it on a graphics card, may take long; a running stream sends a Status every 50 ms.
BEGIN_LIMIT_S = 60.0
SILENCE_LIMIT_S = 1.8
# An engine that was replaced for its silence may only have been slow: the next one gets twice the time, up to this.
LONGEST_SILENCE_S = 7.2
RESTARTS = 3
# A stream that has run for so long is healthy: earlier failures no longer count.
HEALTHY_S = 60.0
BATCH = 1000
RESTARTED = Phrase("engine.restarted", "Listening stopped for a moment and goes on.")
GIVEN_UP = Phrase("engine.given_up", "Listening failed again and again. The log tells more: {path}")


class EngineProcess:
    """The engine in a process of its own. `receive` must be called several times a second.

    notes: end of a pipe into which the engine writes events for the MIDI port. Live streams go on by themselves
    when the engine dies or falls silent: what sounds is released, the take is completed, and a Gap comes before the
    next `stream`.
    """

    def __init__(self, notes: Connection | None = None) -> None:
        self._notes = notes
        self._start: Start | None = None  # what was begun last, with all that was changed since
        self._expected = False  # whether a stream runs or is to begin
        self._stop: Stop | None = None  # the Stop that was sent and has not taken effect yet
        self._begun = False  # whether the present process has begun a stream, of which it may have a take to keep
        self._played_s = 0.0  # how much of it has been heard
        self._stream = StreamState()
        self._takes = OpenTakes()
        self._lost = False  # whether sound is being lost since an engine died
        self._error: LisztenError | None = None  # why there is no engine any more
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
        # Also what arrives when the last stream has failed and the next one's beginning is not known yet.
        elif self._start is not None and (self._expected or isinstance(command, Configure | Expect | StopExpecting)):
            self._start = after(self._start, command)
        if isinstance(command, Stop) and self._expected:
            self._stop = command
        try:
            self._pipe.send(command)
        except OSError as error:  # it has died; `receive` replaces it
            logger.warning("the engine does not take %s: %s", type(command).__name__, error)

    def receive(self, patience_s: float) -> list[Message]:
        """The messages of the engine, waiting at most `patience_s` for the first.

        Raises LisztenError, after its last messages, when the engine fails again and again, or fails while it plays a
        file.
        """
        if self._error is not None:
            raise self._error
        messages: list[Message] = []
        gone = False
        try:
            while len(messages) < BATCH and self._pipe.poll(0 if messages else patience_s):
                messages += self._followed(self._pipe.recv())
        except (EOFError, OSError):
            gone = True
        silent = self._watchdog.expired(time.monotonic()) and self._expected
        if silent and not gone:
            self._patience_s = min(2 * self._patience_s, LONGEST_SILENCE_S)
        if gone or silent:
            messages += self._replace()
        return [*messages, *self._takes.reports()]

    def close(self) -> list[Message]:
        """End the stream and the process; its last messages. One that has nothing to keep is killed: it has begun no
        stream, nor is it to begin one with a take, which may be there before its first message is."""
        messages: list[Message] = []
        with suppress(EOFError, OSError):
            messages += self._waiting()
        records = self._expected and self._start is not None and self._start.record is not None
        self._expected = False
        self.send(Quit())
        process.end(self._process, ENGINE_S if self._begun or records else 0.0)
        with suppress(EOFError, OSError):
            messages += self._waiting()
        self._pipe.close()
        return [*messages, *self._takes.close()]

    def _waiting(self) -> Iterator[Message]:
        """The messages that have arrived. Raises EOFError or OSError after the last of a dead engine."""
        while self._pipe.poll():
            yield from self._followed(self._pipe.recv())

    def _spawn(self) -> None:
        self._pipe, theirs = process.pipe()
        self._process = process.spawn("realtime.engine.server:run", "engine", theirs, self._notes)
        theirs.close()
        self._begun = False
        self._watchdog = Watchdog(BEGIN_LIMIT_S, time.monotonic())

    def _expect(self, start: Start) -> None:
        self._start, self._expected, self._stop = start, True, None
        self._played_s = 0.0
        self._watchdog = Watchdog(BEGIN_LIMIT_S, time.monotonic())

    def _followed(self, message: Message) -> Iterator[Message]:
        """A message, after what it follows: the sound that was lost before a stream goes on, the releases of one that
        failed."""
        now = time.monotonic()
        if isinstance(message, StreamStarted) and self._lost:
            yield self._stream.gap(now)
        elif isinstance(message, Failed):
            yield from self._stream.releases()
        self._lost = self._lost and not isinstance(message, StreamStarted | Failed)
        self._stream.observe(message, now)
        self._takes.observe(message)
        self._update(message)
        yield message

    def _update(self, message: Message) -> None:
        """Update from a message what is expected of the engine."""
        self._watchdog.feed()
        match message:
            case StreamStarted():
                self._expected, self._begun, self._played_s = True, True, 0.0
                self._watchdog.limit_s = self._patience_s
            case Status(time=time_s):
                self._played_s = time_s
                self._restarts = 0 if time_s > HEALTHY_S else self._restarts
            case Closing():
                self._watchdog.limit_s = CLOSING_S
            case End(reason=reason) if reason in (REPLACED, DEVICE_CHANGED):
                self._watchdog.limit_s = BEGIN_LIMIT_S
            case End() | Failed():
                self._expected, self._stop = False, None
            case Configured(asked=asked, settings=settings) if self._start is not None:
                # Otherwise a later Configure is on its way, and will be answered itself.
                if self._start.settings == asked:
                    self._start = after(self._start, Configure(settings))
            case GroupPassed(group=group) if self._start is not None and self._start.expect is not None:
                if self._start.expect.group == group:  # otherwise the next one is expected already
                    self._start = after(self._start, StopExpecting())

    def _replace(self) -> list[Message]:
        """Kill the rest of the engine and start another, which goes on with the stream unless that was to end."""
        process.end(self._process, 0.0)
        self._pipe.close()
        self._takes.finish()
        releases = self._stream.releases()
        self._restarts += 1
        start = self._start if self._expected else None
        if start is None or not isinstance(start.source, MicrophoneSource) or self._restarts > RESTARTS:
            from realtime.system.log import log_path

            self._error = LisztenError(GIVEN_UP(path=log_path()))
            return [*releases]
        logger.warning("the engine is gone or silent: starting another")
        self._spawn()
        restarted = Notice("restarted", RESTARTED())
        if self._stop is not None:
            end = self._stream.end(self._stop.reason)
            self._expected, self._stop = False, None
            return [*releases, restarted, end]
        if start.seconds is not None:
            start = replace(start, seconds=max(start.seconds - self._played_s, 0.0))
        self.send(start)
        self._lost = True
        return [*releases, restarted]
