"""The player's velocity curve, laid over the notes on their way to the port: what was heard stays as it was heard."""

from __future__ import annotations

from dataclasses import dataclass

from realtime.limits import VELOCITY

LOUDEST = VELOCITY.most


@dataclass(frozen=True)
class VelocityCurve:
    """out = low + (high - low) * (in / 127) ** gamma, in whole steps, 1-127.

    gamma: below 1 makes soft strokes louder, above 1 softer; low, high: the least and the greatest velocity that is
    sent, 0-127; the same for both sends every note alike.
    """

    gamma: float = 1.0
    low: int = 0
    high: int = LOUDEST

    def bend(self, velocity: int) -> int:
        """MIDI velocity heard, 1-127 -> MIDI velocity sent, 1-127; never falls as `velocity` rises."""
        share: float = (velocity / LOUDEST) ** self.gamma
        return min(max(round(self.low + (self.high - self.low) * share), 1), LOUDEST)
