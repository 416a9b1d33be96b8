"""Work that the window does not wait for: only what was asked for last is wanted."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Generic, TypeVar

THREADS = 2  # while one hangs on a disk or a driver, the other still answers

Answer = TypeVar("Answer")
_log = logging.getLogger(__name__)


class Background(Generic[Answer]):
    """Jobs in threads of their own, two at most, none while there is nothing to do; the program ends without them.

    A job that has not begun when another one is asked for never will; the answer of one that has begun is dropped.
    wake: called in such a thread when `take` has an answer.
    """

    def __init__(self, name: str, wake: Callable[[], None] = lambda: None) -> None:
        self._name, self._wake = name, wake
        self._lock = threading.Lock()
        self._threads = self._wish = 0
        self._waiting: Callable[[], Answer] | None = None
        self._answer: Answer | None = None
        self._wanted = False

    @property
    def busy(self) -> bool:
        """Whether an answer is still to be taken."""
        return self._wanted

    def ask(self, job: Callable[[], Answer]) -> None:
        """Have a job done. One that raises is logged, and has no answer."""
        with self._lock:
            self._wish += 1
            self._waiting, self._answer, self._wanted = job, None, True
            if self._threads < THREADS:
                self._threads += 1
                threading.Thread(target=self._work, name=self._name, daemon=True).start()

    def forget(self) -> None:
        """What was asked for is not wanted any more."""
        with self._lock:
            self._wish += 1
            self._waiting, self._answer, self._wanted = None, None, False

    def take(self) -> Answer | None:
        """The answer to what was asked for last, once."""
        with self._lock:
            answer, self._answer = self._answer, None
            self._wanted = self._wanted and answer is None
            return answer

    def _work(self) -> None:
        while (asked := self._next()) is not None:
            wish, job = asked
            if self._keep(wish, self._done(job)):
                self._wake()

    def _done(self, job: Callable[[], Answer]) -> Answer | None:
        try:
            return job()
        except Exception:
            _log.exception("%s: there will be no answer", self._name)
            return None

    def _next(self) -> tuple[int, Callable[[], Answer]] | None:
        """What to do now; None, and a thread less, when there is nothing."""
        with self._lock:
            job, self._waiting = self._waiting, None
            if job is None:
                self._threads -= 1
                return None
            return self._wish, job

    def _keep(self, wish: int, answer: Answer | None) -> bool:
        """Whether the answer is still wanted."""
        with self._lock:
            if wish != self._wish:
                return False
            self._answer, self._wanted = answer, answer is not None
            return True
