"""How loud the room is while nobody plays, and the noise gate that fits it."""

from __future__ import annotations

import statistics
from collections import deque

QUIET_S, STATUS_S = 3.0, 0.05
ABOVE_DB = 8.0
LEAST_GATE_DB, GREATEST_GATE_DB = -80.0, -20.0


class NoiseFloor:
    """Takes the RMS level of every 50 ms; knows the floor after three seconds without a note."""

    def __init__(self) -> None:
        self._levels: deque[float] = deque(maxlen=round(QUIET_S / STATUS_S))

    def observe_level(self, rms_db: float, playing: bool) -> None:
        """rms_db: dBFS over the last 50 ms; playing: whether any note sounds."""
        if not playing:
            self._levels.append(rms_db)

    @property
    def floor_db(self) -> float | None:
        """The 10th percentile of the last three quiet seconds, dBFS; None before."""
        if len(self._levels) < QUIET_S / STATUS_S:
            return None
        return statistics.quantiles(self._levels, n=10, method="inclusive")[0]

    @property
    def gate_db(self) -> float | None:
        """The gate that lets no noise through: 8 dB above the floor, -80 to -20 dBFS; None before it is known."""
        if self.floor_db is None:
            return None
        return float(round(min(max(self.floor_db + ABOVE_DB, LEAST_GATE_DB), GREATEST_GATE_DB)))
