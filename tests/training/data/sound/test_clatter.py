"""Made noises of things: as long and as loud as asked, the same by the same seed, and of their kind."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from training.data.sound.clatter import KINDS, beeps, clatter, knocks

SECOND = 16_000


@pytest.mark.parametrize("count", [1, 100, SECOND, 5 * SECOND])
def test_clatter_is_as_long_as_asked_and_peaks_at_one(count: int) -> None:
    """Also where it is shorter than one blow."""
    heard = clatter(count, np.random.default_rng(3))
    assert heard.shape == (count,)
    assert heard.dtype == np.float32
    assert np.abs(heard).max() <= 1.0
    assert np.array_equal(heard, clatter(count, np.random.default_rng(3)))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_sounds(kind: Callable[[np.random.Generator], Callable[[], np.ndarray]]) -> None:
    """None is silent, none is infinite."""
    for seed in range(5):
        one = kind(np.random.default_rng(seed))()
        assert np.isfinite(one).all()
        assert one.any()


def test_a_knock_is_the_same_thing_again() -> None:
    """Twenty things: two blows on one sound more alike than blows on two of them."""
    spectra = []
    for seed in range(20):
        blow = knocks(np.random.default_rng(seed))
        spectra += [np.abs(np.fft.rfft(blow(), 2 * SECOND)) for _ in range(2)]
    alike = np.corrcoef(spectra)
    same = alike[np.arange(0, 40, 2), np.arange(1, 40, 2)]
    other = alike[np.arange(0, 38, 2), np.arange(3, 40, 2)]
    assert np.median(same) > np.median(other) + 0.3


def test_a_beep_does_not_die_away() -> None:
    """As loud in its last third as in its first, which tells it from a string."""
    for seed in range(8):
        beep = beeps(np.random.default_rng(seed))()
        parts = np.array_split(beep[60:-60], 3)
        assert np.std(parts[2]) == pytest.approx(np.std(parts[0]), rel=0.4)
