"""The configuration of a training run: a TOML file with tables [corpus], [ear], [fit], [loss]."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from realtime.errors import FileError, UsageError
from training.data.segments.source_config import SourceConfig
from training.data.table import check_range, fill
from training.fit.loss import LossWeights
from training.model import EarConfig
from training.model.config import ear_config


@dataclass(frozen=True)
class FitSettings:
    """batch: segments a step and process. steps: length of the schedule (warm-up, then a cosine to zero). minutes: time
    budget that ends it earlier; 0: none. ema: decay of the averaged weights, which are what gets exported. precision:
    "bf16", "fp32", or "auto" for what is faster here. threads: for the step; 0: what the workers leave."""

    batch: int = 8
    steps: int = 20_000
    minutes: float = 0.0
    learning_rate: float = 2e-3
    warmup_steps: int = 200
    weight_decay: float = 1e-2
    clip_norm: float = 5.0
    ema: float = 0.999
    precision: str = "auto"
    seed: int = 1
    workers: int = 1
    threads: int = 0
    checkpoint_minutes: float = 5.0
    validation_segments: int = 12

    def __post_init__(self) -> None:
        check_range(self, ("batch", "steps", "validation_segments"), 1)
        check_range(self, ("minutes", "learning_rate", "warmup_steps", "weight_decay", "seed", "workers", "threads"), 0)
        check_range(self, ("clip_norm", "checkpoint_minutes"), 0)
        check_range(self, ("ema",), 0, 1)
        if self.precision not in ("auto", "bf16", "fp32"):
            raise ValueError(f"precision is {self.precision!r}, expected auto, bf16 or fp32")
        if self.ema == 1:
            raise ValueError("ema is 1, expected less: the averaged weights would never learn")


@dataclass(frozen=True)
class RunConfig:
    """A whole run. `name` becomes the model's name; `corpus_name` and `licence` go into the model's metadata."""

    name: str = "liszten"
    corpus_name: str = ""
    licence: str = ""
    corpus: SourceConfig = field(default_factory=SourceConfig)
    ear: EarConfig = field(default_factory=EarConfig)
    fit: FitSettings = field(default_factory=FitSettings)
    loss: LossWeights = field(default_factory=LossWeights)


def read_config(path: Path) -> RunConfig:
    """Read a run's TOML file. Raises FileError when it cannot be read, UsageError when it says what nobody knows."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise FileError(f"The training configuration {path} cannot be read ({error.strerror}).") from error
    except (UnicodeError, tomllib.TOMLDecodeError) as error:
        raise FileError(f"The training configuration {path} cannot be read as TOML in UTF-8: {error}.") from error
    try:
        return run_config(raw)
    except ValueError as error:
        raise UsageError(f"{path}: {error}.") from error


def run_config(raw: Mapping[str, Any]) -> RunConfig:
    """A run from its TOML tables. ValueError names the key and the table of what may not be."""
    tables = {name: raw.get(name, {}) for name in ("corpus", "ear", "fit", "loss")}
    top = fill(RunConfig, {name: value for name, value in raw.items() if name not in tables}, "top level")
    config = replace(
        top,
        corpus=SourceConfig.from_table(tables["corpus"]),
        ear=ear_config(tables["ear"]),
        fit=fill(FitSettings, tables["fit"], "fit"),
        loss=fill(LossWeights, tables["loss"], "loss"),
    )
    latest = max(config.ear.shifts.values())
    if config.corpus.hops <= latest:
        raise ValueError(f"hops in [corpus] is {config.corpus.hops}, expected more than the latest delay's {latest}")
    return config


def config_table(config: RunConfig) -> dict[str, Any]:
    """A run's configuration as plain tables, as it lies in a checkpoint."""
    return asdict(config)
