"""Blocks of any kind -> clean mono."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from realtime.audio.clean import LOUDEST
from realtime.audio.mono import Mono, parse_channel
from realtime.contract import FloatArray
from realtime.errors import UsageError

RATE = 1_000  # three seconds are 3,000 samples


def noise(seed: int, count: int = 4 * RATE) -> FloatArray:
    """White noise of RMS 0.1."""
    return (0.1 * np.random.default_rng(seed).standard_normal(count)).astype(np.float32)


@pytest.mark.parametrize(
    ("dtype", "full", "zero"), [("int16", 1 << 15, 0), ("int32", 1 << 31, 0), ("uint8", 128, 128), ("float64", 1.0, 0)]
)
def test_any_number_type_has_full_scale_one(dtype: str, full: float, zero: int) -> None:
    """Hand values: minus full scale, half, zero."""
    block = np.array([[zero - full], [zero + full / 2], [zero]]).astype(dtype)
    out = Mono(0, 1, RATE).push(block)
    assert out.tolist() == [-1.0, 0.5, 0.0]
    assert np.float32 == out.dtype


def test_what_is_no_number_becomes_silence_and_is_counted() -> None:
    """NaN and both infinities; a wild but finite value is limited."""
    mono = Mono(0, 2, RATE)
    block = np.array([[np.nan, 0], [np.inf, -np.inf], [0.25, 0], [1e30, 0]], np.float32)
    assert mono.push(block).tolist() == [0.0, 0.0, 0.25, LOUDEST]
    assert mono.replaced == 3
    mono.push(block)
    assert mono.replaced == 6


def test_one_channel_or_all() -> None:
    """An index takes that channel; mix takes two at -3 dB each."""
    block = np.array([[0.5, 0.25, -0.5]], np.float32)
    assert Mono(1, 3, RATE).push(block).tolist() == [0.25]
    assert [0.75 * math.sqrt(0.5)] == pytest.approx(Mono("mix", 2, RATE).push(block[:, :2]).tolist())


@pytest.mark.parametrize(("channel", "channels"), [(2, 2), (-1, 2), ("left", 2)])
def test_a_channel_that_is_not_there_is_refused(channel: int | str, channels: int) -> None:
    """The message says what would be possible."""
    with pytest.raises(UsageError, match=r"auto"):
        Mono(channel, channels, RATE)


def test_a_block_of_other_width_is_refused() -> None:
    """Blocks of another number of channels are refused."""
    with pytest.raises(ValueError, match="expected 2"):
        Mono("mix", 2, RATE).push(np.zeros((10, 3), np.float32))


def auto(*channels: FloatArray) -> FloatArray:
    """What `auto` makes of these channels, from half a second after its decision on."""
    return Mono("auto", len(channels), RATE).push(np.stack(channels, axis=1))[3_500:]


def test_auto_takes_the_loudest_channel() -> None:
    """A dead channel, or one that is more than 6 dB softer."""
    assert np.allclose(noise(1)[3_500:], auto(0 * noise(1), noise(1), 0.4 * noise(1)))


def test_auto_mixes_two_that_are_alike() -> None:
    """Within 6 dB and alike: both at -3 dB."""
    assert np.allclose(1.6 * math.sqrt(0.5) * noise(1)[3_500:], auto(noise(1), 0.6 * noise(1)), atol=1e-6)


def test_auto_does_not_mix_strangers_or_opposites() -> None:
    """Without correlation, or with a negative one, the louder channel stands alone."""
    assert np.allclose(noise(1)[3_500:], auto(noise(1), 0.9 * noise(2)))
    assert np.allclose(noise(1)[3_500:], auto(-0.9 * noise(1), noise(1)))


def test_auto_waits_through_silence() -> None:
    """Three silent seconds decide nothing; the first audible 40 ms do, and the choice fades in over 50 ms."""
    silent = np.zeros((3_000, 2), np.float32)
    loud = np.stack((0 * noise(1), noise(1)), axis=1)
    mono = Mono("auto", 2, RATE)
    mono.push(silent)
    out = mono.push(loud)
    assert np.allclose(math.sqrt(0.5) * noise(1)[:40], out[:40])
    assert np.allclose(noise(1)[90:], out[90:])


def test_the_decision_fades_in() -> None:
    """A jump of 3 dB would sound like an onset: no step is larger than a fiftieth of it."""
    steady = np.stack((np.zeros(4_000), np.ones(4_000)), axis=1).astype(np.float32)
    steps = np.diff(Mono("auto", 2, RATE).push(steady))
    assert 0 < steps.max() <= (1 - math.sqrt(0.5)) / 50 * 1.01
    assert int(np.flatnonzero(steps)[0]) == 40 - 1


def test_opposites_are_cancelled_for_40_ms_at_most() -> None:
    """An inverted channel: nothing, then one channel, and its sign does not turn when it is decided again."""
    sound = noise(3)
    out = Mono("auto", 2, RATE).push(np.stack((sound, -sound), axis=1))
    assert not out[:40].any()
    assert np.allclose(np.abs(out[90:]), np.abs(sound[90:]))
    assert abs(np.sum(out[90:] * sound[90:])) == pytest.approx(float(np.sum(sound[90:] ** 2)), rel=1e-5)


def test_known_weights_hold_from_the_first_sample() -> None:
    """Of a recording that was looked over."""
    sound = np.stack((noise(1), -noise(1)), axis=1)
    weights = np.array([0.0, 1.0], np.float32)
    assert np.array_equal(-noise(1), Mono("auto", 2, RATE, weights).push(sound))


@settings(max_examples=25, deadline=None)
@given(cuts=st.lists(st.integers(0, 7_000), max_size=8), channel=st.sampled_from(["auto", "mix", 1]))
def test_blocks_do_not_change_a_bit(cuts: list[int], channel: int | str) -> None:
    """Also when a block spans the moment of decision."""
    audio = np.stack((noise(1, 7_000), 0.2 * noise(2, 7_000)), axis=1)
    mono = Mono(channel, 2, RATE)
    parts = [mono.push(block) for block in np.split(audio, sorted(cuts))]
    assert np.array_equal(Mono(channel, 2, RATE).push(audio), np.concatenate(parts))


def test_reset_equals_new() -> None:
    """The decision is taken again."""
    audio = np.stack((noise(1), 0 * noise(1)), axis=1)
    mono = Mono("auto", 2, RATE)
    first = mono.push(audio)
    assert not np.array_equal(first, mono.push(audio))
    mono.reset()
    assert np.array_equal(first, mono.push(audio))


def test_the_channel_option() -> None:
    """People count from one."""
    assert [parse_channel(text) for text in ("1", "12", "mix", "auto")] == [0, 11, "mix", "auto"]
    for wrong in ("0", "-1", "left", "1.5", ""):
        with pytest.raises(UsageError, match="channel"):
            parse_channel(wrong)
