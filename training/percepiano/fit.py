"""Fit a panel (`realtime.report.panel`) on rows of features and the ratings of their excerpts.

Weights, spread and ridge were chosen on split C, where they matter by 0.01 to 0.02 of R2; nothing else was.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from realtime.report.features import LEVEL_FAMILY
from realtime.report.impressions import HEARD, PLAYED
from realtime.report.panel import HIGHEST_RANK, KNOTS, LOWEST_RANK, Panel, comparable, kernel
from training.data.notes import Float64Array
from training.percepiano.rows import Rows

# How much each family of features counts; what a transcriber hears of absolute loudness is the microphone's.
FAMILY_WEIGHTS: Mapping[str, Mapping[str, float]] = {
    PLAYED: {
        "timing": 0.8,
        "rubato": 0.8,
        "dynamics": 1.5,
        LEVEL_FAMILY: 6.0,
        "touch": 0.8,
        "pedal": 2.2,
        "texture": 1.3,
    },
    HEARD: {
        "timing": 0.8,
        "rubato": 0.8,
        "dynamics": 1.5,
        LEVEL_FAMILY: 0.0,
        "touch": 0.8,
        "pedal": 2.0,
        "texture": 0.7,
    },
}
# Squared distance, in the kernel's unit, of two rows that differ by one deviation in every feature.
SPREAD = {PLAYED: 0.2, HEARD: 0.1}
RIDGE = {PLAYED: 0.2, HEARD: 0.6}
RANGE_PERCENT = (0.5, 99.5)


def fit_panel(rows: Rows, ratings: Float64Array, domain: str, residual: Float64Array | None = None) -> Panel:
    """The panel of a domain (`PLAYED` or `HEARD`) from R rows and the ratings of their excerpts (R, S).

    Rows as played and as heard are made comparable each by their own ranks, so that what a transcriber gets wrong
    everywhere (shorter holds, fewer velocities) does not matter. residual: (2, S) of the band; without it, none.
    """
    weight = feature_weights(rows.names, domain)
    own = rows.heard if domain == HEARD and rows.heard.any() else ~rows.heard
    anchors = np.empty_like(rows.values)
    for kind in (own, ~own):
        if kind.any():
            anchors[kind] = comparable(rows.values[kind], _knots(rows.values[kind])) * weight
    mean = ratings.mean(axis=0)
    system = kernel(anchors, anchors) + RIDGE[domain] * np.eye(len(anchors))
    coefficients = np.linalg.solve(system, ratings - mean)
    low, high = np.percentile(rows.values[own], RANGE_PERCENT, axis=0)
    band = np.zeros((2, ratings.shape[1])) if residual is None else residual
    arrays = (_knots(rows.values[own]), weight, anchors, coefficients, mean, low, high, band)
    return Panel(*(array.astype(np.float32) for array in arrays))


def feature_weights(names: tuple[str, ...], domain: str) -> Float64Array:
    """(F,) by family, scaled so that `SPREAD` holds."""
    families = FAMILY_WEIGHTS[domain]
    weight = np.array([families[name.split(".")[0]] for name in names])
    return np.asarray(weight * np.sqrt(SPREAD[domain] / (weight**2).sum()), np.float64)


def _knots(values: Float64Array) -> npt.NDArray[np.float32]:
    ranks = np.linspace(LOWEST_RANK, HIGHEST_RANK, KNOTS)
    return np.quantile(values, ranks, axis=0).astype(np.float32)
