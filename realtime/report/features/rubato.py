"""Features of rubato: every step between strikes read as a whole number of units whose length moves slowly.

The unit's path is the cheapest one (Viterbi): steps far from a multiple of the unit cost, so do jumps of the unit, and
a little so do large multiples. What the multiples leave unexplained is expression: tempo that bends, and single
strikes that come early or late.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from realtime.analysis.strikes import Strikes
from realtime.contract import Float64Array, IntArray
from realtime.notes import NoteTable
from realtime.report.features.statistics import correlation, deviation, mean, smooth

UNITS = np.arange(np.log2(0.06), np.log2(1.3), 0.05)  # octaves of a second
MULTIPLES = np.array([1 / 3, 0.5, 1.0, 2.0, 3.0, 4.0, 6.0, 8.0])
MULTIPLE_COST = np.array([2.0, 1.6, 0.0, 0.25, 0.5, 0.5, 0.9, 0.9])
MISFIT_OCTAVES, HIGHEST_MISFIT = 0.09, 16.0
DRIFT_OCTAVES, DRIFT_STEP_S, HIGHEST_DRIFT = 0.05, 0.2, 30.0
SHORTEST_STEP_S = 0.025
FEWEST_STRIKES = 8
CURVE_HOP_S, CURVE_WIDTH_S, LOUDNESS_WIDTH_S = 0.5, 0.7, 1.0
LARGEST_DEVIATION = 0.4


class Reading(NamedTuple):
    """Of each step (K,): unit in octaves of a second; deviation in octaves from its multiple; index of the multiple.
    cost: per step."""

    unit: Float64Array
    deviation: Float64Array
    multiple: IntArray
    cost: float


def read_steps(seconds: Float64Array) -> Reading:
    """Steps between strikes (K,) in s, at least one -> their reading."""
    step_s = np.maximum(seconds, SHORTEST_STEP_S)
    misfit = np.log2(step_s)[:, None, None] - np.log2(MULTIPLES) - UNITS[:, None]  # (K, units, multiples)
    cost = np.minimum((misfit / MISFIT_OCTAVES) ** 2, HIGHEST_MISFIT) + MULTIPLE_COST
    multiple = cost.argmin(axis=2)
    own = np.take_along_axis(cost, multiple[:, :, None], axis=2)[:, :, 0]
    distance = (UNITS[:, None] - UNITS) ** 2
    total, came_from = own[0], []
    for length, row in zip(step_s[:-1], own[1:], strict=True):
        drift = distance / (DRIFT_OCTAVES**2 * max(length, 0.05) / DRIFT_STEP_S)
        arriving = total[:, None] + np.minimum(drift, HIGHEST_DRIFT)
        came_from.append(arriving.argmin(axis=0))
        total = arriving.min(axis=0) + row
    path = [int(total.argmin())]
    for back in reversed(came_from):
        path.append(int(back[path[-1]]))
    unit = np.array(path[::-1])
    index = np.arange(len(unit))
    chosen = multiple[index, unit]
    return Reading(UNITS[unit], misfit[index, unit, chosen], chosen, float(total.min()) / len(unit))


def rubato_features(notes: NoteTable, groups: Strikes) -> dict[str, float]:
    """Octaves throughout: 0.07 is 5 %. All 0 with fewer than 8 strikes."""
    if len(groups) < FEWEST_STRIKES:
        return dict.fromkeys(_features(_STEADY, np.zeros(9), np.arange(9.0)), 0.0)
    loudest = np.maximum.reduceat(notes.velocity, groups.begin[:-1]).astype(np.float64)
    return _features(read_steps(groups.steps), loudest, groups.time)


def _features(reading: Reading, loudest: Float64Array, time: Float64Array) -> dict[str, float]:
    late = np.clip(reading.deviation, -LARGEST_DEVIATION, LARGEST_DEVIATION)
    local = reading.unit + late
    at = np.arange(time[0], time[-1] + CURVE_HOP_S, CURVE_HOP_S)
    curve = smooth(at, (time[1:] + time[:-1]) / 2, local, CURVE_WIDTH_S)
    # Two points have no curvature.
    bend, slope, _ = np.polyfit((at - at.mean()) / max(np.ptp(at), 1.0), curve, 2) if len(at) > 2 else (0.0, 0.0, 0.0)
    return {
        "curve_sd": deviation(curve),
        "curve_range": float(np.ptp(np.percentile(curve, (5, 95)))),
        "curve_motion": mean(np.abs(np.diff(curve))),
        "curve_slope": float(slope),
        "curve_bend": float(bend),
        "unit": float(np.median(reading.unit)),
        "unit_sd": deviation(reading.unit),
        "unit_motion": mean(np.abs(np.diff(reading.unit))),
        "deviation": float(np.sqrt(np.mean(late**2))),
        "deviation_p50": float(np.percentile(np.abs(reading.deviation), 50)),
        "deviation_p90": float(np.percentile(np.abs(reading.deviation), 90)),
        "late_p95": float(np.percentile(reading.deviation, 95)),
        "early_p5": float(np.percentile(reading.deviation, 5)),
        "cost": float(np.log(reading.cost + 0.1)),
        "ending": mean(local[-3:]) - float(np.median(local)),
        "opening": mean(local[:3]) - float(np.median(local)),
        "ornaments": mean(MULTIPLES[reading.multiple] < 1),
        "multiple": mean(np.log2(MULTIPLES[reading.multiple])),
        "slow_loud": correlation(curve, smooth(at, time, loudest, LOUDNESS_WIDTH_S)),
    }


_STEADY = Reading(np.zeros(8), np.zeros(8), np.full(8, 2), 0.0)
