"""The figures of a Status: input level, computing time, losses."""

from __future__ import annotations

import math
from collections import deque

import numpy as np

from realtime.audio.source import InputState
from realtime.contract import FloatArray
from realtime.engine.messages import Status

STEPS_KEPT = 500
SILENCE_DB = -120.0
FULL_SCALE = 0.999


class Meter:
    """Gathers levels and computing times of one stream; `status` reads them and begins anew."""

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._step_s: deque[float] = deque(maxlen=STEPS_KEPT)
        self._peak = self._power = self._computing_s = 0.0
        self._clipped = self._samples = 0

    def add(self, block: FloatArray, computing_s: float) -> None:
        """One mono block of about a hop, float32 (n,), and how long resampling, model and decoder took for it."""
        level = np.abs(block)
        self._peak = max(self._peak, float(level.max(initial=0.0)))
        self._clipped += int(np.count_nonzero(level >= FULL_SCALE))
        self._power += float(block @ block)
        self._samples += len(block)
        self._computing_s += computing_s
        self._step_s.append(computing_s)

    def status(self, time_s: float, state: InputState, overruns: int, dropped: int) -> Status:
        """The figures since the last call."""
        p50, p99 = np.percentile(self._step_s, (50, 99)) if self._step_s else (0.0, 0.0)
        samples = max(self._samples, 1)
        status = Status(
            time=time_s,
            state=state,
            peak_db=decibels(self._peak),
            rms_db=decibels(math.sqrt(self._power / samples)),
            clipped=self._clipped,
            load=self._computing_s / (samples / self._rate),
            step_p50_s=float(p50),
            step_p99_s=float(p99),
            overruns=overruns,
            dropped=dropped,
        )
        self._peak = self._power = self._computing_s = 0.0
        self._clipped = self._samples = 0
        return status


def decibels(amplitude: float) -> float:
    """Amplitude (full scale 1.0) -> dBFS, at least -120."""
    return max(20 * math.log10(max(amplitude, 1e-12)), SILENCE_DB)
