"""The velocity curve in the panel: its grips bend it, by mouse and by keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from gui.pages.main_window import MainWindow
from gui.state import curve
from gui.widgets.velocity_view import VelocityView
from realtime.midi.velocity import VelocityCurve

FLOOR, LOWER, UPPER, CEILING = range(4)


@pytest.fixture
def view(window: MainWindow) -> VelocityView:
    return window.panel.velocity


def drag(qtbot: QtBot, view: VelocityView, grip: int, up: int) -> None:
    """Take a grip and let it go `up` pixels higher."""
    at = view.grips()[grip].toPoint()
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=at)
    qtbot.mouseMove(view, at - QPoint(0, up))
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=at - QPoint(0, up))


def test_grips_bend_the_line_and_move_its_ends(window: MainWindow, view: VelocityView, qtbot: QtBot):
    """Up is softer to the touch; the ends are floor and ceiling; the port gets the curve."""
    drag(qtbot, view, LOWER, 12)
    assert curve.amount(window.controller.curve.gamma) > 10
    assert view.grips()[LOWER].y() < view.height() / 2
    drag(qtbot, view, FLOOR, 20)
    drag(qtbot, view, CEILING, -20)
    bent = window.controller.curve
    assert 20 < bent.low < 50
    assert 80 < bent.high < 110
    assert view.accessibleName() == f"Velocity curve, {curve.words(bent)}"


def test_beside_the_grips_nothing_is_taken(window: MainWindow, view: VelocityView, qtbot: QtBot):
    """A click into the corner bends nothing."""
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    qtbot.mouseMove(view, QPoint(5, 60))
    assert window.controller.curve == VelocityCurve()


def test_keys_bend_it_as_well(window: MainWindow, view: VelocityView, qtbot: QtBot):
    """Arrows by five; a fixed velocity is moved; Space is left to the window."""
    qtbot.keyClick(view, Qt.Key.Key_Up)
    assert curve.amount(window.controller.curve.gamma) == 5
    window.controller.set_curve(VelocityCurve(1.0, 80, 80))
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert (window.controller.curve.low, window.controller.curve.high) == (75, 75)


def test_the_kind_can_be_chosen(window: MainWindow):
    """The drop-down says how much the present kind is bent."""
    chosen = window.panel.curve
    chosen.activated.emit(chosen.findData("soft"))
    assert window.panel.curve.currentText() == "Soft +40"
    chosen.activated.emit(chosen.findData("fixed"))
    assert window.controller.curve.low == window.controller.curve.high == 80
    chosen.activated.emit(chosen.findData("linear"))
    assert window.controller.curve == VelocityCurve()
