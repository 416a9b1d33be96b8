"""The player's velocity curve, applied to the notes that are sent to the port; the events stay as they are."""

from __future__ import annotations

from dataclasses import dataclass

from realtime.limits import VELOCITY

LOUDEST = VELOCITY.most


@dataclass(frozen=True)
class VelocityCurve:
    """out = low + (high - low) * (in / 127) ** gamma, in whole steps, 1-127.

    gamma: below 1 makes soft notes louder, above 1 softer; low, high: the least and the greatest velocity that is
    sent, 0-127; with equal values every note is sent alike.
    """

    gamma: float = 1.0
    low: int = 0
    high: int = LOUDEST

    def bend(self, velocity: int) -> int:
        """MIDI velocity of an event, 1-127 -> MIDI velocity sent, 1-127; never falls as `velocity` rises."""
        share: float = (velocity / LOUDEST) ** self.gamma
        return min(max(round(self.low + (self.high - self.low) * share), 1), LOUDEST)
