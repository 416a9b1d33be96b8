"""Where a stream's sound comes from: a microphone or a recording that plays, told apart by nobody who reads them."""

from __future__ import annotations

from typing import Literal, Protocol

from realtime.audio.ring import Gap
from realtime.contract import FloatArray

InputState = Literal["waiting", "running", "lost"]


class SoundSource(Protocol):
    """Blocks that wait in a ring, at `rate` Hz in `channels` channels. state: whether sound comes; overruns: samples
    that the ring had no room for; ended: nothing more will come."""

    name: str
    rate: int
    channels: int

    @property
    def state(self) -> InputState: ...
    @property
    def overruns(self) -> int: ...
    @property
    def ended(self) -> bool: ...
    def read(self, max_samples: int) -> FloatArray | Gap:
        """float32 (0 .. max_samples, channels), or the Gap that comes before the next samples."""
        ...

    def close(self) -> None:
        """Let the device or the file go."""
        ...
