"""The table of a sampled piano on disk, NAME.json: which keys and velocities each part of its recordings serves."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from realtime.contract import SAMPLE_RATE
from realtime.errors import DataError, FileError
from realtime.limits import Limits
from realtime.system.regular_file import MIB, read_regular
from realtime.validation import Count, Pitch, Size, Velocity, build, read_json, within
from realtime.words import Phrase

NO_TABLE = Phrase("piano.no_table", "{path} does not exist; a piano folder NAME holds NAME.json and NAME.L.ogg")
BROKEN = Phrase("piano.broken", "{path} is broken. Copy or install it again.")

MOST_TABLE = 16 * MIB

MidiPitch = Annotated[int, within(Limits(0, 127))]  # also beyond the keyboard
Level = Annotated[float, within(Limits(-200.0, 100.0))]  # dB
Cents = Annotated[float, within(Limits(-1200.0, 1200.0))]
Gain = Annotated[float, within(Limits(0.0, 1000.0))]


@dataclass(frozen=True)
class Region:
    """One recorded note. key: that was struck; lokey, hikey, lovel, hivel: the keys and velocities that it serves
    (names of SFZ); start, frames: samples of the recording; gain: to its natural loudness, level_db; tune: cents to
    add."""

    key: MidiPitch
    lokey: MidiPitch
    hikey: MidiPitch
    lovel: Velocity
    hivel: Velocity
    start: Count
    frames: Size
    gain: Gain
    level_db: Level
    tune: Cents


@dataclass(frozen=True)
class Noise:
    """A recorded noise. key: whose damper falls, None for the pedal's."""

    kind: Literal["release", "pedal_down", "pedal_up"]
    start: Count
    frames: Size
    gain: Gain
    key: Pitch | None = None


@dataclass(frozen=True)
class BankTable:
    """A whole piano. channels: of its microphones, one recording each; stored_peak: of the recordings, that gains refer
    to; onset_ms: silence before each attack; layers: how many velocities were recorded."""

    sample_rate: Size
    channels: str | tuple[str, ...]
    stored_peak: Annotated[float, within(Limits(1e-6, 1000.0))]
    onset_ms: Annotated[float, within(Limits(0.0, 1000.0))]
    layers: Size
    regions: tuple[Region, ...]
    extras: tuple[Noise, ...] = ()

    def __post_init__(self) -> None:
        if self.sample_rate != SAMPLE_RATE:
            raise ValueError(f"sample_rate is {self.sample_rate}, expected {SAMPLE_RATE}")


def read_bank_table(folder: Path) -> BankTable:
    """The table in the folder of a piano. Raises FileError when there is none, or not one for our rate."""
    path = folder / f"{folder.name}.json"
    if not path.exists():
        raise FileError(NO_TABLE(path=path))
    try:
        return build(BankTable, read_json(read_regular(path, MOST_TABLE)))
    except (OSError, DataError) as error:
        raise FileError(BROKEN(path=path)) from error
