"""A panel of listeners as arrays: features of a window of playing in, ratings on 19 scales out.

Kernel ridge regression on rank-normalised features: each is mapped to a normal distribution by its rank in training,
then weighed with its family. The kernel exp(-distance) is that of rough functions (Matern 1/2: Rasmussen & Williams,
Gaussian Processes for Machine Learning, 2006, section 4.2.1); on 1,200 excerpts it predicts better than the smooth one.
A second, narrow kernel, added with a small share (section 2.7 there), uses the features of the music alone: it learns
what is common to all renditions of a piece. For music far from all training data it is 0.

Where training had excerpts both transcribed and as played, a first regression restores features that transcription
distorts from the transcribed ones, and the kernel uses both.
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

    knots: (KNOTS, F) values of each feature at equally spaced ranks. weight: (F,). music: (F + R,) factors of weighed
    features in the second kernel, 0 for those of the playing; share: () its share. anchors: (N, F + R) normalised and
    weighed features of the excerpts, then the restored ones, weighed. restore: (N, R) coefficients of the latter.
    coefficients: (N, S). mean: (S,) rating 0-1. low, high: (F,) the range of training (0.5 to 99.5 %).
    residual: (2, S) 10 and 90 % quantiles of rating minus prediction on music outside the training data.
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
        """(W, F) -> (W, S) ratings, 0-1 for playing like that of the training data."""
        points = normalised(features, self.knots) * self.weight
        restored = kernel(points, self.anchors[:, : len(self.weight)]) @ self.restore
        likeness = combined_kernel(np.concatenate([points, restored], axis=1), self.anchors, self.music, self.share)
        return np.asarray(likeness @ self.coefficients + self.mean, np.float64)

    def beyond(self, features: Float64Array) -> float:
        """Share of the features (F,) with a weight above 0 that lie outside the range of training."""
        outside = (features < self.low) | (features > self.high)
        return float(outside[self.weight > 0].mean())

    def band(self, value: Float64Array) -> Float64Array:
        """(S,) ratings -> (S, 2): limits that hold in 80 % of cases on music outside the training data."""
        return np.clip(value[:, None] + self.residual.T, 0.0, 1.0)

    @staticmethod
    def of(arrays: Mapping[str, npt.NDArray[np.float32]], prefix: str) -> Panel:
        """From the arrays of a file. Raises KeyError, and ValueError where shapes do not match."""
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
        """The arrays that `of` reads."""
        return {f"{prefix}.{name}": getattr(self, name) for name in ARRAYS}


def normal_quantiles() -> Float64Array:
    """(KNOTS,) standard normal quantiles of the knots."""
    normal = NormalDist()
    return np.array([normal.inv_cdf(rank) for rank in np.linspace(LOWEST_RANK, HIGHEST_RANK, KNOTS)])


def normalised(features: Float64Array, knots: FloatArray) -> Float64Array:
    """(W, F) -> (W, F): normal quantiles of each feature's rank among its knots, clipped at their ends."""
    quantiles = normal_quantiles()
    columns = [np.interp(column, knot, quantiles) for column, knot in zip(features.T, knots.T, strict=True)]
    return np.stack(columns, axis=1)


def combined_kernel(
    one: npt.NDArray[np.floating],
    other: npt.NDArray[np.floating],
    music: npt.NDArray[np.floating],
    share: npt.ArrayLike,
) -> Float64Array:
    """(A, F), (B, F) weighed -> (A, B): both kernels of a `Panel`."""
    used = music > 0
    content = kernel(one[:, used] * music[used], other[:, used] * music[used])
    return np.asarray(kernel(one, other) + np.asarray(share, np.float64) * content, np.float64)


def kernel(one: npt.NDArray[np.floating], other: npt.NDArray[np.floating]) -> Float64Array:
    """(A, F), (B, F) -> (A, B): exp of minus the Euclidean distance."""
    square = (one * one).sum(axis=1)[:, None] + (other * other).sum(axis=1) - 2 * one @ other.T
    return np.asarray(np.exp(-np.sqrt(np.maximum(square, 0.0))), np.float64)
