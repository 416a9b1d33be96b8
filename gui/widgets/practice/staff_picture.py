"""A line of sheet music as a picture: drawn once for each size and theme, its notes once more for each colour."""

from __future__ import annotations

import functools

from PySide6.QtCore import QByteArray, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from gui.practice.staff import StaffLine
from gui.practice.staff_svg import for_qt
from gui.widgets.style import FAMILY

FORMAT = QImage.Format.Format_ARGB32_Premultiplied
NOTES_KEPT = 512


class StaffPicture:
    """Made in any thread. ratio: device pixels per px of the page."""

    def __init__(self, line: StaffLine, ink: str, ratio: float) -> None:
        self.line, self.ink, self.ratio = line, ink, ratio
        self._svg = for_qt(line.svg, ink, FAMILY)
        self.image = _blank(QSizeF(line.width, line.height), ratio)
        renderer = QSvgRenderer(QByteArray(self._svg.encode()))
        painter = _painter(self.image)
        renderer.render(painter, QRectF(0, 0, line.width, line.height))
        painter.end()
        self._box = renderer.viewBoxF()
        self.note = functools.lru_cache(NOTES_KEPT)(self._note)

    @functools.cached_property
    def _renderer(self) -> QSvgRenderer:
        """Of the window's thread: what was read in another one stays there."""
        return QSvgRenderer(QByteArray(self._svg.encode()))

    def _note(self, note: str, colour: str) -> tuple[QImage, QRectF] | None:
        """A note in another colour, and where it lies, logical px; None for one that is not on this line."""
        renderer = self._renderer
        if note not in self.line.heads or not renderer.elementExists(note):
            return None
        found = renderer.transformForElement(note).mapRect(renderer.boundsOnElement(note))
        scale = self.line.width / self._box.width()
        place = QRectF(found.x() * scale, found.y() * scale, found.width() * scale, found.height() * scale)
        image = _blank(place.size(), self.ratio)
        painter = _painter(image)
        renderer.render(painter, note, QRectF(0, 0, place.width(), place.height()))
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
        painter.fillRect(QRectF(0, 0, place.width() + 1, place.height() + 1), QColor(colour))
        painter.end()
        return image, place


def _blank(size: QSizeF, ratio: float) -> QImage:
    """Nothing, of a size in logical px."""
    image = QImage(max(round(size.width() * ratio), 1), max(round(size.height() * ratio), 1), FORMAT)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    return image


def _painter(image: QImage) -> QPainter:
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter
