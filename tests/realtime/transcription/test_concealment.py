"""The model hears no drop-out: what it gets instead is close to what was lost, and sound without one is not touched."""

from __future__ import annotations

import numpy as np
import pytest

from realtime.audio.resample import Resampler
from realtime.contract import HOP, SAMPLE_RATE, FloatArray
from realtime.transcription.concealment import Concealment
from realtime.transcription.silence import Silence
from tests.fakes import FAKE_SPEC


def concealed(audio: FloatArray) -> FloatArray:
    silence = Silence(FAKE_SPEC)
    concealment = Concealment(silence)
    hops = []
    for hop in audio[: len(audio) // HOP * HOP].reshape(-1, HOP):
        silence.push(hop)
        hops.append(concealment.push(hop))
    return np.concatenate(hops)


def chord(seconds: float, rate: int = SAMPLE_RATE) -> FloatArray:
    """Three decaying tones with partials, and a floor."""
    time = np.arange(round(seconds * rate)) / rate
    partials = [(f * k, 0.1 / k) for f in (220.0, 277.2, 329.6) for k in range(1, 6)]
    tones = sum(loud * np.sin(2 * np.pi * f * time) for f, loud in partials) * np.exp(-time)
    return (tones + np.random.default_rng(0).normal(0, 1e-4, len(time))).astype(np.float32)


@pytest.mark.parametrize("rate", [16_000, 44_100])
@pytest.mark.parametrize("length_s", [0.005, 0.04, 0.1, 0.19])
def test_a_drop_out_is_filled_with_what_was_lost(length_s: float, rate: int) -> None:
    """The error is 20 dB below the sound, in long ones 13 dB, from the first zero until all is as it came."""
    audio = chord(1.5, rate)
    chopped = audio.copy()
    chopped[round(0.8 * rate) + 7 : round((0.8 + length_s) * rate) + 7] = 0
    expected, zeros = (Resampler(rate).push(sound) for sound in (audio, chopped))
    heard = concealed(zeros)
    begin, end = 12_800, round((0.8 + length_s) * SAMPLE_RATE)
    error = (heard - expected[: len(heard)])[begin : end + 320]
    assert np.mean(error**2) < (0.01 if length_s < 0.15 else 0.05) * np.mean(expected[begin : end + 320] ** 2)
    np.testing.assert_array_equal(heard[: begin - 160], zeros[: begin - 160])
    np.testing.assert_array_equal(heard[end + 480 :], zeros[end + 480 : len(heard)])


def test_sound_without_drop_outs_is_not_touched() -> None:
    """The same samples, also where it fades into zeros and begins again."""
    audio = np.concatenate((chord(0.5) * np.linspace(1, 0, 8000, dtype=np.float32) ** 2, np.zeros(4000), chord(0.5)))
    np.testing.assert_array_equal(concealed(audio.astype(np.float32)), audio.astype(np.float32))


def test_the_filling_ends_where_the_zeros_last() -> None:
    """After 0.2 s they are no drop-out, and 20 ms later all is silent."""
    audio = chord(1.5)
    audio[12_800:] = 0
    heard = concealed(audio)
    assert np.abs(heard[15_500:15_900]).max() > 0.01
    assert not heard[12_800 + 3_200 + 640 :].any()
