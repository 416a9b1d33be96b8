"""The runs of all pieces on disk: a run that has ended is kept, and what they tell is read again."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from queue import SimpleQueue
from threading import Lock

from gui.state.background import Background
from realtime.errors import FileError
from realtime.practice.progress import History, Today, by_piece, history, today
from realtime.practice.runs import Run, piece_id, read_runs
from realtime.practice.score import Score
from realtime.practice.takes.practised import RunTake, keep_run
from realtime.practice.verdicts import Marked, Missed
from realtime.words import Said

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Practised:
    """What all runs tell. histories: by the id of their piece, the latest first."""

    today: Today
    histories: dict[str, History]


_Ended = tuple[Run, RunTake | None, Path, tuple[Marked | Missed, ...]]
_Read = tuple[Practised, Said | None]  # and why a run could not be kept


class PastRuns:
    """folder: where the runs lie. wake: called in another thread when `pump` has something.

    practised: None before it was read; problem: why a run could not be kept, until it was shown.
    """

    def __init__(self, folder: Path, wake: Callable[[], None]) -> None:
        self.practised: Practised | None = None
        self.problem: Said | None = None
        self._folder = folder
        self._piece = ""
        self._ended: SimpleQueue[_Ended] = SimpleQueue()
        self._writing = Lock()
        self._reading = Background[_Read]("read runs", wake)

    @property
    def history(self) -> History | None:
        """Of the piece that is practised, None without one, and before its first run is known."""
        return None if self.practised is None else self.practised.histories.get(self._piece)

    def open(self, score: Score) -> None:
        """Another piece is practised."""
        self._piece = piece_id(score)
        self.look()

    def look(self) -> None:
        """Read what lies on disk, as of today."""
        self._reading.ask(self._read)

    def keep(
        self, run: Run, piece: Path, take: RunTake | None = None, verdicts: Sequence[Marked | Missed] = ()
    ) -> None:
        """Write a run, and look anew. The rest: as in `keep_run`."""
        self._ended.put((run, take, piece, tuple(verdicts)))
        self.look()

    def pump(self) -> None:
        """Take in what was read."""
        read = self._reading.take()
        if read is not None:
            self.practised, self.problem = read

    def close(self) -> None:
        """Write what was not written yet."""
        self._reading.forget()
        self._write()

    def _read(self) -> _Read:
        problem = self._write()
        runs = read_runs(self._folder)
        histories = {piece: history(of_piece) for piece, of_piece in by_piece(runs).items()}
        return Practised(today(runs, date.today()), histories), problem

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
