"""Features of timing: pace, evenness, and the spread of chords."""

from __future__ import annotations

import numpy as np

from realtime.analysis.strikes import Strikes
from realtime.contract import Float64Array, IntArray
from realtime.notes import NoteTable
from realtime.report.features.statistics import deviation, mean, percentiles

SHORTEST_STEP_S = 0.02
# Ratios of neighbouring steps in written music, in octaves: 1, 3:2, 2, 3, 4, 8.
WRITTEN_RATIOS = np.log2([1.0, 1.5, 2.0, 3.0, 4.0, 8.0])
EQUAL_OCTAVES = 0.5
PULSES_S = 2.0 ** np.linspace(-3.0, 0.3, 67)


def timing_features(notes: NoteTable, groups: Strikes) -> dict[str, float]:
    """Steps between strikes in octaves of a second (log2), rates in octaves, spreads of chords in ms."""
    step = np.log2(np.maximum(groups.steps, SHORTEST_STEP_S))
    playing = max(float(groups.time[-1] - groups.time[0]), 0.5)
    return {
        "step": mean(step),
        "step_sd": deviation(step),
        **percentiles("step", step, (10, 50, 90)),
        "longest": float(step.max() - np.median(step)) if len(step) else 0.0,
        "strike_rate": float(np.log2(len(groups) / playing)),
        "note_rate": float(np.log2(len(notes) / playing)),
        "pulse": pulse_strength(groups.time),
        **_evenness(groups.steps, step),
        **_chords(notes, groups),
    }


def pulse_strength(time: Float64Array) -> float:
    """0-1: how well one constant pulse fits all strikes; the best of periods from 1/8 to 1.2 s."""
    return float(np.abs(np.exp(2j * np.pi * time / PULSES_S[:, None]).mean(axis=1)).max())


def _evenness(seconds: Float64Array, step: Float64Array) -> dict[str, float]:
    """Neighbouring steps: their difference over their sum, the distance of their ratio from a written one, and the
    inequality of steps that are written equal. The last two are 0 for playing without any rubato."""
    ratio = np.abs(np.diff(step))
    strange = np.abs(ratio[:, None] - WRITTEN_RATIOS).min(axis=1)
    equal = ratio[ratio < EQUAL_OCTAVES]
    pairs = np.maximum(seconds[1:] + seconds[:-1], SHORTEST_STEP_S)
    return {
        "uneven": mean(np.abs(np.diff(seconds)) / pairs),
        "strange": mean(strange),
        **percentiles("strange", strange, (90,)),
        "jitter": mean(equal),
        **percentiles("jitter", equal, (90,)),
        "equal_share": len(equal) / max(1, len(ratio)),
    }


def _chords(notes: NoteTable, groups: Strikes) -> dict[str, float]:
    """Spread of chords, and how late their top and bottom notes come, ms."""
    first = groups.begin[:-1]
    chords = groups.size > 1
    spread = (notes.onset[groups.begin[1:] - 1] - notes.onset[first])[chords]
    late = {
        name: 1000 * mean((notes.onset[index] - notes.onset[first])[chords])
        for name, index in (("top_late", groups.top), ("bass_late", bottoms(notes, groups)))
    }
    return {"spread": 1000 * mean(spread), **percentiles("spread", 1000 * spread, (90,)), **late}


def bottoms(notes: NoteTable, groups: Strikes) -> IntArray:
    """(G,) index of the lowest note of each strike."""
    order = np.lexsort((notes.pitch, strike_of(groups)))
    return np.asarray(order[groups.begin[:-1]], np.int64)


def strike_of(groups: Strikes) -> IntArray:
    """(N,) the strike that each note belongs to."""
    return np.repeat(np.arange(len(groups)), groups.size)
