"""The strip of a replay: a click goes there, a drag makes a loop of a part, and its flags can be moved."""

# ruff: noqa: N802 - Qt chooses the names of what it calls

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent

from gui.translation import tr
from gui.widgets.transport.seek_view import SeekView
from realtime.piano.speaker_messages import Loop

KNOB_REACH, DRAG, SNAP = 8.0, 6.0, 8.0  # px


class LoopStrip(SeekView):
    """`looped` gives begin and end of a loop once they were dragged. Both snap to beats, unless Alt is held."""

    looped = Signal(float, float)

    def __init__(self) -> None:
        super().__init__()
        self.setToolTip(tr("Click to go there, drag to loop a part. Flags A and B can be dragged."))
        self._beats: Sequence[float] = ()
        self._anchor: float | None = None  # s: the end of a loop that stays while the other one is dragged
        self._pressed_x = 0.0
        self._dragging = False
        self._seeking = False  # the playhead is held

    def show_beats(self, beats: Sequence[float]) -> None:
        """When the beats fall, s, rising."""
        self._beats = beats

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._outline is None:
            return
        x, flag = event.position().x(), self._flag_at(event.position())
        self._pressed_x, self._dragging = x, bool(flag)
        if flag and self._loop is not None:
            self._anchor = self._loop["BA".index(flag)]
        elif abs(x - self._x(self._place)) <= KNOB_REACH:
            self._seeking = True
            super().mousePressEvent(event)
        else:
            self._anchor = self._snapped(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._seeking:
            super().mouseMoveEvent(event)
        elif self._anchor is not None:
            self._dragging |= abs(event.position().x() - self._pressed_x) > DRAG
            if self._dragging:
                self._preview = _ordered(self._anchor, self._snapped(event))
                self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if self._seeking:
            self._seeking = False
            super().mouseReleaseEvent(event)
        elif self._anchor is not None:
            preview, self._preview = self._preview, None
            self._anchor = None
            if preview is not None:
                self.looped.emit(*preview)
            elif not self._dragging:
                self.sought.emit(self._time(event.position().x()))
            self.update()

    def _snapped(self, event: QMouseEvent) -> float:
        """The time that is pointed at, or that of a beat close by."""
        x = event.position().x()
        time = self._time(x)
        at = bisect_left(self._beats, time)
        near = [beat for beat in self._beats[max(at - 1, 0) : at + 1] if abs(self._x(beat) - x) <= SNAP]
        if not near or event.modifiers() & Qt.KeyboardModifier.AltModifier:
            return time
        return min(near, key=lambda beat: abs(beat - time))


def _ordered(one: float, other: float) -> Loop:
    return min(one, other), max(one, other)
