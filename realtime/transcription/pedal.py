"""Pedal activations of one delay, frame by frame -> whether the pedal is down.

Down above one threshold and up below another; between them the activation's turns decide, since the model's
certainty differs from piano to piano, while each press and each lift is a clear rise or fall.
"""

from __future__ import annotations

import functools
import math
from collections import deque

MEAN_FRAMES = 3  # the activation flickers faster than a pedal moves: its mean over so many frames counts
SILENT_S = 1.0  # it may be down for so long in digital silence, and is not pressed there
TURN_LOGITS = 1.5  # a rise from the last valley, or a fall from the last peak, by so much is a press or a lift


class PedalFollower:
    """`down = follower.push(activation, on, off)` for one frame after the other."""

    def __init__(self) -> None:
        self._logits: deque[float] = deque(maxlen=MEAN_FRAMES)
        self._down = False
        self._turn = math.inf  # lowest logit since the pedal was lifted, or highest since it was pressed

    def push(self, activation: float, on: float, off: float, silent_s: float = 0.0) -> bool:
        """Whether the pedal is down at this frame; `on` and `off`: the thresholds, 0-1; silent_s: for how long there
        has been digital silence, where the activation means nothing."""
        down_from, up_below = _threshold_logit(on), _threshold_logit(off)
        self._logits.append(logit(activation))
        now = sum(self._logits) / len(self._logits)
        if self._down:
            self._turn = max(self._turn, now)
            down = now >= down_from or (now >= up_below and now > self._turn - TURN_LOGITS)
        else:
            self._turn = min(self._turn, now)
            down = now >= down_from or (now >= up_below and now >= self._turn + TURN_LOGITS)
        if silent_s > 0 and (not self._down or silent_s >= SILENT_S):
            down = False
        if down != self._down:
            self._turn = now
        self._down = down
        return down


def logit(p: float) -> float:
    """Log odds of a probability; 0 and 1 are clipped to 0.0001 and 0.9999."""
    inner = min(max(p, 1e-4), 1 - 1e-4)
    return math.log(inner / (1 - inner))


_threshold_logit = functools.cache(logit)  # few values, asked for at every frame
