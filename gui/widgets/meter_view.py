"""The level meter, painted: bar, body, peak line, scale and the clip sign. Click takes the clip sign away."""

# ruff: noqa: N802 - Qt chooses the names of what it calls

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from gui.stage.theme import NIGHT, Theme
from gui.state.level import FLOOR_DB, LevelMeter
from gui.state.settings import GATE_OFF_DB
from gui.translation import tr
from gui.widgets.style import font

MARKS = (-48, -36, -24, -12, -6, 0)
YELLOW_DB, RED_DB = -18.0, -6.0
BAR, CELL = 12, 4
GAP = 6
SMALL = 10 / 13
CLIP_WIDTH = 38


class MeterView(QWidget):
    """Shows a LevelMeter; `clip_seen` is called when the player clicks the clip sign away."""

    clip_seen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Input level"))
        self.setToolTip(tr("Play loudly: the peaks should lie between −12 and −6 dB."))  # noqa: RUF001
        self._theme = NIGHT
        self._meter = LevelMeter()
        self._gate_db = GATE_OFF_DB
        self._painted: tuple[object, ...] = ()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self.update()

    def show_level(self, meter: LevelMeter, gate_db: float) -> None:
        """Repaint when something has moved by a pixel."""
        self._meter, self._gate_db = meter, gate_db
        state = (*(round(self._x(db)) for db in (meter.bar, meter.body, meter.peak, gate_db)), meter.clip)
        if state != self._painted:
            self._painted = state
            self.setAccessibleDescription(tr("{}, {:.0f} decibels full scale", tr(meter.word), meter.bar))
            self.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.setFixedHeight(BAR + GAP + self._scale_height)

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        if self._meter.clip:
            self.clip_seen.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._paint_bar(painter)
        self._paint_scale(painter)
        painter.end()

    def _paint_bar(self, painter: QPainter) -> None:
        theme, meter = self._theme, self._meter
        painter.fillRect(QRectF(0, 0, self.width(), BAR), QColor(theme.card))
        bar, body, peak = self._x(meter.bar), self._x(meter.body), self._x(meter.peak)
        for x in range(0, int(bar), CELL):
            db = FLOOR_DB * (1 - x / self.width())
            name = theme.good if db < YELLOW_DB else theme.warning if db < RED_DB else theme.error
            colour = QColor(name)
            colour.setAlphaF(1.0 if x < body else 0.6)
            painter.fillRect(QRectF(x, 0, CELL - 1, BAR), colour)
        if meter.peak > FLOOR_DB:
            painter.fillRect(QRectF(min(peak, self.width() - 2), 0, 2, BAR), QColor(theme.text))
        if meter.clip:
            painter.fillRect(QRectF(self.width() - CLIP_WIDTH, 0, CLIP_WIDTH, BAR), QColor(theme.error))
            painter.setPen(QColor(theme.panel))
            painter.setFont(self._small(700))
            painter.drawText(
                QRectF(self.width() - CLIP_WIDTH, 0, CLIP_WIDTH, BAR), Qt.AlignmentFlag.AlignCenter, tr("CLIP")
            )

    def _paint_scale(self, painter: QPainter) -> None:
        painter.setFont(self._small(600))
        painter.setPen(QColor(self._theme.third))
        for mark in MARKS:
            x = self._x(mark)
            box = QRectF(min(x - 16, self.width() - 32), BAR + GAP, 32, self._scale_height)
            side = Qt.AlignmentFlag.AlignRight if mark == 0 else Qt.AlignmentFlag.AlignHCenter
            painter.drawText(box, side, str(mark).replace("-", "−"))  # noqa: RUF001
        if self._gate_db > FLOOR_DB:
            x = self._x(self._gate_db)
            painter.fillRect(QRectF(x - 1, BAR, 2, 5), QColor(self._theme.accent))

    @property
    def _scale_height(self) -> int:
        return round(self.font().pixelSize() * SMALL * 1.4)

    def _small(self, weight: int) -> QFont:
        """The scale's typeface, as much smaller than the window's as 10 px are than 13."""
        return font(round(self.font().pixelSize() * SMALL), weight)

    def _x(self, db: float) -> float:
        return self.width() * min(max(1 - db / FLOOR_DB, 0.0), 1.0)
