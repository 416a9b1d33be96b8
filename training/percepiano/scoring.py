"""Metrics of predictions against ratings: by scale, and as the published work averages them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.stats import rankdata

from realtime.contract import Float64Array, IntArray
from training.percepiano.corpus import Excerpts

FEWEST_IN_PIECE = 10
BAND_PERCENT = (10.0, 90.0)
# The middle 80 % of the residuals on three unknown pieces cover 74 % of the fourth; so much wider they cover 80 %.
WIDENING = 1.15


def r_squared(rating: Float64Array, predicted: Float64Array) -> Float64Array:
    """(N, S), (N, S) -> (S,): 1 - squared error / squared deviation from the mean of these N, as upstream pools it."""
    error = ((rating - predicted) ** 2).sum(axis=0)
    return np.asarray(1 - error / ((rating - rating.mean(axis=0)) ** 2).sum(axis=0), np.float64)


def pearson(one: Float64Array, other: Float64Array) -> Float64Array:
    """(N, S), (N, S) -> (S,); 0 where one does not vary."""
    a, b = one - one.mean(axis=0), other - other.mean(axis=0)
    length = np.sqrt((a * a).sum(axis=0) * (b * b).sum(axis=0))
    return np.asarray((a * b).sum(axis=0) / np.where(length > 0, length, 1.0), np.float64)


def spearman(one: Float64Array, other: Float64Array) -> Float64Array:
    """(N, S), (N, S) -> (S,)."""
    return pearson(rankdata(one, axis=0), rankdata(other, axis=0))


def inside_pieces(rating: Float64Array, predicted: Float64Array, piece: npt.NDArray[np.str_]) -> Float64Array:
    """(S,) mean over pieces of Pearson inside each; pieces with fewer than 10 excerpts are left out."""
    names, counts = np.unique(piece, return_counts=True)
    known = [pearson(rating[piece == name], predicted[piece == name]) for name in names[counts >= FEWEST_IN_PIECE]]
    return np.asarray(np.mean(known, axis=0) if known else np.zeros(rating.shape[1]), np.float64)


def pairs_right(rating: Float64Array, predicted: Float64Array, segment: npt.NDArray[np.str_]) -> Float64Array:
    """(S,) of all pairs of excerpts with the same music and different ratings, the share ordered as the panel did."""
    right, count = np.zeros(rating.shape[1]), np.zeros(rating.shape[1])
    for name in np.unique(segment):
        same = np.flatnonzero(segment == name)
        first, second = (same[index] for index in np.triu_indices(len(same), 1))
        order = np.sign(rating[first] - rating[second])
        right += (order * np.sign(predicted[first] - predicted[second]) > 0).sum(axis=0)
        count += (order != 0).sum(axis=0)
    return right / np.maximum(count, 1)


def residual_band(residual: Float64Array) -> Float64Array:
    """(N, S) rating minus prediction -> (2, S): the band of 80 % of ratings on music that is not among these N."""
    return np.asarray(WIDENING * np.percentile(residual, BAND_PERCENT, axis=0), np.float64)


def covered(rating: Float64Array, predicted: Float64Array, band: Float64Array) -> Float64Array:
    """(S,) share of ratings inside prediction + band (2, S)."""
    residual = rating - predicted
    return np.asarray(((residual >= band[0]) & (residual <= band[1])).mean(axis=0), np.float64)


def others_on_segment(excerpts: Excerpts, test: npt.NDArray[np.bool_], train: npt.NDArray[np.bool_]) -> Float64Array:
    """(T, S) the mean rating of the other people who play each test excerpt's music in `train`; where there is none,
    of all in `train`. Independent of the playing."""
    overall = excerpts.rating[train].mean(axis=0)
    rows = []
    for segment in excerpts.segment[test]:
        same = train & excerpts.human & (excerpts.segment == segment)
        rows.append(excerpts.rating[same].mean(axis=0) if same.any() else overall)
    return np.array(rows)


def folds_of(excerpts: Excerpts) -> dict[str, IntArray]:
    """Splits by letter: (N,) fold of each excerpt. Each fold is predicted by the others; -1 is never predicted.

    A: upstream's performer split, only its test part is predicted. B: segments kept together. C: music kept together.
    D: one piece left out.
    """
    _, piece = np.unique(excerpts.piece, return_inverse=True)
    return {
        "A": np.where(excerpts.part == "test", 0, -1),
        "B": excerpts.fold_segment,
        "C": excerpts.fold_overlap,
        "D": piece.astype(np.int64),
    }
