"""The stream's clock between two messages of the engine: smooth, never backward, still when no sound comes."""

from __future__ import annotations

import math
from collections import deque

OFFSETS_KEPT_S = 1.0
SETTLE_S = 0.4  # time constant with which a small error is taken away
JUMP_S = 0.15  # a larger one is taken at once
COAST_S = 0.25  # without a message the clock runs on for so long


class StreamClock:
    """Stream time as a function of the computer's monotonic clock, both in seconds.

    Every message says "the stream was at `time` when it was sent"; the one that travelled fastest sets the clock.
    """

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """A new stream: at 0 until the first message."""
        self._offsets: deque[tuple[float, float]] = deque()
        self._offset = math.nan
        self._moved_at = 0.0
        self._latest = 0.0
        self._now = 0.0

    def synchronise(self, time: float, monotonic: float) -> None:
        """The stream was at `time` when a message, received at `monotonic`, was sent."""
        self._latest = max(self._latest, time)
        self._offsets.append((monotonic, monotonic - time))
        while self._offsets[0][0] < monotonic - OFFSETS_KEPT_S:
            self._offsets.popleft()
        if math.isnan(self._offset):
            self._offset, self._moved_at = monotonic - time, monotonic

    def now(self, monotonic: float) -> float:
        """Stream time at `monotonic`."""
        if math.isnan(self._offset):
            return 0.0
        error = min(offset for _, offset in self._offsets) - self._offset
        share = 1.0 if abs(error) > JUMP_S else 1 - math.exp(-max(monotonic - self._moved_at, 0.0) / SETTLE_S)
        self._offset += share * error
        self._moved_at = monotonic
        self._now = max(self._now, min(monotonic - self._offset, self._latest + COAST_S))
        return self._now
