"""The page of practice as it is used: pieces, keys, panel and strip; without a screen and without an engine."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from gui.pages.main_window import MainWindow
from gui.pages.practice.practice_page import PracticePage
from gui.practice import opened_piece, practice_controller
from gui.practice.lesson import Lesson
from gui.widgets.tabs import LISTEN, PRACTICE
from realtime.engine.messages import Failed, Notice, RecordRun, Start, Stop, StopExpecting
from realtime.events import End
from realtime.transcription.expected import Expect
from realtime.words import plain
from tests.gui.conftest import FakeLink
from tests.gui.pages.test_main_window import receive
from tests.gui.practice.pieces import C3, C4, D4, G3, G4, PIECE, heard, passed, without_page
from tests.gui.state.test_session import STREAM, status
from tests.realtime.practice.sheets import sheet

PATIENCE_MS = 60_000


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> PracticePage:
    """The page with the piece of two bars, while the engine listens."""
    monkeypatch.setattr(opened_piece, "read_score", lambda _path: without_page(PIECE))
    window.controller.set_display(practice_view="blocks")
    receive(window, STREAM, status(1.0))
    window.pages.turn(PRACTICE)
    window.pages.practice.open(tmp_path / "piece.mid")
    wait(window, qtbot, lambda: window.pages.practice.practice.lesson is not None)
    return window.pages.practice


def wait(window: MainWindow, qtbot: QtBot, there: Callable[[], bool]) -> None:
    """Until threads have done something."""

    def look() -> bool:
        window.pages.pump(time.monotonic())
        return there()

    qtbot.waitUntil(look, timeout=PATIENCE_MS)
    window._next_words = 0.0
    window.advance()


def lesson_of(page: PracticePage) -> Lesson:
    assert page.practice.lesson is not None
    return page.practice.lesson


def asked(link: FakeLink) -> list[tuple[int, ...] | None]:
    """What the engine was to listen for, None for nothing any more."""
    orders = (order for order in link.orders if isinstance(order, Expect | StopExpecting))
    return [order.pitches if isinstance(order, Expect) else None for order in orders]


def pass_group(window: MainWindow, link: FakeLink) -> None:
    """The engine hears all keys of the group that it listens for."""
    wanted = next(order for order in reversed(link.orders) if isinstance(order, Expect))
    at = (wanted.since or 0.0) + 0.5
    receive(window, *(heard(pitch, at) for pitch in wanted.pitches), passed(wanted.group, at))


def press(
    qtbot: QtBot, window: MainWindow, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    qtbot.keyClick(window.pages.practice.stage, key, held)


def button(parent: QWidget, name: str) -> QAbstractButton:
    return next(b for b in parent.findChildren(QAbstractButton) if b.accessibleName() == name)


def test_a_piece_waits_from_key_to_key(page: PracticePage, window: MainWindow, link: FakeLink, qtbot: QtBot):
    """Space begins; the pill, the card, the strip and the panel say how it goes; at the end Space begins again."""
    page.show_words(0.0)
    assert page.pill.words == "Ready"
    press(qtbot, window, Qt.Key.Key_Space)
    assert asked(link) == [(C3, C4)]
    assert page.pill.accessibleName() == "Waiting for C3 C4, both hands"
    pass_group(window, link)
    assert page.pill.accessibleName() == "Waiting for D4, right hand"
    for _ in range(4):
        pass_group(window, link)
    assert asked(link) == [(C3, C4), (D4,), (64,), (G3, G4), (G4,), None]
    assert page.pill.words == "Played to the end"
    assert page.panel.ring.accessibleName() == "100 % of the notes right"
    assert [bar.kind for bar in page.bar.strip._bars] == ["right", "right"]
    press(qtbot, window, Qt.Key.Key_Space)
    assert asked(link)[-1] == (C3, C4)
    assert page.panel.ring.accessibleName() == "No notes yet"


def test_every_choice_has_its_key(page: PracticePage, window: MainWindow, qtbot: QtBot):
    """W, F, 1, 2, 3, [, ], L, A, B, M and arrows, as the table of keys says."""
    lesson = lesson_of(page)
    for key, name, value in (
        (Qt.Key.Key_W, "mode", "play"),
        (Qt.Key.Key_F, "mode", "follow"),
        (Qt.Key.Key_W, "mode", "wait"),
        (Qt.Key.Key_1, "hands", "left"),
        (Qt.Key.Key_2, "hands", "right"),
        (Qt.Key.Key_3, "hands", "both"),
        (Qt.Key.Key_BracketLeft, "tempo", 95),
        (Qt.Key.Key_BracketRight, "tempo", 100),
        (Qt.Key.Key_M, "metronome", False),
        (Qt.Key.Key_L, "looping", True),
        (Qt.Key.Key_L, "looping", False),
        (Qt.Key.Key_A, "first_bar", 1),
    ):
        press(qtbot, window, key)
        assert getattr(lesson.choices, name) == value
    press(qtbot, window, Qt.Key.Key_Right)
    assert lesson.bar.number == 2
    press(qtbot, window, Qt.Key.Key_A)
    press(qtbot, window, Qt.Key.Key_B)
    assert (lesson.choices.first_bar, lesson.choices.last_bar, lesson.choices.looping) == (2, 2, True)
    press(qtbot, window, Qt.Key.Key_L)
    press(qtbot, window, Qt.Key.Key_Left)
    assert lesson.bar.number == 1


def test_the_panel_does_the_same(page: PracticePage, window: MainWindow):
    """Its controls by their names, and they show what was chosen."""
    lesson = lesson_of(page)
    button(page.panel, "Hands: Left").click()
    button(page.panel, "Way to practise: Play along").click()
    button(page.panel, "Loop the piece").click()
    page.panel.tempo._slider.setValue(70)
    assert (lesson.choices.hands, lesson.choices.mode, lesson.choices.looping, lesson.choices.tempo) == (
        "left",
        "play",
        True,
        70,
    )
    page.show_words(0.0)
    assert button(page.panel, "Hands: Left").isChecked()
    assert page.panel.tempo._value.text() == "70 % · ♩ = 42"
    assert not button(page.panel, "View: Staff").isEnabled()  # a MIDI file has no sheet music


def test_space_pauses_and_passes_over_what_is_stubborn(
    page: PracticePage, window: MainWindow, link: FakeLink, qtbot: QtBot
):
    """At once it pauses; after four seconds without the keys it goes on to the next group, and says so."""
    press(qtbot, window, Qt.Key.Key_Space)
    press(qtbot, window, Qt.Key.Key_Space)
    assert (lesson_of(page).state, asked(link)[-1]) == ("paused", None)
    press(qtbot, window, Qt.Key.Key_Space)
    receive(window, status(9.0))
    assert page.pill.accessibleName() == "Waiting for C3 C4, both hands · Space passes over it"
    press(qtbot, window, Qt.Key.Key_Space)
    assert asked(link)[-1] == (D4,)
    assert lesson_of(page).run.tally.result.missed == 2
    press(qtbot, window, Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    assert asked(link)[-1] == (64,)


def test_an_engine_that_begins_anew_is_asked_again(
    page: PracticePage, window: MainWindow, link: FakeLink, qtbot: QtBot
):
    """The lesson goes on at the group where it was."""
    press(qtbot, window, Qt.Key.Key_Space)
    pass_group(window, link)
    receive(window, Notice("restarted", plain("")), STREAM, status(0.1))
    assert asked(link) == [(C3, C4), (D4,), (D4,)]
    pass_group(window, link)
    assert asked(link)[-1] == (64,)


def test_a_microphone_that_is_paused_listens_again(
    page: PracticePage, window: MainWindow, link: FakeLink, qtbot: QtBot
):
    """Who begins wants to be heard; the panel says whether it is so."""
    receive(window, End(1.0, 1.0, 0, 0, "paused"))
    page.show_words(0.0)
    assert page.panel._hearing.word == "Not listening"
    press(qtbot, window, Qt.Key.Key_Space)
    others = [order for order in link.orders if not isinstance(order, Expect)]
    assert [type(order) for order in others[-2:]] == [Start, RecordRun]
    receive(window, STREAM, status(0.1))
    assert page.panel._hearing.word == "Hearing you"
    assert asked(link)[-1] == (C3, C4)


def test_who_leaves_the_page_pauses_and_finds_the_place_again(
    page: PracticePage, window: MainWindow, link: FakeLink, qtbot: QtBot, tmp_path: Path
):
    """Nothing is expected any more, and listening goes on; the list says where the piece was left."""
    press(qtbot, window, Qt.Key.Key_Space)
    press(qtbot, window, Qt.Key.Key_1)
    pass_group(window, link)
    for _ in range(40):
        receive(window, status(3.0))
        page.practice.tick(time.monotonic())
    window.pages.turn(LISTEN)
    assert asked(link)[-1] is None
    assert not any(isinstance(order, Stop) for order in link.orders)
    window.pages.turn(PRACTICE)
    page.back()
    page.show_words(0.0)
    assert page.list.shown[:4] == ["Recent", "Two bars", "Grade 1", "Frère Jacques"]
    page.list.search.setText("frere")
    assert page.list.shown == ["Grade 1", "Frère Jacques"]
    page.list.search.setText("")
    page.open(tmp_path / "piece.mid")
    wait(window, qtbot, lambda: page.practice.lesson is not None)
    assert lesson_of(page).choices.hands == "left"


def test_the_flags_on_the_strip_snap_to_bars(page: PracticePage, window: MainWindow, qtbot: QtBot):
    """Dragged with the mouse; a click beside them goes to the bar."""
    strip, lesson = page.bar.strip, lesson_of(page)
    page.practice.toggle_loop()
    page.show_words(0.0)
    middle = strip.width() / 2
    qtbot.mousePress(strip, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    qtbot.mouseMove(strip, QPoint(round(middle + 40), 5))
    strip.flagged.emit("A", strip._time(middle + 40))
    qtbot.mouseRelease(strip, Qt.MouseButton.LeftButton, pos=QPoint(round(middle + 40), 5))
    assert (lesson.choices.first_bar, lesson.choices.last_bar) == (2, 2)
    page.practice.toggle_loop()
    qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(round(middle - 40), 30))
    assert lesson.bar.number == 1


def test_what_is_no_piece_is_told_in_a_sentence(window: MainWindow, qtbot: QtBot, tmp_path: Path):
    """With the file's name, and the list stays. What takes its time is told, too."""
    file = tmp_path / "letter.musicxml"
    file.write_text("<letter/>")
    window.pages.turn(PRACTICE)
    page = window.pages.practice
    window.pages.drop._dropped([file])
    page.practice.tick(time.monotonic() + practice_controller.PATIENCE_S)
    assert page.practice.toast is not None
    assert page.practice.toast.text == "Reading letter.musicxml …"
    wait(window, qtbot, lambda: page.practice.reading is None)
    assert page.practice.toast.text.startswith("letter.musicxml ")
    assert window.pages.toast.isVisible()
    assert not page.on_lesson


