"""Features of the pedal: how much, how often, when relative to the strikes, and what it mixes."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from realtime.analysis.strikes import Strikes
from realtime.contract import PEDAL_DOWN, Float64Array, IntArray
from realtime.notes import NoteTable
from realtime.report.features.statistics import mean, percentiles
from realtime.report.measures.pedalling import Presses, pedal_presses

GRID_S = 0.04
HALF_PEDAL = (20, 100)
LONGEST_SOUND_S = 8.0
MIDDLE_C = 60
DEPTHS = (0, 1, 32, 64, 96, 127, 128)  # bounds of the depths that are counted
NEVER_S = 8.0  # in place of an infinite time, where there are no two presses


def pedal_features(notes: NoteTable, groups: Strikes) -> dict[str, float]:
    """Times in octaves of a second, rates per second, pedal depths 0-1. Without events the pedal counts as up."""
    grid = np.arange(notes.onset[0], notes.offset.max() + GRID_S, GRID_S)
    value = notes.pedal_at(grid)
    down = value >= PEDAL_DOWN
    low, high = HALF_PEDAL
    presses = pedal_presses(notes)
    at_onset = notes.pedal_down(notes.onset)
    bass = notes.pitch < MIDDLE_C
    return {
        "share": mean(down),
        "depth": mean(value) / 127,
        "depth_sd": float(value.std()) / 127,
        "half": mean((value > low) & (value < high)),
        "touched": mean(value > low),
        "depth_down": mean(value[down]) / 127,
        "at_onset": mean(at_onset),
        "at_release": mean(notes.pedal_down(notes.offset)),
        "at_bass": mean(at_onset[bass] if bass.any() else at_onset),
        **_presses(presses, groups, float(grid[-1] - grid[0])),
        **_mixture(notes, grid),
    }


def depth_features(notes: NoteTable) -> dict[str, float]:
    """Shares of the time at each depth of the pedal: wholly up, up to a quarter down, and so on to wholly down."""
    grid = np.arange(notes.onset[0], notes.offset.max() + GRID_S, GRID_S)
    counts = np.histogram(notes.pedal_at(grid), DEPTHS)[0]
    return {f"from_{least}": count / len(grid) for least, count in zip(DEPTHS[:-1], counts, strict=True)}


def _presses(presses: Presses, groups: Strikes, seconds: float) -> dict[str, float]:
    """Presses and lifts, and how long after the preceding strike the pedal goes down and up."""
    lengths = presses.up - presses.down
    lifts = presses.down[1:] - presses.up[:-1]
    return {
        "rate": len(lengths) / seconds,
        "per_strike": len(lengths) / len(groups),
        "stroke": float(np.log2(mean(lengths) + 0.1)),
        "longest_stroke": float(np.log2(lengths.max(initial=0.0) + 0.1)),
        "lift": float(np.log2((np.median(lifts) if len(lifts) else NEVER_S) + 0.05)),
        "down_lag": _lag(presses.down, groups.time),
        "up_lag": _lag(presses.up, groups.time),
    }


def _lag(moments: Float64Array, strike: Float64Array) -> float:
    """Median time since the preceding strike, s, at most 1; 1 without moments."""
    if not len(moments):
        return 1.0
    before = np.maximum(np.searchsorted(strike, moments + 0.03, side="right") - 1, 0)
    return float(np.median(np.clip(moments - strike[before], -0.1, 1.0)))


def _mixture(notes: NoteTable, grid: Float64Array) -> dict[str, float]:
    """Sounding notes, pitch classes and neighbours among these at a time; how much the pedal prolongs notes."""
    end = sounding_end(notes)
    sounds = (grid[:, None] >= notes.onset) & (grid[:, None] < end)
    keys = (grid[:, None] >= notes.onset) & (grid[:, None] < notes.offset)
    classes = np.stack([sounds[:, notes.pitch % 12 == c].any(axis=1) for c in range(12)], axis=1)
    together, held = sounds.sum(axis=1), keys.sum(axis=1)
    key_s = np.log2(np.maximum(notes.offset - notes.onset, 0.01))
    sound_s = np.log2(np.maximum(end - notes.onset, 0.01))
    return {
        "sound": mean(sound_s),
        "prolongs": mean(sound_s - key_s),
        "notes": mean(together),
        **percentiles("notes", together, (90,)),
        "classes": mean(classes.sum(axis=1)),
        **percentiles("classes", classes.sum(axis=1), (90,)),
        "semitones": mean(_neighbours(classes, 1)),
        "whole_tones": mean(_neighbours(classes, 2)),
        "silence": mean(together == 0),
        "keys_up": mean(held == 0),
        "keys": mean(held),
    }


def _neighbours(classes: npt.NDArray[np.bool_], distance: int) -> IntArray:
    """(T,) pairs of sounding pitch classes (T, 12) so many semitones apart."""
    return np.asarray((classes & np.roll(classes, distance, axis=1)).sum(axis=1), np.int64)


def sounding_end(notes: NoteTable) -> Float64Array:
    """(N,) s: the key's release, or the pedal's where it is down then; the key's next onset at the latest."""
    end = np.minimum(notes.sustained_offset(), notes.next_onset())
    return np.asarray(np.minimum(end, notes.onset + LONGEST_SOUND_S), np.float64)
