"""How long a frame lasts, by the time of the music; where that stands still or has jumped, as frames usually do."""

from __future__ import annotations

FRAME_S, LEAP_S = 1 / 60, 0.25


class FrameTime:
    """Asked once a frame."""

    def __init__(self) -> None:
        self._now = 0.0

    def step(self, now: float) -> float:
        """Seconds since the frame before. now: stream time, s."""
        step = now - self._now
        self._now = now
        return step if 0 < step < LEAP_S else FRAME_S
