"""What training segments are made of, as a frozen configuration that a TOML table fills."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from realtime.contract import HOP, KEYS, SAMPLE_RATE
from training.data.corpus.paths import SOURCES, MissingCorpusError, data_folder, require
from training.data.sound.augment import Doses
from training.data.table import check_range, fill

NONE = "none"
# All channels of each room.
_VALIDATION_ROOMS = ("mit_h027_classroom", "mit_h163_bathroom", "openair_st_margarets_church", "speechbrain_rir")
# Rain, clock, sneeze, fire, dog, engine; all of one recording of wind, of one speaker, and of the computed hum.
_VALIDATION_NOISE = (
    "karoldvl/ESC-10 4-160999-A",
    "karoldvl/ESC-10 1-35687-A",
    "karoldvl/ESC-10 3-142601-A",
    "karoldvl/ESC-10 1-46272-A",
    "karoldvl/ESC-10 1-32318-A",
    "karoldvl/ESC-10 1-181071-A",
    "rafaelmardojai/blanket wind.ogg",
    "librosa/data 198-",
    "generated mains hum",
)
_DEFAULT_FOLDERS = {"pianos_folder": "pianos", "recordings": "maps-train"}
_PARTS = {"pianos_folder": "pianos"}


@dataclass(frozen=True)
class Mixture:
    """Weights of the kinds of segments; they need not add up to 1."""

    rendered: float = 0.83
    recording: float = 0.12
    generated: float = 0.03
    noise: float = 0.02

    def __post_init__(self) -> None:
        check_range(self, ("rendered", "recording", "generated", "noise"), 0)


@dataclass(frozen=True)
class SourceConfig:
    """Where the corpus lies and how it is mixed.

    A path left empty means the folder of that name in the data folder; "none" for rooms or noise leaves them out.
    maestro: a MAESTRO folder, its packed form, or any folder of MIDI files. real_audio: share of its excerpts that are
    heard as recorded instead of rendered, where the folder holds the recording. split: "train" or "validation" chooses
    performances, pianos, rooms and noise that the other never uses; the folder `recordings` is for training only.
    pianos: banks to train on; none named: all that validation does not hold out. validation_pianos: banks to validate
    on; none named: `piano_choice` holds some out. validation_rooms, validation_noise: beginnings of the sources that
    only validation hears. hops: length of a segment. transpose: share of rendered excerpts moved by up to
    `transpose_semitones`, for keys that concert music seldom uses. repedal: share of them under another pedal than
    their own. detune: standard deviation and limit in cents.
    variety: share of a piano's builds (`training.data.sound.builds`) that are not as sampled, in training.
    build_segments: after so many segments every piano is built anew.
    """

    maestro: str = ""
    pianos_folder: str = ""
    rooms: str = ""
    noise: str = ""
    recordings: str = ""
    pianos: tuple[str, ...] = ()
    validation_pianos: tuple[str, ...] = ()
    split: str = "train"
    hops: int = 512
    mixture: Mixture = field(default_factory=Mixture)
    doses: Doses = field(default_factory=Doses)
    real_audio: float = 0.5
    detune_sd_cents: float = 8.0
    detune_limit_cents: float = 40.0
    transpose: float = 0.2
    transpose_semitones: int = 6
    repedal: float = 0.0
    variety: float = 0.7
    build_segments: int = 1600
    validation_rooms: tuple[str, ...] = _VALIDATION_ROOMS
    validation_noise: tuple[str, ...] = _VALIDATION_NOISE

    def __post_init__(self) -> None:
        if self.split not in ("train", "validation"):
            raise ValueError(f"split is {self.split!r}, expected 'train' or 'validation'")
        check_range(self, ("hops", "build_segments"), 1)
        check_range(self, ("transpose", "repedal", "real_audio", "variety"), 0, 1)
        check_range(self, ("detune_sd_cents", "detune_limit_cents"), 0, 100)
        check_range(self, ("transpose_semitones",), 0, KEYS)

    @staticmethod
    def from_table(table: Mapping[str, Any]) -> SourceConfig:
        """From a TOML table with sub-tables [mixture] and [doses]. ValueError names a key that does not exist, is of
        another type or out of its range."""
        if not isinstance(table, Mapping):
            raise ValueError(f"[corpus] is {table!r}, expected a table")
        values = dict(table)
        mixture = fill(Mixture, values.pop("mixture", {}), "corpus.mixture")
        doses = fill(Doses, values.pop("doses", {}), "corpus.doses")
        return replace(fill(SourceConfig, values, "corpus"), mixture=mixture, doses=doses)

    @property
    def samples(self) -> int:
        return self.hops * HOP

    @property
    def seconds(self) -> float:
        return self.samples / SAMPLE_RATE

    @property
    def validation(self) -> bool:
        return self.split == "validation"

    def folder(self, name: str) -> Path | None:
        """The folder of one part (a field's name); None where it is "none". MissingCorpusError when it is not there."""
        value: str = getattr(self, name)
        if value == NONE:
            return None
        path = Path(value).expanduser() if value else data_folder() / _DEFAULT_FOLDERS.get(name, name)
        require(path, part := _PARTS.get(name, name))
        if not path.is_dir() and path.suffix != ".npz":
            raise MissingCorpusError(f"{path} is a file, but a folder is wanted. It should hold {SOURCES[part]}")
        return path


# What the decoder is tuned and measured on where nothing else is asked for.
FULL_CORPUS = SourceConfig(mixture=Mixture(rendered=0.9, recording=0.0, generated=0.1, noise=0.0))
