"""Features of dynamics: differences of velocities, which depend little on microphone and velocity curve."""

from __future__ import annotations

import numpy as np

from realtime.analysis.strikes import Strikes
from realtime.contract import Float64Array
from realtime.notes import NoteTable
from realtime.report.features.statistics import correlation, deviation, mean, percentiles, smooth
from realtime.report.features.timing import SHORTEST_STEP_S, bottoms, strike_of

CONTOUR_HOP_S, CONTOUR_WIDTH_S = 0.5, 1.0
ACCENT = 15.0


def dynamics_features(notes: NoteTable, groups: Strikes) -> dict[str, float]:
    """In MIDI velocities, relative to the median of the window."""
    velocity = notes.velocity.astype(np.float64)
    loud = velocity - float(np.median(velocity))
    strongest = np.maximum.reduceat(loud, groups.begin[:-1])
    p5, p25, p75, p95 = np.percentile(loud, (5, 25, 75, 95))
    leap = np.abs(np.diff(strongest))
    steps = np.log2(np.maximum(groups.steps, SHORTEST_STEP_S))
    return {
        "sd": deviation(loud),
        "range": p95 - p5,
        "middle_range": p75 - p25,
        "skew": p95 + p5,
        "leap": mean(leap),
        **percentiles("leap", leap, (90,)),
        "levels": len(np.unique(notes.velocity)) / np.sqrt(len(notes)),
        "accents": mean(strongest > _mean_chord(loud, groups) + ACCENT),
        "with_pitch": correlation(loud, notes.pitch),
        "with_step": correlation(strongest[:-1], steps),
        "with_size": correlation(strongest, groups.size),
        **_outer_voices(notes, groups, loud),
        **_contour(groups, strongest),
    }


def _mean_chord(loud: Float64Array, groups: Strikes) -> float:
    return mean(np.add.reduceat(loud, groups.begin[:-1]) / groups.size)


def _outer_voices(notes: NoteTable, groups: Strikes, loud: Float64Array) -> dict[str, float]:
    """Velocity of the top and of the bottom note above that of the others, in strikes of several notes."""
    chord = groups.size[strike_of(groups)] > 1
    found = {"top_sd": deviation(loud[groups.top])}
    for name, index in (("top", groups.top), ("bass", bottoms(notes, groups))):
        one = np.zeros(len(notes), np.bool_)
        one[index] = True
        found[name] = mean(loud[one & chord]) - mean(loud[~one & chord])
    return found


def _contour(groups: Strikes, strongest: Float64Array) -> dict[str, float]:
    """The smoothed loudness of strikes, the deviation from it, and where it is highest (0-1 of the window)."""
    at = np.arange(groups.time[0], groups.time[-1] + CONTOUR_HOP_S, CONTOUR_HOP_S)
    line = smooth(at, groups.time, strongest, CONTOUR_WIDTH_S)
    share = (at - at[0]) / max(np.ptp(at), 1.0)
    return {
        "line_sd": deviation(line),
        "line_range": float(np.ptp(line)),
        "line_slope": float(np.polyfit(share, line, 1)[0]) if len(at) > 1 else 0.0,
        "stray": deviation(strongest - np.interp(groups.time, at, line)),
        "climax": float(share[line.argmax()]),
    }
