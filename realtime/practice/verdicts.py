"""What is said of a player's notes: a verdict on each, what was missed, and the result of a run."""

from __future__ import annotations

import statistics
from collections import Counter
from dataclasses import dataclass, field
from typing import ClassVar, Literal

# Of a note that was heard: `wrong` stands in the place of a written one, `extra` beside all of them.
Verdict = Literal["right", "early", "late", "wrong", "extra"]
ON_TIME_MS = 50.0
RIGHT_KEY: tuple[Verdict, ...] = ("right", "early", "late")


@dataclass(frozen=True)
class Marked:
    """A note that was heard. time: when it sounded, s; ms: by how much it was late, None where no time is given for
    it; group, bar: of the score where it belongs."""

    kind: ClassVar[str] = "note"

    pitch: int
    time: float
    verdict: Verdict
    ms: float | None
    group: int
    bar: int


@dataclass(frozen=True)
class Missed:
    """Written notes of a group that were not heard."""

    kind: ClassVar[str] = "missed"

    group: int
    bar: int
    pitches: tuple[int, ...]


@dataclass(frozen=True)
class Position:
    """Where the player is. beat: quarters."""

    kind: ClassVar[str] = "position"

    beat: float
    bar: int


@dataclass(frozen=True)
class Result:
    """A run in numbers. right: notes of the right key at the right time; early_late: of the right key at another time;
    wrong: other keys in the place of written ones; bias_ms: median lateness of those of the right key, spread_ms: its
    standard deviation; both 0 without times."""

    kind: ClassVar[str] = "result"

    right: int
    missed: int
    extra: int
    early_late: int
    wrong: int
    bias_ms: float
    spread_ms: float

    @property
    def clean(self) -> bool:
        """Whether all keys were right."""
        return not (self.missed or self.extra or self.wrong) and self.right + self.early_late > 0


@dataclass
class BarTally:
    """The notes of one bar."""

    right: int = 0
    early: int = 0
    late: int = 0
    wrong: int = 0
    extra: int = 0
    missed: int = 0

    def add(self, told: Marked | Missed) -> None:
        """Count what was told of it."""
        if isinstance(told, Missed):
            self.missed += len(told.pitches)
        else:
            setattr(self, told.verdict, getattr(self, told.verdict) + 1)

    @property
    def written(self) -> int:
        """How many written notes are known of."""
        return self.right + self.early + self.late + self.wrong + self.missed

    @property
    def share(self) -> float:
        """Share of the written notes whose key was right, 0-1; 1 without any."""
        return (self.right + self.early + self.late) / self.written if self.written else 1.0


@dataclass
class Tally:
    """Counts a run. bars: by printed number."""

    bars: dict[int, BarTally] = field(default_factory=dict)
    _ms: list[float] = field(default_factory=list)

    def add(self, told: Marked | Missed) -> None:
        """Count what was told."""
        self.bars.setdefault(told.bar, BarTally()).add(told)
        if isinstance(told, Marked) and told.ms is not None and told.verdict in RIGHT_KEY:
            self._ms.append(told.ms)

    @property
    def result(self) -> Result:
        """What has been counted so far."""
        total: Counter[str] = Counter()
        for bar in self.bars.values():
            total.update(vars(bar))
        return Result(
            right=total["right"],
            missed=total["missed"],
            extra=total["extra"],
            early_late=total["early"] + total["late"],
            wrong=total["wrong"],
            bias_ms=round(statistics.median(self._ms), 1) if self._ms else 0.0,
            spread_ms=round(statistics.pstdev(self._ms), 1) if self._ms else 0.0,
        )


def timing(ms: float, on_time_ms: float) -> Verdict:
    """The verdict on a right key that was late by `ms`."""
    if abs(ms) <= on_time_ms:
        return "right"
    return "late" if ms > 0 else "early"
