"""The dialog that shares a take, by mouse and by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from gui.pages.main_window import MainWindow
from gui.pages.takes.share_sheet import ShareSheet, free_name
from gui.pages.takes.takes_model import file_name
from gui.state.controller import Controller
from gui.takes.share_forms import Form
from gui.widgets.tabs import TAKES
from realtime.takes.folder import MIDI
from tests.gui.conftest import shown_window
from tests.gui.pages.takes.test_gallery import make_take
from tests.gui.pages.takes.test_take_card import FOLDER, listed, recorded
from tests.gui.takes.test_replay import FakeLoudspeaker


@pytest.fixture
def window(
    qapp: QApplication, controller: Controller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[MainWindow]:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    with shown_window(qapp, controller, FakeLoudspeaker()) as window:
        yield window


@pytest.fixture
def sheet(window: MainWindow, qtbot: QtBot) -> Iterator[ShareSheet]:
    """The dialog of a take that was chosen in the list, opened by its key."""
    make_take(window.controller.settings.takes_folder, FOLDER)
    window.pages.turn(TAKES)
    qtbot.waitUntil(lambda: listed(window))
    window.pages.takes.choose(window.pages.takes.library.rows[0], 0.0)
    qtbot.keyClick(window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    sheet = window.findChild(ShareSheet)
    assert isinstance(sheet, ShareSheet)
    assert sheet.isVisible()
    yield sheet
    sheet.reject()
    sheet.reject()


def test_it_says_what_and_where_to(sheet: ShareSheet, tmp_path: Path):
    """A film first, with its size; each form with a name of its own, beside whatever lies there."""
    assert sheet.windowTitle() == "Share “Take 1”"
    assert sheet.size_box.isVisible()
    (tmp_path / "Take 1.mid").touch()
    there = {}
    for form in Form:
        sheet.choose(form)
        there[form] = sheet._to.relative_to(tmp_path).name
        assert sheet._place.accessibleName() == f"Goes to {sheet._to}"
        assert sheet.size_box.isVisible() == (form is Form.FILM)
    assert there == {
        **{Form.FILM: "Take 1.mp4", Form.PDF: "Take 1.pdf", Form.MUSICXML: "Take 1.musicxml"},
        **{Form.RECORDING: "Take 1.wav", Form.PIANO: "Take 1.wav", Form.MIDI: "Take 1 (2).mid"},
        Form.PAGE: "Take 1.html",
    }


def test_it_is_written_and_shown(sheet: ShareSheet, qtbot: QtBot, tmp_path: Path):
    """By keyboard alone; then a button shows the folder."""
    shown: list[Path] = []
    sheet._show_folder = shown.append
    sheet.forms[Form.MIDI].setFocus()
    qtbot.keyClick(sheet.forms[Form.MIDI], Qt.Key.Key_Space)
    qtbot.keyClick(sheet, Qt.Key.Key_Return)
    assert sheet.progress.isVisible()
    assert not sheet.save.isEnabled()
    qtbot.waitUntil(sheet.show_in_folder.isVisible, timeout=30_000)
    assert sheet._note.text() == "Saved as Take 1.mid."
    assert (tmp_path / "Take 1.mid").read_bytes() == (tmp_path / "takes" / FOLDER / MIDI).read_bytes()
    qtbot.mouseClick(sheet.show_in_folder, Qt.MouseButton.LeftButton)
    assert shown == [tmp_path]
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()


def test_a_film_of_another_size_is_another_film(sheet: ShareSheet, tmp_path: Path):
    """Once one was written; before that the place that the player chose stays."""
    sheet._to = tmp_path / "for Clara.mp4"
    sheet.size_box.setCurrentIndex(1)
    assert sheet._to.name == "for Clara.mp4"
    (tmp_path / "Take 1.mp4").touch()
    sheet._sharing.done = True
    sheet.refresh()
    assert not sheet.save.isVisible()
    sheet.size_box.setCurrentIndex(2)
    assert (sheet.save.isVisible(), sheet._to.name) == (True, "Take 1 (2).mp4")


@pytest.mark.parametrize("name", ["鋼琴" * 100, "a" * 300, "é" * 200, "🎹" * 120])
def test_a_name_may_be_long(tmp_path: Path, name: str):
    """A number and the longest ending still fit."""
    path = free_name(tmp_path / f"{file_name(name)}.musicxml")
    path.touch()
    assert free_name(path).name == f"{path.stem} (2).musicxml"
    free_name(path).touch()
    assert name.startswith(path.stem)


def test_another_place(sheet: ShareSheet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Chosen by the player, with the ending that it must have."""
    chosen = tmp_path / "for Clara"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_words: (str(chosen), ""))
    sheet.choose(Form.PAGE)
    sheet.change.click()
    assert sheet._to == tmp_path / "for Clara.html"


def test_a_film_is_cancelled_by_esc(sheet: ShareSheet, qtbot: QtBot, tmp_path: Path):
    """The dialog stays; a second time it closes."""
    sheet.save.click()
    assert sheet._sharing.running
    assert sheet.close_button.text() == "Cancel"
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert (sheet._sharing.running, sheet.isVisible()) == (False, True)
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    assert list(tmp_path.glob("*.mp4")) == []


def test_what_is_not_installed_is_said(sheet: ShareSheet, monkeypatch: pytest.MonkeyPatch):
    """One line, and nothing to press."""
    monkeypatch.setattr("gui.takes.share_forms.find_spec", lambda _name: None)
    sheet.choose(Form.PDF)
    assert sheet._note.text().endswith("pip install 'liszten[score]'")
    assert not sheet.save.isEnabled()
    sheet.choose(Form.MIDI)
    assert (sheet._note.text(), sheet.save.isEnabled()) == ("", True)


def test_a_take_without_sound_has_no_recording(sheet: ShareSheet, window: MainWindow):
    """The rest of it can be shared."""
    row = window.pages.takes.library.rows[0]
    (row.folder / "audio.wav").unlink()
    sheet.choose(Form.RECORDING)
    sheet.open_for(replace(row, recorded=False))
    assert sheet.form is Form.FILM
    assert not sheet.forms[Form.RECORDING].isEnabled()


def test_the_menu_of_a_row_and_the_card_share_too(window: MainWindow, qtbot: QtBot):
    """The same dialog."""
    card = recorded(window, qtbot)
    qtbot.mouseClick(card.share, Qt.MouseButton.LeftButton)
    sheet = window.findChild(ShareSheet)
    assert isinstance(sheet, ShareSheet)
    assert sheet.windowTitle() == "Share “Take 1”"
    sheet.reject()
    window.pages.turn(TAKES)
    qtbot.waitUntil(lambda: listed(window))
    view = window.pages.gallery.list
    view.show_takes(None, True)
    view.list.customContextMenuRequested.emit(QPoint(40, 40))
    menu = window.pages.gallery.panel.findChild(QMenu)
    assert isinstance(menu, QMenu)
    words = [action.text() for action in menu.actions()]
    assert words == ["Play", "Report", "Share …", "Rename", "Show in folder", "Delete"]
    menu.actions()[2].trigger()
    assert sheet.isVisible()
    sheet.reject()


@pytest.mark.parametrize(
    ("there", "free"), [([], "a.mid"), (["a.mid"], "a (2).mid"), (["a.mid", "a (2).mid"], "a (3).mid")]
)
def test_nothing_is_overwritten(tmp_path: Path, there: list[str], free: str):
    """The next number that is free."""
    for name in there:
        (tmp_path / name).touch()
    assert free_name(tmp_path / "a.mid").name == free
