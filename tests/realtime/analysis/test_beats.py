"""Beats are found on the strikes that carry them, and go on through those that are missing."""

from __future__ import annotations

from collections.abc import Container

import numpy as np
import pytest

from realtime.analysis.beats import beat_times
from realtime.analysis.strikes import strikes
from realtime.contract import Float64Array
from realtime.notes import NoteTable
from realtime.takes.notes import TakeNotes


def played(times: Float64Array, chords: Container[int] = ()) -> TakeNotes:
    """A note at each time, and two more at those of these indices."""
    onset = np.concatenate([np.repeat(at, 3 if index in chords else 1) for index, at in enumerate(times)])
    pitch = np.concatenate([60 + 4 * np.arange(3 if index in chords else 1) for index in range(len(times))])
    return TakeNotes.of(NoteTable.build(onset, onset + 0.2, pitch, np.full(len(onset), 70)))


@pytest.mark.parametrize(("bpm", "late"), [(88, 0.0), (103, 2.3), (116, 0.7)])
def test_every_chord_of_an_accompaniment_is_a_beat(bpm: int, late: float):
    """Eighths with a chord on each beat: the beats are the chords, to the sample."""
    beats = late + np.arange(24) * 60 / bpm
    eighths = np.sort(np.concatenate([beats, beats[:-1] + 30 / bpm]))
    found = beat_times(strikes(played(eighths, range(0, len(eighths), 2))))
    assert found == pytest.approx(beats)


def test_a_beat_without_a_strike_is_there():
    """Two beats of rest in every bar of four, as even as the others."""
    beats = 0.5 + np.arange(33) * 0.6
    struck = np.array([index for index in range(33) if index % 4 in (0, 1)])
    found = beat_times(strikes(played(beats[struck])))
    assert len(found) == 33
    np.testing.assert_allclose(found, beats, atol=0.03)


def test_beats_follow_a_slowing_tempo():
    """From 120 to 96 beats a minute, a beat on each of the strikes."""
    steps = np.linspace(0.5, 0.625, 40)
    beats = np.concatenate([[1.0], 1.0 + np.cumsum(steps)])
    assert beat_times(strikes(played(beats))) == pytest.approx(beats)


def test_free_playing_has_none():
    """Too little of it, too short, or at random."""
    assert len(beat_times(strikes(played(np.arange(5) * 0.5)))) == 0
    random = np.sort(np.random.default_rng(5).uniform(0, 40, 90))
    assert len(beat_times(strikes(played(random)))) == 0
