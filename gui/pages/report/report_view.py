"""The report of a take: its measures in figures, how it may sound to listeners, and one thing to try next."""

# ruff: noqa: N802 - Qt chooses the names of what it calls

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from gui.pages.report.report_curves import curve_views
from gui.pages.report.report_parts import NotesView, ScaleView, Sign, card, facts, prose, table
from gui.stage.theme import NIGHT, Palette, Theme
from gui.state.formatting import date_text
from gui.takes.library import Row
from gui.takes.report_jobs import ReportJobs
from gui.translation import tr
from gui.widgets.controls import DropDown, button, head
from gui.widgets.label import Label, plain_tip
from gui.widgets.style import icon
from realtime.report.overview import comparison_note, overview
from realtime.report.report import CAVEAT, Report
from realtime.report.rows import ImpressionRow, fact_rows, impression_rows
from realtime.words import Said

WIDEST, WIDEST_CHOICE, TWO_COLUMNS = 1080, 360, 720
GAP, BESIDE, SCROLL_BAR = 14, 16, 8


class ReportView(QWidget):
    """Shows what the controller has. save: let the player choose where the page goes."""

    def __init__(self, controller: ReportJobs, save: Callable[[], None]) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._controller = controller
        self._palette = Palette(NIGHT)
        self._shown: tuple[object, ...] = ()
        self._pairs: list[QBoxLayout] = []
        self.title = prose("", "title")
        self.against = DropDown(tr("Against"))
        self.against.setMaximumWidth(WIDEST_CHOICE)
        self.against.picked.connect(lambda folder: controller.compare(Path(folder) if folder else None))
        self.save = button(tr("Save as page"), "", tr("Save the report as a page, to print or to send"), save)
        self.save.setText(tr("Save as page …"))
        self.body = QScrollArea()
        self.body.setObjectName("files")
        self.body.setWidgetResizable(True)
        self.body.setFrameShape(QFrame.Shape.NoFrame)
        self.body.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 20, 12, 0)
        column.setSpacing(GAP)
        column.addLayout(_in_the_middle(self._head(), BESIDE + SCROLL_BAR))
        column.addWidget(self.body, 1)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self.against.set_theme(theme)
        self.save.setIcon(icon("save", theme.second, 16))

    def set_palette(self, palette: Palette) -> None:
        """Take the colours of the stage."""
        self._palette = palette

    def show_report(self) -> None:
        """Bring everything up to date."""
        row, found, reading = self._controller.row, self._controller.found, self._controller.reading
        if row is None:
            return
        self.title.setText(row.name)
        if not self.against.view().isVisible():
            self._offer(found.alike)
        self.against.setToolTip(
            plain_tip("" if found.alike or reading else tr("There is no other take of this piece yet."))
        )
        self.save.setEnabled(found.report is not None)
        state = (found, reading and found.report is None, self._palette)
        if state != self._shown:
            self._shown = state
            self._fill(found.report)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn_pairs()

    def _offer(self, alike: Sequence[Row]) -> None:
        """The takes to compare with."""
        others = [(f"{other.name} · {date_text(other.when, datetime.now())}", str(other.folder)) for other in alike]
        current = "" if self._controller.against is None else str(self._controller.against.folder)
        self.against.offer([(tr("No other take"), ""), *others], current)
        self.against.setEnabled(bool(others))

    def _head(self) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.title, 1)
        label = Label(tr("Against"))
        label.setObjectName("small")
        row.addWidget(label)
        row.addWidget(self.against, 1)
        row.addWidget(self.save)
        return made

    def _fill(self, report: Report | None) -> None:
        """Make the page anew, at the place that was read."""
        place = self.body.verticalScrollBar().value()
        inside, narrow = QWidget(), QWidget()
        inside.setObjectName("page")
        self._pairs = []
        column = QVBoxLayout(narrow)
        column.setContentsMargins(0, 0, 0, 24)
        column.setSpacing(GAP)
        for part in self._cards(report) if report is not None else [prose(self._state_words(), "empty")]:
            column.addWidget(part) if isinstance(part, QWidget) else column.addLayout(part)
        column.addStretch(1)
        inside.setLayout(_in_the_middle(narrow, BESIDE))
        self.body.setWidget(inside)
        self._turn_pairs()
        inside.adjustSize()
        self.body.verticalScrollBar().setValue(place)

    def _state_words(self) -> str:
        if self._controller.reading:
            return tr("The take is being read …")
        return tr(self._controller.found.problem or "")

    def _cards(self, report: Report) -> Iterator[QWidget | QBoxLayout]:
        compared = report.compared_with is not None
        reasons = [tr(reason) for reason in report.reasons]
        doubtful = report.status == "insufficient"
        if doubtful:  # what makes the figures doubtful has to be known before they are read
            yield card("", *map(prose, reasons), kind="notice")
        if report.suggestion is not None:
            yield card("", prose(tr("Try next"), "next"), prose(tr(report.suggestion.said)), kind="next")
        if report.notes.span_s > 0:
            yield card(tr("What was heard"), NotesView(report, self._palette), *self._curves(report))
        if (note := comparison_note(report)) is not None:
            yield prose(tr(note), "small")
        groups = [(len(rows), tr(name), facts(rows, compared)) for name, rows in fact_rows(report)]
        if rows := overview(report):
            lines = [(tr(label), tr(said)) for label, said in rows]
            groups.insert(0, (len(rows) + 1, tr("Overview"), table(lines)))
        if groups:
            yield self._pair(groups)
        if reasons and not doubtful:
            yield prose("\n".join(reasons), "small")
        if scales := impression_rows(report):
            yield self._impressions(scales)

    def _curves(self, report: Report) -> Iterator[QWidget]:
        for title, view in curve_views(report, self._palette.theme):
            yield prose(title, "small")
            yield view

    def _pair(self, groups: list[tuple[int, str, QWidget]]) -> QBoxLayout:
        """Cards in two columns of much the same height. groups: rows, title and content of each."""
        pair = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        pair.setSpacing(GAP)
        columns, heights = [QVBoxLayout(), QVBoxLayout()], [0, 0]
        for rows, title, content in groups:
            shorter = heights.index(min(heights))
            columns[shorter].addWidget(card(title, content))
            heights[shorter] += rows + 2
        for column in columns:
            column.setSpacing(GAP)
            column.addStretch(1)
            pair.addLayout(column, 1)
        self._pairs.append(pair)
        return pair

    def _impressions(self, groups: list[tuple[Said, list[ImpressionRow]]]) -> QWidget:
        theme = self._palette.theme
        parts: list[QWidget] = []
        for number, (title, rows) in enumerate(groups):
            parts += [head(tr(title))] if number else []
            scales = QWidget()
            grid = QGridLayout(scales)
            grid.setContentsMargins(0, 0, 0, 8)
            grid.setHorizontalSpacing(44)
            grid.setVerticalSpacing(12)
            for place, row in enumerate(rows):
                grid.addWidget(ScaleView(row, theme), place // 2, place % 2)
            for side in range(2):
                grid.setColumnStretch(side, 1)
            parts.append(scales)
        rings = any(row.earlier is not None for _, rows in groups for row in rows)
        parts += [_legend(theme, rings), prose(tr(CAVEAT), "small")]
        return card(tr(groups[0][0]), *parts)

    def _turn_pairs(self) -> None:
        """Side by side where there is room, else one below the other."""
        direction = QBoxLayout.Direction
        for pair in self._pairs:
            pair.setDirection(direction.LeftToRight if self.width() >= TWO_COLUMNS else direction.TopToBottom)


def _in_the_middle(part: QWidget, right: int) -> QHBoxLayout:
    """A part that is no wider than one reads well. right: room beside it, px."""
    part.setMaximumWidth(WIDEST)
    middle = QHBoxLayout()
    middle.setContentsMargins(0, 0, right, 0)
    middle.addStretch(1)
    middle.addWidget(part, 100)
    middle.addStretch(1)
    return middle


def _legend(theme: Theme, rings: bool) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    signs = [("dot", tr("this take")), ("ring", tr("other take")), ("band", tr("where 8 of 10 takes like it lie"))]
    for kind, words in signs:
        if kind == "ring" and not rings:
            continue
        label = Label(words)
        label.setObjectName("small")
        row.addWidget(Sign(kind, theme))
        row.addWidget(label)
        row.addSpacing(14)
    row.addStretch(1)
    return made