def test_sheet_music_follows_the_player(window: MainWindow, link: FakeLink, qtbot: QtBot, tmp_path: Path):
    """Read and engraved for real: heard notes turn green, the cursor goes on, and the page turns half a line early."""
    file = tmp_path / "lines.musicxml"
    file.write_text(sheet(60))
    window.controller.set_display(practice_view="staff", theme="daylight")
    receive(window, STREAM, status(1.0))
    window.pages.turn(PRACTICE)
    page = window.pages.practice
    page.open(file)
    wait(window, qtbot, lambda: page.practice.lesson is not None)
    page.show_words(0.0)
    wait(window, qtbot, lambda: page.staff.ready)
    turn = page.staff._turn
    assert turn is not None
    shown = turn.shown
    assert len(shown) >= 2
    last_line = page.staff._lines[shown[-1]]
    press(qtbot, window, Qt.Key.Key_Space)
    before = page.staff.grab().toImage()
    pass_group(window, link)
    page.advance(time.monotonic())
    assert page.staff.grab().toImage() != before
    first = lesson_of(page).score.groups[0].notes[0].id
    assert page.staff._marks.heard == {first: "right"}
    groups = lesson_of(page).score.groups
    ids = [group.notes[0].id for group in groups]
    half = next(
        at for at, one in enumerate(ids) if one in last_line.heads and last_line.share(last_line.heads[one].x) >= 0.5
    )
    page.practice.seek(lesson_of(page).score.seconds(groups[half - 8].beat))
    while lesson_of(page).course.group is not groups[half - 1]:
        pass_group(window, link)
    page.advance(time.monotonic())
    assert turn.first == 0
    pass_group(window, link)
    page.advance(time.monotonic())
    assert turn.first == shown[-1]


