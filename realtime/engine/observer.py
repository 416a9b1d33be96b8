"""Observers of a stream: each gets its sound, its events and its statuses, and changes none of them.

The stream calls a list of them in order. To watch for something else, add a class in `observers` or `watches` and a
line where `Stream` makes its list.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy.typing as npt

from realtime.contract import FloatArray
from realtime.engine.messages import Message, Status
from realtime.events import Event, Kept

Publish = Callable[[Message], None]


@dataclass(frozen=True)
class Block:
    """A block of about a hop. position: of its first sample, in samples of the stream's clock; channels: float32
    (n, channels) as read from the source; mono: float32 (n,) as the pipeline gets it."""

    position: int
    channels: npt.NDArray[Any]
    mono: FloatArray


class Observer:
    """Base class: each method does nothing unless it is overridden."""

    def observe_sound(self, block: Block) -> None:
        """A block, before the pipeline gets it."""

    def observe_event(self, event: Event) -> None:
        """An event of the pipeline, or the End."""

    def observe_kept(self, kept: Kept) -> None:
        """An event of the kept stage, or its End."""

    def observe_status(self, status: Status) -> None:
        """A Status, some twenty times a second, after it was published."""
