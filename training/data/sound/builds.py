"""Pianos that nobody sampled: an instrument's strokes on other strings, tuned and regulated as some household has it.

Few pianos are sampled, many are played. What differs between two of a kind, and what strokes can be bent to: how stiff
and how long the strings are (strokes of other keys at this key's pitch), the tuning, and the loudness of each key.
"""

from __future__ import annotations

import numpy as np

from realtime.contract import KEYS
from realtime.piano.samples import AS_SAMPLED, Build

_LOWEST_STRINGS, _HIGHEST_STRINGS = -3, 5
_UNTUNED_CENTS, _STRETCH_CENTS = (0.5, 6.0), 8.0
_UNEVEN_DB = (0.0, 1.5)
_SLOPE_DB = (-9.0, 4.0)  # at the highest key, and as much the other way at the lowest: makers level what they sample


def drawn(random: np.random.Generator, variety: float) -> Build:
    """A build of an instrument: with probability 1 - `variety` the one that was sampled."""
    if random.random() >= variety:
        return AS_SAMPLED
    place = np.linspace(-1, 1, KEYS)
    untuned = np.exp(random.uniform(*np.log(_UNTUNED_CENTS)))
    stretch = random.uniform(-_STRETCH_CENTS, _STRETCH_CENTS) * np.sign(place) * place**2
    slope = random.uniform(*_SLOPE_DB) * place
    return Build(
        strings=int(random.integers(_LOWEST_STRINGS, _HIGHEST_STRINGS + 1)),
        cents=stretch + random.normal(0, untuned, KEYS),
        level_db=slope + random.normal(0, random.uniform(*_UNEVEN_DB), KEYS),
    )
