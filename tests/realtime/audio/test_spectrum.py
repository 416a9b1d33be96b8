"""The picture of the spectrum: a tone stands at its key, silence is dark, and old sound is forgotten."""

from __future__ import annotations

import numpy as np
import pytest

from realtime.audio.spectrum import BANDS, PER_SEMITONE, Spectrum
from realtime.contract import LOWEST_PITCH, FloatArray


def tone(pitch: int, rate: int, level: float = 0.1, seconds: float = 0.3) -> FloatArray:
    hertz = 440 * 2 ** ((pitch - 69) / 12)
    return (level * np.sin(2 * np.pi * hertz * np.arange(round(rate * seconds)) / rate)).astype(np.float32)


@pytest.mark.parametrize("rate", [16_000, 44_100, 48_000])
@pytest.mark.parametrize("pitch", [57, 69, 96])
def test_a_tone_is_brightest_in_the_middle_of_its_key(pitch: int, rate: int):
    """At every rate; -20 dBFS is white."""
    spectrum = Spectrum(rate)
    spectrum.push(tone(pitch, rate))
    levels = spectrum.levels()
    assert len(levels) == BANDS
    assert int(np.argmax(np.frombuffer(levels, np.uint8))) == PER_SEMITONE * (pitch - LOWEST_PITCH) + 1
    assert max(levels) >= 250


def test_silence_is_dark_and_what_has_gone_is_forgotten():
    """A tone, then 0.2 s of nothing, in blocks of any size."""
    spectrum = Spectrum(48_000)
    assert set(spectrum.levels()) == {0}
    spectrum.push(tone(69, 48_000))
    for size in (100, 5000, 20_000):
        spectrum.push(np.zeros(size, np.float32))
    assert set(spectrum.levels()) == {0}


def test_a_soft_tone_is_darker_by_its_decibels():
    """At -60 dBFS 30 of the 70 dB between black and white, but for the 1.4 dB that a Hann window loses between bins."""
    spectrum = Spectrum(48_000)
    spectrum.push(tone(69, 48_000, 0.001))
    assert max(spectrum.levels()) == pytest.approx(255 * 29.3 / 70, abs=4)
