"""By how much a sound is louder than an earlier one at the partials of each key."""

from __future__ import annotations

import numpy as np

from realtime.contract import A4_HZ, A4_PITCH, KEYS, LOWEST_PITCH, SAMPLE_RATE, Float64Array, FloatArray

COMPARED = 640  # samples at most: 40 ms
BINS = 2048  # of the spectrum, with zeros behind the sound
PARTIALS, HALF_HZ, HIGHEST_HZ = 6, 50.0, 7500.0
NOTHING, NOTHING_SHARE = 1e-6, 1e-5  # power that counts as none; the same as a share of the strongest


def _partials_hz() -> Float64Array:
    """(88, PARTIALS): of strings whose stiffness grows towards the treble."""
    key, number = np.arange(KEYS)[:, None], np.arange(1, PARTIALS + 1)
    stiffness = 3e-5 * 2 ** (np.maximum(key - 20, 14) / 14)
    hertz: Float64Array = (
        A4_HZ * 2 ** ((key + LOWEST_PITCH - A4_PITCH) / 12) * number * np.sqrt(1 + stiffness * number**2)
    )
    return hertz


PARTIALS_HZ = _partials_hz()
HEARD = PARTIALS_HZ < HIGHEST_HZ
FIRST_BIN, LAST_BIN = (
    np.clip((PARTIALS_HZ + side) * BINS / SAMPLE_RATE, 0, BINS // 2).astype(np.int64) for side in (-HALF_HZ, HALF_HZ)
)


def key_rises_db(before: FloatArray, after: FloatArray) -> Float64Array:
    """float32 (at least n,), (n,) -> by how much the second is louder than the end of the first, dB (88,): in the
    mean of the first six partials of each key."""
    window = np.hanning(len(after))
    first, second = (np.abs(np.fft.rfft(sound * window, BINS)) ** 2 for sound in (before[-len(after) :], after))
    nothing = NOTHING + NOTHING_SHARE * max(first.max(), second.max())
    one, two = (_at_partials(power) + nothing for power in (first, second))
    rises: Float64Array = (10 * np.log10(two / one) * HEARD).sum(1) / HEARD.sum(1)
    return rises


def _at_partials(power: Float64Array) -> Float64Array:
    """(BINS // 2 + 1,) -> (88, PARTIALS)."""
    below = np.concatenate(([0.0], np.cumsum(power)))
    levels: Float64Array = below[LAST_BIN + 1] - below[FIRST_BIN]
    return levels
