"""Fit a panel (`realtime.report.panel.model`) on rows of features and the ratings of their excerpts.

Weights, spreads and ridges were chosen on split C and on upstream's validation folds of the performer split, where
each matters by 0.005 to 0.02 of R2; its test excerpts were left out of that.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
from scipy.linalg import solve

from realtime.contract import Float64Array, IntArray
from realtime.report.features.vector import DEPTH_FAMILY, LEVEL_FAMILY, MUSIC_FAMILIES
from realtime.report.panel.impressions import PLAYED, TRANSCRIBED
from realtime.report.panel.model import HIGHEST_RANK, KNOTS, LOWEST_RANK, Panel, combined_kernel, normalised
from training.percepiano.restore import have_played_rows, restore
from training.percepiano.rows import Rows

# Weight of each feature of a family; in a transcription absolute loudness is the microphone's.
FAMILY_WEIGHTS: Mapping[str, Mapping[str, float]] = {
    PLAYED: {
        "timing": 1.6,
        "rubato": 0.5,
        "dynamics": 1.4,
        LEVEL_FAMILY: 2.6,
        "sound": 2.4,
        "touch": 0.6,
        "pedal": 2.2,
        DEPTH_FAMILY: 2.0,
        "texture": 1.2,
        "content": 1.0,
    },
    TRANSCRIBED: {
        "timing": 2.4,
        "rubato": 0.5,
        "dynamics": 1.5,
        LEVEL_FAMILY: 0.0,
        "sound": 1.5,
        "touch": 0.8,
        "pedal": 2.0,
        DEPTH_FAMILY: 0.0,
        "texture": 0.7,
        "content": 0.7,
    },
}
# Families that a transcriber gets wrong: the panel of transcribed takes also gets an estimate of them as played, made
# from the other features, with the weights of the panel of played takes.
RESTORED_FAMILIES = ("dynamics", LEVEL_FAMILY, "sound", "touch", "pedal", DEPTH_FAMILY)
# Squared distance, in the kernel's unit, of two rows that differ by one deviation in every feature.
SPREAD = {PLAYED: 0.2, TRANSCRIBED: 0.25}
# The same for the kernel that sees the music alone, and that kernel's share.
MUSIC_SPREAD, MUSIC_SHARE = 1.0, 0.2
# Noise of an excerpt's mean rating, which all its rows share, and of a single row's features.
RATING_RIDGE = {PLAYED: 0.2, TRANSCRIBED: 0.25}
ROW_RIDGE = {PLAYED: 0.0, TRANSCRIBED: 0.15}
# How alike the same features are as played and as transcribed.
KINSHIP = 0.9
# Both ridges of the first three common directions of the ratings, of the next three, and of the rest, which is mostly
# noise, are multiplied by these.
FIRST_OF_DIRECTIONS = (0, 3, 6, None)
DIRECTION_RIDGES = (0.65, 1.5, 3.0)
RANGE_PERCENT = (0.5, 99.5)


def fit_panel(rows: Rows, ratings: Float64Array, domain: str, residual: Float64Array | None = None) -> Panel:
    """The panel of a domain (`PLAYED` or `TRANSCRIBED`) from R rows and the ratings of their excerpts (R, S).

    Rows as played and as transcribed are normalised each by their own ranks, so that what a transcriber gets wrong
    everywhere (shorter holds, fewer velocities) does not matter; rows of the other kind count less by KINSHIP (Bonilla,
    Chai & Williams, Multi-task Gaussian process prediction, 2007, with two tasks). Where every transcribed excerpt has
    a row as played, `RESTORED_FAMILIES` are restored. residual: (2, S) of the band; without it, none.
    """
    own = rows.transcribed if domain == TRANSCRIBED and rows.transcribed.any() else ~rows.transcribed
    columns = restored_columns(rows, domain)
    weight, restored_weight = feature_weights(rows.names, domain, columns)
    music = np.append(music_weights(rows.names, weight), np.zeros(len(columns)))
    ranks = _ranks(rows.values, own)
    restoring, restored = restore(ranks * weight, ranks[:, columns], rows.excerpt, own)
    anchors = np.concatenate([ranks * weight, restored * restored_weight], axis=1)
    mean = ratings.mean(axis=0)
    kinship = np.where(own, 1.0, KINSHIP)
    likeness = combined_kernel(anchors, anchors, music, MUSIC_SHARE) * np.where(own[:, None] == own, 1.0, KINSHIP)
    coefficients = kinship[:, None] * _coefficients(likeness, ratings - mean, _ridge(rows, domain))
    low, high = np.percentile(rows.values[own], RANGE_PERCENT, axis=0)
    band = np.zeros((2, ratings.shape[1])) if residual is None else residual
    learned = (anchors, restoring * restored_weight, coefficients)
    arrays = (_knots(rows.values[own]), weight, music, np.array(MUSIC_SHARE), *learned, mean, low, high, band)
    return Panel(*(array.astype(np.float32) for array in arrays))


def _ridge(rows: Rows, domain: str) -> Float64Array:
    """(R, R): the noise that rows of one excerpt share, and each row's own."""
    same = rows.excerpt[:, None] == rows.excerpt
    return np.asarray(RATING_RIDGE[domain] * same + ROW_RIDGE[domain] * np.eye(len(same)), np.float64)


