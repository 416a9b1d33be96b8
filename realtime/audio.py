"""Blocks as a driver or a file delivers them -> clean mono float32."""

from __future__ import annotations

from typing import Any

import numpy.typing as npt

from realtime.contract import FloatArray

Channel = int | str


class Mono:
    """Blocks of (n, channels), any number type -> mono float32 (n,), full scale 1.0; NaN and Inf become 0.

    channel: an index from 0, "mix" (all channels at -3 dB each for two) or "auto" (decided on the first 3 s that
    are loud enough). `replaced` counts samples that were not finite.
    """

    replaced: int

    def __init__(self, channel: Channel, channels: int, rate: int) -> None:
        """Raises UsageError when there is no such channel."""
        raise NotImplementedError

    def push(self, block: npt.NDArray[Any]) -> FloatArray:
        """(n, channels) -> float32 (n,)."""
        raise NotImplementedError

    def reset(self) -> None:
        """As new."""
        raise NotImplementedError


def parse_channel(text: str) -> Channel:
    """The option --channel: "auto", "mix" or a channel number counted from 1 -> Channel. Raises UsageError."""
    raise NotImplementedError