def test_a_score_without_the_window_s_thread(page: PracticePage, window: MainWindow, qtbot: QtBot, tmp_path: Path):
    """Only what was asked for last is put on, and what was on stays until then."""
    before = lesson_of(page)
    page.open(tmp_path / "one.mid")
    page.open(tmp_path / "two.mid")
    assert page.practice.lesson is before
    wait(window, qtbot, lambda: page.practice.lesson is not before)
    assert page.practice.path == tmp_path / "two.mid"


def test_a_missing_microphone_is_told_over_the_lesson(page: PracticePage, window: MainWindow):
    """As wide as what it lies over, with its button; back on the live stage it lies there."""
    receive(window, Failed(plain(""), 3, ""))
    assert window.banner.isVisible()
    assert window.banner.parentWidget() is page.area
    assert page.area.rect().contains(window.banner.geometry())
    assert page.card.y() > window.banner.geometry().bottom()
    window.pages.turn(LISTEN)
    assert window.banner.parentWidget() is window.stage
    assert window.banner.isVisible()


def test_who_has_no_piece_is_offered_one(window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch):
    """In words and by a button; its file is one of those that come along."""
    read: list[Path] = []
    monkeypatch.setattr(opened_piece, "read_score", lambda path: read.append(path) or without_page(PIECE))
    window.pages.turn(PRACTICE)
    page = window.pages.practice
    assert page.list._words.text() == "Open a MIDI or MusicXML file, or try Minuet in G."
    button(page.list, "Try").click()
    wait(window, qtbot, lambda: page.practice.lesson is not None)
    assert [path.name for path in read] == ["minuet-in-g.musicxml"]


