"""Sheet music by the line: where its notes lie, what Qt gets of it, and when a page turns."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from gui.practice.staff import PageTurn, Place, read_line
from gui.practice.staff_marks import WrongHead
from gui.practice.staff_svg import SVG, for_qt
from realtime.practice.engraving import engrave
from tests.realtime.practice.sheets import sheet

# As verovio draws: 10 units a px, a margin of 100, a staff of two lines, a note, words, and a sign that is hidden.
LINE = """
<svg width="200px" height="100px" xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">
<style>g.placeholder {visibility:hidden}</style>
<svg class="definition-scale" color="black" font-family="Times" viewBox="0 0 2000 1000">
<g class="page-margin" transform="translate(100, 50)"><g class="system">
<g class="pb placeholder"><ellipse cx="1" cy="1" rx="9" ry="9"/></g>
<g class="staff"><path d="M0 200 L1800 200"/><path d="M0 380 L1800 380"/>
<g id="a" class="note"><g class="notehead"><use xlink:href="#E0A4" transform="translate(300, 290) scale(1)"/></g></g>
<g id="b" class="note"><g class="notehead"><use xlink:href="#E0A4" transform="translate(1300, 200)"/></g></g></g>
<g class="tempo"><text x="40" y="10" font-size="0px"><tspan class="rend" font-weight="bold"><tspan font-size="405px">
Allegro</tspan></tspan><tspan font-family="Leipzig">\ueca5</tspan><tspan font-size="405px"> = 100</tspan></text></g>
<g class="dir"><text x="5" y="6" font-size="0px"><tspan><tspan font-size="30px">dolce</tspan></tspan></text></g>
<g class="sound"><text x="5" y="6"><tspan>\ue1d5</tspan></text></g>
<path stroke="currentColor" d="M0 0"/></g></g></svg></svg>
"""


def test_where_the_notes_of_a_line_lie():
    """In px, with the margin; its ends, its staves, and a place of the scale."""
    line = read_line(LINE)
    assert (line.width, line.height) == (200.0, 100.0)
    assert line.heads == {"a": Place(40.0, 34.0), "b": Place(140.0, 25.0)}
    assert (line.top, line.bottom, line.step) == (25.0, 43.0, 9.0)
    assert line.ends == (40.0, 140.0)
    assert [line.share(x) for x in (0.0, 90.0, 140.0, 200.0)] == [0.0, 0.5, 1.0, 1.0]


def test_qt_gets_what_it_can_draw():
    """No svg within an svg, its coordinates on the page; words on one level; nothing hidden, no colour left open."""
    page = ElementTree.fromstring(for_qt(LINE, "#131A26", "Inter"))
    assert page.get("viewBox") == "0 0 2000 1000"
    inner = page.find(f"{SVG}g")
    assert inner is not None
    assert {name: inner.get(name) for name in ("color", "fill", "stroke", "font-family", "viewBox")} == {
        "color": "#131A26",
        "fill": "#131A26",
        "stroke": "#131A26",
        "font-family": "Inter",
        "viewBox": None,
    }
    assert [element for element in page.iter() if element.tag in (f"{SVG}svg", f"{SVG}style", f"{SVG}ellipse")] == [
        page
    ]
    assert [element.get("stroke") for element in page.iter(f"{SVG}path")] == [None, None, "#131A26"]


def test_words_keep_their_look_and_end_at_a_sign_of_notes():
    """Bold as the font says, italic as the class says; the metronome's sign, and what it equals, is left out."""
    page = ElementTree.fromstring(for_qt(LINE, "#131A26", "Inter"))
    words = [
        (span.text.strip(), span.get("font-size"), span.get("font-weight"), span.get("font-style"))
        for text in page.iter(f"{SVG}text")
        for span in text
        if span.text
    ]
    assert words == [("Allegro", "405px", "bold", None), ("dolce", "30px", None, "italic")]
    assert all(len(span) == 0 for span in page.iter(f"{SVG}tspan"))


def test_a_wrong_key_lies_as_many_steps_off():
    """On the scale: a semitone above C is no step, E is two, the C below seven down."""
    assert [WrongHead(pitch, "a", 60).steps for pitch in (61, 64, 48, 59)] == [0, 2, -7, -1]


@pytest.mark.parametrize(
    ("line", "share", "first"),
    [
        (0, 0.9, 0),  # not the last one that is seen
        (1, 0.49, 0),
        (1, 0.5, 1),  # half a line early
        (4, 0.0, 4),  # a jump
        (3, 0.9, 3),
    ],
)
def test_a_page_turns_half_a_line_early(line: int, share: float, first: int):
    """Two of five lines are seen; the line that is played then is the first."""
    turn = PageTurn([100.0, 100.0, 100.0, 100.0, 100.0], 250.0)
    assert turn.shown == range(0, 2)
    assert turn.follow(line, share) == (first != 0)
    assert turn.first == first


def test_the_last_page_stays():
    """There is nothing to turn to."""
    turn = PageTurn([100.0, 100.0, 100.0], 250.0)
    assert turn.follow(1, 0.5)
    assert not turn.follow(2, 1.0)
    assert turn.shown == range(1, 3)


def test_a_line_that_is_too_high_is_seen_alone():
    """And turns only when the next one is reached."""
    turn = PageTurn([300.0, 300.0], 250.0)
    assert turn.shown == range(0, 1)
    assert not turn.follow(0, 0.9)
    assert turn.follow(1, 0.0)


def test_a_line_as_it_is_engraved(tmp_path: Path):
    """A staff at half of verovio's size is 36 px high; C, D, E and F rise by a place of the scale each."""
    file = tmp_path / "piece.musicxml"
    file.write_text(sheet(1))
    line = read_line(engrave(file, 1000, 50)[0])
    assert line.width == 1000.0
    assert line.bottom - line.top == pytest.approx(36.0)
    assert line.step == pytest.approx(4.5)
    heads = sorted(line.heads.values(), key=lambda place: place.x)
    assert [line.bottom - head.y for head in heads] == pytest.approx([-9.0, -4.5, 0.0, 4.5])
