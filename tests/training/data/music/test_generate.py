"""Generated playing: notes that a pianist could play, and keys that are struck again and again."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from realtime.contract import KEYS, LOWEST_PITCH
from training.data.music.generate import KINDS, Rows, figures, generate


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_fills_its_time(kind: Callable[[np.random.Generator, float], Rows]) -> None:
    """Ten times twelve seconds: notes to the end, velocities of 1 to 127, every one longer than nothing."""
    for seed in range(10):
        rows = np.array(kind(np.random.default_rng(seed), 12.0))
        assert rows[:, 0].max() > 8.0
        assert (rows[:, 1] > rows[:, 0]).all()
        assert rows[:, 3].min() >= 1
        assert rows[:, 3].max() <= 127


def test_no_key_is_struck_while_it_is_down() -> None:
    """A hundred performances: on the keyboard, and each note over before its key is struck again."""
    for seed in range(100):
        played = generate(np.random.default_rng(seed), 6.0)
        assert ((played.pitch >= LOWEST_PITCH) & (played.pitch < LOWEST_PITCH + KEYS)).all()
        assert (played.offset < played.next_onset()).all()


def test_figures_strike_keys_again_and_at_once() -> None:
    """Most of them hold pairs 75-150 ms apart, many with another key that sounds meanwhile."""
    pairs, amid = [], 0
    for seed in range(60):
        rows = sorted(figures(np.random.default_rng(seed), 10.0))
        onset, offset, pitch, _ = (np.array(column) for column in zip(*rows, strict=True))
        again = [
            i for i in range(len(rows)) if ((pitch == pitch[i]) & (np.abs(onset - onset[i] - 0.1125) < 0.0375)).any()
        ]
        pairs.append(len(again))
        amid += any(((onset < onset[i]) & (offset > onset[i]) & (pitch != pitch[i])).any() for i in again)
    assert np.mean(np.array(pairs) > 5) > 0.6
    assert amid > 30
