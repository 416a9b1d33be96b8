"""A take that was left running while the player was away has the measures of its playing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from realtime.analysis.beats import beat_times
from realtime.analysis.pauses import Splices, closed_up
from realtime.analysis.strikes import strikes
from realtime.report.document import measures_json
from realtime.report.measures.summary import measure
from realtime.score.draft import draft_score
from realtime.takes.notes import TakeNotes
from tests.realtime.report.playing import played, scale, steady

HOURS_S = 8 * 3600.0


def away(pause_s: float) -> TakeNotes:
    """Half a minute of a scale, a pause from one strike to the next, and as much again; the pedal down for 2 of 4 s."""
    rows = [*scale(60, 0.5), *scale(60, 0.5, start_s=29.5 + pause_s)]
    pedal = [(first + 2.0 * i, 127 * (i % 2 == 0)) for first in (0.0, 29.5 + pause_s) for i in range(15)]
    return played(rows, [*pedal[:15], (30.0, 0), *pedal[15:], (59.5 + pause_s, 0)])


def test_both_clocks_by_hand() -> None:
    """Strikes at 0, 5, 20 and 50 s: 5 s are left out from 15 s on, and 20 s from 30 s on, which is 25 s by then."""
    clocks = Splices.between(np.array([0.0, 5.0, 20.0, 50.0]))
    assert clocks.shorter(np.array([-1.0, 5.0, 14.0, 15.0, 17.0, 20.0, 21.0, 30.0, 50.0, 51.0])).tolist() == [
        -1.0,
        5.0,
        14.0,
        15.0,
        15.0,
        15.0,
        16.0,
        25.0,
        25.0,
        26.0,
    ]
    assert clocks.back(np.array([-1.0, 14.0, 15.0, 16.0, 25.0, 26.0])).tolist() == [-1.0, 14.0, 20.0, 21.0, 50.0, 51.0]


@given(st.lists(st.floats(0, 40), max_size=20), st.lists(st.floats(0, 800), min_size=1, max_size=10))
def test_the_shorter_clock_can_be_undone(steps: list[float], asked: list[float]) -> None:
    """Every strike comes back from the shorter clock, on which no two lie more than 10 s apart; order is kept."""
    struck = np.cumsum([0.0, *steps])
    clocks = Splices.between(struck)
    short = clocks.shorter(struck)
    assert (np.diff(short) <= 10 + 1e-9).all()
    np.testing.assert_allclose(clocks.back(short), struck, atol=1e-5)
    assert (np.diff(clocks.shorter(np.sort(asked))) >= -1e-9).all()


def test_hours_of_pause_are_measured_as_ten_seconds_of_it() -> None:
    """Every figure but the times; ten seconds without a strike are no pause."""
    short, long = (measures_json(measure(away(pause_s))) for pause_s in (10.0, HOURS_S))
    assert short["pulse_bpm"] == pytest.approx(120, abs=1)
    assert short["pulse_clarity"] > 0.9
    assert short["pedal_share"] == pytest.approx(32 / 69.4, abs=0.005)
    for document in (short, long):
        del document["curves"]
        document["sections"] = [part["label"] for part in document["sections"]]
    assert short == long
    assert away(HOURS_S).playing_s == pytest.approx(away(10.0).playing_s)
    assert away(HOURS_S).span_s == pytest.approx(59.4 + HOURS_S - 0.5, abs=1)


def test_times_are_those_of_the_take() -> None:
    """Parts, curves, strikes and pedal lie on both sides of the pause, and none of them within."""
    notes = away(HOURS_S)
    found = measure(notes)
    assert found.pulse is not None
    assert notes.onset.tolist() == found.strikes.time.tolist()
    assert notes.onset[0] == found.sections[0].start_s
    assert found.sections[-1].end_s == pytest.approx(notes.offset.max())
    for times in (found.curves.time, found.pulse.time, found.presses.down):
        assert not ((times > 45) & (times < HOURS_S)).any()
        assert (times > HOURS_S).sum() == pytest.approx(len(times) / 2, abs=8)


def test_silence_does_not_hide_the_pulse() -> None:
    """Half a minute of playing, then six single strikes 9 s apart: windows without strikes do not count."""
    rows = steady(60, 0.5) + [(39 + 9.0 * i, 40 + 9.0 * i, 60, 64) for i in range(6)]
    found = measure(played(rows)).pulse
    assert found is not None
    assert found.bpm == pytest.approx(120, abs=1)
    assert found.clarity > 0.9


def test_beats_go_on_after_a_pause() -> None:
    """On the strikes, and in a pause for its first ten seconds at most."""
    beats = beat_times(strikes(away(HOURS_S)))
    assert np.isin(np.arange(59) * 0.5, np.round(beats, 6)).mean() > 0.95
    later = 29.5 + HOURS_S + np.arange(1, 59) * 0.5
    assert (np.abs(beats[:, None] - later).min(axis=0) < 1e-6).mean() > 0.95
    assert not ((beats > 40) & (beats < 29 + HOURS_S)).any()


def test_a_pause_is_a_few_bars_of_sheet_music() -> None:
    """Hours of rests would take hours to write."""
    last = [draft_score(away(pause_s)).metre.onset[-1] for pause_s in (10.0, HOURS_S)]
    assert last[0] == last[1]


def test_a_take_without_a_pause_is_left_alone() -> None:
    """The very same, and empty ones too."""
    for notes in (played(scale(20, 0.5)), played([])):
        assert closed_up(notes)[0] is notes
    assert away(10.0).playing_s == away(10.0).span_s
