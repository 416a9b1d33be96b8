"""Features that a transcriber gets wrong, estimated as played: learned from excerpts of which both are known."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.linalg import inv

from realtime.contract import BoolArray, Float64Array, IntArray
from realtime.report.panel.model import kernel

# Noise of the features that all transcriptions of an excerpt share, and of a single transcription.
EXCERPT_RIDGE, TRANSCRIPTION_RIDGE = 0.1, 0.3


class Restored(NamedTuple):
    """coefficients: (N, R) of kernel ridge regression, 0 for rows as played. features: (N, R) of every row, normalised:
    of rows as played their own; of transcribed rows the estimate without their own excerpt, with a deviation of 1."""

    coefficients: Float64Array
    features: Float64Array


def restore(points: Float64Array, ranks: Float64Array, excerpt: IntArray, transcribed: BoolArray) -> Restored:
    """points: (N, F) weighed features to estimate from; ranks: (N, R) normalised features, of transcribed rows as
    transcribed.

    Each transcribed row's excerpt has a row as played. A row's own excerpt is left out in closed form (Rasmussen &
    Williams, Gaussian Processes for Machine Learning, 2006, section 5.4.2, for several rows at once), since a new take
    is not in the training data either.
    """
    if not ranks.shape[1]:
        return Restored(ranks, ranks)
    own = excerpt[transcribed]
    played = ranks[~transcribed][_place(own, excerpt[~transcribed])]
    likeness = kernel(points[transcribed], points[transcribed])
    noise = EXCERPT_RIDGE * (own[:, None] == own) + TRANSCRIPTION_RIDGE * np.eye(len(own))
    inverse = inv((likeness + noise).astype(np.float32), overwrite_a=True)
    solved = np.asarray(inverse @ played.astype(np.float32), np.float64)
    estimated = played.copy()
    for same in _groups(own):
        estimated[same] -= np.linalg.solve(inverse[np.ix_(same, same)], solved[same])
    deviation = estimated.std(axis=0)
    scale = np.where(deviation > 0, deviation, 1.0)
    coefficients, features = np.zeros_like(ranks), ranks.copy()
    coefficients[transcribed], features[transcribed] = solved / scale, estimated / scale
    return Restored(coefficients, features)


def have_played_rows(excerpt: IntArray, transcribed: BoolArray) -> bool:
    """Whether there are transcribed rows, and each one's excerpt has a row as played."""
    return bool(transcribed.any() and np.isin(excerpt[transcribed], excerpt[~transcribed]).all())


def _place(wanted: IntArray, known: IntArray) -> IntArray:
    """(W,) index of each `wanted` excerpt's first row in `known`."""
    names, first = np.unique(known, return_index=True)
    return np.asarray(first[np.searchsorted(names, wanted)], np.int64)


def _groups(excerpt: IntArray) -> list[IntArray]:
    """Indices of the rows of each excerpt."""
    order = np.argsort(excerpt, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(excerpt[order])) + 1)
