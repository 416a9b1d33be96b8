"""Sharp and flat as pictures: the bundled typeface has neither, and a box in their place reads as a fault."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from gui.stage.surface import FloatImage

SHARP, FLAT = "♯", "♭"
# Advance width of a sign, in em.
WIDTHS = {SHARP: 0.52, FLAT: 0.44}
FINER = 6
# Weight of the typeface -> thickness of the thin strokes, em; the thick ones have twice that.
STROKES = {500: 0.055, 600: 0.065, 700: 0.075}
Shape = npt.NDArray[np.bool_]


def accidental(sign: str, size: int, weight: int, rows: int, ascent: int) -> FloatImage:
    """How much of each pixel a sign covers, 0-1: (rows, advance width). size: px of the em; ascent: rows above the
    line on which letters stand."""
    columns = round(WIDTHS[sign] * size)
    x = ((np.arange(columns * FINER) + 0.5) / FINER / size)[None, :]
    y = (ascent - (np.arange(rows * FINER) + 0.5) / FINER)[:, None] / size
    shape = _sharp(x, y, STROKES[weight]) if sign == SHARP else _flat(x, y, STROKES[weight])
    covered: FloatImage = shape.reshape(rows, FINER, columns, FINER).mean(axis=(1, 3))
    return covered


def _sharp(x: FloatImage, y: FloatImage, stroke: float) -> Shape:
    stems = (np.abs(x - 0.18) < stroke / 2) & (y > -0.10) & (y < 0.74)
    stems |= (np.abs(x - 0.34) < stroke / 2) & (y > -0.04) & (y < 0.80)
    slope = 0.22 * (x - 0.26)
    across = (x > 0.05) & (x < 0.47)
    bars = (np.abs(y - 0.23 - slope) < 0.8 * stroke) | (np.abs(y - 0.48 - slope) < 0.8 * stroke)
    shape: Shape = stems | (across & bars)
    return shape


def _flat(x: FloatImage, y: FloatImage, stroke: float) -> Shape:
    stem = (np.abs(x - 0.09) < stroke / 2) & (y > -0.10) & (y < 0.80)
    # A bowl: an ellipse that leans to the stem below, hollowed by a smaller one.
    aside = x - 0.09 + 0.10 * (0.18 - y).clip(0)
    outer = (aside / 0.29) ** 2 + ((y - 0.17) / 0.27) ** 2 < 1
    inner = (aside / (0.29 - 1.7 * stroke)) ** 2 + ((y - 0.18) / (0.27 - 1.1 * stroke)) ** 2 < 1
    shape: Shape = stem | (outer & ~inner & (x > 0.09))
    return shape
