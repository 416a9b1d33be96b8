"""Beats and bars: the rhythm of known scores is kept at every tempo, and the parts of the estimate by hand."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from realtime.analysis.accents import accents
from realtime.analysis.metre import Signature, likely_metre
from realtime.analysis.rhythm import Rhythm, likely_rhythm
from realtime.analysis.strikes import strikes
from realtime.errors import UsageError
from realtime.notes import NoteTable
from realtime.score.draft import draft_score
from realtime.takes.notes import TakeNotes
from tests.realtime.score.known_scores import KnownScore, drawn_score, kept, played, shipped_pieces

JITTER_S = 0.015
SHIPPED = {score.name.split("_")[1]: score for score in shipped_pieces()}
NO_ACCENT = np.zeros


@pytest.mark.parametrize(
    ("score", "quarter_bpm", "factor"),
    [
        (SHIPPED["minuet"], 125, 1),
        (SHIPPED["fuer"], 60, 2),
        (SHIPPED["ode"], 107, 1),
        (drawn_score(0, 2, triple=False, bars=8), 106, 1),
        (drawn_score(1, 3, triple=False, bars=8), 135, 1),
        (drawn_score(5, 4, triple=False, bars=8), 92, 1),
        (drawn_score(3, 2, triple=True, bars=8), 112, 1),
    ],
    ids=lambda value: value.name if isinstance(value, KnownScore) else str(value),
)
def test_rhythm_and_bars_are_kept(score: KnownScore, quarter_bpm: float, factor: int) -> None:
    """Every onset 15 ms early or late at most: nine notes in ten keep their rhythm and their place in the bar.

    What is written in 3/8 may come as 3/4, everything twice as long.
    """
    found = kept(score, draft_score(played(score, quarter_bpm, JITTER_S, seed=1)))
    assert found.factor == factor
    assert found.rhythm >= 0.9
    assert found.bars >= 0.9
    assert found.lengths >= 0.8


@pytest.mark.parametrize(
    ("name", "quarter_bpm", "signature", "beats", "without"),
    [("prelude", 71, "4/4", None, 0.0), ("fuer", 60, "3/8", None, 1.0), ("gymnopedie", 58, None, 58.0, 0.0)],
)
def test_hints_settle_what_the_notes_leave_open(
    name: str, quarter_bpm: float, signature: str | None, beats: float | None, without: float
) -> None:
    """Bars of four where the figure repeats after two, eighths for quarters, the slow beat for the fast one."""
    score = replace(SHIPPED[name], notes=SHIPPED[name].notes[:128])
    notes = played(score, quarter_bpm, JITTER_S, seed=1)
    hinted = kept(score, draft_score(notes, beats, None if signature is None else Signature.parsed(signature)))
    assert (hinted.bars, hinted.factor) == (pytest.approx(1.0, abs=0.05), 1)
    alone = kept(score, draft_score(notes))
    assert (alone.bars, alone.factor) != (hinted.bars, 1)
    assert alone.bars == pytest.approx(without, abs=0.05)


def test_a_slowing_tempo_keeps_the_rhythm() -> None:
    """From 120 to 80 beats a minute in eight bars."""
    score = drawn_score(8, 4, triple=False, bars=8)
    notes = played(score, 120, 0.005, seed=2)
    bend = [time + 0.25 * time**2 / 16 for time in (notes.onset, notes.offset)]
    slowed = TakeNotes.of(NoteTable.build(*bend, notes.pitch, notes.velocity))
    assert kept(score, draft_score(slowed)).rhythm >= 0.9


def test_a_spread_chord_is_one_chord() -> None:
    """Among even strikes, half a second apart, one comes in two parts of 60 ms, further than what is taken as one."""
    time = np.sort([*np.arange(0, 16, 0.5), 6.06])
    step = np.diff(likely_rhythm(time, NO_ACCENT(len(time))).position)
    assert step[12] == 0
    assert len(set(np.delete(step, 12))) == 1


@settings(max_examples=15, deadline=None)
@given(steps=st.lists(st.floats(0.051, 5.0), min_size=1, max_size=12), triple=st.sampled_from([None, True, False]))
def test_any_strikes_have_a_place(steps: list[float], triple: bool | None) -> None:
    """However odd the rhythm: one place a strike, never going back, and a tempo within bounds."""
    time = np.cumsum([0.0, *steps])
    rhythm = likely_rhythm(time, NO_ACCENT(len(time)), triple=triple)
    assert len(rhythm.position) == len(rhythm.beat_s) == len(time)
    assert (np.diff(rhythm.position) >= 0).all()
    assert 30 < rhythm.bpm < 250
    assert np.isfinite(rhythm.log_likelihood)


def test_a_hint_of_the_tempo_is_followed() -> None:
    """Even strikes, 0.3 s apart: beats of one, two or four of them, by the hint."""
    time = np.arange(64) * 0.3
    for bpm, units in ((200, 12), (100, 6), (50, 3)):
        rhythm = likely_rhythm(time, NO_ACCENT(64), tempo_bpm=bpm, triple=False)
        assert set(np.diff(rhythm.position)) == {units}
        assert rhythm.bpm == pytest.approx(bpm, rel=0.03)


def test_bars_begin_on_the_accents() -> None:
    """Every third beat is accented, from the second one on: 3/4 with two beats before the first full bar."""
    accent = np.tile([-0.7, 1.4, -0.7], 8)
    metre = likely_metre(Rhythm(np.arange(24) * 12, np.full(24, 0.6), False, 0.0), accent)
    assert (metre.signature.numerator, metre.signature.denominator) == (3, 4)
    assert (metre.onset[:3] / metre.grid).tolist() == [2, 3, 4]
    assert metre.quarter_s == pytest.approx(0.6)


def test_a_known_signature_is_used() -> None:
    """6/8 makes its beats dotted quarters, 3/8 makes them eighths."""
    rhythm = Rhythm(np.arange(12) * 12, np.full(12, 0.5), False, 0.0)
    accent = np.tile([1.5, -0.5, -0.5], 4)
    for text, step in (("3/8", Fraction(1, 2)), ("6/8", Fraction(3, 2)), ("3/4", Fraction(1))):
        metre = likely_metre(rhythm, accent, Signature.parsed(text))
        assert Fraction(int(metre.onset[1] - metre.onset[0]), metre.grid) == step
        assert metre.quarter_s[0] == pytest.approx(0.5 / float(step))


@pytest.mark.parametrize("text", ["3", "0/4", "3/5", "25/4", "three/four", "3/4/4", ""])
def test_a_wrong_time_signature_is_refused(text: str) -> None:
    """One sentence, with an example."""
    with pytest.raises(UsageError, match="such as 3/4"):
        Signature.parsed(text)


def test_long_low_and_loud_strikes_are_accents() -> None:
    """Each by itself puts a strike above the others; without differences there are none."""
    even = ([0.5 * i for i in range(12)], [0.5 * i + 0.4 for i in range(12)], [60] * 12, [60] * 12)
    flat = TakeNotes.of(NoteTable.build(*even))
    assert not accents(flat, strikes(flat)).any()
    for column, value in ((1, 2.9), (2, 41), (3, 100)):
        columns = [list(values) for values in even]
        columns[column][4] = value
        notes = TakeNotes.of(NoteTable.build(*columns))
        assert accents(notes, strikes(notes)).argmax() == 4
