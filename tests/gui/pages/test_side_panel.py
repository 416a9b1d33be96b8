"""The side panel: what it says of the room and the port, and what its controls do."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSlider
from pytestqt.qtbot import QtBot

from gui.pages.main_window import MainWindow
from gui.pages.side_panel import WIDTH
from realtime.engine.messages import Configure
from realtime.midi.port_server import PortSettings, PortState
from tests.gui.conftest import FakeLink
from tests.gui.pages.test_main_window import button, receive
from tests.gui.state.test_session import STREAM, status


def test_the_room_stands_beside_the_gate(window: MainWindow, link: FakeLink):
    """Measured, marked on the slider, and one click away."""
    receive(window, STREAM)
    assert window.panel._room.text() == "Room: not quiet yet"
    assert not button(window.panel, "Fit the gate to the room").isEnabled()
    receive(window, *(status(step / 20, peak_db=-60.0) for step in range(60)))
    assert window.panel._room.text() == "Room −68 dBFS"  # noqa: RUF001
    button(window.panel, "Fit the gate to the room").click()
    (order,) = link.orders
    assert isinstance(order, Configure)
    assert order.settings.gate_db == -60.0
    assert window.panel.gate.value == -60


def test_no_midi_is_a_choice_and_no_fault(window: MainWindow, link: FakeLink):
    """The panel says that it is off."""
    chosen = window.panel.port
    chosen.activated.emit(chosen.findData("none"))
    assert link.orders == [PortSettings("none")]
    receive(window, PortState(False, "none"))
    assert window.panel._port_state.word == "Off"
    assert window.banner.banner is None


def test_transposing_step_by_step(window: MainWindow, link: FakeLink):
    """Until the limit."""
    button(window.panel, "Transpose: lower").click()
    assert link.orders == [PortSettings("virtual", 1, -1)]
    window.controller.set_port(transpose=24)
    assert not button(window.panel, "Transpose: higher").isEnabled()


def test_larger_text_has_room(window: MainWindow):
    """The panel widens with its words, and nothing in it is cut off at the right."""
    window.controller.set_display(text=160)
    window.resize(1600, 1000)
    assert window.panel.width() == round(WIDTH * 1.6)
    inside = window.panel.widget()
    assert inside.minimumSizeHint().width() <= window.panel.viewport().width()


def test_text_size_waits_until_the_slider_is_let_go(window: MainWindow, qtbot: QtBot):
    """Else the panel would grow under the mouse."""
    slider = window.panel.text_size.findChild(QSlider)
    slider.setSliderDown(True)
    slider.setValue(140)
    assert window.controller.settings.text == 100
    slider.setSliderDown(False)
    assert window.controller.settings.text == 140


@pytest.mark.parametrize(("key", "hidden"), [(Qt.Key.Key_1, "right"), (Qt.Key.Key_2, "left"), (Qt.Key.Key_3, "")])
def test_hands_by_keys(window: MainWindow, qtbot: QtBot, key: Qt.Key, hidden: str):
    """1 the left one alone, 2 the right one, 3 both."""
    window.controller.toggle_hand("left")
    qtbot.keyClick(window.stage, key)
    assert window.controller.hidden == hidden
