"""SVG elements as strings: no library, and the same bytes for the same take."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

import numpy as np

from realtime.contract import Float64Array


@dataclass(frozen=True)
class Scale:
    """A straight line from values to pixels: `low` lies at `begin`, `high` (which may be below `low`) at `end`."""

    low: float
    high: float
    begin: float
    end: float

    def __call__(self, value: float) -> float:
        """Pixel of one value."""
        return self.begin + (value - self.low) * self._pixels

    def all(self, values: Float64Array) -> Float64Array:
        """Pixels of many values."""
        return self.begin + (values - self.low) * self._pixels

    @property
    def _pixels(self) -> float:
        """Per unit of the value; a range of one value lies at `begin`."""
        return (self.end - self.begin) / (self.high - self.low) if self.high != self.low else 0.0


def ticks(low: float, high: float, most: int) -> list[float]:
    """At most `most` + 1 round values from `low` to `high`: steps of 1, 2 or 5 times a power of ten."""
    span = max(high - low, 1e-9)
    power = 10.0 ** np.floor(np.log10(span / most))
    step = next(power * factor for factor in (1, 2, 5, 10) if span / (power * factor) <= most)
    first = np.ceil(low / step)
    return [float(step * k) + 0.0 for k in np.arange(first, np.floor(high / step) + 1)]  # + 0.0: no "-0"


def picture(width: float, height: float, label: str, *parts: str) -> str:
    """A whole picture that fills the width of its place. label: for screen readers."""
    return f'<svg viewBox="0 0 {width:g} {height:g}" role="img" aria-label="{escape(label)}">{"".join(parts)}</svg>'


def text(x: float, y: float, words: str, kind: str) -> str:
    """Words whose anchor lies at (x, y). kind: class of the style sheet."""
    return f'<text x="{x:.1f}" y="{y:.1f}" class="{kind}">{escape(words)}</text>'


def line(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    """A straight line."""
    return f'<path d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" class="{kind}"/>'


def boxes(
    x: Float64Array, y: Float64Array, width: Float64Array, height: float, kind: str, fill: str | None = None
) -> str:
    """Many boxes of one height as one path, so that an hour of music stays a small page. x, y: upper left corners."""
    if not len(x):
        return ""
    path = "".join(
        f"M{left:.1f} {top:.1f}h{wide:.1f}v{height:.1f}h-{wide:.1f}z"
        for left, top, wide in zip(x.tolist(), y.tolist(), width.tolist(), strict=True)
    )
    colour = f' fill="{fill}"' if fill else ""
    return f'<path d="{path}" class="{kind}"{colour}/>'


def curve(x: Float64Array, y: Float64Array, kind: str) -> str:
    """A line through points; it breaks where y is not a number."""
    path, pen_down = [], False
    for across, down in zip(x.tolist(), y.tolist(), strict=True):
        if np.isnan(down):
            pen_down = False
            continue
        path.append(f"{'L' if pen_down else 'M'}{across:.1f} {down:.1f}")
        pen_down = True
    return f'<path d="{"".join(path)}" class="{kind}"/>' if path else ""
