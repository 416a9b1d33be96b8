"""A piece to practise: its times, its hands and its parts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from realtime.errors import UsageError
from realtime.practice.score import Bar, Group, Moment, Score, ScoreNote, joined

UPBEAT = ScoreNote(67, 0.0, 1.0, "right")
CHORD = (ScoreNote(48, 1.0, 4.0, "left"), ScoreNote(64, 1.0, 2.0, "right"), ScoreNote(72, 1.0, 2.0, "right"))
GRACE = ScoreNote(71, 2.9, 0.1, "right", optional=True)
MELODY = (GRACE, ScoreNote(72, 3.0, 2.0, "right"))
FIRST_TIME, SECOND_TIME = ScoreNote(50, 5.0, 4.0, "left"), ScoreNote(52, 13.0, 4.0, "left")
# An upbeat, bar 1, bar 2 as first ending, bar 1 again, bar 3 as second ending.
PIECE = Score(
    "Piece",
    joined(
        [
            Moment(0.0, 0, (UPBEAT,)),
            Moment(1.0, 1, CHORD),
            Moment(2.9, 1, (GRACE,)),
            Moment(3.0, 1, MELODY[1:]),
            Moment(5.0, 2, (FIRST_TIME,)),
            Moment(9.0, 1, tuple(replace(note, beat=9.0) for note in CHORD)),
            Moment(13.0, 3, (SECOND_TIME,)),
        ]
    ),
    (Bar(0, 0.0, 1.0), Bar(1, 1.0, 4.0), Bar(2, 5.0, 4.0), Bar(1, 9.0, 4.0), Bar(3, 13.0, 4.0)),
    ((0.0, 60.0), (5.0, 120.0)),
)


def test_groups_have_required_notes_and_keep_the_optional_ones() -> None:
    """A grace note stands in the group that it leads to."""
    assert [(group.index, group.beat, group.bar, group.pitches) for group in PIECE.groups] == [
        (0, 0.0, 0, (67,)),
        (1, 1.0, 1, (48, 64, 72)),
        (2, 3.0, 1, (72,)),
        (3, 5.0, 2, (50,)),
        (4, 9.0, 1, (48, 64, 72)),
        (5, 13.0, 3, (52,)),
    ]
    assert PIECE.groups[2].notes == MELODY


def test_optional_notes_at_the_end_stay_with_the_last_group() -> None:
    """Grace notes after the last note."""
    late = ScoreNote(60, 20.0, 0.1, "left", optional=True)
    assert joined([Moment(13.0, 3, (SECOND_TIME,)), Moment(20.0, 3, (late,))]) == (
        Group(0, 13.0, 3, (SECOND_TIME, late)),
    )
    assert joined([Moment(20.0, 3, (late,))]) == ()


def test_seconds_at_hand_written_beats() -> None:
    """A second a quarter up to beat 5, half a second from there."""
    assert [PIECE.seconds(beat) for beat in (-1.0, 0.0, 2.5, 5.0, 6.0, 17.0)] == [-1.0, 0.0, 2.5, 5.0, 5.5, 11.0]
    assert [PIECE.beat(time) for time in (-1.0, 0.0, 2.5, 5.0, 5.5, 11.0)] == [-1.0, 0.0, 2.5, 5.0, 6.0, 17.0]
    assert (PIECE.begin, PIECE.end, PIECE.duration) == (0.0, 17.0, 11.0)
    late = replace(PIECE, tempos=((4.0, 30.0), (5.0, 60.0)))
    assert [late.seconds(beat) for beat in (0.0, 4.0, 5.0, 6.0)] == [0.0, 8.0, 10.0, 11.0]


@given(
    steps=st.lists(st.tuples(st.floats(0.25, 16), st.floats(10, 400)), min_size=1, max_size=8),
    beat=st.floats(-4, 200),
)
def test_beat_is_the_inverse_of_seconds(steps: list[tuple[float, float]], beat: float) -> None:
    """Whatever the tempo does."""
    tempos, at = [], 0.0
    for step, tempo in steps:
        tempos.append((at, tempo))
        at += step
    score = replace(PIECE, tempos=tuple(tempos))
    assert score.beat(score.seconds(beat)) == pytest.approx(beat, abs=1e-9 * (1 + abs(beat)))


def test_one_hand() -> None:
    """Its notes alone, in groups of their own."""
    left = PIECE.hand("left")
    assert [(group.index, group.beat, group.notes) for group in left.groups] == [
        (0, 1.0, CHORD[:1]),
        (1, 5.0, (FIRST_TIME,)),
        (2, 9.0, (replace(CHORD[0], beat=9.0),)),
        (3, 13.0, (SECOND_TIME,)),
    ]
    assert (left.bars, left.tempos, left.title) == (PIECE.bars, PIECE.tempos, "Piece")
    assert PIECE.hand("both") is PIECE
    assert [group.index for group in PIECE.hand("right").groups] == [0, 1, 2, 3]
    with pytest.raises(UsageError, match="Piece has no notes for the right hand"):
        left.hand("right")


@pytest.mark.parametrize(
    ("first", "last", "bars", "beats"),
    [
        (1, 2, (1, 2), [1.0, 3.0, 5.0]),
        (1, 3, (3, 4), [9.0, 13.0]),  # the pass that leads on, not the one before the first ending
        (0, 0, (0, 0), [0.0]),
        (2, 1, (2, 3), [5.0, 9.0]),  # as they follow each other
        (3, 3, (4, 4), [13.0]),
    ],
)
def test_a_part(first: int, last: int, bars: tuple[int, int], beats: list[float]) -> None:
    """By printed numbers; its beats are those of the piece."""
    part = PIECE.between(first, last)
    assert part.bars == PIECE.bars[bars[0] : bars[1] + 1]
    assert [group.beat for group in part.groups] == beats
    assert [group.index for group in part.groups] == list(range(len(beats)))
    assert (part.begin, part.end) == (part.bars[0].beat, part.bars[-1].end)
    assert part.duration == PIECE.seconds(part.end) - PIECE.seconds(part.begin)


@pytest.mark.parametrize(("first", "last"), [(3, 4), (-1, 1), (3, 1)])
def test_bars_that_are_not_there(first: int, last: int) -> None:
    """Said with those that are."""
    sentence = f"Piece has bars 0 to 3. Bars {first} to {last} are not among them."
    with pytest.raises(UsageError, match=sentence):
        PIECE.between(first, last)


def test_a_part_without_notes() -> None:
    """Rests are no practice."""
    with pytest.raises(UsageError, match="There is nothing to play in bars 0 to 0 of Piece"):
        PIECE.hand("left").between(0, 0)


def test_the_bar_of_a_beat() -> None:
    """From its first beat on; the first and the last one beyond."""
    assert [PIECE.bar_at(beat) for beat in (-1.0, 0.0, 0.99, 1.0, 8.99, 9.0, 99.0)] == [
        PIECE.bars[index] for index in (0, 0, 0, 1, 2, 3, 4)
    ]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"groups": ()}, "at least one group"),
        ({"bars": ()}, "one bar"),
        ({"tempos": ()}, "one tempo"),
        ({"tempos": ((0.0, 0.0),)}, "is none"),
        ({"tempos": ((0.0, float("nan")),)}, "is none"),
        ({"tempos": ((0.0, 60.0), (0.0, 80.0))}, "tempos do not rise"),
        ({"bars": PIECE.bars[::-1]}, "bars do not rise"),
        ({"groups": PIECE.groups[1:]}, "numbered from 0"),
        ({"groups": (PIECE.groups[0], replace(PIECE.groups[0], index=1))}, "groups do not rise"),
    ],
)
def test_what_is_no_score(change: dict[str, object], why: str) -> None:
    """A reader's mistake, not a player's."""
    with pytest.raises(ValueError, match=why):
        replace(PIECE, **change)


def test_a_group_has_something_to_play() -> None:
    """Grace notes alone are no step of wait mode."""
    with pytest.raises(ValueError, match="required"):
        Group(0, 2.9, 1, (GRACE,))
