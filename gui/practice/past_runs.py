"""The runs of a piece on disk: a run that has ended is kept, and what to try next is read from all of them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from threading import Lock

from gui.state.background import Background
from realtime.errors import FileError
from realtime.practice.progress import History, history
from realtime.practice.runs import Run, piece_id, read_runs
from realtime.practice.score import Score
from realtime.practice.takes.practised import RunTake, keep_run
from realtime.practice.verdicts import Marked, Missed
from realtime.words import Said

logger = logging.getLogger(__name__)
_Ended = tuple[Run, RunTake | None, Path, tuple[Marked | Missed, ...]]
_Read = tuple[History | None, Said | None]  # and why a run could not be kept


class PastRuns:
    """folder: where the runs lie. wake: called in another thread when `pump` has something.

    history: of the piece that is practised, None before its first run is known; problem: why a run could not be kept,
    until it was shown.
    """

    def __init__(self, folder: Path, wake: Callable[[], None]) -> None:
        self.history: History | None = None
        self.problem: Said | None = None
        self._folder = folder
        self._ended: SimpleQueue[_Ended] = SimpleQueue()
        self._writing = Lock()
        self._reading = Background[_Read]("read runs", wake)

    def open(self, score: Score) -> None:
        """Another piece is practised."""
        self.history = None
        self._reading.ask(partial(self._read, piece_id(score)))

    def keep(
        self, score: Score, run: Run, piece: Path, take: RunTake | None = None, verdicts: Sequence[Marked | Missed] = ()
    ) -> None:
        """Write a run of the piece that is practised, and look anew. The rest: as in `keep_run`."""
        self._ended.put((run, take, piece, tuple(verdicts)))
        self._reading.ask(partial(self._read, piece_id(score)))

    def pump(self) -> None:
        """Take in what was read."""
        read = self._reading.take()
        if read is not None:
            self.history, self.problem = read

    def close(self) -> None:
        """Write what was not written yet."""
        self._reading.forget()
        self._write()

    def _read(self, piece: str) -> _Read:
        problem = self._write()
        runs = [run for run in read_runs(self._folder) if run.piece == piece]
        return history(runs) if runs else None, problem

    def _write(self) -> Said | None:
        """Keep the runs that have ended; why one could not be. One thread at a time, so that no two take one name."""
        problem = None
        with self._writing:
            while not self._ended.empty():
                try:
                    run, take, piece, verdicts = self._ended.get()
                    keep_run(run, self._folder, take, piece, verdicts)
                except FileError as error:
                    logger.warning("practice: %s", error)
                    problem = error.said
        return problem
