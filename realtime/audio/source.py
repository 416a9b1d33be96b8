"""Where a stream's sound comes from: a microphone or a recording in real time, behind one interface."""

from __future__ import annotations

from typing import Literal, Protocol

from realtime.audio.ring import Dropout
from realtime.contract import FloatArray

InputState = Literal["waiting", "running", "lost"]


class SoundSource(Protocol):
    """Blocks read from a ring, at `rate` Hz in `channels` channels. state: whether sound arrives; overruns: samples
    that the ring had no room for; ended: whether all was read and nothing more will come."""

    name: str
    rate: int
    channels: int

    @property
    def state(self) -> InputState: ...
    @property
    def overruns(self) -> int: ...
    @property
    def ended(self) -> bool: ...
    def read(self, max_samples: int) -> FloatArray | Dropout:
        """float32 (0 .. max_samples, channels), or the Dropout that comes before the next samples."""
        ...

    def close(self) -> None:
        """Let the device or the file go."""
        ...
