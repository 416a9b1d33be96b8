"""The stage in the window: its pixels shown as they are, repainted only where they have changed."""

# ruff: noqa: N802 - Qt chooses the names of what it calls

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QWidget

from gui.session import Session
from gui.stage import Look, Stage
from gui.surface import pygame
from gui.translation import tr
from realtime.sinks.notes import note_name

# With more rectangles than these, telling them apart costs more than it saves.
MANY = 24


class StageView(QWidget):
    """Shows a session on a Stage of its own size."""

    def __init__(self, session: Session, look: Look) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Keyboard display"))
        self._session = session
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
            self._image = QImage(pixels.data, width, height, width * 4, QImage.Format.Format_RGB32)
        return made

    def set_look(self, look: Look) -> None:
        """Draw in another way."""
        if look != self._look:
            self._look, self._stage = look, None
            self.update()

    def advance(self, now: float) -> bool:
        """Draw the frame of monotonic time `now`; whether the next one will differ."""
        time = self._session.now(now)
        empty = self._session.notes == 0 and not self._session.roll.blocks
        fresh = self._stage is None
        changed = self.stage.draw(self._session.roll, time, empty)
        if fresh or len(changed) > MANY:
            self.update(self._logical(changed[0].unionall(changed[1:])) if changed and not fresh else self.rect())
        elif changed:
            region = QRegion()
            for box in changed:
                region += self._logical(box)
            self.update(region)
        return self.stage.moving(self._session.roll, time)

    def describe(self) -> None:
        """Tell screen readers what is held; call it at most once a second."""
        held = [note_name(pitch) for pitch in sorted(self._session.roll.held)]
        words = ", ".join(held) if held else tr("no key down")
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._stage = None
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        ratio = self.stage.geometry.scale
        painter = QPainter(self)
        box = QRectF(event.rect())  # Qt clips to the region that it wants
        part = QRectF(box.x() * ratio, box.y() * ratio, box.width() * ratio, box.height() * ratio)
        painter.drawImage(box, self._image, part)
        painter.end()

    def _logical(self, box: pygame.Rect) -> QRect:
        """The whole logical pixels that a rectangle of device pixels touches."""
        ratio = self.stage.geometry.scale
        left, top = int(box.left / ratio), int(box.top / ratio)
        return QRect(left, top, int(box.right / ratio) + 1 - left, int(box.bottom / ratio) + 1 - top)
