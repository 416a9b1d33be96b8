"""The report against the score: each bar has its mark and its faults, and the page speaks the language it is given."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

from gui import translation
from realtime.practice.page.marks_page import marks_page
from realtime.practice.page.pictures import times_picture
from realtime.practice.page.rows import bar_marks
from realtime.practice.progress import Suggestion
from realtime.practice.takes.judging import Judged
from realtime.practice.verdicts import BarTally, Marked, Missed
from tests.gui.practice.pieces import C3, C4, D4, E4, G3, G4, PIECE

TOLD = [
    Marked(C3, 0.0, "right", 0.0, 0, 1),
    Marked(C4, 0.0, "late", 81.4, 0, 1),
    Marked(D4, 1.0, "early", -60.0, 1, 1),
    Missed(3, 2, (G3, G4)),
    Marked(E4, 3.1, "extra", None, 3, 2),
    Marked(66, 4.0, "wrong", None, 4, 2),
]


def test_each_bar_has_its_counts_and_faults() -> None:
    """By hand; what was missed weighs most, and a bar of which nothing is known has no mark."""
    first, second, third = bar_marks((1, 2, 1, 3), TOLD)
    assert first.tally == BarTally(right=1, early=1, late=1)
    assert second.tally == BarTally(wrong=1, extra=1, missed=2)
    assert [bar.kind for bar in (first, second, third)] == ["late", "missed", ""]
    faults = [
        {kind: [str(said) for said in of_kind] for kind, of_kind in bar.faults.items()} for bar in (first, second)
    ]
    assert faults == [
        {"late": ["C4 by 81 ms"], "early": ["D4 by 60 ms"]},
        {"missed": ["G3", "G4"], "extra": ["E4"], "wrong": ["F#4"]},
    ]
    kinds = [bar_marks((1,), told)[0].kind for told in (TOLD[:1], [TOLD[2]], [TOLD[1], TOLD[5]])]
    assert kinds == ["right", "early", "late"]


def test_notes_lie_where_they_are_due_and_early_above_late() -> None:
    """A dot for each note that has a time; none where nothing has one."""
    drawn = times_picture(PIECE, TOLD, 50.0, "times")
    assert drawn is not None
    dots = {
        kind: (float(x), float(y))
        for x, y, kind in re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)" .*? class="(\w+)"', drawn)
    }
    assert dots["early"][1] < dots["right"][1] < dots["late"][1]
    assert dots["right"][0] == dots["late"][0] < dots["early"][0]
    assert times_picture(PIECE, TOLD[3:], 50.0, "times") is None


class Words(HTMLParser):
    """The text of a page, and that all its elements are closed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in ("meta", "rect", "path", "circle"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in ("rect", "path", "circle"):
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if data.strip() and self.open[-1] != "style":
            self.texts.append(data.strip())


def test_the_page_says_it_all() -> None:
    """In English, and nothing comes from elsewhere."""
    page = marks_page(Judged("notes", PIECE, TOLD, 50.0), Suggestion(1, 2, "left", 0.7))
    found = Words(page)
    assert found.open == []
    assert "3 of 6 keys right · 2 missed · 1 wrong · 1 extra · 2 early or late" in found.texts
    assert "Bars 1–2, left hand alone, 70 %" in found.texts  # noqa: RUF001
    table = ["1", "3 of 3", "D4 by 60 ms", "C4 by 81 ms", "2", "0 of 3", "G3, G4", "F#4", "E4"]
    assert found.texts[-len(table) - 2 : -2] == table
    assert "http" not in page
    empty = Words(marks_page(Judged("run", replace(PIECE, title="<b>&"), [], 50.0), None))
    assert "<b>&" in empty.texts
    assert "What was not right" not in empty.texts


def test_the_page_speaks_german() -> None:
    """All but the notes and the title."""
    translation.use("de")
    try:
        page = marks_page(Judged("sound", PIECE, TOLD, 50.0), None, translation.tr, "de")
    finally:
        translation.use("en")
    found = Words(page)
    assert '<html lang="de">' in page
    assert "3 von 6 Tasten richtig · 2 nicht gehört · 1 falsch · 1 zusätzlich · 2 zu früh oder zu spät" in found.texts
    assert not {"Bar", "Keys", "Missed", "Try next", "right"} & {*found.texts}
