"""Shortcuts in a window: chosen in the settings, obeyed, said in tips, kept on disk."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea
from pytestqt.qtbot import QtBot

from gui.pages.main_window import MainWindow
from gui.pages.shortcut_list import ShortcutRow
from gui.pages.shortcuts import command_of
from gui.state.choices import Choices
from gui.state.controller import Controller
from gui.state.keymap import COMMANDS, LESSON, LIVE, PAGES, Keymap
from gui.state.settings import Settings, load, save

PRESS, NONE = QKeyEvent.Type.KeyPress, Qt.KeyboardModifier.NoModifier
ALT_GR = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier  # as Windows reports it
SHIFT, KEYPAD = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.KeypadModifier
pytestmark = pytest.mark.usefixtures("qapp")  # a key event needs to know whose keys there are


@pytest.fixture
def rows(window: MainWindow) -> dict[str, ShortcutRow]:
    """The rows of the settings sheet, by command."""
    window.secondary_windows.open_settings()
    assert window.secondary_windows.settings is not None
    return {row.command.name: row for row in window.secondary_windows.settings.shortcuts.rows}


def tip(window: MainWindow, name: str) -> str:
    (found,) = {made.toolTip() for made in window.top.findChildren(QPushButton) if made.property("command") == name}
    return found


def test_every_command_does_something(window: MainWindow):
    """In the main window, or on another page; those of takes, files and practice know each command for them."""
    pages, lesson = {*window.pages.gallery._actions()}, {*window.pages.practice.commands}
    known = {*window.commands, *pages, *lesson}
    assert {command.name for command in COMMANDS if command.place == LESSON} <= lesson
    assert known == {"escape", *(command.name for command in COMMANDS)}


@pytest.mark.parametrize(
    ("key", "held", "name"),
    [
        *((Qt.Key.Key_R, NONE, "record"), (Qt.Key.Key_R, SHIFT, "recent"), (Qt.Key.Key_1, SHIFT, "left")),
        *((Qt.Key.Key_Question, SHIFT, "keys"), (Qt.Key.Key_2, KEYPAD, "right"), (Qt.Key.Key_Shift, SHIFT, None)),
        *((Qt.Key.Key_R, Qt.KeyboardModifier.AltModifier, None), (Qt.Key.Key_Escape, NONE, "escape")),
    ],
)
def test_keys_mean_what_the_table_says(key: Qt.Key, held: Qt.KeyboardModifier, name: str | None):
    """Shift that a keyboard needs for a digit or a sign is no other key, nor is the number pad."""
    command = command_of(Keymap({}), QKeyEvent(PRESS, key, held), LIVE)
    assert (command and command.name) == name


@pytest.mark.parametrize(
    ("key", "held", "text", "name"),
    [
        (Qt.Key.Key_BracketLeft, ALT_GR, "[", "tempo_down"),
        (Qt.Key.Key_6, Qt.KeyboardModifier.AltModifier, "]", "tempo_up"),
        (Qt.Key.Key_L, ALT_GR, "l", None),
        (Qt.Key.Key_BracketLeft, ALT_GR, "", None),
    ],
)
def test_signs_that_need_alt_gr_mean_themselves(key: Qt.Key, held: Qt.KeyboardModifier, text: str, name: str | None):
    """As the brackets of a German keyboard do on Windows and macOS; letters with these keys are no commands."""
    command = command_of(Keymap({}), QKeyEvent(PRESS, key, held, text), PAGES)
    assert (command and command.name) == name


@pytest.mark.parametrize(
    ("chosen", "name"), [({}, "full"), ({"full": ""}, None), ({"full": "", "theme": "F11"}, "theme")]
)
def test_the_systems_key_for_full_screen_can_be_given_away(chosen: dict[str, str], name: str | None):
    """It means full screen only as long as nothing else was chosen, and no key is a choice too."""
    command = command_of(Keymap(chosen), QKeyEvent(PRESS, Qt.Key.Key_F11, NONE), LIVE)
    assert (command and command.name) == name


def test_a_key_is_chosen_and_obeyed(
    window: MainWindow, controller: Controller, rows: dict[str, ShortcutRow], qtbot: QtBot
):
    """At once, in tips too; the old one does nothing any more. The way back is there only when it leads somewhere."""
    row = rows["theme"]
    assert not row.reset.isVisibleTo(window.secondary_windows.settings)
    assert tip(window, "theme") == "Next theme (T)"
    qtbot.keyClick(row.field, Qt.Key.Key_F7)
    assert controller.settings.shortcuts == {"theme": "F7"}
    assert row.reset.isVisibleTo(window.secondary_windows.settings)
    assert tip(window, "theme") == "Next theme (F7)"
    qtbot.keyClick(window.stage, Qt.Key.Key_T)
    assert controller.settings.theme == "night"
    qtbot.keyClick(window.stage, Qt.Key.Key_F7)
    assert controller.settings.theme == "daylight"
    row.reset.click()
    assert controller.settings.shortcuts == {}
    assert row.field.keySequence().toString() == "T"


def test_a_key_that_is_taken_is_refused_in_a_sentence(
    window: MainWindow, controller: Controller, rows: dict[str, ShortcutRow], qtbot: QtBot
):
    """In one sentence; the key stays what it was. Nor is a way back taken to a key that another has got meanwhile."""
    row = rows["theme"]
    qtbot.keyClick(row.field, Qt.Key.Key_R)
    assert row.problem.text() == "R is the key for “record on or off”. Choose another, or change that one first."
    assert row.problem.isVisibleTo(window.secondary_windows.settings)
    assert (controller.settings.shortcuts, row.field.keySequence().toString()) == ({}, "T")
    qtbot.keyClick(row.field, Qt.Key.Key_F7)
    assert row.problem.isHidden()
    qtbot.keyClick(rows["plots"].field, Qt.Key.Key_T)
    row.reset.click()
    assert controller.settings.shortcuts == {"theme": "F7", "plots": "T"}
    assert row.problem.text().startswith("T is the key for “plots”.")


def test_a_command_may_have_no_key(
    window: MainWindow, controller: Controller, rows: dict[str, ShortcutRow], qtbot: QtBot
):
    """The cross beside the field takes it away; the tip names none. A field left without a key changes nothing."""
    rows["theme"].field.clear()
    rows["theme"].field.editingFinished.emit()
    assert (controller.settings.shortcuts, rows["theme"].field.keySequence().toString()) == ({}, "T")
    rows["theme"].none.click()
    assert controller.settings.shortcuts == {"theme": ""}
    assert tip(window, "theme") == "Next theme"
    qtbot.keyClick(window.stage, Qt.Key.Key_T)
    assert controller.settings.theme == "night"


def test_shortcuts_are_found_and_reset_with_the_rest(
    window: MainWindow, controller: Controller, rows: dict[str, ShortcutRow]
):
    """By their words or by the section's; "Reset everything" means them too."""
    sheet = window.secondary_windows.settings
    assert sheet is not None
    sheet.search.setText("loop begins")
    assert [name for name, row in rows.items() if not row.isHidden()] == ["loop_begin"]
    assert not sheet._heads["keys"].isHidden()
    sheet.search.setText("glow")
    assert sheet._heads["keys"].isHidden()
    controller.choose_key("theme", "F7")
    controller.reset()
    assert controller.settings.shortcuts == {}


