"""After a recording: the card, the dot on the tab, and recording from wherever the player is."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.pages.main_window import MainWindow
from gui.pages.takes.take_card import TakeCard
from gui.state.controller import Controller
from gui.widgets.tabs import FILES, LISTEN, PRACTICE, TAKES
from realtime.engine.messages import Failed, Record, SaveRecent, Start, Stop, TakeSaved, TakeStarted
from realtime.events import End
from realtime.words import plain
from tests.gui.conftest import FakeLink, shown_window
from tests.gui.pages.takes.test_gallery import make_take, receive, turn
from tests.gui.state.test_session import status
from tests.gui.takes.test_replay import FakeLoudspeaker
from tests.realtime.takes.test_folder import STREAM

FOLDER = "2026-01-02 03-04-05 Take 01"


@pytest.fixture
def window(qapp: QApplication, controller: Controller) -> Iterator[MainWindow]:
    with shown_window(qapp, controller, FakeLoudspeaker()) as window:
        yield window


def recorded(window: MainWindow, qtbot: QtBot, name: str = FOLDER) -> TakeCard:
    """The card of a take that has just been completed."""
    receive(window, TakeSaved(make_take(window.controller.settings.takes_folder, name)))
    card = window.findChild(TakeCard)
    assert isinstance(card, TakeCard)

    def shown() -> None:
        turn(window)
        assert card.isVisible()

    qtbot.waitUntil(lambda: told(window))
    shown()
    return card


def told(window: MainWindow) -> bool:
    """Whether the last take was read."""
    window.pages.takes.last.pump()
    return window.pages.takes.last.row is not None


def played(window: MainWindow) -> bool:
    """Whether the piece was read and plays."""
    window.pages.takes.pump(0.0)
    return window.pages.takes.replay.playing


def listed(window: MainWindow) -> bool:
    """Whether takes were found."""
    window.pages.takes.pump(0.0)
    return bool(window.pages.takes.library.rows)


def tab(window: MainWindow) -> str:
    return window.pages.tabs._buttons[TAKES].accessibleName()


def test_what_was_recorded_is_told_and_played(window: MainWindow, qtbot: QtBot):
    """Name, length, notes; the tab has a dot until the list is seen; Play is a replay of that take."""
    card = recorded(window, qtbot)
    assert card.title.text() == "Take 1 · 0:02 · 2 notes"
    assert tab(window) == "Takes, 1 new"
    box = card.geometry()
    assert window.rect().contains(box)
    assert box.bottom() < window.stage.geometry().top() + window.stage.stage.geometry.hit
    takes = window.pages.takes
    takes.library.rows = []  # as long as it is being looked for
    qtbot.mouseClick(card.play, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: played(window))
    turn(window)
    assert (window.pages.page, window.pages.gallery.on_stage, card.isVisible()) == (TAKES, True, False)
    assert takes.replay.piece is not None
    assert takes.replay.piece.title == "Take 1"
    assert tab(window) == "Takes"
    qtbot.waitUntil(lambda: listed(window))
    assert takes.chosen is not None  # once the list has it
    assert takes.chosen.folder.name == FOLDER


def test_over_another_page_it_leaves_the_top_bar_and_esc_closes_it(window: MainWindow, qtbot: QtBot):
    """A take that ends while files are shown; the list of takes tells of it by itself."""
    window.pages.turn(FILES)
    card = recorded(window, qtbot)
    assert card.geometry().top() >= window.top.geometry().bottom()
    window.pages.gallery.on_stage = True
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    turn(window)
    assert (card.isVisible(), window.pages.gallery.on_stage, tab(window)) == (False, True, "Takes, 1 new")
    window.pages.turn(TAKES)
    receive(window, TakeSaved(make_take(window.controller.settings.takes_folder, "2026-01-02 03-05-05 Take 02")))
    assert (card.isVisible(), tab(window)) == (False, "Takes")


def test_toasts_of_takes_are_seen_in_practice(window: MainWindow):
    """Where practice has none of its own."""
    window.pages.takes.show_toast("The disk is full.", time.monotonic())
    window.pages.turn(PRACTICE)
    turn(window)
    assert window.pages.toast.isVisible()
    assert window.pages.toast._text.text() == "The disk is full."


def test_the_report_of_what_was_recorded(window: MainWindow, qtbot: QtBot):
    """One click away."""
    card = recorded(window, qtbot)
    qtbot.mouseClick(card.report, Qt.MouseButton.LeftButton)
    assert window.pages.gallery.on_report
    assert window.pages.takes.chosen is not None
    assert window.pages.takes.chosen.folder.name == FOLDER


def test_it_is_named_on_the_card(window: MainWindow, qtbot: QtBot):
    """By keyboard: Esc gives up, Enter names it; then Esc closes the card, and silences nothing."""
    card = recorded(window, qtbot)
    qtbot.keyClick(card.rename, Qt.Key.Key_Space)
    qtbot.keyClick(card.name, Qt.Key.Key_Return)
    assert list(window.controller.settings.takes_folder.glob("*/take.json")) == []  # it is still called by its number
    for key, title in ((Qt.Key.Key_Escape, "Take 1"), (Qt.Key.Key_Return, "Nocturne")):
        card.rename.setFocus()
        qtbot.keyClick(card.rename, Qt.Key.Key_Space)
        assert card.name.selectedText() == "Take 1"
        qtbot.keyClicks(card.name, "Nocturne")
        qtbot.keyClick(card.name, key)
        turn(window)
        assert card.title.text() == f"{title} · 0:02 · 2 notes"
    link = window.controller._link
    assert isinstance(link, FakeLink)
    before = list(link.orders)
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    turn(window)
    assert not card.isVisible()
    assert link.orders == before


def test_the_next_recording_takes_the_card_away(window: MainWindow, qtbot: QtBot):
    """And counts: two takes that were not seen."""
    card = recorded(window, qtbot)
    receive(window, STREAM, TakeStarted(Path("2026-01-02 03-05-05 Take 02")))
    turn(window)
    assert not card.isVisible()
    assert recorded(window, qtbot, "2026-01-02 03-05-05 Take 02").title.text() == "Take 2 · 0:02 · 2 notes"
    assert tab(window) == "Takes, 2 new"


def test_a_take_that_cannot_be_read_is_told_too(window: MainWindow, qtbot: QtBot):
    """Without what needs its notes."""
    folder = make_take(window.controller.settings.takes_folder, FOLDER)
    (folder / "notes.jsonl").write_text("nonsense\n")
    receive(window, TakeSaved(folder))
    qtbot.waitUntil(lambda: told(window))
    turn(window)
    card = window.findChild(TakeCard)
    assert isinstance(card, TakeCard)
    assert card.title.text() == "Take 1 · 0:02 · cannot be read"
    assert not card.report.isEnabled()


def test_r_records_from_a_replay(window: MainWindow, qtbot: QtBot, link: FakeLink):
    """The replay pauses, the stage turns live, and the take begins once the piano is listened to again."""
    receive(window, STREAM, status(1.0))
    folder = make_take(window.controller.settings.takes_folder, FOLDER)
    window.pages.turn(TAKES)
    takes = window.pages.takes
    takes.open_file(folder)
    qtbot.waitUntil(lambda: played(window))
    receive(window, End(1.0, 1.0, 0, 0, "paused"))
    qtbot.keyClick(window, Qt.Key.Key_R)
    assert (window.pages.page, takes.replay.playing) == (LISTEN, False)
    assert [type(order) for order in link.orders] == [Stop, Start]
    receive(window, STREAM)
    assert link.orders[2:] == [Record(window.controller.settings.takes_folder)]
    receive(window, TakeStarted(Path(FOLDER)))
    window.pages.turn(TAKES)
    qtbot.keyClick(window, Qt.Key.Key_R)
    assert link.orders[3:] == [Record(None)]
    assert window.pages.page == TAKES


def test_r_in_practice_stays_there(window: MainWindow, qtbot: QtBot, link: FakeLink):
    """A lesson can be recorded."""
    receive(window, STREAM, status(1.0))
    window.pages.turn(PRACTICE)
    qtbot.keyClick(window, Qt.Key.Key_R)
    assert window.pages.page == PRACTICE
    assert Record(window.controller.settings.takes_folder) in link.orders


@pytest.mark.parametrize("answer", ["again", "failed"])
def test_recording_that_waits_for_the_microphone_can_be_given_up(window: MainWindow, link: FakeLink, answer: str):
    """R once more, or no microphone: no take begins with a later stream."""
    window.pages.record()
    assert link.orders == []  # it is starting anyway
    if answer == "again":
        window.pages.record()
    else:
        receive(window, Failed(plain("none"), 3, ""))
    receive(window, STREAM)
    assert link.orders == []


def test_what_was_just_played_can_be_kept(window: MainWindow, qtbot: QtBot, link: FakeLink):
    """The button says how much there is."""
    keep = window.transport._keep
    words = []
    for held_s in (0.0, 1.0, 59.9, 60.0, 299.0, 300.0):
        receive(window, STREAM, replace(status(1.0), recent_s=held_s))
        words.append((keep.text(), keep.isEnabled()))
    assert words == [
        *(("Keep", False), ("Keep the last 1 s", True), ("Keep the last 59 s", True)),
        *(("Keep the last 1 min", True), ("Keep the last 4 min", True), ("Keep the last 5 min", True)),
    ]
    qtbot.mouseClick(keep, Qt.MouseButton.LeftButton)
    assert link.orders == [SaveRecent(window.controller.settings.takes_folder)]


def test_ctrl_z_brings_a_deleted_take_back(window: MainWindow, qtbot: QtBot):
    """From any page; when there is none, that is said."""
    make_take(window.controller.settings.takes_folder, FOLDER)
    window.pages.turn(TAKES)
    takes = window.pages.takes
    qtbot.waitUntil(lambda: listed(window))
    takes.delete(takes.library.rows[0], 0.0)
    assert takes.library.rows == []
    window.pages.turn(LISTEN)
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert [row.folder.name for row in takes.library.rows] == [FOLDER]
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    turn(window)
    assert window.pages.toast._text.text() == "There is nothing to bring back."
