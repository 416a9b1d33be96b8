"""Sample index <-> seconds: the one module where seconds are made; and the wall clock that lateness is measured by.

Seconds are always computed from an absolute sample index and rounded to a microsecond, so nothing
accumulates, and an event reads the same after a trip through its JSON line.
"""

from __future__ import annotations

import math
import sys
import time
from dataclasses import dataclass

from realtime.contract import SAMPLE_RATE

DECIMALS = 6
# Clocks that go on in standby, where `time.monotonic` stands still.
AWAKE_CLOCKS = {"linux": "CLOCK_BOOTTIME", "darwin": "CLOCK_MONOTONIC"}
AWAKE_CLOCK: int | None = getattr(time, AWAKE_CLOCKS.get(sys.platform, ""), None)


def seconds(samples: float, rate: int) -> float:
    """Seconds of `samples` samples at `rate` Hz, to a microsecond."""
    return round(samples / rate, DECIMALS)


def samples(duration_s: float, rate: int) -> int:
    """The whole number of samples nearest to `duration_s` seconds at `rate` Hz."""
    return round(duration_s * rate)


def wall_clock() -> float:
    """Seconds since some moment in the past, the same in all processes of a computer; standby counts.

    On Windows it is the performance counter, which is the same in all processes (documentation of
    `time.perf_counter`); `time.monotonic` has steps of 16 ms there before Python 3.13.
    """
    return time.perf_counter() if AWAKE_CLOCK is None else time.clock_gettime(AWAKE_CLOCK)


@dataclass(frozen=True)
class Timeline:
    """Turns sample positions at the model's rate into seconds of the stream.

    start_s: stream clock at the model's sample 0 (a gap starts a new timeline).
    lag_s: delay of the resampler; it counts for when something sounded, not for when it was emitted.
    pace: seconds of the stream in a second of the model's samples: not 1 where a tuning is corrected.
    end_s: the stream's end once it is known; nothing sounds or leaves after it.
    """

    start_s: float = 0.0
    lag_s: float = 0.0
    end_s: float = math.inf
    pace: float = 1.0

    def sounded(self, position: float) -> float:
        """When the sound at model sample `position` reached the input, in seconds within start_s .. end_s."""
        at = self.start_s + position / SAMPLE_RATE * self.pace - self.lag_s
        return round(min(max(at, self.start_s), self.end_s), DECIMALS)

    def position(self, time_s: float) -> float:
        """The model sample that sounded at `time_s` of the stream: the inverse of `sounded` within its limits."""
        return (time_s - self.start_s + self.lag_s) / self.pace * SAMPLE_RATE

    def emitted(self, position: float) -> float:
        """The stream's clock when `position` model samples have arrived, in seconds up to end_s."""
        return round(min(self.start_s + position / SAMPLE_RATE * self.pace, self.end_s), DECIMALS)

    def over(self, position: float) -> bool:
        """Whether the sound at model sample `position` would lie at or after the stream's end."""
        return self.start_s + position / SAMPLE_RATE * self.pace - self.lag_s >= self.end_s
