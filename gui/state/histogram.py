"""How often values fall into equal steps of a range."""

from __future__ import annotations

from collections.abc import Iterable

from realtime.midi.velocity import LOUDEST


def counts(values: Iterable[float], bins: int, low: float = 0.0, high: float = LOUDEST + 1.0) -> list[int]:
    """Number of values in each of `bins` steps from `low` up to, not including, `high`; what lies outside counts in
    the first or the last."""
    found = [0] * bins
    for value in values:
        found[min(max(int((value - low) / (high - low) * bins), 0), bins - 1)] += 1
    return found
