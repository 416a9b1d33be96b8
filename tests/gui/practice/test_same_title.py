"""Two pieces of one title are two pieces: a file that was corrected, and what was known before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from gui.practice.lesson import Lesson
from gui.practice.next_loops import NextLoop, next_loops
from gui.practice.piece_rows import rows_of
from gui.practice.places import place_of
from gui.practice.today_words import history_words
from realtime.practice.progress import History, Suggestion
from realtime.practice.runs import piece_id
from tests.gui.practice.pieces import PIECE


def test_the_history_and_the_loop_are_of_the_present_version(tmp_path: Path) -> None:
    """The older one, of the same title, is told of nowhere, though it was practised more."""
    loop = Suggestion(1, 2, "left", 0.5)
    old = History(PIECE.title, 40, 6000.0, date(2026, 12, 1), 1.0, (), Suggestion(9, 10, "both", 1.0))
    new = History(PIECE.title, 2, 120.0, date(2026, 12, 2), 0.0, (), loop)
    place = place_of(tmp_path / "tune.musicxml", Lesson(PIECE, lambda _wanted: None))
    later_used = replace(place, path="/other.musicxml", piece="other")
    histories = {"old": old, piece_id(PIECE): new}
    assert next_loops(histories, (place, later_used)) == (NextLoop(PIECE.title, tmp_path / "tune.musicxml", loop),)
    (row, other) = rows_of((place, later_used), (), (), histories)
    assert row.more.endswith(history_words(new))
    assert other.more == "bar 1 last time"
