"""The metrics that `liszten-train evaluate` wrote as scores.json, read back and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from realtime.errors import DataError, FileError
from realtime.system.regular_file import MIB, read_regular
from realtime.validation import build, read_json
from training.evaluation.results import BeginningResult

MOST_SCORES = 64 * MIB
OF_NOISE = "false_notes_per_minute_"  # and the level: name of a metric of a noise set
# Delay (or peer) -> metric -> its mean, None where it is defined for no file.
Means = Mapping[str, Mapping[str, float | None]]


@dataclass(frozen=True)
class FileMetrics:
    """The part of a file's metrics at one delay that a card shows."""

    file: str
    delay: str
    onset_f1_50: float


@dataclass(frozen=True)
class LoneMetrics:
    """What became of lone notes."""

    strokes: int
    found: int
    false: int
    doubled: int


@dataclass(frozen=True)
class StageMetrics:
    """Shares of the right notes by the time they took, and by the delay that told them."""

    right: int
    within_35_ms: float
    within_65_ms: float
    within_125_ms: float
    told_by: Mapping[str, float]


@dataclass(frozen=True)
class PeerMetrics:
    """Other transcribers' metrics on the same files."""

    mean: Means = field(default_factory=dict)


@dataclass(frozen=True)
class SetMetrics:
    """The part of one set's results that a card shows. groups: means by microphone or piano; failed: a sentence for
    each file that could not be read."""

    set: str
    files: tuple[FileMetrics, ...]
    mean: Means
    groups: Mapping[str, Means] = field(default_factory=dict)
    peers: PeerMetrics = field(default_factory=PeerMetrics)
    lone: Mapping[str, LoneMetrics] = field(default_factory=dict)
    stages: Mapping[str, StageMetrics] = field(default_factory=dict)
    worst_group: Mapping[str, str] = field(default_factory=dict)
    beginnings: tuple[BeginningResult, ...] = ()
    failed: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.files and not self.mean:
            raise ValueError("there are files, but no means")
        names = {name for metrics in self.mean.values() for name in metrics}
        if not self.files and not all(name.startswith(OF_NOISE) for name in names):
            raise ValueError(f"there are no files, so every score is expected to be {OF_NOISE}LEVEL")


@dataclass(frozen=True)
class Evaluation(SetMetrics):
    """The first set's results, with those of the others."""

    more_sets: tuple[SetMetrics, ...] = ()


def read_evaluation(path: Path | None) -> dict[str, Any] | None:
    """The object in scores.json; None without a path. Raises FileError for a file that holds anything else."""
    if path is None:
        return None
    try:
        found: dict[str, Any] = read_json(read_regular(path, MOST_SCORES))
    except (OSError, DataError) as error:
        raise FileError(f"{path} cannot be read as scores: {error}") from error
    try:
        build(Evaluation, found)
    except DataError as error:
        raise FileError(
            f"{path} does not hold scores. Give the scores.json that `liszten-train evaluate -o` wrote."
        ) from error
    return found
