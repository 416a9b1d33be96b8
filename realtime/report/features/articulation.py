"""Features of articulation: how long keys are held, in seconds and against the step to the next strike."""

from __future__ import annotations

import numpy as np

from realtime.analysis.strikes import Strikes
from realtime.contract import Float64Array, IntArray
from realtime.notes import NoteTable
from realtime.report.features.statistics import correlation, deviation, mean, percentiles
from realtime.report.features.timing import SHORTEST_STEP_S, bottoms, strike_of

SHORTEST_HOLD_S = 0.01
SMALLEST_SHARE, LARGEST_SHARE = 0.05, 6.0
MIDDLE_C = 60


def articulation_features(notes: NoteTable, groups: Strikes) -> dict[str, float]:
    """Holds in octaves of a second, holds over steps in octaves (0: held until the next strike), overlaps in s."""
    hold = np.log2(np.maximum(notes.offset - notes.onset, SHORTEST_HOLD_S))
    following = np.append(groups.time[1:], np.nan)[strike_of(groups)]
    share = held_share(notes, following)
    known = np.isfinite(share)
    ratio = 2 ** share[known]
    overlap = np.clip((notes.offset - following)[known], -1.0, 1.0)
    low = notes.pitch < MIDDLE_C
    return {
        "hold": mean(hold),
        "hold_sd": deviation(hold),
        **percentiles("hold", hold, (10, 50, 90)),
        "low_hold": float(np.median(hold[low] if low.any() else hold)),
        "high_hold": float(np.median(hold[~low] if (~low).any() else hold)),
        "share": mean(share[known]),
        "share_sd": deviation(share[known]),
        **percentiles("share", share[known], (10, 25, 50, 75, 90)),
        "staccato": mean(ratio < 0.5),
        "detached": mean(ratio < 0.85),
        "legato": mean((ratio >= 0.95) & (ratio < 1.5)),
        "held_over": mean(ratio > 2),
        "overlap": mean(overlap),
        "overlap_only": mean(np.maximum(overlap, 0)),
        "with_step": correlation(hold[known], np.log2(np.maximum((following - notes.onset)[known], SHORTEST_STEP_S))),
        **_voice("top", share, groups.top),
        **_voice("bass", share, bottoms(notes, groups)),
    }


def held_share(notes: NoteTable, following: Float64Array) -> Float64Array:
    """(N,) octaves: hold of each key over its step to `following` (N,), the next strike; NaN in the last strike."""
    step = np.maximum(following - notes.onset, SHORTEST_STEP_S)
    return np.asarray(np.log2(np.clip((notes.offset - notes.onset) / step, SMALLEST_SHARE, LARGEST_SHARE)), np.float64)


def _voice(name: str, share: Float64Array, index: IntArray) -> dict[str, float]:
    own = share[index]
    own = own[np.isfinite(own)]
    return {**percentiles(f"{name}_share", own, (10, 50)), f"{name}_share_sd": deviation(own)}
