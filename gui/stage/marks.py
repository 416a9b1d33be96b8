"""Small signs of verdicts as pictures: right, early, late, extra, missed; each has a shape of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np

from gui.stage.surface import FloatImage, coverage

RIGHT, EARLY, LATE, EXTRA, MISSED = "right", "early", "late", "extra", "missed"
Point = tuple[float, float]


def shape_of(kind: str, size: int) -> FloatImage:
    """How much of each pixel a sign covers, 0-1: (size, size)."""
    return coverage(_SHAPES[kind](size))


def _check(size: int) -> FloatImage:
    return _line(size, ((0.16, 0.54), (0.42, 0.80), (0.88, 0.24)), 0.15)


def _cross(size: int) -> FloatImage:
    there, back = _line(size, ((0.2, 0.2), (0.8, 0.8)), 0.16), _line(size, ((0.8, 0.2), (0.2, 0.8)), 0.16)
    crossed: FloatImage = np.minimum(there, back)
    return crossed


def _ring(size: int) -> FloatImage:
    x, y = _centres(size)
    hollow: FloatImage = np.abs(np.hypot(x - 0.5, y - 0.5) * size - 0.36 * size) - 0.08 * size
    return hollow


def _arrow(size: int) -> FloatImage:
    """A triangle that points to the right."""
    x, y = _centres(size)
    reach = 0.88 - x - 1.55 * np.abs(y - 0.5)
    inside: FloatImage = -np.minimum(reach / np.hypot(1, 1.55), x - 0.2) * size
    return inside


def _line(size: int, points: Sequence[Point], thick: float) -> FloatImage:
    """Signed distance, px, from a line through points of a square of 1 × 1 with round ends."""
    x, y = _centres(size)
    nearest = np.full((size, size), np.inf)
    for (ax, ay), (bx, by) in pairwise(points):
        length = (bx - ax) ** 2 + (by - ay) ** 2
        along = np.clip(((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length, 0, 1)
        nearest = np.minimum(nearest, np.hypot(x - ax - along * (bx - ax), y - ay - along * (by - ay)))
    signed: FloatImage = (nearest - thick / 2) * size
    return signed


def _centres(size: int) -> tuple[FloatImage, FloatImage]:
    """Where the centres of pixels lie in a square of 1 × 1: a row of x, a column of y."""
    centres = (np.arange(size) + 0.5) / size
    return centres[None, :], centres[:, None]


_SHAPES: dict[str, Callable[[int], FloatImage]] = {
    RIGHT: _check,
    EARLY: lambda size: _arrow(size)[:, ::-1],
    LATE: _arrow,
    EXTRA: _cross,
    MISSED: _ring,
}
