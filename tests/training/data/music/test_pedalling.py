"""Pedal tracks drawn anew."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from realtime.notes import NoteTable
from training.data.music.pedalling import repedalled

SECONDS = 5.0
ONSETS = st.lists(st.floats(-3.0, 7.0), max_size=60)


@given(st.integers(0, 2**32), ONSETS)
def test_another_foot_leaves_the_notes_and_treads_in_order(seed: int, onsets: list[float]) -> None:
    """Whatever is played, also nothing: the same notes, rising times, presses and lifts by turns, up at the start."""
    played = NoteTable.build(onsets, np.array(onsets) + 0.2, [60] * len(onsets), [64] * len(onsets), [0.0], [127])
    changed = repedalled(played, np.random.default_rng(seed), SECONDS)
    assert np.array_equal(changed.onset, played.onset)
    assert (np.diff(changed.pedal_time) > 0).all()
    down = changed.pedal_value >= 64
    assert not down[0]
    assert (down[1::2]).all()
    assert not down[::2].any()
    assert len(down) % 2 == 1


def test_feet_differ_in_how_long_they_are_down() -> None:
    """Over a scale some tread seldom and shortly, some nearly always: from under a fifth to over three fifths."""
    onsets = np.arange(0.1, SECONDS, 0.25)
    played = NoteTable.build(onsets, onsets + 0.2, [60] * len(onsets), [64] * len(onsets))
    grid = np.arange(0, SECONDS, 0.01)
    shares = [
        float((repedalled(played, np.random.default_rng(seed), SECONDS).pedal_at(grid) >= 64).mean())
        for seed in range(40)
    ]
    assert min(shares) < 0.2
    assert max(shares) > 0.6
