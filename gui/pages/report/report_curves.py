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
from realtime.report.page.series import Series, loudness_series, tempo_series
from realtime.report.page.svg import Scale, ticks
from realtime.report.report import Report

HEIGHT, EDGE, LABEL = 104, 8.0, 14.0  # px
MOST_TICKS = 4
CURVE, EARLIER = 2.0, 1.5  # widths of lines, px


def curve_views(report: Report, theme: Theme) -> list[tuple[str, CurveView]]:
    """A title and a picture each: tempo if the take has a pulse, loudness if it has velocities."""
    titles = (
        (tr("Tempo, beats a minute"), tempo_series(report)),
        (tr("Loudness, velocity"), loudness_series(report)),
    )
    begin = float(report.notes.onset[0]) if len(report.notes) else 0.0
    end = begin + report.notes.span_s
    return [(title, CurveView(title, series, begin, end, theme)) for title, series in titles if series is not None]


class CurveView(QWidget):
    """A series from begin_s to end_s; its overall value dashed, that of the earlier take behind it."""

    def __init__(self, title: str, series: Series, begin_s: float, end_s: float, theme: Theme) -> None:
        super().__init__()
        self._series, self._theme = series, theme
        self._begin_s, self._end_s = begin_s, end_s
        self.setFixedHeight(HEIGHT)
        self.setAccessibleName(title)

    def paintEvent(self, _event: QPaintEvent) -> None:
        series, theme = self._series, self._theme
        across = Scale(self._begin_s, self._end_s, 0.0, float(self.width()))
        down = Scale(series.high, series.low, EDGE, HEIGHT - EDGE)
        painter = QPainter(self)
        values = ticks(series.low, series.high, MOST_TICKS)
        for value in values:
            painter.fillRect(QRectF(0, down(value), self.width(), 1), QColor(tinted(theme.line, theme.card, 0.6)))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if series.overall is not None:
            painter.setPen(QPen(QColor(theme.third), 1.0, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(0, down(series.overall)), QPointF(self.width(), down(series.overall)))
        if series.earlier is not None:
            time, other = series.earlier
            painter.setPen(QPen(QColor(theme.second), EARLIER))
            _draw(painter, across.all(time), down.all(other))
        painter.setPen(QPen(QColor(theme.accent), CURVE))
        _draw(painter, across.all(series.time), down.all(series.value))
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
