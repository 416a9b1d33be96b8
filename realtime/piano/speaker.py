"""The loudspeaker as a window uses it: orders go to a process of its own, answers come when asked for."""

from __future__ import annotations

import logging
import threading
import time
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess

from realtime.piano.speaker_messages import NO_SPEAKER, Answer, Hush, Loop, Mute, Play, Sound
from realtime.system import process
from realtime.system.outbox import Outbox
from realtime.system.shutdown import SPEAKER_S
from realtime.system.watchdog import Watchdog

logger = logging.getLogger(__name__)
# A process that was just started loads libraries, and a place in a compressed recording takes a while to be found.
FIRST_LIMIT_S, SILENCE_LIMIT_S = 20.0, 4.0


class Speaker:
    """Plays one sound at a time; its process is started when it is first needed. Nothing here waits for it: a long take
    is sent, and a process ended, by a thread.
    """

    def __init__(self) -> None:
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None
        self._orders: Outbox[Play | Hush] | None = None
        self._sound: Sound | None = None  # what the process has open
        self._turn = 0
        self._watchdog: Watchdog | None = None

    def prepare(self) -> None:
        """Start the process: the first sound then comes at once."""
        self._start()

    def play(self, sound: Sound, at_s: float, loop: Loop | None = None) -> None:
        """Play from a place on, instead of what is played now; `news` tells when it is heard."""
        self._turn += 1
        self._watchdog = Watchdog(FIRST_LIMIT_S, time.monotonic())
        self._start()
        self._send(Play(self._turn, None if sound == self._sound else sound, at_s, loop))
        self._sound = sound

    def hush(self) -> None:
        """Be silent."""
        self._turn += 1
        self._watchdog = None
        self._send(Hush())

    def news(self) -> list[Answer]:
        """What has come about the present order since the last call; a Mute is the last of an order."""
        news: list[Answer] = []
        try:
            while self._pipe is not None and self._pipe.poll():
                answer: Answer = self._pipe.recv()
                if answer.turn == self._turn and self._watchdog is not None:
                    news.append(answer)
                    self._watchdog.limit_s = SILENCE_LIMIT_S
                    self._watchdog.feed()
        except (EOFError, OSError):
            self.close()
            news += [Mute(self._turn, NO_SPEAKER())] if self._watchdog is not None else []
        if self._watchdog is not None and self._watchdog.look(time.monotonic()):
            logger.error("the loudspeaker does not answer: ended")
            self.close()
            news.append(Mute(self._turn, NO_SPEAKER()))
        if any(isinstance(answer, Mute) for answer in news):
            self._watchdog = self._sound = None
        return news

    def close(self) -> None:
        """End the process."""
        if self._process is not None and self._pipe is not None and self._orders is not None:
            self._process.terminate()
            threading.Thread(target=_end, args=(self._process, self._pipe, self._orders), name="end speaker").start()
            self._process = self._pipe = self._orders = self._sound = None

    def _start(self) -> None:
        if self._pipe is None:
            self._pipe, theirs = process.pipe()
            self._process = process.spawn("realtime.piano.speaker_process:run", "speaker", theirs)
            theirs.close()
            self._orders = Outbox(self._pipe)

    def _send(self, order: Play | Hush) -> None:
        if self._orders is not None:
            self._orders.post(order)


def _end(ending: SpawnProcess, pipe: Connection, orders: Outbox[Play | Hush]) -> None:
    """Wait for a process that was told to end. What is still being sent to it breaks off then; only after that may the
    pipe be closed."""
    process.end(ending, SPEAKER_S)
    orders.close()
    pipe.close()
