"""Exercises made to order: their notes, their fingers, and the page that they are read from."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from realtime.analysis.key import MAJOR_TONICS, MINOR_TONICS
from realtime.errors import UsageError
from realtime.practice.document import Document
from realtime.practice.exercises import Kind, Order, exercise
from realtime.practice.notation import notated
from realtime.practice.score import Hand, Score
from realtime.practice.sheet import Sheet, Sign, musicxml, pitch_of, score_of, signature

HANDS: tuple[Hand, Hand] = ("right", "left")
BLACK = {1, 3, 6, 8, 10}
KEYS = [(tonic, False) for tonic in MAJOR_TONICS] + [(tonic, True) for tonic in MINOR_TONICS]


@st.composite
def orders(draw: st.DrawFn) -> Order:
    tonic, minor = draw(st.sampled_from(KEYS))
    return Order(
        draw(st.sampled_from(get_args(Kind))),
        tonic,
        minor,
        draw(st.sampled_from(("left", "right", "both"))),
        draw(st.integers(1, 5)),
        draw(st.integers(0, 2**32)),
    )


def steps(score: Score, hand: Hand) -> list[tuple[int, ...]]:
    return [group.pitches for group in score.hand(hand).groups]


def without_ids(score: Score) -> tuple[object, ...]:
    groups = [
        (g.index, round(g.beat, 9), g.bar, [(n.pitch, round(n.length, 9), n.hand) for n in g.notes])
        for g in score.groups
    ]
    return groups, [(bar.number, bar.beat, bar.length) for bar in score.bars], score.title


@given(order=orders())
@settings(max_examples=150, deadline=None)
def test_every_order_is_served(order: Order) -> None:
    """Full bars, keys of the piano, the wanted hands, and the tonic in the end."""
    sheet = exercise(order)
    score = score_of(sheet)
    bar = 4 * sheet.beats / sheet.beat_type
    assert {one.length for one in score.bars} == {bar}
    assert score.title == str(order.name)
    notes = [note for group in score.groups for note in group.notes]
    assert {note.hand for note in notes} == ({"left", "right"} if order.hands == "both" else {order.hands})
    assert all(36 <= note.pitch <= 97 for note in notes)
    assert pitch_of(order.tonic + "4") % 12 in {pitch % 12 for pitch in score.groups[-1].pitches}
    assert exercise(order) == sheet


@given(order=orders())
@settings(max_examples=60, deadline=None)
def test_notes_belong_to_the_key(order: Order) -> None:
    """Its signature, and in minor the leading note; each letter once in a scale."""
    sheet = exercise(order)
    altered = signature(sheet.fifths)
    leading = "ABCDEFG"[("ABCDEFG".index(order.tonic[0]) - 1) % 7]
    for name in {
        name for bar in sheet.bars for staff in bar for voice in staff for sign in voice for name in sign.names
    }:
        alter = name.count("#") - name.count("b")
        raised = order.minor and name[0] == leading
        assert alter - raised == altered.get(name[0], 0)


@given(order=orders())
@settings(max_examples=25, deadline=None)
def test_the_page_holds_the_same_notes(order: Order) -> None:
    """Read again by verovio: accidentals, lengths, hands, tempo and bars."""
    sheet = exercise(order)
    read = notated(Document(musicxml(sheet), "musicxml"), "a.musicxml", "a")
    assert without_ids(read) == without_ids(score_of(sheet))
    assert read.tempos == ((0.0, sheet.tempo),)
    assert read.remarks == ()


@pytest.mark.parametrize(("tonic", "minor"), KEYS)
@pytest.mark.parametrize("hand", HANDS)
def test_fingers_of_scales(tonic: str, minor: bool, hand: Hand) -> None:
    """No thumb on a black key, the fourth finger once an octave, and after a finger the next one, or the thumb under
    the third or fourth, or one of these over it."""
    sheet = exercise(Order("scale", tonic, minor, hand, 3))
    up = [sign for bar in sheet.bars for voice in bar[HANDS.index(hand)] for sign in voice][:15]
    pitches, fingers = [pitch_of(sign.names[0]) for sign in up], [sign.fingers[0] for sign in up]
    assert [after - before for before, after in pairwise(pitches)] == 2 * (
        [2, 1, 2, 2, 1, 3, 1] if minor else [2, 2, 1, 2, 2, 2, 1]
    )
    assert all(pitch % 12 not in BLACK for pitch, finger in zip(pitches, fingers, strict=True) if finger == 1)
    away = 1 if hand == "right" else -1
    for before, after in pairwise(fingers):
        crosses = after == 1 and before in (3, 4) if hand == "right" else before == 1 and after in (3, 4)
        assert after - before == away or crosses
    assert fingers[1:8].count(4) == 1


def test_scales_by_hand() -> None:
    """Well-known ones, both hands."""
    asked: tuple[tuple[str, bool, Hand], ...] = (
        *(("C", False, "right"), ("C", False, "left")),
        *(("Bb", False, "right"), ("B", True, "left")),
    )
    fingers = {
        (tonic, minor, hand): [
            sign.fingers[0]
            for bar in exercise(Order("scale", tonic, minor, hand, 1)).bars
            for voice in bar[HANDS.index(hand)]
            for sign in voice
        ]
        for tonic, minor, hand in asked
    }
    assert fingers["C", False, "right"] == [1, 2, 3, 1, 2, 3, 4, 5, 4, 3, 2, 1, 3, 2, 1]
    assert fingers["C", False, "left"] == [5, 4, 3, 2, 1, 3, 2, 1, 2, 3, 1, 2, 3, 4, 5]
    assert fingers["Bb", False, "right"] == [4, 1, 2, 3, 1, 2, 3, 4, 3, 2, 1, 3, 2, 1, 4]
    assert fingers["B", True, "left"] == [4, 3, 2, 1, 4, 3, 2, 1, 2, 3, 4, 1, 2, 3, 4]
    score = score_of(exercise(Order("scale", "E", True, "both", 1)))
    assert steps(score, "right")[:8] == [(64,), (66,), (67,), (69,), (71,), (72,), (75,), (76,)]
    assert steps(score, "left")[:8] == [(52,), (54,), (55,), (57,), (59,), (60,), (63,), (64,)]
    assert [group.beat for group in score.groups] == [*map(float, range(15))]
    assert score.groups[-1].notes[0].length == 2.0


def test_cadences_and_arpeggios_by_hand() -> None:
    """Chords that move little; the dominant has its seventh and, in minor, its leading note."""
    cadence = score_of(exercise(Order("cadence", "A", True, "both", 2)))
    assert steps(cadence, "right") == [(57, 60, 64), (57, 62, 65), (56, 62, 64), (57, 60, 64)]
    assert steps(cadence, "left") == [(45,), (50,), (40,), (45,)]
    assert [group.beat for group in cadence.groups] == [0.0, 2.0, 4.0, 6.0]
    arpeggio = score_of(exercise(Order("arpeggio", "F", False, "right", 1)))
    assert steps(arpeggio, "right") == [(65,), (69,), (72,), (77,), (72,), (69,), (65,)]


def test_difficulty_and_seed_make_a_difference() -> None:
    """More notes a quarter, and other pieces to read."""
    notes = [len(s.groups) / s.end for s in (score_of(exercise(Order("scale", difficulty=d))) for d in (1, 3, 5))]
    assert notes == sorted(set(notes))
    pieces = {musicxml(exercise(Order("sight-reading", "D", seed=seed, difficulty=3))) for seed in range(20)}
    assert len(pieces) == 20


@pytest.mark.parametrize("difficulty", range(1, 6))
def test_pieces_to_read_stay_within_reach(difficulty: int) -> None:
    """Five fingers at first; steps that the level allows, but for the first note of a bar."""
    highest, widest = (4, 4, 7, 8, 9)[difficulty - 1], (1, 2, 3, 4, 5)[difficulty - 1]
    for seed in range(30):
        sheet = exercise(Order("sight-reading", "C", False, "right", difficulty, seed))
        for bar in sheet.bars:
            places = ["CDEFGAB".index(sign.names[0][0]) + 7 * int(sign.names[0][-1]) - 28 for sign in bar[0][0]]
            assert all(0 <= place <= highest for place in places)
            assert all(0 < abs(after - before) <= widest for before, after in pairwise(places))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"tonic": "Cb"}, r"no key of Cb here. Choose one of C, Db, D"),
        ({"tonic": "Ab", "minor": True}, r"no key of Ab here. Choose one of C, C#, D"),
        ({"difficulty": 6}, "between 1 and 5"),
        ({"difficulty": 0}, "between 1 and 5"),
    ],
)
def test_what_there_is_not(change: dict[str, object], sentence: str) -> None:
    """One sentence."""
    with pytest.raises(UsageError, match=sentence):
        replace(Order("scale"), **change)  # type: ignore[arg-type]


def sheet(*signs: Sign, beats: int = 4, beat_type: int = 4) -> Sheet:
    """One bar, the left hand rests."""
    rest = (Sign((), sum((sign.quarters for sign in signs), Fraction(0))),)
    return Sheet("A", 0, False, beats, beat_type, 90.0, (((signs,), (rest,)),))


def test_beams_and_accidentals_by_hand() -> None:
    """Eighths by half a bar, mixed values by the beat; a sharp is shown once a bar and taken back by a natural."""
    e, s, q = Fraction(1, 2), Fraction(1, 4), Fraction(1)
    text = musicxml(
        sheet(
            Sign(("F#4",), e),
            Sign(("F#4",), s),
            Sign(("F4",), s),
            Sign(("F#5",), q),
            Sign(("G4",), e),
            Sign(("A4",), e),
            Sign((), q),
        )
    )
    beams = re.findall(r'<beam number="(\d)">(.*?)</beam>', text)
    assert beams == [
        *[("1", "begin"), ("1", "continue"), ("2", "begin"), ("1", "end"), ("2", "end")],
        *[("1", "begin"), ("1", "end")],
    ]
    assert re.findall(r"<accidental>(.*?)</accidental>", text) == ["sharp", "natural", "sharp"]
    eighths = musicxml(sheet(*[Sign(("C5",), e)] * 8))
    assert re.findall(r"<beam number=\"1\">(.*?)</beam>", eighths) == ["begin", "continue", "continue", "end"] * 2
    assert 'rest measure="yes"' in eighths
    dotted = musicxml(sheet(Sign(("C5",), Fraction(3, 4)), Sign(("C5",), s), Sign(("C5",), Fraction(3))))
    assert re.findall(r"<beam number=\"2\">(.*?)</beam>", dotted) == ["backward hook"]


def test_what_no_sign_lasts() -> None:
    """A mistake of ours."""
    with pytest.raises(ValueError, match="no sign lasts"):
        musicxml(sheet(Sign(("C5",), Fraction(5, 4)), Sign(("C5",), Fraction(1))))
    with pytest.raises(ValueError, match="voices of a bar"):
        score_of(Sheet("A", 0, False, 4, 4, 90.0, (((((Sign(("C5",), Fraction(4)),)),), ((Sign((), Fraction(3)),),)),)))
