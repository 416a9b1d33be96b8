"""Dampers: how key release, a continuous sustain pedal and re-strikes silence a string.

A damper that rests on its string takes off `damper_rate(pitch)` dB per second. The pedal lifts it gradually: f(value)
is 1 for a pedal that is up, 0 for one that is down, between them for a half-pedal. With C(t) the
integral of f, a note whose key was released at r has lost rate * (C(t) - C(r)) dB at t. Keys from
FIRST_UNDAMPED_PITCH up have no damper. A key struck again stops what its string still sounded.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from realtime.contract import Float64Array, FloatArray
from realtime.notes import FIRST_UNDAMPED_PITCH, NoteTable

SILENT_DB = 70.0
_RESTRIKE_DB_PER_S = 1000.0
_HORIZON_S = 1e6
# Release times to -52 dB on real pianos: slower in the bass; (pitch, seconds).
_RELEASE_DB = 52.0
_RELEASE_PITCHES, _RELEASE_S = (21.0, 60.0, 88.0), (0.264, 0.120, 0.072)


@dataclass(frozen=True)
class HalfPedal:
    """CC64 up to `free` leaves the dampers down, from `lifted` on they are off; between them a square law."""

    free: float = 36.0
    lifted: float = 76.0

    def damping(self, value: npt.ArrayLike) -> Float64Array:
        share = np.clip((self.lifted - np.asarray(value, np.float64)) / (self.lifted - self.free), 0.0, 1.0)
        return np.asarray(share**2, np.float64)


def damper_rate(pitch: npt.ArrayLike, release: float = 1.0) -> Float64Array:
    """(N,) dB per second with the damper fully on, divided by `release`."""
    keys = np.asarray(pitch, np.float64)
    rate = _RELEASE_DB / (np.interp(keys, _RELEASE_PITCHES, _RELEASE_S) * release)
    return np.where(keys >= FIRST_UNDAMPED_PITCH, 0.0, rate)


class DampingClock:
    """C(t) of one performance and its inverse. Before the first pedal event, that event's value is in force if it
    lies at or before 0, else the pedal is up."""

    def __init__(self, played: NoteTable, half: HalfPedal) -> None:
        times, values = played.pedal_time, played.pedal_value
        if len(times) == 0 or times[0] > 0:
            times, values = np.concatenate([[0.0], times]), np.concatenate([[0], values])
        slope = half.damping(values)
        # The first value also holds before the first event.
        self._time = np.concatenate([[-_HORIZON_S], times, [_HORIZON_S]])
        slope = np.concatenate([slope[:1], slope])
        self._sum = np.concatenate([[0.0], np.cumsum(slope * np.diff(self._time))])

    def __call__(self, time: Float64Array) -> Float64Array:
        """C at `time` (s), any shape."""
        return np.asarray(np.interp(time, self._time, self._sum), np.float64)

    def when(self, total: Float64Array) -> Float64Array:
        """(N,) s: the first time at which C reaches `total`; infinite where it never does."""
        right = np.searchsorted(self._sum, total, side="left")
        inside = np.clip(right, 1, len(self._sum) - 1)
        low, high = self._sum[inside - 1], self._sum[inside]
        share = (total - low) / np.maximum(high - low, 1e-12)
        at = self._time[inside - 1] + share * (self._time[inside] - self._time[inside - 1])
        return np.where(right >= len(self._sum), np.inf, np.asarray(at, np.float64))


def damped_at(
    played: NoteTable, clock: DampingClock, rate: Float64Array, loss_db: float, following: Float64Array
) -> Float64Array:
    """(N,) s: when each note has lost `loss_db`, by its damper or by the re-strike of its key, whichever is first.

    following: `next_onset` of the notes.
    """
    release = np.maximum(played.offset, played.onset)
    with np.errstate(divide="ignore"):
        needed = np.where(rate > 0, loss_db / rate, np.inf)
    return np.minimum(clock.when(clock(release) + needed), following + loss_db / _RESTRIKE_DB_PER_S)


def damping_gain(passed: Float64Array, rate: Float64Array, restruck_s: Float64Array) -> FloatArray:
    """Gain of a damped string, 0-1. passed: C(t) - C(release); restruck_s: t - the key's next onset; both of one
    shape, negative before it. rate: broadcasts against them."""
    loss = np.maximum(passed, 0).astype(np.float32) * rate.astype(np.float32)
    loss += np.maximum(restruck_s, 0).astype(np.float32) * np.float32(_RESTRIKE_DB_PER_S)
    return np.asarray(np.exp(loss * np.float32(-np.log(10) / 20)), np.float32)
