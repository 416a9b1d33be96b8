"""A strip of a transport bar on which notes are painted small, with a frame around those that the stage shows."""

# ruff: noqa: N802 - Qt chooses the names of what it calls

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.stage.theme import NIGHT, Palette

HEIGHT, WIDTH = 52, 400


class Strip(QWidget):
    """As wide as there is room. name: what a screen reader calls it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)
        self._palette = Palette(NIGHT)

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, HEIGHT)

    def set_palette(self, palette: Palette) -> None:
        """Take the colours of the stage."""
        self._palette = palette
        self.update()

    def _paint_card(self) -> QPainter:
        """A painter, to be ended, that has painted the empty card."""
        theme = self._palette.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(theme.line))
        painter.setBrush(QColor(theme.card))
        painter.drawRoundedRect(QRectF(0.5, 0.5, self.width() - 1, HEIGHT - 1), 8, 8)
        return painter

    def _paint_frame(self, painter: QPainter, left: float, right: float) -> None:
        """The frame around what the stage shows."""
        colour = QColor(self._palette.theme.accent)
        painter.setPen(colour)
        colour.setAlphaF(0.18)
        painter.setBrush(colour)
        painter.drawRoundedRect(QRectF(left, 2.5, right - left, HEIGHT - 5), 4, 4)

    def _paint_playhead(self, painter: QPainter, x: float) -> None:
        painter.fillRect(QRectF(x - 1, 0, 2, HEIGHT), QColor(self._palette.theme.text))