def test_the_keyboard_stays_with_what_is_seen(window: MainWindow, link: FakeLink, qtbot: QtBot, tmp_path: Path):
    """V hides the view that had the keyboard: Space still begins, and presses no button of the panel. The split that
    the player chose is there again with the next piece."""
    file = tmp_path / "lines.musicxml"
    file.write_text(sheet(8))
    window.controller.set_display(practice_view="blocks", practice_split=30)
    receive(window, STREAM, status(1.0))
    window.pages.turn(PRACTICE)
    page = window.pages.practice
    page.open(file)
    wait(window, qtbot, lambda: page.practice.lesson is not None)
    with qtbot.waitActive(window):
        window.activateWindow()
    page.stage.setFocus()
    for shown in (page.staff, page.staff, page.stage):  # staff, both, blocks
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_V)
        assert QApplication.focusWidget() in (shown, page.stage)
        assert shown.isVisible()
        if page.practice.view == "both":
            assert page.views.share == 30
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert lesson_of(page).running
    assert lesson_of(page).choices.hands == "both"
    page.practice.show_view("both")
    page.show_words(0.0)
    qtbot.keyClick(page.views.handle(1), Qt.Key.Key_Down)
    assert window.controller.settings.practice_split == 35
    assert page.views.share == 35
    wait(window, qtbot, lambda: page.staff.ready)
