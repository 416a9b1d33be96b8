"""The clock of play mode: count-in, metronome, tempo, loop and ramp."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from realtime.events import NoteOn
from realtime.practice.play import Click, Round, Rounds
from realtime.practice.play_mode import PlayMode, RoundEnded
from realtime.practice.score import Bar, Moment, Score, ScoreNote, joined
from realtime.practice.verdicts import Marked, Missed, Position, Result
from realtime.transcription.expected import Expect


def tune(bars: tuple[Bar, ...], tempos: tuple[tuple[float, float], ...] = ((0.0, 60.0),)) -> Score:
    """A note at the beginning of each bar."""
    moments = (Moment(bar.beat, bar.number, (ScoreNote(60 + i, bar.beat, 1.0, "right"),)) for i, bar in enumerate(bars))
    return Score("Tune", joined(moments), bars, tempos)


TWO_BARS = tune((Bar(1, 0.0, 2.0), Bar(2, 2.0, 2.0)))
FOUR_NOTES = Score(
    "Four notes",
    joined(
        Moment(beat, 1, (ScoreNote(pitch, beat, 1.0, "right"),))
        for beat, pitch in ((0.0, 64), (1.0, 64), (2.0, 65), (3.0, 67))
    ),
    (Bar(1, 0.0, 4.0),),
    ((0.0, 60.0),),
)
UPBEAT = tune((Bar(0, 0.0, 1.0), Bar(1, 1.0, 3.0)))


def test_the_metronome_by_hand() -> None:
    """A count-in of one bar, then every quarter, at half of the tempo: two seconds each."""
    begun = Rounds(tempo=0.5).first(TWO_BARS, 10.0)
    assert begun.start_s == 14.0
    assert list(begun.clicks()) == [
        Click(10.0, -2.0, accent=True, count_in=True),
        Click(12.0, -1.0, accent=False, count_in=True),
        Click(14.0, 0.0, accent=True, count_in=False),
        Click(16.0, 1.0, accent=False, count_in=False),
        Click(18.0, 2.0, accent=True, count_in=False),
        Click(20.0, 3.0, accent=False, count_in=False),
    ]
    assert begun.end_s == 22.0


def test_an_upbeat_is_counted_into_its_bar() -> None:
    """In three: ONE two three ONE two, and the upbeat is the third, which no bar begins with."""
    clicks = list(Rounds().first(UPBEAT, 0.0).clicks())
    assert [(click.time, click.accent) for click in clicks if click.count_in] == [
        (0.0, True),
        (1.0, False),
        (2.0, False),
        (3.0, True),
        (4.0, False),
    ]
    assert [(click.beat, click.accent) for click in clicks if not click.count_in] == [
        (0.0, False),
        (1.0, True),
        (2.0, False),
        (3.0, False),
    ]


def test_a_half_beat_before_the_bar_is_counted_in_on_the_beat() -> None:
    """An upbeat of a quaver in four: all beats lie where the bar's do, and a bar begins with each fourth."""
    clicks = list(Rounds().first(tune((Bar(0, 0.0, 0.5), Bar(1, 0.5, 4.0))), 0.0).clicks())
    assert [(click.beat, click.accent) for click in clicks if click.count_in] == [
        (-7.5 + beat, beat in (0, 4)) for beat in range(8)
    ]
    assert [(click.beat, click.accent) for click in clicks if not click.count_in] == [
        (0.5 + beat, beat == 0) for beat in range(4)
    ]


def test_compound_bars_are_counted_in_dotted_beats() -> None:
    """Two in 6/8, a third of them in an upbeat of a quaver; the metronome follows a tempo that changes."""
    bars = (Bar(0, 0.0, 0.5, pulse=1.5), Bar(1, 0.5, 3.0, pulse=1.5), Bar(2, 3.5, 2.0))
    clicks = list(Rounds().first(tune(bars, ((0.0, 90.0), (2.0, 45.0))), 0.0).clicks())
    assert [(click.beat, click.accent) for click in clicks] == [
        *((-5.5, True), (-4.0, False), (-2.5, True), (-1.0, False)),
        *((0.5, True), (2.0, False), (3.5, True), (4.5, False)),
    ]
    assert [round(click.time, 6) for click in clicks] == [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 7.0, 8.333333]


@given(beat=st.floats(0, 8), tempo=st.floats(0.25, 1.25), start_s=st.floats(0, 100))
def test_time_and_beat_are_inverse(beat: float, tempo: float, start_s: float) -> None:
    """With a tempo that changes on the way."""
    score = tune((Bar(1, 0.0, 4.0), Bar(2, 4.0, 4.0)), ((0.0, 60.0), (4.0, 120.0)))
    begun = Round(score, start_s, tempo)
    assert begun.beat(begun.time(beat)) == pytest.approx(beat, abs=1e-6)
    assert begun.time(6.0) == pytest.approx(start_s + (4.0 + 1.0) / tempo)


