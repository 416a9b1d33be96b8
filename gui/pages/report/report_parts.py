"""What a report in the window is made of: cards with tables, two-ended scales, and the notes with their pedal."""

# ruff: noqa: N802 - Qt chooses the names of what it calls

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from gui.stage.theme import Palette, Theme
from gui.takes.outline import Outline
from gui.translation import tr
from gui.widgets.controls import head
from gui.widgets.label import Label
from gui.widgets.outline_view import paint_outline
from gui.widgets.style import font, tinted
from realtime.report.facts import clock
from realtime.report.report import Report
from realtime.report.rows import FactRow, ImpressionRow

ROLL, PEDAL, CLOCK = 132, 8, 20  # heights in the picture of the notes, px
TICKS_S = (5, 10, 15, 30, 60, 120, 300, 600)
LEAST_TICK = 90  # px
NAME, FIGURE, SENTENCE = 3, 2, 4  # widths of columns against each other
DOT, RING, BAND = 6.0, 5.0, 7.0


def card(title: str, *parts: QWidget, kind: str = "card") -> QFrame:
    """Parts under a title, in a frame. kind: its name in the style sheet."""
    made = QFrame()
    made.setObjectName(kind)
    column = QVBoxLayout(made)
    column.setContentsMargins(20, 16, 20, 18)
    column.setSpacing(10)
    if title:
        column.addWidget(head(title))
    for part in parts:
        column.addWidget(part)
    return made


def prose(words: str, kind: str = "") -> QLabel:
    """A paragraph. kind: its name in the style sheet."""
    label = Label()
    label.setText(words)
    label.setObjectName(kind)
    label.setWordWrap(True)
    return label


def facts(rows: Sequence[FactRow], compared: bool) -> QWidget:
    """Measures, a row each; compared: also those of the other take, and what differs."""
    lines = [(row.label, row.value, *((row.earlier, row.difference) if compared else ())) for row in rows]
    heads = ("", tr("This take"), tr("Other take"), tr("Difference")) if compared else ()
    return table([["" if said is None else tr(said) for said in line] for line in lines], heads, FIGURE)


def table(lines: Sequence[Sequence[str]], heads: Sequence[str] = (), width: int = SENTENCE) -> QWidget:
    """Names at the left, what belongs to them at the right. heads: over the columns; width: of those at the right."""
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(18)
    grid.setVerticalSpacing(8)
    for row, line in enumerate([heads, *lines] if heads else lines):
        for column, words in enumerate(line):
            label = prose(words, "value" if column and not (heads and row == 0) else "small")
            side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
            label.setAlignment(side | Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label, row, column)
    for column in range(4 if heads else 2):
        grid.setColumnStretch(column, width if column else NAME)
    return made


class ScaleView(QWidget):
    """A two-ended scale without figures: its ends in words over the band, this take as a dot, the other as a ring."""

    def __init__(self, row: ImpressionRow, theme: Theme) -> None:
        super().__init__()
        aspect, low, high = (tr(said) for said in (row.aspect, row.low, row.high))
        nearer = low if row.value < 0.5 else high
        self.setAccessibleName(
            tr("{aspect}: from {low} to {high}, nearer to {nearer}", aspect=aspect, low=low, high=high, nearer=nearer)
        )
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(0)
        sides = (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignHCenter, Qt.AlignmentFlag.AlignRight)
        for column, (words, kind, side) in enumerate(
            zip((low, aspect, high), ("end", "aspect", "end"), sides, strict=True)
        ):
            label = Label(words)
            label.setObjectName(kind)
            grid.addWidget(label, 0, column, side)
        for column, stretch in enumerate((1, 0, 1)):
            grid.setColumnStretch(column, stretch)
        grid.addWidget(_Track(row, theme), 1, 0, 1, 3)


