"""Sizes of the ear, as they stand in a training configuration and in every checkpoint."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from realtime.contract import HOP, SAMPLE_RATE, Window
from training.data.table import check_range, fill


def default_shifts() -> dict[str, int]:
    """Label shifts in frames that use up the contract's delays: 28, 58, 118 and 318 ms before the resampler."""
    return {"fast": 0, "balanced": 3, "accurate": 9, "studio": 29}


@dataclass(frozen=True)
class EarConfig:
    """All that decides the shape of an `Ear`.

    `windows`: analysis windows in samples; the shortest tail is the contract's `tail_samples`.
    `bins_per_semitone` x `semitones` log-frequency bands, the first centred on A0 (27.5 Hz).
    """

    windows: tuple[Window, ...] = (Window(2048, 256), Window(640, 128))
    bins_per_semitone: int = 3
    semitones: int = 96
    band_channels: int = 24
    semitone_channels: int = 48
    harmonic_channels: int = 12
    key_channels: int = 64
    key_hidden: int = 48
    global_channels: int = 6
    global_hidden: int = 256
    context_channels: int = 8
    memory_channels: int = 16
    head_hidden: int = 32
    shifts: Mapping[str, int] = field(default_factory=default_shifts)

    @property
    def bands(self) -> int:
        return self.bins_per_semitone * self.semitones

    @property
    def tail_samples(self) -> int:
        return min(window.tail for window in self.windows)

    def __post_init__(self) -> None:
        check_range(self, tuple(size.name for size in fields(self) if isinstance(getattr(self, size.name), int)), 1)
        top_hz = 27.5 * 2 ** (self.semitones / 12)
        if top_hz > SAMPLE_RATE / 2:
            raise ValueError(f"{self.semitones} semitones end at {top_hz:.0f} Hz, beyond {SAMPLE_RATE // 2} Hz")
        if not self.windows or not all(w.length >= HOP and 0 <= w.tail < w.length for w in self.windows):
            raise ValueError(f"windows need a length of at least a hop ({HOP} samples) and a tail shorter than that")
        shifts = self.shifts if isinstance(self.shifts, Mapping) else {}
        if not shifts or not all(isinstance(frames, int) and frames >= 0 for frames in shifts.values()):
            raise ValueError(
                f"shifts are {self.shifts!r}, expected a table of delays with their whole numbers of frames"
            )


def ear_config(table: Mapping[str, Any]) -> EarConfig:
    """An EarConfig from its TOML or checkpoint table; windows are {length, tail} tables. ValueError names what may not
    be."""
    if not isinstance(table, Mapping) or "windows" not in table:
        return fill(EarConfig, table, "ear")
    if not isinstance(table["windows"], list | tuple):
        raise ValueError(f"windows in [ear] is {table['windows']!r}, expected a list of tables")
    windows = tuple(fill(Window, window, "ear.windows") for window in table["windows"])
    return fill(EarConfig, {**table, "windows": windows}, "ear")
