"""Features of texture: how many notes, where on the keyboard, and in what mode."""

from __future__ import annotations

import numpy as np

from realtime.analysis.key import MAJOR, MINOR, pitch_class_seconds
from realtime.analysis.strikes import Strikes
from realtime.notes import NoteTable
from realtime.report.features.statistics import deviation, mean
from realtime.report.features.timing import bottoms

MIDDLE_C = 60


def texture_features(notes: NoteTable, groups: Strikes) -> dict[str, float]:
    """Pitches in semitones; `minor`: how much better the best minor key fits than the best major one."""
    top, bottom = notes.pitch[groups.top], notes.pitch[bottoms(notes, groups)]
    p10, p90 = np.percentile(notes.pitch, (10, 90))
    return {
        "size": mean(groups.size),
        "chords": mean(groups.size > 2),
        "pitch": mean(notes.pitch),
        "pitch_sd": deviation(notes.pitch),
        "pitch_p10": p10,
        "pitch_p90": p90,
        "top": mean(top),
        "bottom": mean(bottom),
        "width": mean(top - bottom),
        "low_share": mean(notes.pitch < MIDDLE_C),
        "leap": mean(np.abs(np.diff(top))),
        "repeats": mean(np.diff(top) == 0),
        **_mode(notes),
    }


def _mode(notes: NoteTable) -> dict[str, float]:
    held = pitch_class_seconds(notes)
    if np.ptp(held) == 0:
        return {"minor": 0.0, "tonal": 0.0, "spread": 0.0}
    share = held / held.sum()
    used = share[share > 0]
    major, minor = (
        max(float(np.corrcoef(held, np.roll(mode, tonic))[0, 1]) for tonic in range(12)) for mode in (MAJOR, MINOR)
    )
    return {"minor": minor - major, "tonal": max(minor, major), "spread": float(-(used * np.log2(used)).sum())}
