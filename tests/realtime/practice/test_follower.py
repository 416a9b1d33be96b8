"""The follower on performances that are known: exact where there is no doubt, and soon right again where there was."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from realtime.practice.follower import Follower
from realtime.practice.places import Places
from realtime.practice.score import Bar, Moment, Score, ScoreNote, joined

BAR = 4.0
# A tune of eight bars in which no bar is like another, and chords under it.
TUNE = [60, 62, 64, 65, 67, 64, 60, 67, 69, 71, 72, 71, 69, 65, 62, 59, 60, 64, 67, 72, 76, 74, 71, 67]
TUNE += [65, 69, 72, 77, 76, 72, 67, 64]
ROOTS = [48, 43, 45, 41, 48, 50, 53, 43]
NOTES = [(float(beat), pitch) for beat, pitch in enumerate(TUNE)]
NOTES += [(4.0 * bar, root + step) for bar, root in enumerate(ROOTS) for step in (0, 7)]
NOTES.sort()
ONSETS, PITCHES = [beat for beat, _ in NOTES], [pitch for _, pitch in NOTES]
BARS = [BAR * bar for bar in range(8)]
FIRST = {beat: ONSETS.index(beat) for beat in ONSETS}


def follower(beat_s: float = 0.5) -> Follower:
    return Follower(ONSETS, PITCHES, BARS, beat_s)


def followed(one: Follower, notes: list[tuple[float, int]]) -> list[tuple[int | None, float]]:
    """What each note is, and the beat after it. notes: (time in s, pitch)."""
    return [(one.push(time_s, pitch), one.beat) for time_s, pitch in notes]


def perfect(beat_s: float, begin_s: float = 3.0) -> list[tuple[float, int]]:
    return [(begin_s + beat_s * beat, pitch) for beat, pitch in NOTES]


@given(beat_s=st.floats(0.2, 1.5), told_s=st.floats(0.7, 1.5))
@settings(deadline=None, max_examples=20)
def test_perfect_playing_is_followed_exactly_at_any_tempo(beat_s: float, told_s: float) -> None:
    """Also when the tempo that it begins with is wrong by nearly a half, and so is the tempo at the end."""
    one = follower(beat_s * told_s)
    assert followed(one, perfect(beat_s)) == [(index, beat) for index, (beat, _) in enumerate(NOTES)]
    assert one.beat_s == pytest.approx(beat_s, rel=0.02)


def test_a_place_has_its_tempo_by_hand() -> None:
    """One step of a beat, played in .6 s at .5 s a beat: the tempo moves by .35 of the difference."""
    one = follower()
    followed(one, [(0.0, 48), (0.0, 55), (0.0, 60), (0.6, 62)])
    assert one.beat_s == pytest.approx(0.5 + 0.35 * 0.1)


@given(spread=st.lists(st.floats(-0.03, 0.03), min_size=len(NOTES), max_size=len(NOTES)))
@settings(deadline=None, max_examples=20)
def test_hands_that_are_not_together_are_followed(spread: list[float]) -> None:
    """Each note up to 30 ms off: every note is found, and the beat is never off by more than one."""
    played = sorted((0.5 * beat + off, index) for index, ((beat, _), off) in enumerate(zip(NOTES, spread, strict=True)))
    found = followed(follower(), [(time_s, PITCHES[index]) for time_s, index in played])
    assert [index for index, _ in found] == [index for _, index in played]
    assert all(abs(beat - ONSETS[index]) <= 1 for (_, beat), (_, index) in zip(found, played, strict=True))


def test_another_tempo_in_the_middle_is_followed() -> None:
    """Twice as fast from bar 5 on, then half of the first tempo."""
    beat_s = {0: 0.5, 1: 0.25, 2: 1.0}
    times, now_s = {}, 0.0
    for beat in range(32):
        times[float(beat)] = now_s
        now_s += beat_s[0 if beat < 16 else 1 if beat < 24 else 2]
    one = follower()
    assert followed(one, [(times[beat], pitch) for beat, pitch in NOTES]) == [
        (index, beat) for index, (beat, _) in enumerate(NOTES)
    ]


@given(pitch=st.integers(21, 108), at=st.integers(5, len(NOTES) - 2))
@settings(deadline=None, max_examples=40)
def test_one_more_note_changes_nothing_afterwards(pitch: int, at: int) -> None:
    """It is none of the score's, unless it is one that is written near; two notes later all is as before."""
    played = perfect(0.5)
    extra = (played[at][0] + 0.2, pitch)
    one = follower()
    found = followed(one, [*played[: at + 1], extra, *played[at + 1 :]])
    truth = [(index, beat) for index, (beat, _) in enumerate(NOTES)]
    assert found[: at + 1] == truth[: at + 1]
    late = [index for index, _ in found[at + 4 :]]
    assert [beat for _, beat in found[at + 4 :]] == [beat for _, beat in truth[at + 3 :]]
    if found[at + 1][0] is None:
        assert late == [index for index, _ in truth[at + 3 :]]


