"""Noise floors: level and spectrum of every kind."""

from collections.abc import Callable

import numpy as np
import pytest

from training.data.sound.noise_floor import coloured, fan, hiss, hum, noise_floor, traffic

COUNT = 32000


@pytest.mark.parametrize("kind", [noise_floor, hiss, hum, fan, traffic])
def test_every_noise_has_rms_1(kind: Callable[[int, np.random.Generator], np.ndarray]):
    """Twenty of each."""
    for seed in range(20):
        sound = kind(COUNT, np.random.default_rng(seed))
        assert sound.shape == (COUNT,)
        assert np.sqrt(np.square(sound).mean()) == pytest.approx(1, abs=1e-3)


def test_colour_is_a_slope():
    """Slope 1 loses 6 dB an octave: 18.06 dB from 500 Hz to 4 kHz."""
    power = np.square(np.abs(np.fft.rfft(coloured(COUNT, np.random.default_rng(0), 1.0))))
    around = [10 * np.log10(power[int(hz * 1.8) : int(hz * 2.2)].mean()) for hz in (500, 4000)]
    assert around[0] - around[1] == pytest.approx(18.06, abs=1.0)


def test_hum_has_harmonics_of_the_mains():
    """All of its power at multiples of 50 or 60 Hz."""
    for seed in range(10):
        level = np.abs(np.fft.rfft(hum(COUNT, np.random.default_rng(seed)) * np.hanning(COUNT)))
        hz = np.flatnonzero(level > 0.2 * level.max()) / 2
        assert min(np.abs(hz / 50 - np.round(hz / 50)).max(), np.abs(hz / 60 - np.round(hz / 60)).max()) < 0.06
