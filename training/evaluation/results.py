"""Results of an evaluation per file, delay and set, their means, and the object that is written as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from realtime.notes import NoteTable
from training.evaluation.life import CONDITIONS
from training.evaluation.lone import LoneCount, are_lone, count_lone
from training.evaluation.metrics import Metrics
from training.evaluation.stages import Stages

GROUPS = {
    "_ENSTDkCl": "close",
    "_ENSTDkAm": "ambient",
    "_splendid": "splendid",
    "_petrof_upright": "petrof",
    **{f"_{condition}": condition for condition in CONDITIONS},
}
FEWEST_GROUPS = 3  # of which one is named the worst


@dataclass(frozen=True)
class FileResult:
    """One recording at one delay (or by one peer, then `delay` is its name). group: microphone, piano or condition, or
    None. A peer's notes have no confidence. stages: in a mode of several delays."""

    file: str
    delay: str
    seconds: float
    metrics: Metrics
    reference: NoteTable
    estimated: NoteTable
    stages: Stages | None = None

    @property
    def group(self) -> str | None:
        names = (self.file, Path(self.file).stem)  # with an ending where another file is called the same without
        return next((group for ending, group in GROUPS.items() if any(n.endswith(ending) for n in names)), None)

    def row(self) -> dict[str, Any]:
        """Flat, as it stands in the JSON and CSV files."""
        return {"file": self.file, "delay": self.delay, "group": self.group, "seconds": self.seconds} | asdict(
            self.metrics
        )


@dataclass(frozen=True)
class NoiseResult:
    """Notes estimated where nobody plays: all of them false. level_dbfs: RMS of the clips."""

    delay: str
    level_dbfs: int
    false_notes_per_minute: float


@dataclass(frozen=True)
class BeginningResult:
    """One delay where streams begin. struck: streams whose first sample is a stroke, found: those whose key is heard
    within 0.1 s, false: other notes there; cuts: streams cut out of music, ghosts: notes in their first 0.1 s that
    nobody struck; silences: stretches of zeros, pedals: those in which the pedal is down."""

    delay: str
    struck: int
    found: int
    false: int
    cuts: int
    ghosts: int
    silences: int
    pedals: int


@dataclass(frozen=True)
class SetResult:
    """All results on one set; `peers` has other transcribers' results on the same files.

    failed: a sentence for each recording that could not be read, or on which a peer failed.
    """

    name: str
    model: str
    files: list[FileResult] = field(default_factory=list)
    peers: list[FileResult] = field(default_factory=list)
    noise: list[NoiseResult] = field(default_factory=list)
    beginnings: list[BeginningResult] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    @property
    def lone(self) -> dict[str, dict[str, int]]:
        """Per delay and peer, what became of lone notes; empty unless every recording is one of such."""
        both = [*self.files, *self.peers]
        if not all(are_lone(result.reference) for result in both):
            return {}
        counts: dict[str, LoneCount] = {}
        for result in both:
            counted = count_lone(result.reference, result.estimated)
            counts[result.delay] = counts.get(result.delay, LoneCount()) + counted
        return {delay: asdict(count) for delay, count in counts.items()}

    @property
    def stages(self) -> dict[str, dict[str, Any]]:
        """Per mode of several delays, how soon its right notes were told, and by which."""
        whole: dict[str, Stages] = {}
        for result in self.files:
            if result.stages is not None:
                whole[result.delay] = whole.get(result.delay, Stages()) + result.stages
        return {delay: stages.as_json() for delay, stages in whole.items()}

    @property
    def worst_groups(self) -> dict[str, str]:
        """Per delay and peer, the group of the lowest mean onset F1; empty for fewer than three groups."""
        both = [*self.files, *self.peers]
        groups = {g: mean_by_delay([r for r in both if r.group == g]) for g in sorted({r.group or "" for r in both})}
        groups.pop("", None)
        if len(groups) < FEWEST_GROUPS:
            return {}
        return {
            delay: min((g for g in groups if delay in groups[g]), key=lambda g: groups[g][delay]["onset_f1_50"] or 0.0)
            for delay in dict.fromkeys(r.delay for r in both)
        }

    def as_json(self) -> dict[str, Any]:
        """The object that `evaluate --json` prints, without `more_sets`."""
        means: dict[str, Any] = mean_by_delay(self.files)
        for result in self.noise:
            key = f"false_notes_per_minute_{-result.level_dbfs}"
            means.setdefault(result.delay, {})[key] = result.false_notes_per_minute
        found: dict[str, Any] = {
            "set": self.name,
            "model": self.model,
            "files": [r.row() for r in self.files],
            "mean": means,
        }
        for group in sorted({r.group for r in self.files if r.group}):
            found.setdefault("groups", {})[group] = mean_by_delay([r for r in self.files if r.group == group])
        counted = {"lone": self.lone, "stages": self.stages, "worst_group": self.worst_groups}
        found |= {name: of_delays for name, of_delays in counted.items() if of_delays}
        if self.beginnings:
            found["beginnings"] = [asdict(result) for result in self.beginnings]
        if self.peers:
            found["peers"] = {"files": [r.row() for r in self.peers], "mean": mean_by_delay(self.peers)}
        if self.failed:
            found["failed"] = self.failed
        return found


def as_json(results: Sequence[SetResult]) -> dict[str, Any]:
    """One object: the first set's, with the others under `more_sets`."""
    first, *others = [result.as_json() for result in results]
    return first | ({"more_sets": others} if others else {})


def mean_metrics(results: Sequence[FileResult]) -> dict[str, float | None]:
    """Each metric's mean over the files for which it is not None; None where there is no such file."""
    rows = [asdict(result.metrics) for result in results]
    means: dict[str, float | None] = {}
    for name in rows[0] if rows else ():
        values = [row[name] for row in rows if row[name] is not None]
        means[name] = float(np.mean(values)) if values else None
    return means


def mean_by_delay(results: Sequence[FileResult]) -> dict[str, dict[str, float | None]]:
    """Delay (or peer) -> mean over its files, in the order in which they first occur."""
    delays = dict.fromkeys(result.delay for result in results)
    return {delay: mean_metrics([r for r in results if r.delay == delay]) for delay in delays}
