"""Which channels are mixed."""

from __future__ import annotations

import math

import numpy as np
import pytest

from realtime.audio.mix import choose_weights, tiles_of
from realtime.contract import FloatArray

RATE = 16_000
HALF = math.sqrt(0.5)


def sound(seed: int, low_hz: float = 100.0, high_hz: float = 4_000.0) -> FloatArray:
    """Noise of a band, 2 s, RMS 0.1."""
    spectrum = np.fft.rfft(np.random.default_rng(seed).standard_normal(2 * RATE))
    frequency = np.fft.rfftfreq(2 * RATE, 1 / RATE)
    cut = np.fft.irfft(spectrum * ((frequency > low_hz) & (frequency < high_hz)))
    return (0.1 * cut / np.sqrt(np.mean(cut**2))).astype(np.float32)


PIANO = sound(1)
BASS, TREBLE = sound(2, 60, 600), sound(2, 700, 4_000)
HISS = 0.01 * sound(3)
LATE = np.concatenate((np.zeros(RATE // 1_000, np.float32), PIANO))[: len(PIANO)]


@pytest.mark.parametrize(
    ("channels", "expected"),
    [
        ((PIANO, PIANO), (HALF, HALF)),
        ((PIANO, 0.6 * PIANO + HISS), (HALF, HALF)),
        ((PIANO, -0.9 * PIANO), (1, 0)),
        ((0 * PIANO, PIANO), (0, 1)),
        ((PIANO, HISS), (1, 0)),
        ((PIANO, 0.9 * LATE), (1, 0)),
        ((BASS, TREBLE), (HALF, HALF)),
        ((HISS, HISS, PIANO, 4 * sound(1, 20, 120), HISS, HISS), (0, 0, 1, 0, 0, 0)),
        ((HISS, HISS, HISS, 4 * sound(1, 20, 120), PIANO, PIANO), (0, 0, 0, 0, HALF, HALF)),
    ],
    ids=["same", "softer", "inverted", "silent", "hiss", "1 ms late", "a hand each", "5.1 centre", "5.1 rear"],
)
def test_nothing_is_cancelled_and_nothing_left_out(
    channels: tuple[FloatArray, ...], expected: tuple[float, ...]
) -> None:
    """The weights of each channel, but for the sign of one, which means nothing."""
    samples = np.stack(channels, axis=1)
    exact = samples.astype(np.float64)
    weights = choose_weights(exact.T @ exact, tiles_of(samples, RATE))
    assert np.abs(weights) == pytest.approx(expected)


def test_tiles_are_products_of_channels() -> None:
    """One tone of 1 kHz for 80 ms: two frames, all power in its band, with the sign of the second channel."""
    tone = np.sin(2 * np.pi * 1_000 * np.arange(1_280) / RATE).astype(np.float32)
    tiles = tiles_of(np.stack((tone, -0.5 * tone), axis=1), RATE)
    assert tiles.shape[0::2] == (2, 2)
    bands = np.unique(np.argmax(tiles[:, :, 0, 0], axis=1))
    assert bands.tolist() == [12]  # 50 Hz * 2 ** (12 / 3) = 800 Hz up to 1,008 Hz
    assert tiles[0, 12] == pytest.approx(tiles[0, 12, 0, 0] * np.array([[1, -0.5], [-0.5, 0.25]]), rel=1e-4)
