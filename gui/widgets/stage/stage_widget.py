"""A stage in a window: its pixels shown as they are, repainted only where they have changed."""

# ruff: noqa: N802 - Qt chooses the names of what it calls

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QWidget

from gui.stage.stage import Look, Stage
from gui.stage.surface import pygame
from gui.translation import tr

# With more rectangles than these, repainting each costs more than it saves.
MANY = 24


class StageWidget(QWidget):
    """A Stage of the widget's own size; whoever draws on it calls `repaint_only` with what has changed."""

    FORMAT = QImage.Format.Format_RGB32

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Keyboard display"))
        self._look = look
        self._stage: Stage | None = None
        self._image = QImage()

    @property
    def stage(self) -> Stage:
        """The stage at the widget's size and the screen's pixel ratio, made anew when one has changed."""
        ratio = self.devicePixelRatioF()
        width, height = max(round(self.width() * ratio), 200), max(round(self.height() * ratio), 200)
        made = self._stage
        if made is None or (made.geometry.width, made.geometry.height, made.geometry.scale) != (width, height, ratio):
            made = self._stage = Stage(width, height, ratio, self._look)
            pixels = made.canvas.pixels
            self._image = QImage(pixels.data, width, height, width * 4, self.FORMAT)
        return made

    def set_look(self, look: Look) -> None:
        """Draw in another way."""
        if look == self._look:
            return
        if self._stage is not None and replace(look, chips=self._look.chips) == self._look:
            self._stage.move_signs(look.chips)  # as a banner comes and goes: no reason to draw everything anew
        else:
            self._stage = None
            self.update()
        self._look = look

    @property
    def fresh(self) -> bool:
        """Whether the stage has yet to be made: then all of it is to be painted."""
        return self._stage is None

    def repaint_only(self, changed: Sequence[pygame.Rect], fresh: bool) -> None:
        """Paint these rectangles of the stage, or all of it when it was `fresh` before it was drawn."""
        if fresh or len(changed) > MANY:
            self.update(self._logical(changed[0].unionall(changed[1:])) if changed and not fresh else self.rect())
        elif changed:
            region = QRegion()
            for box in changed:
                region += self._logical(box)
            self.update(region)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._stage = None
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        ratio = self.stage.geometry.scale
        painter = QPainter(self)
        box = QRectF(event.rect())  # Qt clips to the region that it wants
        part = QRectF(box.x() * ratio, box.y() * ratio, box.width() * ratio, box.height() * ratio)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        painter.drawImage(box, self._image, part)
        painter.end()

    def _logical(self, box: pygame.Rect) -> QRect:
        """The whole logical pixels that a rectangle of device pixels touches."""
        ratio = self.stage.geometry.scale
        left, top = int(box.left / ratio), int(box.top / ratio)
        return QRect(left, top, int(box.right / ratio) + 1 - left, int(box.bottom / ratio) + 1 - top)
