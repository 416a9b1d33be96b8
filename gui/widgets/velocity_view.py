"""The velocity curve in the side panel: played velocity across, sent velocity up; the last notes as a histogram, the
latest as a dot.

Painted by hand, as a plotting library would take longer to load than the whole window.
"""

# ruff: noqa: N802 - Qt chooses the names of what it calls

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from gui.stage.theme import NIGHT, Theme
from gui.state import curve
from gui.state.histogram import counts
from gui.translation import tr
from realtime.midi.velocity import LOUDEST, VelocityCurve

WIDTH, HEIGHT = 112, 96
INSET, RADIUS = 9.0, 8.0
BINS, BARS_SHARE = 16, 0.36
GRIP, REACH = 4.5, 12.0
STEPS = 32
KEY_STEP = 5
ARROWS = {
    Qt.Key.Key_Up: KEY_STEP,
    Qt.Key.Key_Right: KEY_STEP,
    Qt.Key.Key_Down: -KEY_STEP,
    Qt.Key.Key_Left: -KEY_STEP,
}


class VelocityView(QWidget):
    """A curve with four grips: two on the line bend it, its ends are floor and ceiling. `bent` gives the curve that
    the player wants, as a VelocityCurve."""

    bent = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(WIDTH, HEIGHT)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(tr("Drag the line: how hard a key must be struck. Drag its ends: softest and loudest."))
        self._theme = NIGHT
        self._curve = VelocityCurve()
        self._bars: list[int] = []
        self._latest: int | None = None
        self._grabbed = -1

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self.update()

    def show_curve(self, shown: VelocityCurve) -> None:
        """The curve in force."""
        self._curve = shown
        self.setAccessibleName(tr("Velocity curve, {}", curve.words(shown)))
        self.update()

    def show_notes(self, velocities: Sequence[int]) -> None:
        """velocities: as transcribed, the latest last."""
        bars, latest = counts(velocities, BINS), velocities[-1] if velocities else None
        if (bars, latest) != (self._bars, self._latest):
            self._bars, self._latest = bars, latest
            self.update()

    def grips(self) -> list[QPointF]:
        """Where the grips lie: floor, two on the line, ceiling."""
        return [self._point(share) for share in (0.0, *curve.GRIPS, 1.0)]

    def mousePressEvent(self, event: QMouseEvent) -> None:
        away = [(grip - event.position()).manhattanLength() for grip in self.grips()]
        nearest = min(range(len(away)), key=away.__getitem__)
        self._grabbed = nearest if away[nearest] <= 2 * REACH else -1

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grabbed < 0:
            return
        sent = 1 - (event.position().y() - INSET) / (self.height() - 2 * INSET)
        ways: list[Callable[..., VelocityCurve]]
        ways = [curve.with_floor, *(partial(curve.through, played=share) for share in curve.GRIPS), curve.with_ceiling]
        way = curve.raised if curve.kind(self._curve) == "fixed" else ways[self._grabbed]
        self.bent.emit(way(self._curve, sent=sent))

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._grabbed = -1

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        self.bent.emit(VelocityCurve())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = ARROWS.get(Qt.Key(event.key()))
        if step is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif curve.kind(self._curve) == "fixed":
            self.bent.emit(curve.raised(self._curve, (self._curve.low + step) / LOUDEST))
        else:
            gamma = curve.gamma(min(max(curve.amount(self._curve.gamma) + step, -100), 100))
            self.bent.emit(VelocityCurve(gamma, self._curve.low, self._curve.high))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        self._paint_bars(painter)
        self._paint_line(painter)
        painter.end()

    def _paint_ground(self, painter: QPainter) -> None:
        theme, box = self._theme, QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(QColor(theme.accent if self.hasFocus() else theme.line), 2 if self.hasFocus() else 1))
        painter.setBrush(QColor(theme.card))
        painter.drawRoundedRect(box, RADIUS, RADIUS)
        painter.setPen(QPen(_faint(theme.edge, 0.35), 1))
        for share in (0.25, 0.5, 0.75):
            x, y = INSET + share * self._wide, INSET + share * self._high
            painter.drawLine(QPointF(x, INSET), QPointF(x, INSET + self._high))
            painter.drawLine(QPointF(INSET, y), QPointF(INSET + self._wide, y))
        painter.setPen(QPen(_faint(theme.edge, 0.9), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(INSET, INSET + self._high), QPointF(INSET + self._wide, INSET))

    def _paint_bars(self, painter: QPainter) -> None:
        highest = max(self._bars, default=0)
        if not highest:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_faint(self._theme.second, 0.45))
        step = self._wide / BINS
        for index, count in enumerate(self._bars):
            high = BARS_SHARE * self._high * count / highest
            painter.drawRect(QRectF(INSET + index * step + 0.5, INSET + self._high - high, step - 1, high))

    def _paint_line(self, painter: QPainter) -> None:
        line = QPainterPath(self._point(0.0))
        for step in range(1, STEPS + 1):
            line.lineTo(self._point(step / STEPS))
        filled = QPainterPath(line)
        filled.lineTo(INSET + self._wide, INSET + self._high)
        filled.lineTo(INSET, INSET + self._high)
        painter.fillPath(filled, _faint(self._theme.accent, 0.16))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(self._theme.accent), 2))
        painter.drawPath(line)
        painter.setBrush(QColor("#FFFFFF"))
        painter.setPen(QPen(QColor(self._theme.accent), 1.5))
        ends = (0, len(self.grips()) - 1)
        for index, grip in enumerate(self.grips()):
            size = GRIP - 1.5 if index in ends else GRIP
            painter.drawEllipse(grip, size, size)
        if self._latest is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self._theme.warning))
            painter.drawEllipse(self._point(self._latest / LOUDEST), 3.0, 3.0)

    def _point(self, played: float) -> QPointF:
        """A point of the line, at a share of the loudest velocity; unrounded, so that the line is smooth."""
        bent = self._curve
        sent = (bent.low + (bent.high - bent.low) * played**bent.gamma) / LOUDEST
        return QPointF(INSET + played * self._wide, INSET + (1 - sent) * self._high)

    @property
    def _wide(self) -> float:
        return self.width() - 2 * INSET

    @property
    def _high(self) -> float:
        return self.height() - 2 * INSET


def _faint(colour: str, opacity: float) -> QColor:
    made = QColor(colour)
    made.setAlphaF(opacity)
    return made
