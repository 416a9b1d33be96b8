"""The second screen: the stage of the first, in its own theme and keys, on the other screen."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from gui.pages.main_window import MainWindow
from gui.pages.second_screen import TO_TAKE_AWAY, other_screen
from gui.stage.theme import DAYLIGHT, rgb
from gui.state.settings import GREEN
from realtime.engine.messages import Record
from tests.gui.conftest import FakeLink
from tests.gui.pages.test_main_window import receive
from tests.gui.state.test_session import STREAM, on, status


def colour(window: MainWindow, x: int, y: int) -> tuple[int, int, int]:
    second = window.secondary_windows.second
    assert second is not None
    shown: QColor = second.grab().toImage().pixelColor(x, y)
    return shown.red(), shown.green(), shown.blue()


@pytest.fixture
def two(window: MainWindow) -> MainWindow:
    """A window whose second screen is open."""
    window.secondary_windows.toggle_second()
    return window


def test_it_shows_what_the_first_shows(two: MainWindow):
    """The key that lights in the window lights there."""
    second = two.secondary_windows.second
    assert second is not None
    receive(two, STREAM, status(1.0))
    geometry = second.stage.stage.geometry
    spot = (geometry.key(60).x + 4, second.height() - 15)
    before = colour(two, *spot)
    receive(two, on(60, 1.0))
    assert before[0] > 230
    assert colour(two, *spot) != before


def test_it_has_its_own_theme_keys_and_background(two: MainWindow):
    """And follows when they are changed."""
    second = two.secondary_windows.second
    assert second is not None
    two.controller.set_display(second_theme="daylight", second_keys=49)
    two.advance()
    assert len(second.stage.stage.geometry.keys) == 49
    assert len(two.stage.stage.geometry.keys) == 88
    assert colour(two, 9, 300) == rgb(DAYLIGHT.stage)
    two.controller.set_display(second_background=GREEN)
    two.advance()
    assert colour(two, 9, 300) == rgb(TO_TAKE_AWAY)
    assert two.controller.look.ground == ""


def test_it_opens_and_closes_by_its_key(window: MainWindow, qtbot: QtBot):
    """Ctrl+Shift+D in the window, Esc in itself; it closes with the window."""
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(window.stage, Qt.Key.Key_D, both)
    second = window.secondary_windows.second
    assert second is not None
    assert second.windowFlags() & Qt.WindowType.FramelessWindowHint
    qtbot.keyClick(second, Qt.Key.Key_Escape)
    assert window.secondary_windows.second is None
    qtbot.keyClick(window.stage, Qt.Key.Key_D, both)
    window.close()
    assert window.secondary_windows.second is None


def test_keys_pressed_in_it_are_for_the_window(two: MainWindow, link: FakeLink, qtbot: QtBot):
    """It has the keyboard once it is open, and so have the plots; the player still records, and closes them by key."""
    second = two.secondary_windows.second
    receive(two, STREAM)
    qtbot.keyClick(second, Qt.Key.Key_R)
    assert Record(two.controller.settings.takes_folder) in link.orders
    qtbot.keyClick(second, Qt.Key.Key_G)
    plots = two.secondary_windows.plots
    assert plots is not None
    qtbot.keyClick(plots.spectrum, Qt.Key.Key_G)
    assert two.secondary_windows.plots is None


def test_another_screen_is_taken_where_there_is_one():
    """Any but the window's."""
    screens = ["laptop", "projector"]
    assert other_screen(screens[0], screens) == "projector"  # type: ignore[arg-type,comparison-overlap]
    assert other_screen(screens[1], screens) == "laptop"  # type: ignore[arg-type,comparison-overlap]
    assert other_screen(screens[0], screens[:1]) is None  # type: ignore[arg-type]


def test_it_moves_while_the_window_rests(two: MainWindow):
    """A block that has left the window's stage but not this one still moves here."""
    receive(two, STREAM, status(1.0), on(60, 1.0))
    assert two.secondary_windows.advance(time.monotonic())
    two.secondary_windows.toggle_second()
    assert not two.secondary_windows.advance(time.monotonic())
