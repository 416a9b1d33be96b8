"""The configuration of a training run: a TOML file with tables [corpus], [ear], [fit], [loss]."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, get_type_hints

from realtime.contract import Window
from realtime.errors import FileError, UsageError
from training.data.segments import SourceConfig
from training.loss import LossWeights
from training.model import EarConfig


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
        for name in ("batch", "steps", "validation_segments"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} must be at least 1")
        for name in ("minutes", "learning_rate", "warmup_steps", "weight_decay", "workers", "threads"):
            if getattr(self, name) < 0:
                raise ValueError(f"{name} must not be negative")
        if self.precision not in ("auto", "bf16", "fp32"):
            raise ValueError(f"precision is {self.precision!r}; it can be auto, bf16 or fp32")
        if not 0 <= self.ema < 1:
            raise ValueError("ema must lie between 0 and 1")


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


def checked(kind: type[Any], values: Mapping[str, Any], table: str) -> Any:
    """An instance of a dataclass from a TOML table. UsageError names what does not exist, or is of the wrong kind."""
    known = {f.name for f in fields(kind)}
    unknown = sorted(set(values) - known)
    if unknown:
        raise UsageError(f"The training configuration has unknown keys {unknown} in [{table}]; known: {sorted(known)}.")
    hints = get_type_hints(kind)
    for name, value in values.items():
        plain = hints[name] in (int, float, str)
        fits = isinstance(value, (int, float) if hints[name] is float else hints[name]) if plain else True
        if not fits or isinstance(value, bool):
            raise UsageError(f"In the training configuration {name} = {value!r} in [{table}] is not what it can be.")
    try:
        return kind(**values)
    except (TypeError, ValueError) as error:
        raise UsageError(f"In the training configuration, [{table}]: {error}.") from error


def ear_config(table: Mapping[str, Any]) -> EarConfig:
    """An EarConfig from its TOML or checkpoint table; windows are {length, tail} tables."""
    values = dict(table)
    if "windows" in values:
        values["windows"] = tuple(checked(Window, window, "ear.windows") for window in values["windows"])
    config: EarConfig = checked(EarConfig, values, "ear")
    return config


def read_config(path: Path) -> RunConfig:
    """Read a run's TOML file. Raises FileError when it cannot be read, UsageError when it says what nobody knows."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise FileError(f"The training configuration {path} cannot be read: {error}.") from error
    tables = {name: raw.pop(name, {}) for name in ("corpus", "ear", "fit", "loss")}
    wrong = [name for name, table in tables.items() if not isinstance(table, dict)]
    if wrong:
        raise UsageError(f"In {path} {wrong[0]} must be a table, [{wrong[0]}].")
    try:
        corpus = SourceConfig.from_table(tables["corpus"])
    except (TypeError, ValueError) as error:
        raise UsageError(f"{path}: {error}.") from error
    top: RunConfig = checked(RunConfig, raw, "top level")
    return RunConfig(
        name=top.name,
        corpus_name=top.corpus_name,
        licence=top.licence,
        corpus=corpus,
        ear=ear_config(tables["ear"]),
        fit=checked(FitSettings, tables["fit"], "fit"),
        loss=checked(LossWeights, tables["loss"], "loss"),
    )
