"""How long keys are held, against the step to the next note of the upper line."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from realtime.analysis.strikes import BREAK_S
from realtime.contract import BoolArray, Float64Array, IntArray
from realtime.report.measures.pedalling import Presses
from realtime.takes.notes import TakeNotes

STACCATO = 0.5
LEAST_STEPS = 8


@dataclass(frozen=True)
class Articulation:
    """Over the steps of the upper line. overlap_share: 0-1, steps on which a key is still held when the next is struck.
    staccato_share: 0-1, steps on which it is held for less than half the step. held_ratio: median of time held over
    step (below 0.9 detached, above 1 connected). overlap_ms: median of release minus next onset (below 0: a gap).
    """

    overlap_share: float
    staccato_share: float
    held_ratio: float
    overlap_ms: float


def articulation(notes: TakeNotes, line: IntArray, presses: Presses) -> Articulation | None:
    """Key overlap of the upper line; None when fewer than 8 of its steps count, or releases are unknown.

    Key overlap time and its ratio to the step: Repp, JASA 97, 1995; Bresin & Battel, JNMR 29, 2000. The
    keys are measured, not the pedal. Left out: steps above 2 s; repeated keys, which must be released first; and in
    transcribed takes keys released while the pedal is down, since their release leaves no trace in the sound.
    """
    this, following = line[:-1], line[1:]
    step = notes.onset[following] - notes.onset[this]
    kept = (step <= BREAK_S) & (notes.pitch[this] != notes.pitch[following])
    if notes.pedal_source == "transcribed":
        kept &= ~(_pedal_down(presses, notes.onset[following]) | _pedal_down(presses, notes.offset[this]))
    if kept.sum() < LEAST_STEPS or not notes.releases_known:
        return None
    held = notes.offset[this] - notes.onset[this]
    ratio = held[kept] / step[kept]
    return Articulation(
        overlap_share=float(np.mean(ratio > 1.0)),
        staccato_share=float(np.mean(ratio < STACCATO)),
        held_ratio=float(np.median(ratio)),
        overlap_ms=float(1000 * np.median(held[kept] - step[kept])),
    )


def _pedal_down(presses: Presses, time: Float64Array) -> BoolArray:
    """(N,) whether the pedal is down at each time."""
    pressed = np.searchsorted(presses.down, time, side="right")
    lifted = np.searchsorted(presses.up, time, side="right")
    return np.asarray(pressed > lifted, np.bool_)
