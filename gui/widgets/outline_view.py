"""A whole performance painted small: for the rows of lists and the strip on which one seeks."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from gui.stage.theme import Palette
from gui.takes.outline import Outline
from realtime.contract import HIGHEST_PITCH, LOWEST_PITCH

PAD = 6.0
LEAST_KEYS = 36  # a narrow range of keys is not blown up beyond this


def paint_outline(
    painter: QPainter, box: QRectF, outline: Outline, begin_s: float, end_s: float, palette: Palette
) -> None:
    """Paint the notes between two times into a box, low ones below, in the colours of the stage."""
    low, high = _range(outline)
    scale = box.width() / max(end_s - begin_s, 1e-6)
    rows = box.height() - 2 * PAD
    thick = max(min(rows / (high - low + 1), 3.0), 1.5)
    left = box.left() + (outline.onset - begin_s) * scale
    width = ((outline.end - outline.onset) * scale).clip(1.0)
    top = box.bottom() - PAD - (outline.pitch.astype(float) - low + 0.5) / (high - low + 1) * rows - thick / 2
    colours: dict[tuple[int, int, str], QColor] = {}
    painter.save()
    painter.setClipRect(box)
    for note in ((left + width > box.left()) & (left < box.right())).nonzero()[0]:
        hand = outline.hands[note] if outline.hands else ""
        key = int(outline.pitch[note]), int(outline.velocity[note]), hand
        colour = colours.get(key)
        if colour is None:
            colour = colours[key] = QColor(*palette.colour(*key))
        painter.fillRect(QRectF(float(left[note]), float(top[note]), float(width[note]), thick), colour)
    painter.restore()


def _range(outline: Outline) -> tuple[int, int]:
    """Lowest and highest key to make room for."""
    if not len(outline.pitch):
        return LOWEST_PITCH, HIGHEST_PITCH
    low, high = int(outline.pitch.min()), int(outline.pitch.max())
    missing = max(LEAST_KEYS - (high - low + 1), 0)
    return low - missing // 2, high + missing - missing // 2
