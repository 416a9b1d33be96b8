"""Synthetic speech: pitched, gliding, of the length and peak asked for."""

from __future__ import annotations

import numpy as np
import pytest

from training.data.sound.speech import speech

SECOND = 16_000


@pytest.mark.parametrize("count", [1, 100, SECOND, 5 * SECOND])
def test_speech_is_as_long_as_asked_and_peaks_at_one(count: int) -> None:
    """Also where it is shorter than a syllable; the same seed gives the same."""
    spoken = speech(count, np.random.default_rng(3))
    assert spoken.shape == (count,)
    assert spoken.dtype == np.float32
    assert np.abs(spoken).max() <= 1.0
    assert np.array_equal(spoken, speech(count, np.random.default_rng(3)))


def test_speech_is_pitched_and_glides() -> None:
    """Frames of 80 ms of ten speakers: loud ones are periodic within 12 ms; the period changes within a speaker."""
    repeats, periods = [], []
    for seed in range(10):
        spoken = speech(3 * SECOND, np.random.default_rng(seed))
        found = []
        for frame in spoken[: len(spoken) // 1280 * 1280].reshape(-1, 1280):
            if np.abs(frame).mean() < 0.05:
                continue
            alike = np.correlate(frame, frame, "full")[1280:] / (frame @ frame)
            found.append(24 + int(np.argmax(alike[24:192])))
            repeats.append(alike[24:192].max())
        periods.append(len(set(found)))
    assert np.median(repeats) > 0.6
    assert np.median(periods) >= 3