def test_shortcuts_are_kept(controller: Controller, tmp_path: Path):
    """As a table in the settings; a first key that is typed again is nothing chosen, what is broken is left out."""
    Choices.choose_key(controller, "record", 'Ctrl+"')
    Choices.choose_key(controller, "theme", "T")
    save(controller.settings, tmp_path / "settings.toml")
    assert load(tmp_path / "settings.toml")[0].shortcuts == {"record": 'Ctrl+"'}
    (tmp_path / "settings.toml").write_text('shortcuts = {record = "Y", fly = "F", plots = 3}\n')
    assert load(tmp_path / "settings.toml") == (Settings(shortcuts={"record": "Y"}), None)
    (tmp_path / "settings.toml").write_text('shortcuts = "all of them"\n')
    assert load(tmp_path / "settings.toml")[0].shortcuts == {}


def test_the_table_shows_the_keys_as_they_are(window: MainWindow, controller: Controller):
    """Chosen ones, and a dash for none."""
    controller.choose_key("record", "F7")
    controller.choose_key("plots", "")
    window.secondary_windows.open_shortcut_table()
    assert window.secondary_windows.shortcut_table is not None
    shown = [label.text() for label in window.secondary_windows.shortcut_table.findChildren(QLabel)]
    assert "F7" in shown
    assert "–" in shown  # noqa: RUF001
    assert "R" not in shown


def test_the_table_fits_into_the_window(window: MainWindow):
    """The smallest one, with large letters: words wrap, no key is cut off, and it scrolls down only."""
    window.controller.set_display(text=160)
    window.resize(1024, 640)
    window.secondary_windows.open_shortcut_table()
    table = window.secondary_windows.shortcut_table
    assert table is not None
    assert table.width() < window.width()
    assert table.height() < window.height()
    (area,) = table.findChildren(QScrollArea)
    assert area.widget().minimumSizeHint().width() <= table.width()
