"""The mini piano-roll in the transport strip: the last minutes at a glance, as long as they fit."""

# ruff: noqa: N802 - Qt chooses the names of what it calls

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent

from gui.stage.roll import Block
from gui.translation import tr
from gui.widgets.transport.strip import HEIGHT, Strip
from realtime.contract import KEYS, LOWEST_PITCH

SPAN_S = 60.0
REPAINT_S = 0.25


class RollView(Strip):
    """The notes of the last minute, newest at the right, with a playhead and a frame around what the stage shows."""

    def __init__(self) -> None:
        super().__init__(tr("The last minute"))
        self._blocks: list[Block] = []
        self._now = 0.0
        self._shown_s = 5.0
        self._painted_at = -REPAINT_S

    def show_notes(self, blocks: list[Block], now: float, shown_s: float) -> None:
        """now: stream time in s; shown_s: how many seconds the stage shows. Repaints four times a second."""
        if 0 <= now - self._painted_at < REPAINT_S:
            return
        self._painted_at = now
        self._blocks, self._now, self._shown_s = blocks, now, shown_s
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = self._paint_card()
        head = self._x(self._now)
        self._paint_frame(painter, self._x(max(self._now - self._shown_s, 0.0)), head)
        for block in self._blocks:
            self._paint_block(painter, block)
        self._paint_playhead(painter, head)
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