def _coefficients(likeness: Float64Array, deviations: Float64Array, ridge: Float64Array) -> Float64Array:
    """(R, R), (R, S), (R, R) -> (R, S): kernel ridge regression of the ratings' principal components, the later ones
    with more ridge.

    Breiman & Friedman, Journal of the Royal Statistical Society B 59, 1997: what several responses share is predicted
    better than the part that each has alone.
    """
    scale = deviations.std(axis=0)
    scale = np.where(scale > 0, scale, 1.0)
    directions = np.linalg.svd(deviations / scale, full_matrices=False)[2]
    along = deviations / scale @ directions.T
    solved = []
    for first, last, factor in zip(FIRST_OF_DIRECTIONS[:-1], FIRST_OF_DIRECTIONS[1:], DIRECTION_RIDGES, strict=True):
        system = (likeness + factor * ridge).astype(np.float32)
        solved.append(solve(system, along[:, first:last].astype(np.float32), assume_a="pos", overwrite_a=True))
    return np.asarray(np.concatenate(solved, axis=1) @ directions * scale, np.float64)


def restored_columns(rows: Rows, domain: str) -> IntArray:
    """(R,) indices of the features that are restored; none for MIDI as played, or without rows as played."""
    if domain == PLAYED or not have_played_rows(rows.excerpt, rows.transcribed):
        return np.zeros(0, np.int64)
    return np.flatnonzero([_family(name) in RESTORED_FAMILIES for name in rows.names])


def feature_weights(names: tuple[str, ...], domain: str, columns: IntArray) -> tuple[Float64Array, Float64Array]:
    """(F,) by family, and (R,) of the restored features `columns`; scaled so that `SPREAD` holds of both."""
    weight = np.array([FAMILY_WEIGHTS[domain][_family(name)] for name in names])
    restored = np.array([FAMILY_WEIGHTS[PLAYED][_family(names[column])] for column in columns])
    scale = np.sqrt(SPREAD[domain] / ((weight**2).sum() + (restored**2).sum()))
    return weight * scale, restored * scale


def music_weights(names: tuple[str, ...], weight: Float64Array) -> Float64Array:
    """(F,) factors from weighed features to those of the second kernel: 0 for families outside `MUSIC_FAMILIES`."""
    own = np.array([_family(name) in MUSIC_FAMILIES for name in names])
    return np.where(own, np.sqrt(MUSIC_SPREAD / (weight[own] ** 2).sum()), 0.0)


def _family(name: str) -> str:
    return name.split(".")[0]


def _ranks(values: Float64Array, own: npt.NDArray[np.bool_]) -> Float64Array:
    """(R, F) normalised features of rows, those of the panel's own kind and the others each by their own knots."""
    ranks = np.empty_like(values)
    for kind in (own, ~own):
        if kind.any():
            ranks[kind] = normalised(values[kind], _knots(values[kind]))
    return ranks


def _knots(values: Float64Array) -> npt.NDArray[np.float32]:
    ranks = np.linspace(LOWEST_RANK, HIGHEST_RANK, KNOTS)
    return np.quantile(values, ranks, axis=0).astype(np.float32)
