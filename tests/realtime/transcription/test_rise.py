"""A rise is told of the key whose partials rise."""

from __future__ import annotations

import numpy as np
import pytest

from realtime.contract import LOWEST_PITCH, SAMPLE_RATE, FloatArray
from realtime.transcription.rise import COMPARED, key_rises_db


def tone(pitch: int, loud: float) -> FloatArray:
    """Six equal partials, for two stretches of COMPARED samples."""
    time = np.arange(2 * COMPARED) / SAMPLE_RATE
    first = 440 * 2 ** ((pitch - 69) / 12)
    return (loud * sum(np.sin(2 * np.pi * first * k * time) for k in range(1, 7))).astype(np.float32)


@pytest.mark.parametrize("pitch", [48, 60, 76])
def test_the_key_that_is_louder_rises(pitch: int) -> None:
    """At its own partials, by up to 12 dB; one a tritone above, which goes on beside it, does not rise."""
    other = tone(pitch + 6, 0.1)
    sound = other + np.concatenate((tone(pitch, 0.025)[:COMPARED], tone(pitch, 0.1)[COMPARED:]))
    rises = key_rises_db(sound[:COMPARED], sound[COMPARED:])
    assert 5 < rises[pitch - LOWEST_PITCH] <= 12.1
    assert rises[pitch + 6 - LOWEST_PITCH] < 2


@pytest.mark.parametrize("length", [160, 320, 640])
def test_every_key_rises_with_a_noise(length: int) -> None:
    """By 6 dB, however much of it has come; digital silence does not rise."""
    noise = np.random.default_rng(0).normal(0, 0.1, COMPARED).astype(np.float32)
    assert key_rises_db(noise, 2 * noise[-length:]) == pytest.approx(np.full(88, 6.02), abs=0.1)
    silence = np.zeros(COMPARED, np.float32)
    assert not key_rises_db(silence, silence[:length]).any()
