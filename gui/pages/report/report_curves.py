"""Tempo and loudness of a take in its report: lines over the same time as the notes above them."""

# ruff: noqa: N802 - Qt chooses the names of what it calls

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from gui.stage.theme import Theme
from gui.translation import tr
from gui.widgets.style import font, tinted
from realtime.contract import Float64Array
from realtime.report.page.courses import Course, loudness_course, tempo_course
from realtime.report.page.svg import Scale, ticks
from realtime.report.report import Report

HEIGHT, EDGE, LABEL = 104, 8.0, 14.0  # px
MOST_TICKS = 4
CURVE, BEHIND = 2.0, 1.5  # widths of lines, px


def curve_views(report: Report, theme: Theme) -> list[tuple[str, CurveView]]:
    """A title and a picture each: tempo if the take has a pulse, loudness if it has velocities."""
    titles = (
        (tr("Tempo, beats a minute"), tempo_course(report)),
        (tr("Loudness, velocity"), loudness_course(report)),
    )
    begin = float(report.notes.onset[0]) if len(report.notes) else 0.0
    end = begin + report.notes.span_s
    return [(title, CurveView(title, course, begin, end, theme)) for title, course in titles if course is not None]


class CurveView(QWidget):
    """A course from begin_s to end_s; its usual value dashed, the other take behind it."""

    def __init__(self, title: str, course: Course, begin_s: float, end_s: float, theme: Theme) -> None:
        super().__init__()
        self._course, self._theme = course, theme
        self._begin_s, self._end_s = begin_s, end_s
        self.setFixedHeight(HEIGHT)
        self.setAccessibleName(title)

    def paintEvent(self, _event: QPaintEvent) -> None:
        course, theme = self._course, self._theme
        across = Scale(self._begin_s, self._end_s, 0.0, float(self.width()))
        down = Scale(course.high, course.low, EDGE, HEIGHT - EDGE)
        painter = QPainter(self)
        values = ticks(course.low, course.high, MOST_TICKS)
        for value in values:
            painter.fillRect(QRectF(0, down(value), self.width(), 1), QColor(tinted(theme.line, theme.card, 0.6)))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if course.usual is not None:
            painter.setPen(QPen(QColor(theme.third), 1.0, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(0, down(course.usual)), QPointF(self.width(), down(course.usual)))
        if course.behind is not None:
            time, other = course.behind
            painter.setPen(QPen(QColor(theme.second), BEHIND))
            _draw(painter, across.all(time), down.all(other))
        painter.setPen(QPen(QColor(theme.accent), CURVE))
        _draw(painter, across.all(course.time), down.all(course.value))
        self._paint_labels(painter, values, down)
        painter.end()

    def _paint_labels(self, painter: QPainter, values: Sequence[float], down: Scale) -> None:
        """On the lines, with nothing behind them, as the curves begin at the left edge too."""
        painter.setFont(font(11))
        painter.setPen(QColor(self._theme.third))
        for value in values:
            words = f"{value:g}"
            box = QRectF(0, down(value) - LABEL / 2, painter.fontMetrics().horizontalAdvance(words) + 6, LABEL)
            painter.fillRect(box, QColor(self._theme.card))
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, words)


def _draw(painter: QPainter, x: Float64Array, y: Float64Array) -> None:
    """A line through the points, broken where there is no value."""
    for part in np.split(np.arange(len(y)), np.flatnonzero(np.isnan(y))):
        points = [QPointF(x[i], y[i]) for i in part.tolist() if not np.isnan(y[i])]
        painter.drawPolyline(QPolygonF(points))
