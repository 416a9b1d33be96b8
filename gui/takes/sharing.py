"""An order to share a take while it is carried out: how far it is, what became of it, and how to stop it."""

from __future__ import annotations

import threading
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path

from gui.takes.share_forms import Order, Written
from realtime.system import process
from realtime.system.shutdown import WORKER_S
from realtime.system.storage import part_path
from realtime.words import Phrase, Said

DIED = Phrase("share.died", "It could not be written: the program that was writing it ended.")


class Sharing:
    """One order at a time, in a process. share: what is done of it, 0-1; problem: one sentence when it failed; done:
    whether the file is there."""

    def __init__(self) -> None:
        self.order: Order | None = None
        self.share = 0.0
        self.problem: Said | None = None
        self.done = False
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None

    @property
    def running(self) -> bool:
        """Whether it is being carried out."""
        return self._process is not None

    def begin(self, order: Order) -> None:
        """Carry an order out."""
        self.cancel()
        self.order, self.share, self.problem, self.done = order, 0.0, None, False
        self._pipe, theirs = process.pipe()
        self._process = process.spawn("gui.takes.share_forms:run", "share", theirs, order)
        process.give_way(self._process)
        theirs.close()

    def pump(self) -> None:
        """Take in what the process has told. Never waits."""
        try:
            while self._pipe is not None and self._pipe.poll():
                answer: float | Written = self._pipe.recv()
                if isinstance(answer, Written):
                    self.problem, self.done = answer.problem, answer.problem is None
                    self._let_go()
                else:
                    self.share = answer
        except (EOFError, OSError):
            self.problem = DIED()
            self._let_go()

    def cancel(self) -> None:
        """Stop; nothing half-written stays."""
        if self._process is not None:
            self._process.terminate()
            self._let_go()
            self.order = None

    def forget(self) -> None:
        """What became of the last order is known."""
        if not self.running:
            self.order, self.problem, self.done = None, None, False

    def _let_go(self) -> None:
        if self._process is not None and self._pipe is not None and self.order is not None:
            ending = self._process, self._pipe, self.order.to
            threading.Thread(target=_end, args=ending, name="end sharing").start()
            self._process = self._pipe = None


def _end(ending: SpawnProcess, pipe: Connection, to: Path) -> None:
    """Wait for its end, and take away what it could not: a process that is killed leaves what it was writing."""
    process.end(ending, WORKER_S)
    pipe.close()
    if ending.pid is not None:
        with suppress(OSError):
            part_path(to, ending.pid).unlink(missing_ok=True)
