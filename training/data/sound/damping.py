"""Until when the notes of a recording are audible, estimated from their keys and the pedal alone."""

from __future__ import annotations

import numpy as np

from realtime.contract import Float64Array, IntArray
from realtime.notes import NoteTable
from realtime.piano.dampers import DampingClock, HalfPedal, damped_at, damper_rate

AUDIBLE_DB = 40.0


def ring_s(pitch: IntArray) -> Float64Array:
    """(N,) s: how long an undamped string stays audible on a typical piano (12 s at A0, 1.5 s at C8)."""
    return np.asarray(12.0 * (1.5 / 12.0) ** ((pitch - 21) / 87.0), np.float64)


def estimated_end(performance: NoteTable) -> Float64Array:
    """(N,) s: when each note of a real recording stops being audible, from its notes and pedal alone."""
    following = performance.next_onset()
    clock = DampingClock(performance, HalfPedal())
    damped = damped_at(performance, clock, damper_rate(performance.pitch), AUDIBLE_DB, following)
    ringing = performance.onset + ring_s(performance.pitch)
    return np.minimum(np.minimum(damped, ringing), np.maximum(following, performance.onset))
