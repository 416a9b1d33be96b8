"""Lone notes: playable, alone, long, and windows that begin at an onset."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from realtime.notes import NoteTable
from training.data.music.generate import Rows
from training.data.music.lone_notes import KINDS, lone_notes, opened_at_onset


@pytest.mark.parametrize("kind", [kind for kind, _ in KINDS])
def test_every_kind_fills_its_time(kind: Callable[[np.random.Generator, float], Rows]) -> None:
    """Thirty times half a minute: something in the first half and in the second, every note longer than nothing."""
    for seed in range(30):
        rows = np.array(kind(np.random.default_rng(seed), 30.0))
        assert rows[:, 0].min() < 15 < rows[:, 0].max()
        assert (rows[:, 1] > rows[:, 0]).all()


def test_most_onsets_stand_alone_and_many_ring_for_seconds() -> None:
    """Of the onsets inside 300 windows a fifth have no other within a second; a quarter of the windows hold three at
    most; all can be played."""
    alone, long, few, onsets = 0, 0, 0, 0
    for seed in range(300):
        played = lone_notes(np.random.default_rng(seed), 7.68)
        assert (played.offset < played.next_onset()).all()
        assert ((played.pitch >= 21) & (played.pitch <= 108)).all()
        onset = played.onset[played.onset >= 0]
        apart = np.abs(onset[:, None] - onset) + np.eye(len(onset)) * 9
        alone += int((apart.min(1, initial=9) > 1.0).sum())
        long += int(((played.offset - played.onset)[played.onset >= 0] > 3.0).sum())
        few += len(onset) <= 3
        onsets += len(onset)
    assert alone > onsets / 5
    assert few > 75
    assert long > onsets / 30


def test_a_third_of_the_windows_begin_at_an_onset() -> None:
    """Within 30 ms of their beginning; most of these have no notes from before."""
    windows = [lone_notes(np.random.default_rng(seed), 7.68) for seed in range(300)]
    opened = [w for w in windows if ((w.onset >= 0) & (w.onset <= 0.03)).any()]
    assert 0.3 * 300 < len(opened) < 0.5 * 300
    assert sum((w.onset >= 0).all() for w in opened) > len(opened) / 2


def test_a_window_begins_at_the_first_onset_after_a_time() -> None:
    """Of onsets at 1, 2 and 3 s the one at 2 s, for a window after 1.5 s; after the last one the window stays."""
    played = NoteTable.build([1.0, 2.0, 3.0], [1.2, 2.2, 3.2], [60, 62, 64], [50, 50, 50])
    for seed in range(20):
        window = opened_at_onset(played, 1.5, 5.0, np.random.default_rng(seed))
        inside = window.onset >= 0
        assert window.pitch[inside].tolist() == [62, 64]
        assert 0 <= window.onset[inside][0] <= 0.03
    assert not len(opened_at_onset(played, 4.0, 5.0, np.random.default_rng(0)).started_inside())
