"""Variants of a sampled piano: other strings, another tuning and regulation.

Few pianos are sampled, many are played. What differs between two of a kind and can be made from the samples of one:
stiffness and length of the strings (samples of other keys at this key's pitch), the tuning, the loudness of each key.
"""

from __future__ import annotations

import numpy as np

from realtime.contract import KEYS
from realtime.piano.samples import AS_SAMPLED, Build

_LOWEST_STRINGS, _HIGHEST_STRINGS = -3, 5
_UNTUNED_CENTS, _STRETCH_CENTS = (0.5, 6.0), 8.0
_UNEVEN_DB = (0.0, 1.5)
_SLOPE_DB = (-9.0, 4.0)  # at the highest key, its negative at the lowest: makers of banks level their samples


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
