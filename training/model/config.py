"""Sizes of the network, as they stand in a training configuration and in every checkpoint."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from msgspec import Meta

from realtime.contract import HOP, SAMPLE_RATE, AnalysisWindow, Shift
from realtime.limits import Limits
from realtime.validation import Size, within

MOST_SEMITONES = math.floor(12 * math.log2(SAMPLE_RATE / 2 / 27.5))  # there is no sound beyond half the sample rate


def default_shifts() -> dict[str, int]:
    """Label shifts in frames that use up the contract's delays: 28, 58, 118 and 318 ms before the resampler."""
    return {"fast": 0, "balanced": 3, "accurate": 9, "studio": 29}


@dataclass(frozen=True)
class NetworkConfig:
    """All that decides the shape of a `PianoNetwork`.

    `windows`: analysis windows in samples; the shortest tail is the contract's `tail_samples`.
    `bins_per_semitone` x `semitones` log-frequency bands, the first centred on A0 (27.5 Hz). `key_layers`: layers
    over each key's past and partner keys before the GRUs.
    """

    windows: tuple[AnalysisWindow, ...] = (AnalysisWindow(2048, 256), AnalysisWindow(640, 128))
    bins_per_semitone: Size = 3
    semitones: Annotated[int, within(Limits(1, MOST_SEMITONES))] = 96
    band_channels: Size = 24
    semitone_channels: Size = 48
    harmonic_channels: Size = 12
    key_channels: Size = 64
    key_layers: Size = 1
    key_hidden: Size = 48
    global_channels: Size = 6
    global_hidden: Size = 256
    context_channels: Size = 8
    memory_channels: Size = 16
    head_hidden: Size = 32
    shifts: Annotated[Mapping[str, Shift], Meta(min_length=1)] = field(default_factory=default_shifts)

    @property
    def bands(self) -> int:
        return self.bins_per_semitone * self.semitones

    @property
    def tail_samples(self) -> int:
        return min(window.tail for window in self.windows)

    def __post_init__(self) -> None:
        if not self.windows or not all(HOP <= window.length > window.tail for window in self.windows):
            raise ValueError(f"windows need a length of at least a hop ({HOP} samples) and a tail shorter than that")
