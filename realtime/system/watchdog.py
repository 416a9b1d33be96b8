"""Whether a process that should speak regularly has fallen silent."""

from __future__ import annotations

# A look later than this was held up itself (a stopped terminal, a sleeping laptop): the other side was, too.
LONGEST_LOOK_S = 0.25


class Watchdog:
    """Counts the silence of one process; `look` must be called several times a second.

    limit_s: silence that is too long. Time during which the watching process itself stood still does not count.
    """

    def __init__(self, limit_s: float, now: float) -> None:
        self.limit_s = limit_s
        self._silence_s = 0.0
        self._looked = now

    def heard(self) -> None:
        """The process gave a sign of life."""
        self._silence_s = 0.0

    def look(self, now: float) -> bool:
        """now: monotonic clock, seconds. True when the silence has passed the limit."""
        self._silence_s += min(now - self._looked, LONGEST_LOOK_S)
        self._looked = now
        return self._silence_s > self.limit_s