class _Track(QWidget):
    """The line of a scale."""

    def __init__(self, row: ImpressionRow, theme: Theme) -> None:
        super().__init__()
        self._row, self._theme = row, theme
        self.setFixedHeight(20)

    def paintEvent(self, _event: QPaintEvent) -> None:
        row, theme = self._row, self._theme
        left, wide, middle = DOT + 1, self.width() - 2 * (DOT + 1), self.height() / 2
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tinted(theme.edge, theme.card, 0.45)))
        painter.drawRoundedRect(QRectF(left, middle - 1.5, wide, 3), 1.5, 1.5)
        painter.drawRect(QRectF(left + wide / 2 - 0.75, middle - 6, 1.5, 12))
        low, high = (left + wide * edge for edge in row.band)
        painter.setBrush(QColor(band_colour(theme)))
        painter.drawRoundedRect(QRectF(low, middle - BAND / 2, high - low, BAND), BAND / 2, BAND / 2)
        if row.earlier is not None:
            painter.setPen(QPen(QColor(theme.second), 1.6))
            painter.setBrush(QColor(theme.card))
            painter.drawEllipse(QPointF(left + wide * row.earlier, middle), RING, RING)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.accent))
        painter.drawEllipse(QPointF(left + wide * row.value, middle), DOT, DOT)
        painter.end()


def band_colour(theme: Theme) -> str:
    """Of the band in which 8 of 10 takes like this one lie."""
    return tinted(theme.accent, theme.card, 0.38)


class Sign(QWidget):
    """A sign of the legend: "dot", "ring" or "band"."""

    def __init__(self, kind: str, theme: Theme) -> None:
        super().__init__()
        self._kind, self._theme = kind, theme
        self.setFixedSize(QSize(22 if kind == "band" else 14, 16))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring = self._kind == "ring"
        painter.setPen(QPen(QColor(theme.second), 1.6) if ring else Qt.PenStyle.NoPen)
        colour = {"dot": theme.accent, "ring": theme.card, "band": band_colour(theme)}[self._kind]
        painter.setBrush(QColor(colour))
        middle = QPointF(self.width() / 2, self.height() / 2)
        if self._kind == "band":
            painter.drawRoundedRect(QRectF(0, middle.y() - BAND / 2, self.width(), BAND), BAND / 2, BAND / 2)
        else:
            painter.drawEllipse(middle, RING, RING)
        painter.end()


class NotesView(QWidget):
    """All notes of a take in the colours of the stage, its pedal below them, and the clock."""

    def __init__(self, report: Report, palette: Palette) -> None:
        super().__init__()
        self._report, self._palette = report, palette
        self._outline = Outline.of(report.notes)
        self.setFixedHeight(ROLL + PEDAL + CLOCK)
        self.setAccessibleName(tr("The notes and the pedal of the take"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        notes, theme = self._report.notes, self._palette.theme
        begin = float(notes.onset[0])
        end = begin + notes.span_s
        scale = self.width() / (end - begin)
        painter = QPainter(self)
        self._paint_clock(painter, begin, end, scale)
        paint_outline(painter, QRectF(0, 0, self.width(), ROLL), self._outline, begin, end, self._palette)
        if self._report.measures.pedalling is not None:
            presses = self._report.measures.presses
            for down, up in zip(presses.down.tolist(), presses.up.tolist(), strict=True):
                box = QRectF((down - begin) * scale, ROLL + 1, max((up - down) * scale - 1, 1.0), PEDAL - 2)
                painter.fillRect(box, QColor(theme.pedal))
        painter.end()

    def _paint_clock(self, painter: QPainter, begin: float, end: float, scale: float) -> None:
        theme = self._palette.theme
        step = next((tick for tick in TICKS_S if tick * scale >= LEAST_TICK), TICKS_S[-1])
        painter.setFont(font(11))
        for tick in range(step * (int(begin) // step + 1), int(end) + 1, step):
            x = (tick - begin) * scale
            painter.fillRect(QRectF(x, 0, 1, ROLL + PEDAL), QColor(tinted(theme.line, theme.card, 0.6)))
            painter.setPen(QColor(theme.third))
            box = QRectF(x - 40, ROLL + PEDAL + 3, 80, CLOCK - 3)
            painter.drawText(box, Qt.AlignmentFlag.AlignHCenter, clock(tick))
