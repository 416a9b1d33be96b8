"""Density, register and loudness over the time of a take."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from realtime.contract import Float64Array
from realtime.notes import NoteTable
from realtime.report.measures.dynamics import has_velocity

WINDOW_S = 4.0
# More points than this cannot be told apart in a picture; windows of very long takes lie further apart.
MOST_POINTS = 600


@dataclass(frozen=True, eq=False)
class Curves:
    """One value per window of 4 s, whose middles lie 1 s apart (more in takes beyond ten minutes).

    time: (W,) s. density: (W,) notes struck per second. register: (W,) mean pitch, MIDI; velocity: (W,) mean velocity;
    both NaN where nothing is struck, velocity everywhere when all notes have the same.
    """

    time: Float64Array
    density: Float64Array
    register: Float64Array
    velocity: Float64Array


def curves(notes: NoteTable) -> Curves:
    """The curves from the first onset to the last; empty without notes."""
    if not len(notes):
        return Curves(*(np.zeros(0) for _ in range(4)))
    begin, end = float(notes.onset[0]), float(notes.onset[-1])
    hop_s = max(1.0, (end - begin) / MOST_POINTS)
    time = np.arange(begin, end + hop_s, hop_s)
    low = np.searchsorted(notes.onset, time - WINDOW_S / 2, side="left")
    high = np.searchsorted(notes.onset, time + WINDOW_S / 2, side="left")
    # At both ends the window reaches beyond the playing, and only the part inside counts.
    inside_s = np.minimum(time + WINDOW_S / 2, end) - np.maximum(time - WINDOW_S / 2, begin)
    loud = notes.velocity if has_velocity(notes) else np.full(len(notes), np.nan)
    return Curves(
        time=time,
        density=(high - low) / np.maximum(inside_s, WINDOW_S / 4),
        register=_means(notes.pitch.astype(np.float64), low, high),
        velocity=_means(loud.astype(np.float64), low, high),
    )


def _means(values: Float64Array, low: np.ndarray, high: np.ndarray) -> Float64Array:
    """Mean of values[low:high] for every pair of bounds; NaN where there is nothing between them."""
    sums = np.concatenate([[0.0], np.cumsum(values)])
    count = high - low
    with np.errstate(invalid="ignore"):
        return np.where(count > 0, (sums[high] - sums[low]) / np.maximum(count, 1), np.nan)
