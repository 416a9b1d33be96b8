"""The resampler: declared delay, pass band, stop band, and independence of the blocks."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from realtime.audio.resample import Resampler, polyphase_bank
from realtime.contract import FloatArray

RATES = [8_000, 11_025, 12_345, 16_000, 22_050, 32_000, 44_100, 48_000, 96_000, 192_000]


def sine(frequency: float, rate: int, duration_s: float = 0.5) -> FloatArray:
    """A sine of full scale."""
    return np.sin(2 * np.pi * frequency * np.arange(round(duration_s * rate)) / rate).astype(np.float32)


def level_db(audio: FloatArray) -> float:
    """Level of the settled part against a sine of full scale."""
    return 10 * math.log10(2 * float(np.mean(audio[len(audio) // 4 :] ** 2)) + 1e-20)


@pytest.mark.parametrize("rate", RATES)
def test_a_tone_keeps_its_level_and_is_late_by_the_declared_delay(rate: int) -> None:
    """Compared with the tone as 16 kHz would have sampled it, moved by the delay."""
    resampler = Resampler(rate)
    out = resampler.push(sine(1000, rate))
    time = np.arange(len(out)) / 16_000 - resampler.delay_s
    settled = slice(len(out) // 4, None)
    assert np.allclose(np.sin(2 * np.pi * 1000 * time)[settled], out[settled], atol=2e-4)
    assert 0 <= resampler.delay_s <= 0.001
    assert (0 if rate == 16_000 else resampler.delay_s * rate) == pytest.approx(resampler.delay_samples)


@pytest.mark.parametrize("rate", [44_100, 48_000, 96_000, 192_000])
def test_what_16_khz_cannot_hold_is_gone(rate: int) -> None:
    """70 dB beyond 8.8 kHz, where 2 ms of filter cannot do more; the pass band is flat to 6 kHz."""
    tones = np.linspace(8_800, 0.49 * rate, 12)
    assert max(level_db(Resampler(rate).push(sine(tone, rate))) for tone in tones) < -70
    levels = [level_db(Resampler(rate).push(sine(tone, rate))) for tone in (50, 500, 3000, 6000)]
    assert levels == pytest.approx([0.0] * 4, abs=0.1)


def test_upsampling_adds_no_images() -> None:
    """A tone of 2 kHz at 8 kHz has its first image at 6 kHz."""
    out = Resampler(8_000).push(sine(2_000, 8_000, 2.0))[8_000:]
    spectrum = np.abs(np.fft.rfft(out * np.hanning(len(out))))
    frequencies = np.fft.rfftfreq(len(out), 1 / 16_000)
    image = spectrum[frequencies > 4_000].max() / spectrum.max()
    assert 20 * math.log10(image) < -70


@pytest.mark.parametrize("rate", [8_000, 44_100, 48_000])
def test_it_is_the_plain_convolution(rate: int) -> None:
    """Reference: insert zeros, convolve with the whole filter, keep every M-th sample."""
    up, down = 16_000 // math.gcd(16_000, rate), rate // math.gcd(16_000, rate)
    audio = np.random.default_rng(0).standard_normal(300).astype(np.float32)
    bank = polyphase_bank(math.floor(0.001 * rate * up), up, rate)
    stuffed = np.zeros(len(audio) * up)
    stuffed[::up] = audio
    expected = np.convolve(stuffed, bank[:, ::-1].T.ravel())[: len(stuffed)][::down]
    assert np.allclose(expected, Resampler(rate).push(audio), atol=1e-5)


@settings(max_examples=30, deadline=None)
@given(rate=st.sampled_from(RATES), sizes=st.lists(st.integers(0, 700), max_size=12), seed=st.integers(0, 99))
def test_blocks_do_not_change_a_bit(rate: int, sizes: list[int], seed: int) -> None:
    """However the driver cuts the stream, the same samples come out, and as soon as they can."""
    audio = np.random.default_rng(seed).standard_normal(sum(sizes)).astype(np.float32)
    resampler, parts, sent = Resampler(rate), [np.zeros(0, np.float32)], 0
    for block in np.split(audio, np.cumsum(sizes)[:-1]) if sizes else []:
        parts.append(resampler.push(block))
        sent += len(block)
        assert math.ceil(sent * 16_000 / rate) == sum(map(len, parts))
    assert np.array_equal(Resampler(rate).push(audio), np.concatenate(parts))


@pytest.mark.parametrize("rate", [44_100, 48_000])
def test_reset_equals_new_and_without_reset_differs(rate: int) -> None:
    """Four parts: new; again after reset; and again without."""
    audio = np.random.default_rng(1).standard_normal(1_000).astype(np.float32)
    resampler = Resampler(rate)
    first = resampler.push(audio)
    second = resampler.push(audio)
    resampler.reset()
    assert np.array_equal(first, resampler.push(audio))
    assert not np.array_equal(first[:100], second[:100])


def test_an_impulse_stands_where_the_delay_says() -> None:
    """Hand value on the boundary: at 48 kHz an impulse at sample 0 peaks at output 16 = 1 ms, and at no other place."""
    impulse = np.zeros(480, np.float32)
    impulse[0] = 1
    out = Resampler(48_000).push(impulse)
    assert (int(np.argmax(out)), len(out)) == (16, 160)
    assert np.allclose(out[:16], out[32:16:-1], atol=1e-7)


@pytest.mark.parametrize("rate", [0, 7_999, 192_001])
def test_impossible_rates_are_refused(rate: int) -> None:
    """Outside 8-192 kHz."""
    with pytest.raises(ValueError, match="Hz"):
        Resampler(rate)


@pytest.mark.parametrize("cents", [-50.0, -40.0, -0.5, 12.3, 50.0])
@pytest.mark.parametrize("rate", [16_000, 44_100, 48_000])
def test_a_piano_is_put_in_tune(rate: int, cents: float) -> None:
    """A tone that lies so far off comes out at its own pitch, slower or faster by the pace, and no later."""
    resampler = Resampler(rate, cents)
    out = resampler.push(sine(1000 * 2 ** (cents / 1200), rate))
    in_tune = 1000 * 2 ** (cents / 1200) * resampler.pace
    assert 1200 * math.log2(in_tune / 1000) == pytest.approx(0, abs=1.1 if rate == 16_000 else 0.4)
    time = np.arange(len(out)) / 16_000 - resampler.delay_s / resampler.pace
    settled = slice(len(out) // 4, None)
    assert np.allclose(np.sin(2 * np.pi * in_tune * time)[settled], out[settled], atol=5e-4)
    assert len(out) * resampler.pace == pytest.approx(8_000, abs=2)
    assert resampler.delay_s <= 0.001


@given(sizes=st.lists(st.integers(0, 700), min_size=1, max_size=12))
@settings(max_examples=20, deadline=None)
def test_in_tune_however_it_is_cut(sizes: list[int]) -> None:
    """The same to the last bit."""
    audio = np.random.default_rng(1).standard_normal(sum(sizes)).astype(np.float32)
    resampler, parts, sent = Resampler(48_000, -37.0), [np.zeros(0, np.float32)], 0
    for size in sizes:
        parts.append(resampler.push(audio[sent : sent + size]))
        sent += size
    assert np.array_equal(Resampler(48_000, -37.0).push(audio), np.concatenate(parts))


@pytest.mark.parametrize("cents", [-50.1, 51.0, math.nan])
def test_a_piano_that_is_half_a_semitone_off_is_another_one(cents: float) -> None:
    """Beyond it, notes would be taken for their neighbours."""
    with pytest.raises(ValueError, match="cents"):
        Resampler(48_000, cents)