def test_the_tempo_rises_after_clean_rounds_up_to_125_per_cent() -> None:
    """By five per cent; without a loop there is no next round."""
    rounds = Rounds(0.8, loop=True, ramp_after=2)
    ended = rounds.first(TWO_BARS, 0.0)
    assert [rounds.after(ended, clean, 50.0) for clean in (1, 2)] == [
        Rounds(0.8).first(TWO_BARS, 50.0),
        Rounds(0.85).first(TWO_BARS, 50.0),
    ]
    fastest = Round(TWO_BARS, 0.0, 1.25)
    following = rounds.after(fastest, 2, 50.0)
    assert following is not None
    assert following.tempo == 1.25
    assert Rounds(0.8, ramp_after=1).after(ended, 1, 50.0) is None
    steady = Rounds(0.8, loop=True).after(ended, 9, 50.0)
    assert steady is not None
    assert steady.tempo == 0.8


def run(mode: PlayMode, notes: list[NoteOn], until_s: float) -> list[tuple[float, object]]:
    """What is told when, without questions and clicks."""
    told: list[tuple[float, object]] = [(0.0, one) for one in mode.begin(0.0)]
    for step in range(round(until_s * 100) + 1):
        now_s = step / 100
        while notes and notes[0].emitted <= now_s:
            told += [(now_s, one) for one in mode.observe(notes.pop(0))]
        told += [(now_s, one) for one in mode.advance(now_s)]
    return [(at, one) for at, one in told if not isinstance(one, Expect | Click)]


def test_a_loop_of_two_rounds_gets_faster() -> None:
    """Two clean rounds of four seconds with counts of two; the third is faster, and its first note is missed."""
    mode = PlayMode(TWO_BARS, Rounds(loop=True, ramp_after=2), asks=False)
    clean = Result(2, 0, 0, 0, 0, 0.0, 0.0)
    begins = (2.0, 8.68)
    notes = [NoteOn(at, at, pitch, 70, 0.9) for begin in begins for at, pitch in ((begin, 60), (begin + 2, 61))]
    told = run(mode, notes, 19.0)
    assert [(at, one) for at, one in told if isinstance(one, RoundEnded)] == [
        (6.68, RoundEnded(1, 1.0, clean)),
        (13.36, RoundEnded(2, 1.0, clean)),
    ]
    assert mode.round is not None
    assert mode.round.tempo == 1.05
    assert mode.round.start_s == pytest.approx(13.36 + 2 / 1.05)
    assert [(at, one) for at, one in told if isinstance(one, Position)][:3] == [
        (2.0, Position(0.0, 1)),
        (4.0, Position(2.0, 2)),
        (8.68, Position(0.0, 1)),
    ]
    assert [one for _, one in told if isinstance(one, Missed)] == [Missed(0, 1, (60,)), Missed(1, 2, (61,))]


def test_a_recording_begins_with_its_first_note() -> None:
    """What comes before the first written key is nothing; the piece ends once."""
    mode = PlayMode(TWO_BARS, Rounds(), asks=False, with_first_note=True)
    notes = [NoteOn(at, at, pitch, 70, 0.9) for at, pitch in ((1.0, 90), (3.0, 60), (5.1, 61))]
    told = [one for _, one in run(mode, notes, 9.0)]
    assert [one for one in told if not isinstance(one, Position)] == [
        Marked(60, 3.0, "right", 0.0, 0, 1),
        Marked(61, 5.1, "late", 100.0, 1, 2),
        RoundEnded(1, 1.0, Result(1, 0, 0, 1, 0, 50.0, 50.0)),
    ]
    assert mode.done


def test_a_recording_whose_first_note_is_not_heard_begins_where_most_fit() -> None:
    """Four notes a second apart, the first of them missing: the others are on time, none is a beat early."""
    notes = [NoteOn(at, at, pitch, 70, 0.9) for at, pitch in ((3.0, 64), (4.0, 65), (5.0, 67), (5.2, 30))]
    mode = PlayMode(FOUR_NOTES, Rounds(), asks=False, with_first_note=True)
    told = [one for _, one in run(mode, notes, 9.0) if isinstance(one, Marked | Missed)]
    assert told == [
        Marked(64, 3.0, "right", 0.0, 1, 1),
        Marked(65, 4.0, "right", 0.0, 2, 1),
        Missed(0, 1, (64,)),
        Marked(67, 5.0, "right", 0.0, 3, 1),
        Marked(30, 5.2, "extra", None, 3, 1),
    ]


def test_a_recording_of_another_piece_is_all_beside_the_score() -> None:
    """Nothing fits, and nothing is silently left out."""
    mode = PlayMode(TWO_BARS, Rounds(), asks=False, with_first_note=True)
    notes = [NoteOn(at, at, 90, 70, 0.9) for at in (1.0, 1.1, 1.2, 1.3, 1.4, 4.0)]
    assert run(mode, [*notes], 4.1) == []
    assert mode.finish(4.1) == [Marked(90, note.time, "extra", None, 0, 1) for note in notes]


def test_stopping_in_the_middle_misses_only_what_was_due() -> None:
    """The second bar had not come."""
    mode = PlayMode(TWO_BARS, Rounds(), asks=False)
    run(mode, [], 2.5)
    assert mode.finish(2.5) == [Missed(0, 1, (60,))]
    assert mode.done
