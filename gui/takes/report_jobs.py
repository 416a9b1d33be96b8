"""The report of a take for the window: made in the background, as five minutes take a second or two."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from gui.state.background import Background
from gui.state.failures import UNEXPECTED, explain
from gui.takes.library import Row
from gui.translation import tr
from realtime.errors import FileError
from realtime.report.comparison import SAME_PIECE, likeness
from realtime.report.page.html_page import html_page
from realtime.report.report import Report, build_report
from realtime.system.storage import replace_file
from realtime.takes.notes import TakeNotes
from realtime.takes.reader import read_take
from realtime.words import Said


@dataclass(frozen=True, eq=False)
class ReportResult:
    """The outcome of reading a take. alike: other takes of the same piece; problem: a sentence if there is no
    report."""

    report: Report | None = None
    alike: Sequence[Row] = ()
    problem: Said | None = None


class ReportJobs:
    """Which take is reported on, and against which other one. rows: the takes that there are.

    Only what was asked for last is taken in, by `pump`.
    """

    def __init__(self, rows: Callable[[], Sequence[Row]]) -> None:
        self.row: Row | None = None
        self.against: Row | None = None
        self.found = ReportResult()
        self._rows = rows
        self._making = Background[ReportResult]("report")

    @property
    def reading(self) -> bool:
        """Whether a report is being made."""
        return self._making.busy

    def open(self, row: Row) -> None:
        """Report on a take, once more only when its notes or its name have changed."""
        if self.row is None or self.row.folder != row.folder:
            self.against, self.found = None, ReportResult()
        elif self.row.stamp == row.stamp:
            return
        self.row = row
        self._ask()

    def compare(self, folder: Path | None) -> None:
        """Set the report against another take of the same piece, by its folder; None for against no other."""
        self.against = next((other for other in self.found.alike if other.folder == folder), None)
        self._ask()

    def pump(self) -> None:
        """Take in what was read."""
        if (found := self._making.take()) is not None:
            self.found = found

    def close(self) -> None:
        """No report is wanted any more; one that is being made holds nobody up."""
        self._making.forget()

    def save(self, to: Path) -> str | Said:
        """Write the report as a page that browsers show; the sentence to show."""
        if self.found.report is None:
            return self.found.problem or UNEXPECTED()
        try:
            replace_file(to, html_page(self.found.report).encode())
        except FileError as error:
            return error.said
        return tr("The report was saved as {}.", to.name)

    def _ask(self) -> None:
        assert self.row is not None
        self._making.ask(partial(_read, self.row, self.against, list(self._rows())))


def _read(row: Row, against: Row | None, rows: Sequence[Row]) -> ReportResult:
    try:
        notes = _notes(row)
        alike = [other for other in rows if other.folder != row.folder and likeness(notes, other.outline) >= SAME_PIECE]
        return ReportResult(build_report(notes, None if against is None else _notes(against)), alike)
    except Exception as error:  # whatever it is, the player waits for an answer
        return ReportResult(problem=explain(error))


def _notes(row: Row) -> TakeNotes:
    """The notes of a take, which is called what the list calls it. Raises FileError."""
    return replace(read_take(row.folder), name=row.name)
