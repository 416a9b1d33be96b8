"""Follow mode: verdicts at the player's own tempo."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from realtime.events import NoteOn
from realtime.notes import NoteTable
from realtime.practice.follow_mode import FollowMode
from realtime.practice.marking import mark
from realtime.practice.score import Bar, Moment, Score, ScoreNote, joined
from realtime.practice.verdicts import Marked, Missed, Position
from realtime.transcription.expected import Expect, Heard

TUNE = (60, 62, 64, 65, 67, 64, 60, 67, 69, 71, 72, 71, 69, 65, 62, 59)
SCORE = Score(
    "Tune",
    joined(Moment(float(i), 1 + i // 4, (ScoreNote(pitch, float(i), 1.0, "right"),)) for i, pitch in enumerate(TUNE)),
    tuple(Bar(1 + i, 4.0 * i, 4.0) for i in range(4)),
    ((0.0, 120.0),),
)


def notes(*indices: int, beat_s: float = 0.5, begin_s: float = 1.0) -> list[NoteOn]:
    return [NoteOn(begin_s + beat_s * i, begin_s + beat_s * i, TUNE[i], 70, 0.9) for i in indices]


def told(played: list[NoteOn], asks: bool = False) -> list[object]:
    """All that is told, the clock going on by 10 ms."""
    mode = FollowMode(SCORE, asks=asks)
    found: list[object] = [*mode.begin(0.0)]
    waiting = [*played]
    end_s = played[-1].time + 2.0
    for step in range(round(end_s * 100)):
        while waiting and waiting[0].emitted <= step / 100:
            found += mode.observe(waiting.pop(0))
        found += mode.advance(step / 100)
    return [*found, *mode.finish(end_s)]


@given(beat_s=st.floats(0.25, 1.2))
@settings(deadline=None, max_examples=10)
def test_perfect_playing_at_any_tempo_is_right(beat_s: float) -> None:
    """Each note with the place where the player is."""
    played = notes(*range(16), beat_s=beat_s)
    assert told(played) == [
        one
        for i, note in enumerate(played)
        for one in (Position(float(i), 1 + i // 4), Marked(TUNE[i], note.time, "right", None, i, 1 + i // 4))
    ]


@given(at=st.integers(2, 13))
@settings(deadline=None, max_examples=12)
def test_what_is_left_out_is_missed_and_nothing_else(at: int) -> None:
    """One note."""
    found = told(notes(*(i for i in range(16) if i != at)))
    assert [one for one in found if isinstance(one, Missed)] == [Missed(at, 1 + at // 4, (TUNE[at],))]
    assert [one.group for one in found if isinstance(one, Marked)] == [i for i in range(16) if i != at]


def test_a_wrong_key_stands_in_the_place_of_the_right_one() -> None:
    """A semitone too high: wrong, and not missed; far from it: extra and missed."""
    played = notes(*range(16))
    slip = [*played[:5], NoteOn(3.5, 3.5, 63, 70, 0.9), *played[6:]]
    found = told(slip)
    assert Marked(63, 3.5, "wrong", None, 5, 2) in found
    assert not [one for one in found if isinstance(one, Missed)]
    far = [*played[:5], NoteOn(3.5, 3.5, 101, 70, 0.9), *played[6:]]
    assert [one for one in told(far) if isinstance(one, Missed)] == [Missed(5, 2, (64,))]


def test_a_jump_back_misses_nothing() -> None:
    """Bars 1 and 2, a pause, bar 1 again and on to the end."""
    played = [*notes(*range(8)), *notes(*range(16), begin_s=7.0)]
    found = told(played)
    assert not [one for one in found if isinstance(one, Missed)]
    groups = [one.group for one in found if isinstance(one, Marked) and one.verdict == "right"]
    assert groups[:8] == [*range(8)]
    assert groups[-14:] == [*range(2, 16)]


def test_what_was_not_heard_is_asked_for_when_it_is_passed() -> None:
    """170 ms after the next one; an answer makes it right, one of the time after that does not."""
    mode = FollowMode(SCORE)
    for note in notes(0, 1, 2, 4):
        mode.advance(note.time)
        mode.observe(note)
    assert mode.advance(3.16) == []
    (question,) = mode.advance(3.18)
    assert question == Expect(3, (65,), (62, 64, 67), 2.0)
    assert mode.observe(Heard(65, 3.4, 3.5, weak=True)) == []
    assert mode.observe(Heard(65, 2.5, 3.2, weak=True)) == [Marked(65, 2.5, "right", None, 3, 1)]
    assert [one for one in mode.advance(9.0) if isinstance(one, Missed)] == []


def take(times: list[float]) -> NoteTable:
    return NoteTable.build(times, [time + 0.3 for time in times], TUNE[: len(times)], [70] * len(times))


def test_early_and_late_are_said_against_the_players_own_tempo() -> None:
    """One note 120 ms late in playing that slows down evenly; the others are in time."""
    times, now_s = [], 1.0
    for index in range(16):
        times.append(now_s + (0.12 if index == 8 else 0.0))
        now_s += 0.5 + 0.002 * index
    found = [one for one in mark(take(times), SCORE) if isinstance(one, Marked)]
    assert [one.group for one in found if one.verdict == "late"] == [8]
    assert [one.verdict for one in found if one.group != 8] == ["right"] * 15
    assert 110 < (found[8].ms or 0) < 130


def test_a_take_of_three_notes_has_no_tempo() -> None:
    """They are right all the same."""
    assert [(one.verdict, one.ms) for one in mark(take([1.0, 1.5, 2.0]), SCORE) if isinstance(one, Marked)] == [
        ("right", None)
    ] * 3
