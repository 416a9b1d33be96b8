"""The accent of each strike, from which the metre is estimated."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from realtime.analysis.strikes import Strikes
from realtime.contract import Float64Array
from realtime.notes import NoteTable

_AROUND = 4  # strikes on either side that a strike is compared with
_OCTAVE = 12.0
_MOST = 2.0  # standard deviations
# Long notes and low notes mark the metre more than loud ones do (Dixon & Cambouropoulos, "Beat tracking with musical
# knowledge", ECAI 2000, found duration most useful, then velocity, then pitch); the lowest pitch stands for the bass.
_SIZE, _BASS, _LENGTH, _LOUD = 0.6, 1.0, 1.0, 0.5


def accents(notes: NoteTable, groups: Strikes) -> Float64Array:
    """(G,) accents, mean 0 and deviation 1, or all 0 where no strike differs from the others."""
    bounds = list(pairwise(groups.begin.tolist()))
    lowest = np.array([notes.pitch[low:high].min() for low, high in bounds], np.float64)
    held = np.array([(notes.offset - notes.onset)[low:high].max() for low, high in bounds])
    loud = np.array([notes.velocity[low:high].max() for low, high in bounds], np.float64)
    bass = np.clip((_middle_around(lowest) - lowest) / _OCTAVE, 0.0, 1.0)
    parts = (np.log2(groups.size), bass, np.log2(np.maximum(held, 0.03)), loud - _middle_around(loud))
    weights = (_SIZE, _BASS, _LENGTH, _LOUD)
    total = np.sum([weight * _standard(part) for part, weight in zip(parts, weights, strict=True)], axis=0)
    return _standard(np.asarray(total, np.float64))


def _middle_around(values: Float64Array) -> Float64Array:
    """(G,) median of each value and its neighbours."""
    padded = np.pad(values, _AROUND, mode="reflect" if len(values) > _AROUND else "edge")
    return np.asarray(np.median(np.lib.stride_tricks.sliding_window_view(padded, 2 * _AROUND + 1), axis=1), np.float64)


def _standard(values: Float64Array) -> Float64Array:
    deviation = values.std()
    if deviation < 1e-9:
        return np.zeros_like(values)
    return np.asarray(np.clip((values - values.mean()) / deviation, -_MOST, _MOST), np.float64)
