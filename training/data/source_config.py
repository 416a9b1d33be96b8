"""What training segments are made of, as a frozen configuration that a TOML table fills."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from realtime.contract import HOP, SAMPLE_RATE
from training.data.augment import Doses
from training.data.paths import data_folder, require

NONE = "none"
VALIDATION_PIANOS = ("splendid", "petrof_upright")
PIANO_WEIGHTS: Mapping[str, float] = {
    "salamander": 0.24,
    "headroom_close": 0.14,
    "headroom_decca": 0.12,
    "kawai_upright": 0.18,
}
OTHER_PIANO_WEIGHT = 0.11
_DEFAULT_FOLDERS = {"pianos_folder": "pianos", "recordings": "maps-train"}
_PARTS = {"pianos_folder": "pianos"}


@dataclass(frozen=True)
class Mixture:
    """Weights of the kinds of segments; they need not add up to 1."""

    rendered: float = 0.83
    recording: float = 0.12
    generated: float = 0.03
    noise: float = 0.02


@dataclass(frozen=True)
class SourceConfig:
    """Where the corpus lies and how it is mixed.

    A path left empty means the folder of that name in the data folder; "none" for rooms or noise leaves them out.
    maestro: a MAESTRO folder, its packed form, or any folder of MIDI files. split: "train" or "validation" chooses
    performances, pianos, rooms and noise that the other never uses; recordings are for training only. pianos: banks by
    name instead of the split's. hops: length of a segment. transpose: share of excerpts moved by up to
    `transpose_semitones`, for keys that concert music seldom uses. detune: standard deviation and limit in cents.
    """

    maestro: str = ""
    pianos_folder: str = ""
    rooms: str = ""
    noise: str = ""
    recordings: str = ""
    pianos: tuple[str, ...] = ()
    split: str = "train"
    hops: int = 512
    mixture: Mixture = field(default_factory=Mixture)
    doses: Doses = field(default_factory=Doses)
    detune_sd_cents: float = 8.0
    detune_limit_cents: float = 40.0
    transpose: float = 0.2
    transpose_semitones: int = 6
    validation_rooms: tuple[int, ...] = (2, 5, 14, 15, 28)
    validation_noise_step: int = 8

    def __post_init__(self) -> None:
        if self.split not in ("train", "validation"):
            raise ValueError(f"split is {self.split!r}, expected 'train' or 'validation'")
        if self.hops < 1:
            raise ValueError(f"hops is {self.hops}, expected at least 1")

    @staticmethod
    def from_table(table: Mapping[str, Any]) -> SourceConfig:
        """From a TOML table with sub-tables [mixture] and [doses]; ValueError names a key that does not exist."""
        values = dict(table)
        mixture = Mixture(**_checked(Mixture, values.pop("mixture", {})))
        doses = Doses(**_checked(Doses, values.pop("doses", {})))
        return replace(SourceConfig(**_checked(SourceConfig, values)), mixture=mixture, doses=doses)

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
        return require(path, _PARTS.get(name, name))


def _checked(kind: type[Any], values: Mapping[str, Any]) -> dict[str, Any]:
    known = {f.name for f in fields(kind)}
    unknown = sorted(set(values) - known)
    if unknown:
        raise ValueError(f"unknown keys {unknown} in the corpus configuration; known: {sorted(known)}")
    return {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
