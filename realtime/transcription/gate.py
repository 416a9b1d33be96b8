"""The noise gate: no new note while the input is too soft."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterable

import numpy as np

from realtime.contract import HOP, BoolArray, FloatArray, StreamSpec

SILENCE_POWER = 1e-12
SILENCE_DB = -120.0


class Gate:
    """Hops (160,) -> whether a note may begin. It looks back as far as the onsets of a frame may lie.

    threshold_db: RMS level of a hop, dBFS; None: always open. delay_samples: 0.
    """

    delay_samples = 0

    def __init__(self, spec: StreamSpec, threshold_db: float | None) -> None:
        self._spec = spec
        self.threshold_db = threshold_db
        self._levels_db: deque[float] = deque(maxlen=max(map(self._hops, spec.shifts)))
        self.reset()

    def push(self, hop: FloatArray) -> None:
        """Take in one hop, float32 (160,)."""
        self._levels_db.append(level_db(hop))

    def open(self, delays: Iterable[str]) -> dict[str, BoolArray] | None:
        """bool (1,): whether it was loud enough for a note of the present frame at each delay; None without a gate."""
        if self.threshold_db is None:
            return None
        levels = list(self._levels_db)
        return {delay: np.array([max(levels[-self._hops(delay) :]) >= self.threshold_db]) for delay in delays}

    def reset(self) -> None:
        """As new: before the first hop there is silence."""
        self._levels_db.clear()
        self._levels_db.append(SILENCE_DB)

    def _hops(self, delay: str) -> int:
        return self._spec.shifts[delay] + math.ceil(self._spec.tail_samples / HOP) + 1


def level_db(sound: FloatArray) -> float:
    """RMS of float32 (n,), dBFS."""
    return 10 * math.log10(float(sound @ sound) / len(sound) + SILENCE_POWER)
