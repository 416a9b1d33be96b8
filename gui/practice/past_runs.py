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
        self._failed: SimpleQueue[Said] = SimpleQueue()  # why a run could not be kept; no later look loses it
        self._writing, self._wake = Lock(), wake
        self._reading = Background[Practised]("read runs", wake)

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
        self.practised = self._reading.take() or self.practised
        while not self._failed.empty():
            self.problem = self._failed.get()

    def close(self) -> Said | None:
        """Write what was not written yet; why a run could not be, where that was not shown."""
        self._reading.forget()
        self._write()
        self.pump()
        return self.problem

    def _read(self) -> Practised:
        self._write()
        runs = read_runs(self._folder)
        histories = {piece: history(of_piece) for piece, of_piece in by_piece(runs).items()}
        return Practised(today(runs, date.today()), histories)

    def _write(self) -> None:
        """Keep the runs that have ended. One thread at a time, so that no two take one name."""
        with self._writing:
            while not self._ended.empty():
                try:
                    run, take, piece, verdicts = self._ended.get()
                    keep_run(run, self._folder, take, piece, verdicts)
                except FileError as error:
                    logger.warning("practice: %s", error)
                    self._failed.put(error.said)
                    self._wake()
