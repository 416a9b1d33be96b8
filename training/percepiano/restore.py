"""What misheard features were as they were played, told from what was heard of other excerpts and is known of them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.linalg import inv

from realtime.contract import BoolArray, Float64Array, IntArray
from realtime.report.panel.model import kernel

# Noise of the features that all hearings of an excerpt share, and of a single hearing.
EXCERPT_RIDGE, HEARING_RIDGE = 0.1, 0.3


class Restored(NamedTuple):
    """coefficients: (N, R) of kernel ridge regression, 0 for rows as played. features: (N, R) of every row, normalised:
    of rows as played their own; of rows as heard what is told without their own excerpt, with a deviation of 1."""

    coefficients: Float64Array
    features: Float64Array


def restore(points: Float64Array, ranks: Float64Array, excerpt: IntArray, heard: BoolArray) -> Restored:
    """points: (N, F) weighed, which tell; ranks: (N, R) normalised features, of heard rows as they were misheard.

    Each heard row's excerpt has a row as played. A row's own excerpt is left out in closed form (Rasmussen & Williams,
    Gaussian Processes for Machine Learning, 2006, section 5.4.2, for several rows at once), since a new take, too, is
    none of those that taught.
    """
    if not ranks.shape[1]:
        return Restored(ranks, ranks)
    own = excerpt[heard]
    truth = ranks[~heard][_place(own, excerpt[~heard])]
    likeness = kernel(points[heard], points[heard])
    noise = EXCERPT_RIDGE * (own[:, None] == own) + HEARING_RIDGE * np.eye(len(own))
    inverse = inv((likeness + noise).astype(np.float32), overwrite_a=True)
    solved = np.asarray(inverse @ truth.astype(np.float32), np.float64)
    told = truth.copy()
    for same in _groups(own):
        told[same] -= np.linalg.solve(inverse[np.ix_(same, same)], solved[same])
    deviation = told.std(axis=0)
    scale = np.where(deviation > 0, deviation, 1.0)
    coefficients, features = np.zeros_like(ranks), ranks.copy()
    coefficients[heard], features[heard] = solved / scale, told / scale
    return Restored(coefficients, features)


def has_twins(excerpt: IntArray, heard: BoolArray) -> bool:
    """Whether there are heard rows, and each one's excerpt has a row as played."""
    return bool(heard.any() and np.isin(excerpt[heard], excerpt[~heard]).all())


def _place(wanted: IntArray, known: IntArray) -> IntArray:
    """(W,) index of each `wanted` excerpt's first row in `known`."""
    names, first = np.unique(known, return_index=True)
    return np.asarray(first[np.searchsorted(names, wanted)], np.int64)


def _groups(excerpt: IntArray) -> list[IntArray]:
    """Indices of the rows of each excerpt."""
    order = np.argsort(excerpt, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(excerpt[order])) + 1)
