"""Synthetic household noise: of the length and peak asked for, the same for the same seed, and of its kind."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from training.data.sound.household import KINDS, beeps, household_noise, knocks

SECOND = 16_000


@pytest.mark.parametrize("count", [1, 100, SECOND, 5 * SECOND])
def test_noise_is_as_long_as_asked_and_peaks_at_one(count: int) -> None:
    """Also where it is shorter than one blow."""
    noise = household_noise(count, np.random.default_rng(3))
    assert noise.shape == (count,)
    assert noise.dtype == np.float32
    assert np.abs(noise).max() <= 1.0
    assert np.array_equal(noise, household_noise(count, np.random.default_rng(3)))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_sounds(kind: Callable[[np.random.Generator], Callable[[], np.ndarray]]) -> None:
    """None is silent, none is infinite."""
    for seed in range(5):
        one = kind(np.random.default_rng(seed))()
        assert np.isfinite(one).all()
        assert one.any()


def test_knocks_on_one_object_sound_alike() -> None:
    """Twenty objects: two blows on one sound more alike than blows on two of them."""
    spectra = []
    for seed in range(20):
        blow = knocks(np.random.default_rng(seed))
        spectra += [np.abs(np.fft.rfft(blow(), 2 * SECOND)) for _ in range(2)]
    alike = np.corrcoef(spectra)
    same = alike[np.arange(0, 40, 2), np.arange(1, 40, 2)]
    other = alike[np.arange(0, 38, 2), np.arange(3, 40, 2)]
    assert np.median(same) > np.median(other) + 0.3


def test_a_beep_does_not_die_away() -> None:
    """As loud in its last third as in its first, other than a string."""
    for seed in range(8):
        beep = beeps(np.random.default_rng(seed))()
        parts = np.array_split(beep[60:-60], 3)
        assert np.std(parts[2]) == pytest.approx(np.std(parts[0]), rel=0.4)
