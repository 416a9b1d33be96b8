"""A watchdog: has a process that should send messages regularly fallen silent?"""

from __future__ import annotations

# When two calls lie further apart, the watching process stood still itself (a stopped terminal, a sleeping laptop),
# and the watched one probably did too: no more than this is counted.
LONGEST_STEP_S = 0.25


class Watchdog:
    """Counts how long one process has been silent; `expired` must be called several times a second.

    limit_s: the longest silence allowed. Time during which the watching process stood still does not count.
    """

    def __init__(self, limit_s: float, now: float) -> None:
        self.limit_s = limit_s
        self._silence_s = 0.0
        self._checked = now

    def feed(self) -> None:
        """A message arrived: begin counting anew."""
        self._silence_s = 0.0

    def expired(self, now: float) -> bool:
        """Whether the silence has passed the limit. now: monotonic clock, s."""
        self._silence_s += min(now - self._checked, LONGEST_STEP_S)
        self._checked = now
        return self._silence_s > self.limit_s
