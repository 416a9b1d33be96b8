"""The live stage in the window: a session's notes, and what is clicked."""

# ruff: noqa: N802 - Qt chooses the names of what it calls

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent

from gui.stage.chord_watch import ChordWatch
from gui.stage.chords import Chord
from gui.stage.hit_test import HandChip, KeyTarget, SplitMark, Target, split_at, target_at
from gui.stage.stage import Look
from gui.state.session import Session
from gui.translation import tr
from gui.widgets.stage.stage_widget import StageWidget
from realtime.notes import note_name

CURSORS = {
    HandChip: Qt.CursorShape.PointingHandCursor,
    KeyTarget: Qt.CursorShape.PointingHandCursor,
    SplitMark: Qt.CursorShape.SizeHorCursor,
}


class StageView(StageWidget):
    """Shows a session. Signals: pitch and velocity of a clicked key, the pitch of one that
    comes up, the pitch to which the split point was dragged, the hand whose chip was clicked."""

    pressed = Signal(int, int)
    key_released = Signal(int)
    split_dragged = Signal(int)
    hand_clicked = Signal(str)

    def __init__(self, session: Session, look: Look) -> None:
        super().__init__(look)
        self._session = session
        self._chords = ChordWatch()
        self._chord: Chord | None = None
        self._grabbed: Target = None
        self.setMouseTracking(True)

    def advance(self, now: float) -> bool:
        """Draw the frame of monotonic time `now`; whether the next one will differ."""
        time = self._session.now(now)
        empty = "" if self._session.roll.notes else self._session.invitation
        fresh = self.fresh
        listening = self._session.state in ("listening", "lost")  # else time stands, maybe in the middle of a chord
        self._chord = self._chords.look(self._session.roll, time) if self._look.chords and listening else None
        changed = self.stage.draw(self._session.roll, time, empty, self._chord, self._session.pressed)
        self.repaint_only(changed, fresh)
        return self._chord is not None or self.stage.moving

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
        self._grabbed = self._under(event.position())
        match self._grabbed:
            case HandChip(name=hand):
                self.hand_clicked.emit(hand)
            case KeyTarget(pitch=pitch, velocity=velocity):
                self.pressed.emit(pitch, velocity)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        under = self._under(event.position())
        match self._grabbed:
            case SplitMark():
                self.split_dragged.emit(split_at(self.stage, self._device(event.position())[0]))
            case KeyTarget(pitch=pitch) if isinstance(under, KeyTarget) and under.pitch != pitch:
                self.key_released.emit(pitch)
                self._grabbed = under
                self.pressed.emit(under.pitch, under.velocity)
            case None:
                self.setCursor(CURSORS.get(type(under), Qt.CursorShape.ArrowCursor))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            if isinstance(self._grabbed, KeyTarget):
                self.key_released.emit(self._grabbed.pitch)
            self._grabbed = None

    def _under(self, point: QPointF) -> Target:
        return target_at(self.stage, *self._device(point))

    def _device(self, point: QPointF) -> tuple[int, int]:
        ratio = self.stage.geometry.scale
        return int(point.x() * ratio), int(point.y() * ratio)