@given(at=st.integers(3, len(NOTES) - 4), slip=st.sampled_from([-2, -1, 1, 2]))
@settings(deadline=None, max_examples=40)
def test_a_wrong_or_a_missing_note_is_walked_past(at: int, slip: int) -> None:
    """The notes from the second after it on are right."""
    played = perfect(0.5)
    missing = [*played[:at], *played[at + 1 :]]
    wrong = [*played[:at], (played[at][0], played[at][1] + slip), *played[at + 1 :]]
    beats = ONSETS[at + 2 :]
    assert [beat for _, beat in followed(follower(), missing)][at + 1 :] == beats
    assert [beat for _, beat in followed(follower(), wrong)][at + 2 :] == beats


@given(source=st.integers(3, 31), bar=st.integers(0, 6), pause_s=st.floats(1.2, 20.0))
@settings(deadline=None, max_examples=40)
def test_after_a_pause_any_bar_may_follow(source: int, bar: int, pause_s: float) -> None:
    """Stopped after any beat and gone on at any bar line: from the third beat on every note is right."""
    before = [(0.5 * beat, pitch, index) for index, (beat, pitch) in enumerate(NOTES) if beat <= source]
    begin = BAR * bar
    after = [
        (0.5 * (source + beat - begin) + pause_s, pitch, index)
        for index, (beat, pitch) in enumerate(NOTES)
        if begin <= beat < begin + 8
    ]
    found = followed(follower(), [(time_s, pitch) for time_s, pitch, _ in [*before, *after]])
    late = [position for position, (_, _, index) in enumerate(after) if ONSETS[index] >= begin + 2]
    assert [found[len(before) + position] for position in late] == [
        (after[position][2], ONSETS[after[position][2]]) for position in late
    ]


def test_a_note_of_another_octave_is_no_written_note() -> None:
    """The piece an octave higher: nothing is right."""
    notes = [(time_s, pitch + 36) for time_s, pitch in perfect(0.5)]
    assert [index for index, _ in followed(follower(), notes) if index is not None] == []


def test_a_repeated_note_is_struck_as_often_as_it_is_written() -> None:
    """Four times the same key, then another one."""
    one = Follower([0, 1, 2, 3, 4], [60, 60, 60, 60, 62], [0, 4])
    assert followed(one, [(0.5 * beat, 60 if beat < 4 else 62) for beat in range(5)]) == [
        (beat, float(beat)) for beat in range(5)
    ]


def test_what_is_open_at_a_place() -> None:
    """A chord of which one note was left out; it may be taken once."""
    one = follower()
    followed(one, [(0.0, 48), (0.0, 60), (0.5, 62)])
    assert [one.open_pitches(place) for place in (0, 1, 2)] == [(55,), (), (64,)]
    assert not one.take(0, 56)
    assert one.take(0, 55)
    assert not one.take(0, 55)
    assert one.open_pitches(0) == ()


def test_optional_notes_may_come_or_not() -> None:
    """A trill: its notes are found any number of times, and never missing."""
    trill = [ScoreNote(pitch, 1.0, 1.0, "right", optional=True) for pitch in (62, 64)]
    moments = [
        Moment(0.0, 1, (ScoreNote(60, 0.0, 1.0, "right"),)),
        Moment(1.0, 1, (*trill, ScoreNote(48, 1.0, 1.0, "left"))),
        Moment(2.0, 1, (ScoreNote(65, 2.0, 1.0, "right"),)),
    ]
    score = Score("Trill", joined(moments), (Bar(1, 0.0, 3.0),), ((0.0, 120.0),))
    played = [(0.0, 60), (0.5, 48), (0.5, 62), (0.6, 64), (0.7, 62), (0.8, 64), (1.0, 65)]
    found = followed(Follower.of_score(score), played)
    names = [note.pitch for group in score.groups for note in group.notes]
    assert [None if index is None else names[index] for index, _ in found] == [pitch for _, pitch in played]
    assert found[-1][1] == 2.0
    one = Follower.of_score(score)
    followed(one, [(0.0, 60), (0.5, 48), (1.0, 65)])
    assert [one.open_pitches(place) for place in range(3)] == [(), (), ()]


def test_reset_is_as_new() -> None:
    """Also after much else."""
    one = follower()
    followed(one, perfect(0.3))
    one.reset()
    assert followed(one, perfect(0.5)) == followed(follower(), perfect(0.5))


def test_places_of_notes_in_any_order() -> None:
    """By hand: two places, of which the first has two notes and an octave that may be left out."""
    places = Places.of([1.0, 0.0, 0.00001, 0.0], [60, 64, 48, 76], [0.0, 1.0], [3])
    assert places.beats.tolist() == [0.0, 1.0]
    assert places.notes == ({64: [1], 48: [2], 76: [3]}, {60: [0]})
    assert places.bars.tolist() == [1, 2]
    assert places.begins.tolist() == [True, True]
    assert [places.bit[pitch].tolist() for pitch in (48, 60, 64, 76)] == [[1, 0], [0, 1], [2, 0], [4, 0]]
    assert places.required.tolist() == [3, 1]
    assert places.sizes_before.tolist() == [0, 2, 3]
    assert np.flatnonzero(places.at(1)[60]).tolist() == [0]
    assert np.flatnonzero(places.at(-1)[64]).tolist() == [1]
    assert np.flatnonzero(places.off(12)[60]).tolist() == [0]
    assert np.flatnonzero(places.off(-12)[64]).tolist() == [0]
    with pytest.raises(ValueError, match="without notes"):
        Places.of([], [], [])
