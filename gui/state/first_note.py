"""Takes that begin by themselves with the first note, and end when nothing is played any more."""

from __future__ import annotations

import math

from realtime.takes.trimming import LEAD_S

SILENCE_S = 30.0
# Who has just stopped a take, and plays on, does not want another one.
REST_S = 3.0
ASKED_S = 2.0  # a take that was asked for begins within this


class FirstNote:
    """Decides alone; the controller records. Every `now` is the computer's monotonic clock in s."""

    def __init__(self) -> None:
        self._own = False  # whether the running take began here
        self._stopped = False
        self._last = self._asked = -math.inf

    def note_played(self, time_s: float, now: float, recording: bool) -> float | None:
        """A note at stream time `time_s`; where a take is to begin, on the stream's clock, or None for none."""
        rested = now - self._last > REST_S
        self._last = now
        if recording or now - self._asked < ASKED_S or (self._stopped and not rested):
            return None
        self._asked, self._own, self._stopped = now, True, False
        return max(time_s - LEAD_S, 0.0)

    def is_over(self, now: float, recording: bool) -> bool:
        """Whether a take that began here is to end."""
        return self._own and recording and now - self._last > SILENCE_S

    def pressed(self) -> None:
        """The player has begun or ended a take."""
        self._own, self._stopped = False, True
