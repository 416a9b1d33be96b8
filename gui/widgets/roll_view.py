"""The mini piano-roll in the transport strip: the last minutes at a glance, as long as they fit."""

# ruff: noqa: N802 - Qt chooses the names of what it calls

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.stage.roll import Block
from gui.stage.theme import NIGHT, Palette
from gui.translation import tr
from realtime.contract import KEYS, LOWEST_PITCH

HEIGHT = 52
SPAN_S = 60.0
REPAINT_S = 0.25


class RollView(QWidget):
    """The notes of the last minute, newest at the right, with a playhead and a frame around what the stage shows."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("The last minute"))
        self._palette = Palette(NIGHT)
        self._blocks: list[Block] = []
        self._now = 0.0
        self._shown_s = 5.0
        self._painted_at = -REPAINT_S

    def sizeHint(self) -> QSize:
        return QSize(400, HEIGHT)

    def set_palette(self, palette: Palette) -> None:
        """Take the colours of the stage."""
        self._palette = palette
        self.update()

    def show_notes(self, blocks: list[Block], now: float, shown_s: float) -> None:
        """now: stream time in s; shown_s: how many seconds the stage shows. Repaints four times a second."""
        if 0 <= now - self._painted_at < REPAINT_S:
            return
        self._painted_at = now
        self._blocks, self._now, self._shown_s = blocks, now, shown_s
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._palette.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(theme.line))
        painter.setBrush(QColor(theme.card))
        painter.drawRoundedRect(QRectF(0.5, 0.5, self.width() - 1, HEIGHT - 1), 8, 8)
        head = self._x(self._now)
        window = QColor(theme.accent)
        painter.setPen(window)
        window.setAlphaF(0.18)
        painter.setBrush(window)
        left = self._x(max(self._now - self._shown_s, 0.0))
        painter.drawRoundedRect(QRectF(left, 2.5, head - left, HEIGHT - 5), 4, 4)
        for block in self._blocks:
            self._paint_block(painter, block)
        painter.fillRect(QRectF(head - 1, 0, 2, HEIGHT), QColor(theme.text))
        painter.end()

    def _paint_block(self, painter: QPainter, block: Block) -> None:
        begin, end = self._x(block.onset), self._x(self._now if block.release is None else block.release)
        if end <= 2:
            return
        row = (block.pitch - LOWEST_PITCH) / (KEYS - 1)
        y = HEIGHT - 7 - row * (HEIGHT - 14)
        colour = QColor(*self._palette.colour(block.pitch, block.velocity))
        painter.fillRect(QRectF(max(begin, 2), y, max(end - max(begin, 2), 2.0), 2), colour)

    def _x(self, time: float) -> float:
        """Until the span is full the roll fills from the left; then it moves."""
        begin = max(self._now - 0.95 * SPAN_S, 0.0)
        return 2 + (self.width() - 4) * (time - begin) / SPAN_S
