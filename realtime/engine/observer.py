"""What watches a stream without touching it: an `Observer` is told of the sound, the events and the statuses, in turn.

The stream walks a list of them. Watching for something else is another class, in `observers` or `watches`, and another
line where `Stream` makes its list.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy.typing as npt

from realtime.contract import FloatArray
from realtime.engine.messages import Message, Status
from realtime.events import Event

Tell = Callable[[Message], None]


@dataclass(frozen=True)
class Block:
    """Sound of about a hop. position: of its first sample on the stream's clock; channels: float32 (n, channels) as it
    came from the source; mono: float32 (n,) as the pipeline gets it."""

    position: int
    channels: npt.NDArray[Any]
    mono: FloatArray


class Observer:
    """Is told what a stream hears, says and how it is; does nothing about what it does not override."""

    def sound(self, block: Block) -> None:
        """Sound that the pipeline is about to get."""

    def event(self, event: Event) -> None:
        """What was heard in it, and the End."""

    def status(self, status: Status) -> None:
        """How the stream is, some twenty times a second; it has been told already."""
