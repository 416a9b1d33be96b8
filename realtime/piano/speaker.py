"""The loudspeaker of a window: requests go to a process of its own, answers are polled."""

from __future__ import annotations

import logging
import threading
import time
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess

from realtime.piano.speaker_messages import (
    Answer,
    Loop,
    PlaybackFailed,
    Request,
    Sound,
    StartPlayback,
    StopPlayback,
    silence,
)
from realtime.system import process
from realtime.system.outbox import Outbox
from realtime.system.shutdown import SPEAKER_S
from realtime.system.watchdog import Watchdog

logger = logging.getLogger(__name__)
# A new process loads libraries first, and seeking in a compressed recording takes a while.
FIRST_LIMIT_S, SILENCE_LIMIT_S = 20.0, 4.0


class Speaker:
    """Plays one sound at a time, in a process that is started when it is first needed. No call waits: a long take is
    sent, and a process ended, by a thread.
    """

    def __init__(self) -> None:
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None
        self._requests: Outbox[Request] | None = None
        self._sound: Sound | None = None  # which the process has open
        self._number, self._output = 0, ""  # of the last request
        self._watchdog: Watchdog | None = None

    def prepare(self) -> None:
        """Start the process, so that the first sound comes at once."""
        self._start()

    def play(
        self, sound: Sound, at_s: float, loop: Loop | None = None, due: float | None = None, output: str = ""
    ) -> None:
        """Play from a time on, instead of the present sound; `answers` has the position from then on. due, output: as
        in `StartPlayback`."""
        self._number, self._output = self._number + 1, output
        self._watchdog = Watchdog(FIRST_LIMIT_S, time.monotonic())
        self._start()
        self._send(StartPlayback(self._number, None if sound == self._sound else sound, at_s, loop, due, output))
        self._sound = sound

    def stop(self) -> None:
        """Stop playing."""
        self._number += 1
        self._watchdog = None
        self._send(StopPlayback())

    def answers(self) -> list[Answer]:
        """The answers to the present request since the last call; a PlaybackFailed is its last."""
        answers: list[Answer] = []
        try:
            while self._pipe is not None and self._pipe.poll():
                answer: Answer = self._pipe.recv()
                if answer.number == self._number and self._watchdog is not None:
                    answers.append(answer)
                    self._watchdog.limit_s = SILENCE_LIMIT_S
                    self._watchdog.feed()
        except (EOFError, OSError):
            self.close()
            answers += [PlaybackFailed(self._number, silence(self._output))] if self._watchdog is not None else []
        if self._watchdog is not None and self._watchdog.expired(time.monotonic()):
            logger.error("the loudspeaker does not answer: ended")
            self.close()
            answers.append(PlaybackFailed(self._number, silence(self._output)))
        if any(isinstance(answer, PlaybackFailed) for answer in answers):
            self._watchdog = self._sound = None
        return answers

    def close(self) -> None:
        """End the process."""
        if self._process is not None and self._pipe is not None and self._requests is not None:
            self._process.terminate()
            threading.Thread(target=_end, args=(self._process, self._pipe, self._requests), name="end speaker").start()
            self._process = self._pipe = self._requests = self._sound = None

    def _start(self) -> None:
        if self._pipe is None:
            self._pipe, theirs = process.pipe()
            self._process = process.spawn("realtime.piano.speaker_process:run", "speaker", theirs)
            theirs.close()
            self._requests = Outbox(self._pipe)

    def _send(self, request: Request) -> None:
        if self._requests is not None:
            self._requests.post(request)


def _end(ending: SpawnProcess, pipe: Connection, requests: Outbox[Request]) -> None:
    """Wait for a process that is ending. That breaks off whatever is still being sent to it; only then may the pipe be
    closed."""
    process.end(ending, SPEAKER_S)
    requests.close()
    pipe.close()
