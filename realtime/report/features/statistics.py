"""Statistics that are defined for few values, or none."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from realtime.contract import Float64Array


def mean(values: npt.ArrayLike) -> float:
    """Arithmetic mean; 0 without values."""
    array = np.asarray(values, np.float64)
    return float(array.mean()) if len(array) else 0.0


def deviation(values: npt.ArrayLike) -> float:
    """Standard deviation; 0 without values."""
    array = np.asarray(values, np.float64)
    return float(array.std()) if len(array) else 0.0


def percentiles(name: str, values: npt.ArrayLike, which: tuple[int, ...]) -> dict[str, float]:
    """Percentiles as `name`_p10, `name`_p90 and so on; 0 without values."""
    array = np.asarray(values, np.float64)
    found = np.percentile(array, which) if len(array) else np.zeros(len(which))
    return {f"{name}_p{percent}": float(value) for percent, value in zip(which, found, strict=True)}


def correlation(one: npt.ArrayLike, other: npt.ArrayLike) -> float:
    """Pearson's correlation; 0 where one of them does not vary, or with fewer than three values."""
    a, b = np.asarray(one, np.float64), np.asarray(other, np.float64)
    if len(a) < 3 or np.ptp(a) < 1e-9 or np.ptp(b) < 1e-9:
        return 0.0
    return float(np.corrcoef(a, b)[0, 1])


def smooth(at: Float64Array, time: Float64Array, values: Float64Array, width_s: float) -> Float64Array:
    """(A,): mean of `values` at `time` around each instant of `at`, by Gaussian weights of deviation `width_s`."""
    # Relative to the nearest value: where all are far away, the weights would otherwise all be 0.
    square = (at[:, None] - time) ** 2
    weight = np.exp(-0.5 * (square - square.min(axis=1, keepdims=True)) / width_s**2)
    return np.asarray(weight @ values / weight.sum(axis=1), np.float64)
