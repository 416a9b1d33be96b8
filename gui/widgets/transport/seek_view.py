"""The strip on which one seeks: the whole piece at a glance, what the stage shows of it, the playhead and the loop."""

# ruff: noqa: N802 - Qt chooses the names of what it calls

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPixmap, QPolygonF, QWheelEvent

from gui.stage.theme import Palette
from gui.takes.outline import Outline
from gui.translation import tr
from gui.widgets.outline_view import paint_outline
from gui.widgets.style import font
from gui.widgets.transport.strip import HEIGHT, Strip
from realtime.piano.speaker_messages import Loop

INSET = 2.0
KNOB, FLAG_WIDTH, FLAG_HEIGHT = 4.0, 15.0, 14.0
ZOOM_STEP, LEAST_SHOWN_S = 1.25, 4.0


class SeekView(Strip):
    """Shows an Outline. `sought` gives the time that is pointed at; `grabbed` whether the playhead is held."""

    sought = Signal(float)
    grabbed = Signal(bool)

    def __init__(self) -> None:
        super().__init__(tr("The whole piece"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._outline: Outline | None = None
        self._length = 0.0
        self._place = 0.0
        self._visible_s = 0.0
        self._loop: Loop | None = None
        self._preview: Loop | None = None  # of a loop that is being dragged
        self._shown: Loop = (0.0, 1.0)  # begin and end of what is in view, s
        self._notes: QPixmap | None = None
        self._foot = 0.0  # px below the notes

    def set_palette(self, palette: Palette) -> None:
        """Take the colours of the stage."""
        self._notes = None
        super().set_palette(palette)

    def show_piece(self, outline: Outline | None, length_s: float) -> None:
        """Another piece, all of it."""
        if outline is not self._outline:
            self._outline, self._length, self._notes = outline, length_s, None
            self._shown = (0.0, max(length_s, 1e-3))
            self.update()

    def show_place(self, place: float, sight_s: float, loop: Loop | None) -> None:
        """Where it plays, how much the stage shows, and the loop. Repaints only what has moved by a pixel."""
        moved = round(self._x(place)) != round(self._x(self._place))
        if moved or (sight_s, loop) != (self._visible_s, self._loop):
            self._place, self._visible_s, self._loop = place, sight_s, loop
            self._follow()
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._outline is not None:
            self.grabbed.emit(True)
            self.sought.emit(self._time(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton and self._outline is not None:
            self.sought.emit(self._time(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._outline is not None:
            self.grabbed.emit(False)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom around the pointer."""
        turned = event.angleDelta().y()
        if turned == 0 or self._outline is None:
            return
        begin, end = self._shown
        span = (end - begin) * (1 / ZOOM_STEP if turned > 0 else ZOOM_STEP)
        span = min(max(span, min(LEAST_SHOWN_S, self._length)), self._length)
        pointed = self._time(event.position().x())
        self._show(pointed - (pointed - begin) / (end - begin) * span, span)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = self._paint_card()
        if self._outline is not None:
            left, right = self._x(self._place), self._x(min(self._place + self._visible_s, self._length))
            self._paint_frame(painter, left, max(right, left + 3.0))
            painter.drawPixmap(0, 0, self._pixmap(self._outline))
            self._paint_loop(painter)
            self._paint_head(painter)
        painter.end()

    def _paint_loop(self, painter: QPainter) -> None:
        loop = self._preview or self._loop
        if loop is None:
            return
        theme = self._palette.theme
        left, right = (self._x(time) for time in loop)
        outside = QColor(theme.panel)
        outside.setAlphaF(0.6)
        painter.fillRect(QRectF(2, 2, max(left - 2, 0), HEIGHT - 4), outside)
        painter.fillRect(QRectF(right, 2, max(self.width() - 2 - right, 0), HEIGHT - 4), outside)
        painter.setFont(font(10, 700))
        for name, x, flag in (("A", left, left), ("B", right, right - FLAG_WIDTH)):
            painter.fillRect(QRectF(x - 1, 0, 2, HEIGHT), QColor(theme.accent))
            box = QRectF(flag, 0, FLAG_WIDTH, FLAG_HEIGHT)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.accent))
            painter.drawRoundedRect(box, 3, 3)
            painter.setPen(QColor(theme.on_accent))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, name)

    def _paint_head(self, painter: QPainter) -> None:
        head = self._x(self._place)
        self._paint_playhead(painter, head)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._palette.theme.text))
        points = ((-KNOB, 0.0), (KNOB, 0.0), (KNOB, KNOB), (0.0, 2 * KNOB), (-KNOB, KNOB))
        painter.drawPolygon(QPolygonF([QPointF(head + x, y) for x, y in points]))

    def _pixmap(self, outline: Outline) -> QPixmap:
        """The notes, painted once for each size, zoom and palette."""
        ratio = self.devicePixelRatioF()
        size = QSize(round(self.width() * ratio), round(HEIGHT * ratio))
        if self._notes is None or self._notes.size() != size:
            self._notes = QPixmap(size)
            self._notes.setDevicePixelRatio(ratio)
            self._notes.fill(Qt.GlobalColor.transparent)
            painter = QPainter(self._notes)
            box = QRectF(INSET, 0, self.width() - 2 * INSET, HEIGHT - self._foot)
            paint_outline(painter, box, outline, *self._shown, self._palette)
            painter.end()
        return self._notes

    def _follow(self) -> None:
        """Turn the page when the playhead leaves what is in view."""
        begin, end = self._shown
        if not begin <= self._place <= end:
            self._show(self._place - 0.1 * (end - begin), end - begin)

    def _show(self, begin: float, span: float) -> None:
        begin = min(max(begin, 0.0), max(self._length - span, 0.0))
        self._shown, self._notes = (begin, begin + span), None
        self.update()

    def _flag_at(self, point: QPointF) -> str:
        """The flag under the mouse, "A" or "B", "" for none."""
        if self._loop is None or point.y() > FLAG_HEIGHT:
            return ""
        begin, end = (self._x(time) for time in self._loop)
        if begin <= point.x() <= begin + FLAG_WIDTH:
            return "A"
        return "B" if end - FLAG_WIDTH <= point.x() <= end else ""

    def _x(self, time: float) -> float:
        begin, end = self._shown
        return INSET + (self.width() - 2 * INSET) * (time - begin) / (end - begin)

    def _time(self, x: float) -> float:
        begin, end = self._shown
        place = begin + (end - begin) * (x - INSET) / max(self.width() - 2 * INSET, 1)
        return min(max(place, 0.0), self._length)
