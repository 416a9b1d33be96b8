"""The window as it is used: keys, controls, banners, sizes; without a screen and without an engine."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QDialog, QLabel, QPushButton, QSlider, QWidget
from pytestqt.qtbot import QtBot

from gui.pages.main_window import MainWindow
from gui.pages.thread_signals import ThreadSignals
from gui.stage.theme import DAYLIGHT, rgb
from gui.state.banners import Fault
from gui.state.controller import Controller
from gui.state.device_search import FoundDevices
from gui.widgets.advice_view import show_advice
from realtime.audio.devices import InputDevice
from realtime.engine.messages import Configure, MicrophoneSource, Notice, Record, SetDevice, Stop
from realtime.engine.watches.watches import WRONG_CHANNEL
from realtime.events import End
from realtime.lateness import DesignDelay, Lateness
from realtime.midi.port_server import AllNotesOff, PortSettings
from realtime.words import plain
from tests.gui.conftest import AT_FIRST, FakeLink
from tests.gui.state.test_session import STREAM, on, status
from tests.waiting import WAIT_MS

PIANO = InputDevice(1, "Scarlett 2i2 USB", "ALSA", 2, 48_000, True)
HEADSET = InputDevice(2, "Bluetooth headset", "ALSA", 1, 16_000, False)


def receive(window: MainWindow, *messages: object) -> None:
    """Let the window take in messages and draw."""
    link = window.controller._link
    assert isinstance(link, FakeLink)
    link.news += list(messages)  # type: ignore[arg-type]
    window.controller.pump(time.monotonic())
    window._next_words = 0.0
    window.advance()


def button(parent: QWidget, name: str) -> QAbstractButton:
    """The button with this accessible name."""
    return next(b for b in parent.findChildren(QAbstractButton) if b.accessibleName() == name)


def test_a_note_lights_its_key(window: MainWindow):
    """At its place on the screen, and it goes out again."""
    receive(window, STREAM, status(1.0))
    stage, key = window.stage, window.stage.stage.geometry.key(60)
    spot = (key.x + 5, stage.height() - 20)
    before = stage.grab().toImage().pixelColor(*spot)
    receive(window, on(60, 1.0))
    after = stage.grab().toImage().pixelColor(*spot)
    assert before.red() > 230
    assert after.blue() > after.red() + 50
    assert window.stage.stage.geometry.hit == stage.height() - 150


@pytest.mark.parametrize(
    ("key", "order"),
    [(Qt.Key.Key_Space, Stop("paused")), (Qt.Key.Key_Escape, AllNotesOff()), (Qt.Key.Key_R, Record)],
)
def test_keys_give_orders(window: MainWindow, link: FakeLink, qtbot: QtBot, key: Qt.Key, order: object):
    """Space pauses, Esc silences, R records."""
    receive(window, STREAM)
    qtbot.keyClick(window.stage, key)
    (given,) = link.orders
    assert given == order or isinstance(given, Record)


def test_what_is_drawn_is_what_is_shown(window: MainWindow):
    """Every pixel of the stage, at its place."""
    receive(window, STREAM, status(1.0), on(36, 0.5), on(61, 1.0), on(84, 0.9))
    shown = window.stage.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(shown.constBits(), np.uint8).reshape(shown.height(), shown.width(), 4)
    np.testing.assert_array_equal(pixels[:, :, :3], window.stage.stage.canvas.pixels[:, :, :3])


def test_keys_with_control_are_other_keys(window: MainWindow, link: FakeLink, qtbot: QtBot):
    """Ctrl+R does not record."""
    receive(window, STREAM)
    qtbot.keyClick(window.stage, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert link.orders == []


def test_keys_change_the_picture(window: MainWindow, controller: Controller, qtbot: QtBot):
    """T, C, N, P and the arrows."""
    for key in (Qt.Key.Key_T, Qt.Key.Key_C, Qt.Key.Key_N, Qt.Key.Key_P, Qt.Key.Key_Up):
        qtbot.keyClick(window.stage, key)
    chosen = controller.settings
    assert (chosen.theme, chosen.colours, chosen.names, chosen.panel) == ("daylight", "pitch", False, False)
    assert controller.settings.speed == 144.0
    assert window.stage.width() == window.width() - 48
    assert window.stage.grab().toImage().pixelColor(3, 30).getRgb()[:3] == rgb(DAYLIGHT.stage)


def test_space_presses_a_focused_button(window: MainWindow, link: FakeLink, qtbot: QtBot):
    """Whoever moves by keyboard is not paused by it."""
    receive(window, STREAM)
    with qtbot.waitActive(window):
        window.activateWindow()
    panic = button(window.panel, "Panic")
    panic.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(panic, Qt.Key.Key_Space)
    assert link.orders == [AllNotesOff()]


def test_controls_tell_the_engine(window: MainWindow, link: FakeLink, qtbot: QtBot):
    """Delay, pedal, channel of the input and of MIDI; a slider when it has come to rest."""
    qtbot.mouseClick(button(window.panel, "Delay: Fast"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(button(window.panel, "Sustain pedal"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(button(window.panel, "Channel: Input 1"), Qt.MouseButton.LeftButton)
    window.panel.midi_channel.activated.emit(4)
    assert [type(order) for order in link.orders] == [Configure, Configure, SetDevice, PortSettings]
    assert link.orders[1].settings.decoder.pedal is False  # type: ignore[union-attr]
    link.orders.clear()
    slider = window.panel.sensitivity.findChild(QSlider)
    for value in (60, 61, 62):
        slider.setValue(value)
    qtbot.waitUntil(lambda: bool(link.orders), timeout=WAIT_MS)
    (order,) = link.orders
    assert order.settings.decoder.sensitivity == 62.0  # type: ignore[union-attr]


def test_the_delay_chip_never_shows_the_delay_of_another_mode(window: MainWindow, controller: Controller):
    """The delay by design at first, the median of what was measured after a note, and only the word after a change.
    What is measured, and how late 95 % are, stands in the tip."""
    words = []
    for delays in ({"delay_s": 0.118, "least_delay_s": 0.028}, {}):
        receive(window, replace(STREAM, delay="live", **delays), status(1.0))
        words.append(window.top._delay.text())
    receive(window, on(60, 1.0, delay=0.02), Lateness(DesignDelay(0.05, 0.05), (0.05, 0.061, 0.3), 3, "program"))
    words.append(window.top._delay.text())
    assert window.top._delay.toolTip() == (
        "50 ms by design. Measured, from the sound at the microphone until it is shown, as no MIDI is sent: half of "
        "the last 3 notes took 61 ms or less, 95 % took 276 ms or less. Delay: change it in the panel"
    )
    # A number and its per cent stand in one line.
    shown = window.panel._lateness.text()
    assert shown == controller.session.lateness_words.replace(" %", "\N{NO-BREAK SPACE}%")
    controller.set_delay("fast")
    words.append(window.top._delay.text())
    assert words == ["Live · 28-118 ms", "Live · 50 ms", "Live · 61 ms", "Fast"]


def test_devices_are_offered(window: MainWindow, link: FakeLink):
    """Bluetooth is marked, the second channel only where there is one, and picking one switches to it."""
    window.panel.show_devices(FoundDevices((PIANO, HEADSET), ("Synth",)))
    names = [window.panel.input.itemText(i) for i in range(window.panel.input.count())]
    assert names == ["System default", "Scarlett 2i2 USB", "Bluetooth headset (Bluetooth, not advised)"]
    assert [window.panel.port.itemText(i) for i in range(2)] == ["Liszten Out", "Synth"]
    assert button(window.panel, "Channel: Input 2").isEnabled()
    window.panel.input.activated.emit(2)
    assert isinstance(link.orders[0], SetDevice)
    assert window.controller.settings.input == "Bluetooth headset"
    assert not button(window.panel, "Channel: Input 2").isEnabled()


def test_a_banner_says_what_to_do_and_does_it(window: MainWindow, link: FakeLink, qtbot: QtBot):
    """Too slow: what saves computing, and no other delay, which would save nothing; "Hide" hides it."""
    receive(window, STREAM, status(1.0), Notice("too_slow", plain("...")))
    assert window.banner.isVisible()
    assert window.banner.accessibleName() == (
        "This computer cannot keep up. Some sound was lost. Close other programs, the plots and the second screen."
    )
    (hide,) = (b for b in window.banner.findChildren(QPushButton) if b.text())
    assert hide.text() == "Hide"
    qtbot.mouseClick(hide, Qt.MouseButton.LeftButton)
    assert link.orders == []
    qtbot.waitUntil(lambda: not window.banner.isVisible(), timeout=WAIT_MS)


def test_the_least_window_loses_no_control(window: MainWindow, controller: Controller, qtbot: QtBot):
    """1024 × 640: the panel folds, its icons open it over the stage, and Esc closes it before it silences."""
    window.resize(1024, 640)
    assert (window.width(), window.height()) == (1024, 640)
    assert not window.panel.isVisible()
    assert window.stage.stage.geometry.keyboard == 96
    qtbot.mouseClick(button(window.folded_panel, "MIDI out"), Qt.MouseButton.LeftButton)
    assert window.panel.isVisible()
    qtbot.waitUntil(lambda: window.panel.geometry().right() < window.folded_panel.geometry().left(), timeout=WAIT_MS)
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.panel.isVisible(), timeout=WAIT_MS)


def test_it_cannot_be_made_smaller(window: MainWindow):
    """Than the specification says."""
    window.resize(300, 200)
    assert (window.width(), window.height()) == (1024, 640)


def test_everything_has_a_name_for_screen_readers(window: MainWindow):
    """Every button, slider and drop-down; the stage announces what is held."""
    receive(window, STREAM, on(60, 0.5), on(64, 0.5))
    for kind in (QAbstractButton, QSlider, QComboBox):
        for control in window.findChildren(kind):
            interface = QAccessible.queryAccessibleInterface(control)
            assert control.accessibleName() or interface.text(QAccessible.Text.Name), control.objectName()
    window.stage.describe()
    assert window.stage.accessibleDescription() == "C4, E4"


def test_pictures_are_rare_when_nothing_moves(window: MainWindow):
    """Ten a second at rest, sixty while something is to be seen."""
    receive(window, STREAM, status(1.0))
    assert window._frames.interval() == 100
    receive(window, on(60, 1.0))
    assert window._frames.interval() == 16


@pytest.mark.parametrize(
    ("code", "name", "order"),
    [
        ("echo", "Pause MIDI", Configure(replace(AT_FIRST, send_midi=False))),
        ("wrong_channel", "Use input 2", SetDevice(MicrophoneSource(None, 1))),
    ],
)
def test_banners_of_the_watches_have_their_remedies(
    window: MainWindow, link: FakeLink, code: str, name: str, order: object
):
    """A press on the button gives the order that ends the cause."""
    receive(window, STREAM, Notice(code, WRONG_CHANNEL(silent=1, other=2)))
    pressed = next(b for b in window.banner.findChildren(QPushButton) if b.text() == name)
    pressed.click()
    assert link.orders == [order]


def test_the_way_to_turn_off_speech_processing_is_shown(window: MainWindow):
    """Step by step, over the window."""
    receive(window, STREAM, Notice("speech", plain("")))
    next(b for b in window.banner.findChildren(QPushButton) if b.text() == "Show me how").click()
    dialog = window.findChild(QDialog)
    assert dialog is not None
    assert any("noise filters" in label.text() for label in dialog.findChildren(QLabel))
    dialog.close()


def test_what_is_opened_again_and_again_does_not_pile_up(window: MainWindow, qapp: QApplication):
    """The table of keys and the steps of advice go when they are closed."""
    before = len(window.findChildren(QWidget))
    for _ in range(3):
        window.secondary_windows.open_shortcut_table()
        show_advice(window, Fault.SPEECH)
        for dialog in window.findChildren(QDialog):
            dialog.close()
        qapp.processEvents()
        qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert len(window.findChildren(QWidget)) == before


def test_the_chord_goes_with_the_stream(window: MainWindow):
    """At the end of the demo, or of listening, in the middle of a chord."""
    receive(window, STREAM, status(5.0), on(48, 4.5), on(52, 4.5), on(55, 4.5))
    now = time.monotonic()
    for step in range(20):
        window.stage.advance(now + step / 50)
    assert window.stage._chord is not None
    receive(window, End(5.2, 5.2, 3, 0, "end of file"))
    window.stage.advance(now + 0.5)
    assert window.stage._chord is None


def test_the_take_that_is_recorded_is_completed_before_anything_else(
    qapp: QApplication, controller: Controller, monkeypatch: pytest.MonkeyPatch
):
    """A copy that is still being written may take a while, and a system that shuts down waits for nobody."""
    window, closed = MainWindow(controller, ThreadSignals()), list[str]()
    monkeypatch.setattr(window.controller, "close", lambda: closed.append("engine"))
    monkeypatch.setattr(window.pages, "close", lambda: closed.append("takes"))
    window.show()
    window.close()
    window.deleteLater()
    assert closed == ["engine", "takes"]


def test_the_words_of_a_banner_are_whole_in_a_narrow_window(window: MainWindow):
    """Title above text; the signs of the stage begin below both. In a wide one they stand side by side."""
    window.controller.set_display(text=160)
    window.resize(1024, 640)
    window.controller.session.faults.raise_(Fault.ECHO)
    window._show_words(time.monotonic())
    title, text = window.banner._title, window.banner._text
    assert text.y() >= title.y() + title.height()
    for label in (title, text):
        assert label.height() >= label.heightForWidth(label.width())
    assert window.stage._look.chips > window.banner.geometry().bottom()
    window.controller.set_display(text=100)
    window.resize(1600, 1000)
    assert window.banner.height() == 44
    assert title.y() + title.height() // 2 == text.y() + text.height() // 2
