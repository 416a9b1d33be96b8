"""The settings sheet: what is chosen takes effect, what is changed has a way back, what is searched is found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton, QSlider
from pytestqt.qtbot import QtBot

from gui.pages.main_window import MainWindow
from gui.pages.settings_sheet import SettingsSheet
from gui.state.device_search import FoundDevices
from gui.state.settings import Settings
from gui.widgets.controls import DropDown, Switch
from gui.widgets.option_row import OptionRow
from realtime.audio.devices import InputDevice
from realtime.engine.messages import Configure, SetDevice, Start
from realtime.midi.port_server import AllNotesOff, PortSettings
from tests.gui.conftest import FakeLink
from tests.waiting import WAIT_MS

PIANO = InputDevice(1, "Scarlett 2i2 USB", "ALSA", 2, 48_000, True)


@pytest.fixture
def sheet(window: MainWindow) -> Iterator[SettingsSheet]:
    """The sheet of a window, open."""
    window.secondary_windows.open_settings()
    made = window.secondary_windows.settings
    assert made is not None
    yield made


def row(sheet: SettingsSheet, name: str) -> OptionRow:
    return next(row for row in sheet.rows if row.option.name == name)


def pick(sheet: SettingsSheet, name: str, value: str) -> None:
    """Choose from a drop-down as a player does."""
    control = row(sheet, name).control
    assert isinstance(control, DropDown)
    index = control.findData(value)
    control.setCurrentIndex(index)
    control.activated.emit(index)


def test_what_is_chosen_reaches_the_engine_and_the_port(sheet: SettingsSheet, window: MainWindow, link: FakeLink):
    """Each by its own command, at once."""
    slider = row(sheet, "sensitivity").control.findChild(QSlider)
    slider.setValue(70)
    pick(sheet, "midi_channel", "3")
    pick(sheet, "channel", "mix")
    slider = row(sheet, "velocity_low").control.findChild(QSlider)
    slider.setValue(30)
    decoder, port, device, curve = link.orders
    assert isinstance(decoder, Configure)
    assert decoder.settings.decoder.sensitivity == 70
    assert isinstance(port, PortSettings)
    assert port.channel == 3
    assert isinstance(device, SetDevice)
    assert isinstance(curve, PortSettings)
    assert curve.curve.low == 30


def test_switches_and_their_way_back(sheet: SettingsSheet, window: MainWindow, qtbot: QtBot):
    """The button is there only while something is changed, and says to what it leads back."""
    first_note = row(sheet, "first_note")
    assert isinstance(first_note.control, Switch)
    assert first_note.reset.isHidden()
    first_note.control.click()
    assert window.controller.settings.first_note
    assert not first_note.reset.isHidden()
    assert first_note.reset.toolTip() == "Back to: Off"
    first_note.reset.click()
    assert not window.controller.settings.first_note
    assert first_note.reset.isHidden()
    assert not first_note.control.isChecked()


def test_another_model_or_processor_starts_anew(sheet: SettingsSheet, link: FakeLink, monkeypatch: pytest.MonkeyPatch):
    """With the file that was chosen."""
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args, **_words: ("/models/mine.onnx", ""))
    chosen = row(sheet, "model").control
    assert isinstance(chosen, QPushButton)
    assert chosen.text() == "The shipped one"
    chosen.click()
    assert chosen.text() == "mine.onnx"
    (start,) = link.orders
    assert isinstance(start, Start)
    assert start.model == Path("/models/mine.onnx")


def test_a_floor_stays_below_the_ceiling(window: MainWindow, sheet: SettingsSheet):
    """However far the sliders are drawn."""
    window.controller.choose("velocity_high", 50)
    window.controller.choose("velocity_low", 90)
    assert (window.controller.curve.low, window.controller.curve.high) == (50, 50)
    window.controller.choose("velocity_high", 20)
    assert (window.controller.curve.low, window.controller.curve.high) == (50, 50)


def test_the_search_leaves_what_it_finds(sheet: SettingsSheet, qtbot: QtBot):
    """With the title of its section; nothing is said to be nothing."""
    qtbot.keyClicks(sheet.search, "glow")
    assert [row.option.name for row in sheet.rows if not row.isHidden()] == ["glow", "motion"]
    assert [key for key, head in sheet._heads.items() if not head.isHidden()] == ["display", "accessibility"]
    qtbot.keyClicks(sheet.search, " xyzzy")
    assert not sheet._nothing.isHidden()


def test_single_keys_are_letters_while_something_is_searched(sheet: SettingsSheet, window: MainWindow, qtbot: QtBot):
    """R does not record."""
    link = window.controller._link
    assert isinstance(link, FakeLink)
    qtbot.keyClick(sheet.search, Qt.Key.Key_R)
    assert link.orders == []
    assert sheet.search.text() == "r"


def test_reset_leaves_the_shape_of_the_window(sheet: SettingsSheet, window: MainWindow, tmp_path: Path):
    """And the folder of the takes; all else is as it was at first."""
    controller = window.controller
    controller.choose("theme", "daylight")
    controller.choose("gate_db", -40.0)
    takes, width = controller.settings.takes, controller.settings.width
    controller.reset()
    first = Settings(takes=takes, width=width, height=controller.settings.height)
    assert controller.settings == first


def test_microphones_that_were_found_are_offered(sheet: SettingsSheet, window: MainWindow, link: FakeLink):
    """As in the panel."""
    window.secondary_windows.show_devices(FoundDevices((PIANO,), ("Synth",)))
    pick(sheet, "input", PIANO.name)
    pick(sheet, "midi_port", "Synth")
    assert (window.controller.settings.input, window.controller.settings.midi_port) == (PIANO.name, "Synth")


def test_every_control_has_a_name(sheet: SettingsSheet):
    """For screen readers."""
    for shown in sheet.rows:
        names = [shown.control.accessibleName(), *(s.accessibleName() for s in shown.control.findChildren(QSlider))]
        assert any(names), shown.option.name


def press_reset(sheet: SettingsSheet) -> None:
    next(one for one in sheet.findChildren(QPushButton) if one.text() == "Reset everything").click()


def test_no_word_and_no_control_is_cut_off(sheet: SettingsSheet, window: MainWindow, qtbot: QtBot):
    """Though German ones are long, and letters may be large."""
    (link,) = (made for made in sheet.findChildren(QPushButton) if made.text() == "Table of shortcuts")
    link.setText("Tabelle der Tastenkürzel")
    window.controller.set_display(text=160)
    qtbot.waitUntil(lambda: link.width() >= link.sizeHint().width() > 180, timeout=WAIT_MS)
    beside = link.parentWidget().findChildren(QPushButton)
    assert [made.text() for made in beside if made.width() < made.sizeHint().width()] == []
    inside = sheet._scroll.widget()
    assert inside.minimumSizeHint().width() <= sheet._scroll.viewport().width()


def test_a_reset_can_be_taken_back(sheet: SettingsSheet, window: MainWindow):
    """All of it, engine and port included, for as long as nothing else is changed."""
    controller, toast = window.controller, sheet.offer.toast
    for name, value in (("sensitivity", 70.0), ("velocity_low", 40), ("velocity_high", 90), ("theme", "daylight")):
        controller.choose(name, value)
    before = replace(controller.settings)
    press_reset(sheet)
    assert controller.settings.sensitivity == 50.0
    assert toast.isVisible()
    assert toast.geometry().bottom() < sheet.height()
    toast._undo.click()
    assert controller.settings == before
    assert not toast.isVisible()
    assert controller.decoder.sensitivity == 70.0


def test_the_offer_to_undo_a_reset_ends(sheet: SettingsSheet, window: MainWindow, qtbot: QtBot):
    """With the next change, which it would undo as well; after ten seconds; with the sheet."""
    controller, offer = window.controller, sheet.offer
    ends = (
        lambda: controller.choose("names", False),
        lambda: offer._over.timeout.emit(),
        lambda: sheet.leave(),
    )
    for end in ends:
        controller.choose("transpose", 12)
        press_reset(sheet)
        assert offer.toast.isVisible()
        assert offer._over.interval() == 10_000
        end()
        assert offer.toast.isHidden()
        assert controller.settings.transpose == 0
    window.secondary_windows.open_settings()
    press_reset(sheet)
    press_reset(sheet)
    assert offer.toast._undo.isHidden()  # there was nothing to reset


def test_escape_closes_it_first(sheet: SettingsSheet, window: MainWindow, link: FakeLink, qtbot: QtBot):
    """Before it silences the notes; the focus is where it was."""
    qtbot.keyClick(sheet.search, Qt.Key.Key_Escape)
    assert not sheet.opened
    assert window.focusWidget() is window.stage
    assert link.orders == []
    qtbot.keyClick(window.stage, Qt.Key.Key_Escape)
    assert [type(order) for order in link.orders] == [AllNotesOff]


def test_tab_stays_within(sheet: SettingsSheet, window: MainWindow, qtbot: QtBot):
    """Both ways round: what lies below the sheet cannot be seen."""
    window.activateWindow()
    for key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
        seen = []
        for _ in range(150):
            seen.append(window.focusWidget())
            qtbot.keyClick(seen[-1], key)
        assert all(sheet.isAncestorOf(widget) for widget in seen)
        assert sheet.search in seen[1:]
        assert len(set(seen)) > 50


def test_commands_work_beside_it(sheet: SettingsSheet, window: MainWindow, qtbot: QtBot):
    """The key of the next theme is one while a switch has the focus, and none while one types."""
    window.controller.choose_key("theme", "F7")
    qtbot.keyClick(sheet.search, Qt.Key.Key_F7)
    assert window.controller.settings.theme == "night"
    row(sheet, "first_note").control.setFocus()
    qtbot.keyClick(row(sheet, "first_note").control, Qt.Key.Key_F7)
    assert window.controller.settings.theme == "daylight"
