"""The sources of training segments, as a frozen configuration that a TOML table fills."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal

from realtime.contract import HOP, KEYS, SAMPLE_RATE
from realtime.limits import Limits
from realtime.validation import Share, Size, within
from training.data.corpus.paths import SOURCES, MissingCorpusError, data_folder, require
from training.data.numbers import Amount, Cents
from training.data.sound.augment import AugmentationConfig

NONE = "none"
Split = Literal["train", "validation"]
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

    rendered: Amount = 0.83
    recording: Amount = 0.12
    generated: Amount = 0.03
    noise: Amount = 0.02
    lone: Amount = 0.0


@dataclass(frozen=True)
class SourceConfig:
    """Where the corpus lies and how it is mixed.

    A path left empty means the folder of that name in the data folder; "none" for rooms or noise leaves them out.
    maestro: a MAESTRO folder, its packed form, or any folder of MIDI files. real_audio: share of its excerpts that are
    used as recorded instead of rendered, where the folder holds the recording. split: "train" or "validation" chooses
    performances, pianos, rooms and noise that the other never uses; the folder `recordings` is for training only.
    pianos: banks to train on; none named: all that validation does not hold out. validation_pianos: banks to validate
    on; none named: `piano_choice` holds some out. validation_rooms, validation_noise: beginnings of the sources that
    only validation uses. hops: length of a segment. transpose: share of rendered excerpts moved by up to
    `transpose_semitones`, for keys that concert music seldom uses. repedal: share of them with another pedal than
    their own. at_once: share of them that begin at an onset. detune: standard deviation and limit in cents.
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
    split: Split = "train"
    hops: Size = 512
    mixture: Mixture = field(default_factory=Mixture)
    doses: AugmentationConfig = field(default_factory=AugmentationConfig)
    real_audio: Share = 0.5
    detune_sd_cents: Cents = 8.0
    detune_limit_cents: Cents = 40.0
    transpose: Share = 0.2
    transpose_semitones: Annotated[int, within(Limits(0, KEYS))] = 6
    repedal: Share = 0.0
    at_once: Share = 0.0
    variety: Share = 0.7
    build_segments: Size = 1600
    validation_rooms: tuple[str, ...] = _VALIDATION_ROOMS
    validation_noise: tuple[str, ...] = _VALIDATION_NOISE

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


# The default corpus for calibrating and evaluating a decoder.
FULL_CORPUS = SourceConfig(mixture=Mixture(rendered=0.9, recording=0.0, generated=0.1, noise=0.0))
