"""The strip of a replay under the mouse: seek, make a loop, move its flags."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from gui.takes.outline import Outline
from gui.widgets.transport.loop_strip import LoopStrip
from realtime.notes import NoteTable

NONE, ALT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier
FLAGS_Y, BELOW_Y = 5.0, 40.0


class Mouse:
    """A strip of ten seconds, 100 px each, with beats every second, and what it has told."""

    def __init__(self) -> None:
        self.strip = LoopStrip()
        self.strip.resize(1004, 52)
        self.strip.show_piece(Outline.of(NoteTable()), 10.0)
        self.strip.show_beats([float(beat) for beat in range(11)])
        self.strip.show_place(8.5, 1.0, None)
        self.told: list[tuple[object, ...]] = []
        self.strip.sought.connect(lambda place: self.told.append(("sought", round(place, 2))))
        self.strip.grabbed.connect(lambda held: self.told.append(("grabbed", held)))
        self.strip.looped.connect(lambda begin, end: self.told.append(("looped", round(begin, 2), round(end, 2))))

    def drag(self, *seconds: float, y: float = BELOW_Y, keys: Qt.KeyboardModifier = NONE) -> list[tuple[object, ...]]:
        """Press at the first place, move over all, let go at the last; what was told."""
        self.told = []
        left, no = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
        steps = [(QEvent.Type.MouseButtonPress, seconds[0], left, left)]
        steps += [(QEvent.Type.MouseMove, at, no, left) for at in seconds[1:]]
        steps += [(QEvent.Type.MouseButtonRelease, seconds[-1], left, no)]
        for kind, at, button, buttons in steps:
            self.press(kind, at, button, buttons, y, keys)
        return self.told

    def press(
        self,
        kind: QEvent.Type,
        at: float,
        button: Qt.MouseButton,
        buttons: Qt.MouseButton,
        y: float = BELOW_Y,
        keys: Qt.KeyboardModifier = NONE,
    ) -> None:
        """One event of a button, or of the mouse that moves, at a place in s."""
        point = QPointF(2 + 100 * at, y)
        QApplication.sendEvent(self.strip, QMouseEvent(kind, point, point, button, buttons, keys))


@pytest.fixture
def mouse(qapp: QApplication) -> Mouse:
    return Mouse()


def test_a_click_goes_there_and_a_hand_may_tremble(mouse: Mouse):
    """Up to six px; a click snaps to nothing."""
    assert mouse.drag(2.52) == [("sought", 2.52)]
    assert mouse.drag(2.52, 2.58) == [("sought", 2.58)]


def test_a_drag_makes_a_loop_between_beats(mouse: Mouse):
    """Either way; what is far from a beat, and with Alt everything, stays where it is."""
    assert mouse.drag(2.05, 3.0, 5.96) == [("looped", 2.0, 6.0)]
    assert mouse.drag(5.96, 3.0, 2.5) == [("looped", 2.5, 6.0)]
    assert mouse.drag(2.05, 5.96, keys=ALT) == [("looped", 2.05, 5.96)]


def test_the_playhead_can_be_dragged(mouse: Mouse):
    """With the sound off meanwhile."""
    assert mouse.drag(8.5, 4.0, 3.0) == [
        *(("grabbed", True), ("sought", 8.5), ("sought", 4.0), ("sought", 3.0), ("grabbed", False)),
    ]


def test_another_button_does_not_let_go(mouse: Mouse):
    """The playhead is held until the left one is released."""
    left, right = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
    mouse.press(QEvent.Type.MouseButtonPress, 8.5, left, left)
    mouse.press(QEvent.Type.MouseButtonRelease, 8.5, right, left)
    mouse.press(QEvent.Type.MouseButtonRelease, 8.5, left, Qt.MouseButton.NoButton)
    assert mouse.told == [("grabbed", True), ("sought", 8.5), ("grabbed", False)]


@pytest.mark.parametrize(
    ("places", "loop"),
    [((2.05, 3.3, 4.02), (4.0, 6.0)), ((5.95, 7.0, 7.03), (2.0, 7.0)), ((2.05, 8.04), (6.0, 8.0))],
)
def test_flags_are_dragged(mouse: Mouse, places: tuple[float, ...], loop: tuple[float, float]):
    """A at its right, B at its left; beyond the other one they change places. Below the flags a drag is a new loop."""
    mouse.strip.show_place(8.5, 1.0, (2.0, 6.0))
    assert mouse.drag(*places, y=FLAGS_Y) == [("looped", *loop)]
    assert mouse.drag(2.05, 3.0) == [("looped", 2.0, 3.0)]


def test_a_click_on_a_flag_changes_nothing(mouse: Mouse):
    """It was not dragged."""
    mouse.strip.show_place(8.5, 1.0, (2.0, 6.0))
    assert mouse.drag(2.05, y=FLAGS_Y) == []


def test_without_a_piece_there_is_nothing_to_point_at(mouse: Mouse):
    """Neither a place nor a loop."""
    mouse.strip.show_piece(None, 0.0)
    assert mouse.drag(2.0, 5.0) == []
