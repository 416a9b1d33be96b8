"""The transparent second screen: blocks over whatever lies behind them, and nothing else."""

from __future__ import annotations

import time

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter

from gui.pages.main_window import MainWindow
from gui.pages.second_screen import TO_TAKE_AWAY, SecondScreen
from gui.stage.theme import rgb
from gui.state.settings import TRANSPARENT
from gui.widgets.stage.overlay_view import OverlayView
from realtime.events import NoteOff, Pedal
from tests.gui.pages.test_main_window import receive
from tests.gui.state.test_session import STREAM, on, status


@pytest.fixture
def over(window: MainWindow) -> SecondScreen:
    """A transparent second screen with a block on it, a tail, and a loud and a soft note."""
    window.controller.set_display(second_background=TRANSPARENT)
    window.secondary_windows.toggle_second()
    receive(window, STREAM, Pedal(0.1, 0.1, 127), on(60, 0.2), on(36, 0.2), status(1.0))
    receive(window, NoteOff(0.6, 0.7, 36), status(1.2))
    assert window.secondary_windows.second is not None
    window.secondary_windows.second.grab()  # painted before its first frame, as a window that was just opened is
    window.secondary_windows.advance(time.monotonic())
    return window.secondary_windows.second


def test_it_lets_mouse_and_keyboard_through(over: SecondScreen):
    """It stands before all windows and wants nothing; what is behind its blocks is not painted over."""
    flags = over.windowFlags()
    for flag in (
        "WindowTransparentForInput",
        "WindowStaysOnTopHint",
        "FramelessWindowHint",
        "WindowDoesNotAcceptFocus",
    ):
        assert flags & getattr(Qt.WindowType, flag)
    assert over.testAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)


def test_only_blocks_cover_anything(over: SecondScreen):
    """A block is opaque, what lies beside it is not there; the keyboard lies below the window's edge."""
    shown = over.stage._image
    geometry = over.stage.stage.geometry
    assert shown.format() == QImage.Format.Format_ARGB32_Premultiplied
    assert geometry.hit == over.height()
    key = geometry.key(60)
    block = shown.pixelColor(key.x + key.width // 2, geometry.hit - 30)
    assert block.alpha() == 255
    assert max(block.red(), block.green(), block.blue()) > 120
    assert shown.pixelColor(geometry.key(72).x + 5, geometry.hit - 30).alpha() == 0
    pixels = over.stage.stage.canvas.pixels[: geometry.hit]
    assert (pixels[:, :, :3] <= pixels[:, :, 3:]).all()
    covering = (pixels[:, :, 3] > 0).mean()
    assert 0.001 < covering < 0.1


def test_over_white_it_looks_as_if_drawn_on_white(over: SecondScreen):
    """Edges and tails too, to the rounding of two blendings."""
    stage = over.stage
    assert isinstance(stage, OverlayView)
    shown = QImage(stage._image.size(), QImage.Format.Format_RGB32)
    shown.fill(QColor("white"))
    painter = QPainter(shown)
    painter.drawImage(0, 0, stage._image)
    painter.end()
    painted = np.frombuffer(shown.constBits(), np.uint8).reshape(shown.height(), shown.width(), 4)
    hit = stage.stage.geometry.hit
    drawn = stage.twin[1].canvas.pixels
    apart = np.abs(painted[:hit, :, :3].astype(int) - drawn[:hit, :, :3])
    assert apart.max() <= 4
    tail = stage.stage.canvas.pixels[:hit, :, 3]
    assert ((tail > 20) & (tail < 200)).any()  # there is something that is half there


def test_it_becomes_another_window_at_once(window: MainWindow, over: SecondScreen):
    """When its background is changed while it is open; the main stage shows what it showed."""
    before = window.stage.stage
    window.controller.set_display(second_background="")
    second = window.secondary_windows.second
    assert second is not None
    assert second is not over
    assert not second.transparent
    assert not isinstance(second.stage, OverlayView)
    assert window.stage.stage is before


def test_without_a_compositor_it_is_green(window: MainWindow, monkeypatch: pytest.MonkeyPatch):
    """A window that hides all others behind black would be worse."""
    monkeypatch.setattr("gui.pages.second_screen.compositing", lambda: False)
    window.controller.set_display(second_background=TRANSPARENT)
    window.secondary_windows.toggle_second()
    second = window.secondary_windows.second
    assert second is not None
    assert not second.transparent
    assert second.grab().toImage().pixelColor(9, 300).getRgb()[:3] == rgb(TO_TAKE_AWAY)
    window.controller.set_display(names=False)
    assert window.secondary_windows.second is second


def test_what_has_moved_away_leaves_nothing(over: SecondScreen, window: MainWindow):
    """No background is there to wipe it out."""
    receive(window, NoteOff(1.1, 1.2, 60), Pedal(1.2, 1.2, 0), status(1.3))
    window.secondary_windows.advance(time.monotonic())
    assert over.stage.stage.canvas.pixels[:, :, 3].any()
    receive(window, status(60.0))
    for _ in range(20):  # released keys fade
        window.secondary_windows.advance(time.monotonic() + 1)
    assert not over.stage.stage.canvas.pixels[: over.height(), :, 3].any()
