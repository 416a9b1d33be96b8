"""A panel of listeners as arrays: features of a stretch of playing in, 19 impressions out.

Kernel ridge regression on features that were made comparable: each is read on a bell curve by its rank in training,
then weighed with its family. The kernel exp(-distance) is that of rough functions (Matern 1/2: Rasmussen & Williams,
Gaussian Processes for Machine Learning, 2006, section 4.2.1); it makes better of 1,200 excerpts than the smooth one.
A second one, added with a small share (section 2.7 there), sees only what music is played, and that closely: what is
said of a piece however it is played. Of music that is far from all of training it says nothing.

Where training had excerpts both as heard and as they were played, a first regression tells from the features heard
what misheard ones were as played, and the kernel sees both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

from realtime.contract import Float64Array

FloatArray = npt.NDArray[np.float32]

KNOTS = 33
LOWEST_RANK, HIGHEST_RANK = 0.01, 0.99
ARRAYS = ("knots", "weight", "music", "share", "anchors", "restore", "coefficients", "mean", "low", "high", "residual")


@dataclass(frozen=True, eq=False)
class Panel:
    """F features, R of them restored (maybe none), N excerpts that it was fitted on, S scales; float32 throughout, so
    that a file holds it exactly.

    knots: (KNOTS, F) values of each feature at equally spaced ranks. weight: (F,). music: (F + R,) by what the second
    kernel multiplies weighed features, 0 for those of the playing; share: () its share. anchors: (N, F + R) comparable
    and weighed, then restored and weighed. restore: (N, R) coefficients of the restored features, weighed.
    coefficients: (N, S). mean: (S,) rating 0-1. low, high: (F,) the range of training (0.5 to 99.5 %).
    residual: (2, S) what the rating lies below and above the prediction in the middle 80 % of unknown music.
    """

    knots: FloatArray
    weight: FloatArray
    music: FloatArray
    share: FloatArray
    anchors: FloatArray
    restore: FloatArray
    coefficients: FloatArray
    mean: FloatArray
    low: FloatArray
    high: FloatArray
    residual: FloatArray

    def predict(self, features: Float64Array) -> Float64Array:
        """(W, F) -> (W, S) ratings, 0-1 where the playing is like that of training."""
        points = comparable(features, self.knots) * self.weight
        restored = kernel(points, self.anchors[:, : len(self.weight)]) @ self.restore
        likeness = alike(np.concatenate([points, restored], axis=1), self.anchors, self.music, self.share)
        return np.asarray(likeness @ self.coefficients + self.mean, np.float64)

    def beyond(self, features: Float64Array) -> float:
        """Share of a row's features (F,) that lie outside the range of training, of those that count at all."""
        outside = (features < self.low) | (features > self.high)
        return float(outside[self.weight > 0].mean())

    def band(self, value: Float64Array) -> Float64Array:
        """(S,) ratings -> (S, 2): where the panel's rating lies in 80 % of cases, on unknown music."""
        return np.clip(value[:, None] + self.residual.T, 0.0, 1.0)

    @staticmethod
    def of(arrays: Mapping[str, npt.NDArray[np.float32]], prefix: str) -> Panel:
        """From the arrays of a file. Raises KeyError, and ValueError where sizes do not belong together."""
        found = Panel(*(np.asarray(arrays[f"{prefix}.{name}"], np.float32) for name in ARRAYS))
        features, scales, excerpts = len(found.weight), len(found.mean), len(found.anchors)
        restored = found.restore.shape[-1]
        shapes = [(KNOTS, features), (features,), (features + restored,), ()]
        shapes += [(excerpts, features + restored), (excerpts, restored), (excerpts, scales)]
        shapes += [(scales,), (features,), (features,), (2, scales)]
        for name, shape in zip(ARRAYS, shapes, strict=True):
            if getattr(found, name).shape != shape:
                raise ValueError(f"{prefix}.{name} is {getattr(found, name).shape}, expected {shape}")
        return found

    def arrays(self, prefix: str) -> dict[str, FloatArray]:
        """What `of` reads."""
        return {f"{prefix}.{name}": getattr(self, name) for name in ARRAYS}


def bell_ranks() -> Float64Array:
    """(KNOTS,) standard normal quantiles of the knots."""
    normal = NormalDist()
    return np.array([normal.inv_cdf(rank) for rank in np.linspace(LOWEST_RANK, HIGHEST_RANK, KNOTS)])


def comparable(features: Float64Array, knots: FloatArray) -> Float64Array:
    """(W, F) -> (W, F): each feature's rank among its knots, on a bell curve; beyond the knots their ends."""
    bell = bell_ranks()
    columns = [np.interp(column, knot, bell) for column, knot in zip(features.T, knots.T, strict=True)]
    return np.stack(columns, axis=1)


def alike(
    one: npt.NDArray[np.floating],
    other: npt.NDArray[np.floating],
    music: npt.NDArray[np.floating],
    share: npt.ArrayLike,
) -> Float64Array:
    """(A, F), (B, F) weighed -> (A, B): both kernels of a `Panel`."""
    seen = music > 0
    content = kernel(one[:, seen] * music[seen], other[:, seen] * music[seen])
    return np.asarray(kernel(one, other) + np.asarray(share, np.float64) * content, np.float64)


def kernel(one: npt.NDArray[np.floating], other: npt.NDArray[np.floating]) -> Float64Array:
    """(A, F), (B, F) -> (A, B): exp of minus the Euclidean distance."""
    square = (one * one).sum(axis=1)[:, None] + (other * other).sum(axis=1) - 2 * one @ other.T
    return np.asarray(np.exp(-np.sqrt(np.maximum(square, 0.0))), np.float64)
