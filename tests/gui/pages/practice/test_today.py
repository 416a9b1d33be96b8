"""What was practised, as its page shows it: today beside the pieces, the history of a piece beside its lesson."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from gui.pages.main_window import MainWindow
from gui.pages.practice.practice_page import PracticePage
from gui.practice import opened_piece
from gui.widgets.tabs import PRACTICE
from realtime.practice.runs import STARTED, BarRow, Run, RunResult, keep, piece_id, read_runs
from tests.gui.pages.practice.test_practice_page import button, lesson_of, wait
from tests.gui.pages.test_main_window import receive
from tests.gui.practice.pieces import PIECE, without_page
from tests.gui.state.test_session import STREAM, status

SCORE = without_page(PIECE)
NOON = datetime.now().replace(hour=12, minute=0, second=0, microsecond=0)
RESULT = RunResult(right=6, missed=2, extra=0, early_late=0, wrong=0, bias_ms=0.0, spread_ms=0.0)
BARS = (
    BarRow(1, "left", right=2),
    BarRow(1, "right", right=4),
    BarRow(2, "left", right=0, missed=2),
    BarRow(2, "right", right=4),
)
RUN = Run(
    piece_id(SCORE),
    SCORE.title,
    NOON.strftime(STARTED),
    420.0,
    mode="play",
    hands="both",
    first_bar=1,
    last_bar=2,
    tempo=0.8,
    clean_tempo=0.6,
    result=RESULT,
    bars=BARS,
)


@pytest.fixture
def page(window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> PracticePage:
    """The list of pieces; one was practised yesterday and twice today, and its left hand misses the second bar."""
    monkeypatch.setattr(opened_piece, "read_score", lambda _path: SCORE)
    runs, recent = tmp_path / "runs", tmp_path / "recent.json"
    for started in (NOON - timedelta(days=1), NOON, NOON + timedelta(minutes=9)):
        keep(replace(RUN, started=started.strftime(STARTED)), runs)
    place = {"path": str(tmp_path / "piece.mid"), "title": SCORE.title, "bar": 1, "piece": piece_id(SCORE)}
    recent.write_text(json.dumps({"version": 1, "places": [place]}))
    window.pages.practised = runs, recent
    window.controller.set_display(practice_view="blocks")
    receive(window, STREAM, status(1.0))
    window.pages.turn(PRACTICE)
    return window.pages.practice


def test_today_stands_beside_the_pieces(page: PracticePage, window: MainWindow, qtbot: QtBot):
    """Minutes, the days in a row, the piece with its share; the loop is put on by its button, at its tempo."""
    wait(window, qtbot, lambda: page.practice.past.practised is not None)
    today = page.list.today
    assert today.isVisible()
    assert today.minutes.text() == "14 min"
    assert today._streak.word == "2 days in a row"
    assert [word.text() for word in today._pieces.findChildren(type(today.minutes))] == [
        "Two bars",
        "2 runs, 14 min · 83 % right · clean at 60 %",
    ]
    assert page.practice.rows[0].more == "bar 1 last time · 3 runs, 21 min · clean at 60 %"
    button(today, "Two bars: Bars 1–2, left hand alone, 70 %").click()  # noqa: RUF001
    wait(window, qtbot, lambda: page.practice.lesson is not None)
    choices = lesson_of(page).choices
    assert (choices.mode, choices.hands, choices.tempo) == ("wait", "left", 70)
    assert (choices.first_bar, choices.last_bar, choices.looping) == (1, 2, True)


def test_a_lesson_shows_the_history_of_its_piece(page: PracticePage, window: MainWindow, qtbot: QtBot, tmp_path: Path):
    """The share of each bar; a click on a column goes there. Who is followed is not, in a loop."""
    page.open(tmp_path / "piece.mid")
    wait(window, qtbot, lambda: page.practice.lesson is not None and page.practice.past.history is not None)
    bars = page.panel.bars
    assert bars.isVisible()
    assert page.panel._known.text() == "3 runs, 21 min · clean at 60 %"
    assert bars.accessibleDescription() == "Bar 2: 67 % right"
    qtbot.mouseClick(bars, Qt.MouseButton.LeftButton, pos=QPoint(10 + 24 + 12, 30))
    assert lesson_of(page).bar.number == 2
    qtbot.mouseClick(bars, Qt.MouseButton.LeftButton, pos=QPoint(10 + 2 * 24 + 1, 30))
    assert lesson_of(page).bar.number == 2
    page.practice.choose(mode="follow")
    page.panel.next.click()
    assert (lesson_of(page).choices.mode, lesson_of(page).choices.looping) == ("play", True)


def test_nothing_is_said_before_the_first_run(window: MainWindow, qtbot: QtBot):
    """The list has the whole width."""
    window.pages.turn(PRACTICE)
    page = window.pages.practice
    wait(window, qtbot, lambda: page.practice.past.practised is not None)
    assert not page.list.today.isVisible()
    assert not read_runs(page.practice.past._folder)
    assert not page.list.today.findChildren(QAbstractButton)
