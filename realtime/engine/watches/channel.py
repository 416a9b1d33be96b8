"""The detector of a silent channel: the piano comes in at the other socket of the interface."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

WINDOW_S = 3.0
SILENT_DB, SOUND_DB = -60.0, -45.0
APART_DB = 20.0


class ChannelWatch:
    """Compares the chosen channel with the others, over windows of three seconds.

    better: index of the channel that has sound while the chosen one is silent, None when all is well.
    """

    def __init__(self, channel: int, rate: int) -> None:
        self.better: int | None = None
        self._channel = channel
        self._window = round(WINDOW_S * rate)
        self._power: npt.NDArray[np.float64] | None = None
        self._seen = 0

    def observe_sound(self, block: npt.NDArray[Any]) -> None:
        """A block as read from the source, float32 (n, channels), full scale 1.0."""
        if block.ndim == 1 or block.shape[1] < 2:
            return
        power = np.einsum("nc,nc->c", block, block, dtype=np.float64)
        self._power = power if self._power is None else self._power + power
        self._seen += len(block)
        if self._seen >= self._window:
            self._judge(10 * np.log10(self._power / self._seen + 1e-12))
            self._power, self._seen = None, 0

    def _judge(self, levels: npt.NDArray[np.float64]) -> None:
        """levels: RMS of each channel over the window, dBFS."""
        mine = levels[self._channel] if self._channel < len(levels) else -math.inf
        loudest = int(np.argmax(levels))
        silent = mine < SILENT_DB and levels[loudest] > max(SOUND_DB, mine + APART_DB)
        if silent or mine >= SILENT_DB:
            self.better = loudest if silent else None
