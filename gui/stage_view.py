"""The stage in the window: its pixels shown as they are, repainted only where they have changed."""

# ruff: noqa: N802 - Qt chooses the names of what it calls

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QWidget

from gui.chord_watch import ChordWatch
from gui.chords import Chord
from gui.session import Session
from gui.stage import Look, Stage
from gui.surface import pygame
from gui.touch import Hand, Key, Split, Touched, split_at, touched
from gui.translation import tr
from realtime.sinks.notes import note_name

# With more rectangles than these, telling them apart costs more than it saves.
MANY = 24
CURSORS = {
    Hand: Qt.CursorShape.PointingHandCursor,
    Key: Qt.CursorShape.PointingHandCursor,
    Split: Qt.CursorShape.SizeHorCursor,
}


class StageView(QWidget):
    """Shows a session on a Stage of its own size. Signals: pitch and velocity of a clicked key, the pitch of one that
    comes up, the pitch to which the split point was dragged, the hand whose chip was clicked."""

    pressed = Signal(int, int)
    let_go = Signal(int)
    split_dragged = Signal(int)
    hand_clicked = Signal(str)

    def __init__(self, session: Session, look: Look) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Keyboard display"))
        self._session = session
        self._look = look
        self._stage: Stage | None = None
        self._image = QImage()
        self._chords = ChordWatch()
        self._chord: Chord | None = None
        self._grip: Touched = None
        self.setMouseTracking(True)

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
        self._chord = self._chords.look(self._session.roll, time) if self._look.chords else None
        changed = self.stage.draw(self._session.roll, time, empty, self._chord, self._session.pressed)
        if fresh or len(changed) > MANY:
            self.update(self._logical(changed[0].unionall(changed[1:])) if changed and not fresh else self.rect())
        elif changed:
            region = QRegion()
            for box in changed:
                region += self._logical(box)
            self.update(region)
        return self._chord is not None or self.stage.moving(self._session.roll, time)

    def describe(self) -> None:
        """Tell screen readers what is held; call it at most once a second."""
        held = [note_name(pitch) for pitch in sorted(self._session.roll.held)]
        chord = [] if self._chord is None or not self._chord.title else [self._chord.title]
        words = ", ".join((*chord, *held)) if held else tr("no key down")
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._grip = self._under(event.position())
        match self._grip:
            case Hand(name=hand):
                self.hand_clicked.emit(hand)
            case Key(pitch=pitch, velocity=velocity):
                self.pressed.emit(pitch, velocity)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        under = self._under(event.position())
        match self._grip:
            case Split():
                self.split_dragged.emit(split_at(self.stage, self._device(event.position())[0]))
            case Key(pitch=pitch) if isinstance(under, Key) and under.pitch != pitch:
                self.let_go.emit(pitch)
                self._grip = under
                self.pressed.emit(under.pitch, under.velocity)
            case None:
                self.setCursor(CURSORS.get(type(under), Qt.CursorShape.ArrowCursor))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            if isinstance(self._grip, Key):
                self.let_go.emit(self._grip.pitch)
            self._grip = None

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

    def _under(self, point: QPointF) -> Touched:
        return touched(self.stage, *self._device(point))

    def _device(self, point: QPointF) -> tuple[int, int]:
        ratio = self.stage.geometry.scale
        return int(point.x() * ratio), int(point.y() * ratio)

    def _logical(self, box: pygame.Rect) -> QRect:
        """The whole logical pixels that a rectangle of device pixels touches."""
        ratio = self.stage.geometry.scale
        left, top = int(box.left / ratio), int(box.top / ratio)
        return QRect(left, top, int(box.right / ratio) + 1 - left, int(box.bottom / ratio) + 1 - top)
