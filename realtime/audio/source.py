"""Where a stream's sound comes from: a microphone or a recording in real time, behind one interface."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from realtime.audio.ring import Dropout
from realtime.contract import FloatArray

InputState = Literal["waiting", "running", "lost"]


@dataclass(frozen=True)
class Losses:
    """Samples that were left out since the start, by their cause, each part of a Dropout. slow: they waited too long
    for the engine; paused: this computer, or the engine, stood still; delivered_late: the sound system, or its thread
    in the engine, delivered them too late."""

    slow: int = 0
    paused: int = 0
    delivered_late: int = 0

    def __add__(self, other: Losses) -> Losses:
        """Both together."""
        return Losses(self.slow + other.slow, self.paused + other.paused, self.delivered_late + other.delivered_late)


class SoundSource(Protocol):
    """Blocks read from a ring, at `rate` Hz in `channels` channels. state: whether sound arrives; losses: what was read
    as a Dropout, apart from a device that was away; ended: whether all was read and nothing more will come."""

    name: str
    rate: int
    channels: int

    @property
    def state(self) -> InputState: ...
    @property
    def losses(self) -> Losses: ...
    @property
    def ended(self) -> bool: ...
    def read(self, max_samples: int) -> FloatArray | Dropout:
        """float32 (0 .. max_samples, channels), or the Dropout that comes before the next samples."""
        ...

    def captured(self, position: int) -> float:
        """Wall clock (`realtime.clock.wall_clock`) at which the sound of a sample reached the input, s. position: of a
        sample that was just read, or some seconds before, all that were read or lost counted."""
        ...

    def close(self) -> None:
        """Let the device or the file go."""
        ...
