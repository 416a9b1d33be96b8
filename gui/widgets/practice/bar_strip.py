"""The strip below a lesson: the piece at a glance with a mark for each bar, and the bars that are practised."""

# ruff: noqa: N802 - Qt chooses the names of what it calls

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent

from gui.stage.lesson import remark_colour
from gui.stage.marks import EARLY, EXTRA, LATE, MISSED, RIGHT
from gui.translation import tr
from gui.widgets.style import pixmap
from gui.widgets.transport.seek_view import SeekView
from gui.widgets.transport.strip import HEIGHT

MARK, FOOT = 12, 14.0
# Of a remark's kind, the icon that has its shape.
ICONS = {RIGHT: "check", MISSED: "missed", LATE: "late", EARLY: "early", EXTRA: "close"}


@dataclass(frozen=True)
class BarMark:
    """begin, end: of the bar, s; kind: of its mark, "" for none."""

    begin: float
    end: float
    kind: str = ""


class BarStrip(SeekView):
    """`flagged` gives "A" or "B" and the time to which its flag was dragged."""

    flagged = Signal(str, float)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("The piece, bar by bar"))
        self._foot = FOOT
        self._bars: tuple[BarMark, ...] = ()
        self._dragged = ""

    def show_bars(self, bars: Sequence[BarMark]) -> None:
        """The bars with their marks."""
        if tuple(bars) != self._bars:
            self._bars = tuple(bars)
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._dragged = self._flag_at(event.position())
        if not self._dragged:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged and event.buttons() & Qt.MouseButton.LeftButton:
            self.flagged.emit(self._dragged, self._time(event.position().x()))
        elif not self._dragged:
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        dragged, self._dragged = self._dragged, ""
        if not dragged:
            super().mouseReleaseEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        line = QColor(self._palette.theme.line)
        for bar in self._bars:
            left, right = self._x(bar.begin), self._x(bar.end)
            painter.fillRect(QRectF(left, HEIGHT - FOOT, 1, FOOT - 2), line)
            if bar.kind:
                self._paint_mark(painter, bar.kind, (left + right) / 2, right - left)
        painter.end()

    def _paint_mark(self, painter: QPainter, kind: str, middle: float, room: float) -> None:
        """A sign where there is room for one, else a dot of its colour."""
        colour = remark_colour(kind, self._palette.theme)
        if room >= MARK:
            sign = pixmap(ICONS[kind], colour, MARK, self.devicePixelRatioF())
            painter.drawPixmap(QPointF(middle - MARK / 2, HEIGHT - MARK - 2), sign)
        else:
            painter.fillRect(QRectF(middle - room / 2 + 0.5, HEIGHT - 6, max(room - 1, 1.0), 3), QColor(colour))
