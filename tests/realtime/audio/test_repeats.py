"""A block that a driver gives twice is a loss; sound that repeats by itself is not."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from realtime.audio.repeats import Repeats
from realtime.audio.ring import Dropout
from realtime.contract import FloatArray

RATE = 48_000
BLOCK = 480


def noise(samples: int, channels: int = 1) -> FloatArray:
    """As a 16-bit converter gives it."""
    steps = np.random.default_rng(0).normal(0, 300, (samples, channels)).round()
    return (steps / 32_768).astype(np.float32)


def given_twice(sound: FloatArray, begins: list[int], length: int) -> FloatArray:
    """In place of the block from each begin on, the one before it."""
    damaged = sound.copy()
    for begin in begins:
        damaged[begin : begin + length] = damaged[begin - length : begin]
    return damaged


def losses(sound: FloatArray, cuts: list[int], rate: int = RATE) -> list[tuple[int, int]]:
    """Where the losses lie, adjacent ones as one; what is no loss comes out as it came."""
    repeats, position = Repeats(rate), 0
    found: list[tuple[int, int]] = []
    for block in np.split(sound, sorted(cuts)):
        for piece in repeats.pieces(block):
            length = piece.samples if isinstance(piece, Dropout) else len(piece)
            if not isinstance(piece, Dropout):
                assert np.array_equal(piece, sound[position : position + length])
            elif found and found[-1][1] == position:
                found[-1] = found[-1][0], position + length
            else:
                found.append((position, position + length))
            position += length
    assert position == len(sound)
    return found


@pytest.mark.parametrize(("length", "channels"), [(128, 1), (480, 2), (1024, 2), (4096, 1)])
def test_a_block_given_twice_is_a_loss_in_its_place(length: int, channels: int) -> None:
    """From the second on: with the first the length of the blocks is learnt."""
    begins = [10_007, 20_014, 30_021]
    sound = given_twice(noise(40_000, channels), begins, length)
    assert losses(sound, []) == [(begin, begin + length) for begin in begins[1:]]


@settings(max_examples=30, deadline=None)
@given(cuts=st.lists(st.integers(0, 40_000), max_size=60))
def test_however_the_sound_is_read(cuts: list[int]) -> None:
    """The same losses, less the samples that could not be told from a chance when they were read."""
    begins = [10_007, 20_014, 30_021]
    found = losses(given_twice(noise(40_000), begins, BLOCK), cuts)
    assert len(found) == 2
    for (first, end), begin in zip(found, begins[1:], strict=True):
        assert begin <= first <= begin + 20 and end == begin + BLOCK


def test_two_blocks_that_are_each_given_twice_at_once() -> None:
    """A a B b: each is a loss of its own."""
    begins = [10_007, 20_014, 20_014 + 2 * BLOCK]
    assert losses(given_twice(noise(40_000), begins, BLOCK), []) == [(b, b + BLOCK) for b in begins[1:]]


@pytest.mark.parametrize("period", [64, 100, 480, 1000])
def test_sound_that_repeats_by_itself_is_no_loss(period: int) -> None:
    """Notes of a tone whose waves are equal to the bit, again and again, between noise and in digital silence."""
    wave = noise(period)
    note = np.concatenate([np.resize(wave, (6_000, 1)), noise(9_000)[6_000:], np.zeros((3_000, 1), np.float32)])
    assert losses(np.concatenate([note, note[::-1], note]), list(range(0, 36_000, BLOCK))) == []


def test_digital_silence_and_full_scale_are_no_loss() -> None:
    """Nor is what stays at any value."""
    sound = noise(40_000)
    for begin, value in ((5_000, 0.0), (15_000, 1.0), (25_000, -1.0)):
        sound[begin : begin + 5_000] = value
    assert losses(sound, list(range(0, 40_000, BLOCK))) == []


def test_a_length_is_unlearnt_when_sound_of_that_period_goes_on() -> None:
    """A tone of the blocks' length loses one period at most."""
    sound = given_twice(noise(80_000), [10_007, 20_014], BLOCK)
    sound[40_000:60_000] = np.resize(noise(BLOCK), (20_000, 1))
    sound[65_000 : 65_000 + BLOCK] = sound[65_000 - BLOCK : 65_000]
    found = losses(sound, list(range(0, 80_000, BLOCK)))
    assert [end - first for first, end in found] == [BLOCK, BLOCK]
    assert found[1][0] == 40_000 + BLOCK
