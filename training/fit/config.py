"""The configuration of a training run: a TOML file with tables [corpus], [ear], [fit], [loss]."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal

from msgspec import Meta

from realtime.errors import DataError, FileError, UsageError
from realtime.system.regular_file import MIB, read_regular
from realtime.validation import Count, Size, build, read_toml
from training.data.numbers import Amount
from training.data.segments.source_config import SourceConfig
from training.model.config import NetworkConfig

MOST_CONFIG = MIB
Precision = Literal["auto", "bf16", "fp32"]


@dataclass(frozen=True)
class FitSettings:
    """batch: segments a step and process. steps: length of the schedule: warm-up, the full rate until `plateau_steps`,
    a cosine to zero. minutes: time budget that ends it earlier, and without a plateau shortens the cosine; 0: none.
    ema: decay of the averaged weights, which are the ones exported. precision: "bf16", "fp32", or "auto" for what is
    faster here. threads: for the step; 0: what the workers leave."""

    batch: Size = 8
    steps: Size = 20_000
    minutes: Amount = 0.0
    learning_rate: Amount = 2e-3
    warmup_steps: Count = 200
    plateau_steps: Count = 0
    weight_decay: Amount = 1e-2
    clip_norm: Amount = 5.0
    ema: Annotated[float, Meta(ge=0, lt=1)] = 0.999
    precision: Precision = "auto"
    seed: Count = 1
    workers: Count = 1
    threads: Count = 0
    checkpoint_minutes: Amount = 5.0
    validation_segments: Size = 12

    def __post_init__(self) -> None:
        if self.plateau_steps >= self.steps:
            raise ValueError(f"plateau_steps is {self.plateau_steps}, expected less than the {self.steps} steps")


@dataclass(frozen=True)
class LossWeights:
    """Weights of the loss: of each head; of a positive onset or release against a negative one; of the frames shortly
    after an onset of the same key (`restrike`) against all others; of the onset head in segments of lone notes or of
    noise (`sparse`) against those of music, which have many more onsets; of a segment's mean velocity error
    (`velocity_level`) against the errors inside the segment."""

    onset: Amount = 1.0
    frame: Amount = 0.25
    keyoff: Amount = 0.25
    velocity: Amount = 2.0
    pedal: Amount = 0.2
    onset_positive: Amount = 2.0
    keyoff_positive: Amount = 2.0
    restrike: Amount = 1.0
    sparse: Amount = 1.0
    velocity_level: Amount = 1.0


@dataclass(frozen=True)
class RunConfig:
    """A whole run. `name` becomes the model's name; `corpus_name` and `licence` go into the model's metadata. `ear`:
    sizes of the network."""

    name: str = "liszten"
    corpus_name: str = ""
    licence: str = ""
    corpus: SourceConfig = field(default_factory=SourceConfig)
    ear: NetworkConfig = field(default_factory=NetworkConfig)
    fit: FitSettings = field(default_factory=FitSettings)
    loss: LossWeights = field(default_factory=LossWeights)

    def __post_init__(self) -> None:
        latest = max(self.ear.shifts.values())
        if self.corpus.hops <= latest:
            raise ValueError(f"hops in [corpus] is {self.corpus.hops}, expected more than the latest delay's {latest}")


def read_config(path: Path) -> RunConfig:
    """Read a run's TOML file. Raises FileError when it cannot be read, UsageError for an unknown key or a value out of
    range."""
    try:
        raw = read_toml(read_regular(path, MOST_CONFIG).decode())
    except OSError as error:
        raise FileError(f"The training configuration {path} cannot be read ({error.strerror}).") from error
    except (UnicodeError, DataError) as error:
        reason = error.reason if isinstance(error, DataError) else error
        raise FileError(f"The training configuration {path} cannot be read as TOML in UTF-8: {reason}.") from error
    try:
        return build(RunConfig, raw, known_only=True)
    except DataError as error:
        raise UsageError(f"{path}: {error}") from error


def config_table(config: RunConfig) -> dict[str, Any]:
    """A run's configuration as plain tables, as it lies in a checkpoint."""
    return asdict(config)
