"""What became of a pupil's groups, in shares, delays and false passes; as a table and as JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from rich.table import Table

from training.evaluation.practice import Practised


class PracticeSummary(NamedTuple):
    """right: groups that were struck rightly at once; first, second: how many of them passed at the first stroke, and
    within two; never: at none. delay_p50_s, delay_p95_s: from the last key of a first stroke until it was known; None
    without any. early: groups that passed before they were struck. mistakes, false: wrong strokes, and how many of them
    passed; octaves, false_octaves: of these, by an octave."""

    groups: int
    right: int
    first: int
    second: int
    never: int
    delay_p50_s: float | None
    delay_p95_s: float | None
    early: int
    mistakes: int
    false: int
    octaves: int
    false_octaves: int


def summarise(results: Sequence[Practised]) -> PracticeSummary:
    """All of them together."""
    right = [one for one in results if one.mistake is None and not one.early]
    wrong = [one for one in results if one.mistake is not None]
    octaves = [one for one in wrong if one.mistake == "octave"]
    first = [one for one in right if one.passed and one.strokes == 1]
    delays = [one.delay_s for one in first if one.delay_s is not None]
    p50, p95 = (None, None) if not delays else (round(float(np.percentile(delays, p)), 4) for p in (50, 95))
    return PracticeSummary(
        groups=len(results),
        right=len(right),
        first=len(first),
        second=sum(one.passed and one.strokes <= 2 for one in right),
        never=sum(not one.passed for one in right),
        delay_p50_s=p50,
        delay_p95_s=p95,
        early=sum(one.early for one in results),
        mistakes=len(wrong),
        false=sum(one.false for one in wrong),
        octaves=len(octaves),
        false_octaves=sum(one.false for one in octaves),
    )


def by_piano(results: Sequence[Practised]) -> dict[str, PracticeSummary]:
    """ "all", then each piano, where there are several; and each size of groups."""
    rows = {"all": summarise(results)}
    pianos = sorted({one.piano for one in results})
    if len(pianos) > 1:
        rows |= {piano: summarise([one for one in results if one.piano == piano]) for piano in pianos}
    sizes = sorted({min(one.size, 4) for one in results})
    for size in sizes:
        name = f"{size} and more keys" if size == 4 else f"{size} key" + "s" * (size > 1)
        rows[name] = summarise([one for one in results if min(one.size, 4) == size])
    return rows


COLUMNS: Mapping[str, Callable[[PracticeSummary], str]] = {
    "struck right": lambda row: str(row.right),
    "first stroke": lambda row: percent(row.first, row.right),
    "within two": lambda row: percent(row.second, row.right),
    "never": lambda row: percent(row.never, row.right),
    "p50 / p95, ms": lambda row: f"{milliseconds(row.delay_p50_s)} / {milliseconds(row.delay_p95_s)}",
    "before a stroke": lambda row: percent(row.early, row.groups),
    "false, all": lambda row: f"{percent(row.false, row.mistakes)} of {row.mistakes}",
    "without octaves": lambda row: (
        f"{percent(row.false - row.false_octaves, row.mistakes - row.octaves)} of {row.mistakes - row.octaves}"
    ),
}


def percent(part: int, whole: int) -> str:
    """A share, a decimal more where it is small."""
    return f"{100 * part / whole:.1f} %" if whole else "-"


def milliseconds(seconds: float | None) -> str:
    return "-" if seconds is None else f"{1000 * seconds:.0f}"


def practice_table(conditions: Mapping[str, Sequence[Practised]]) -> Table:
    """A row for all groups of each condition, and for each piano and size of the first."""
    table = Table(title="Wait mode, a simulated pupil")
    table.add_column("condition")
    for heading in COLUMNS:
        table.add_column(heading, justify="right")
    for number, (condition, results) in enumerate(conditions.items()):
        for name, row in by_piano(results).items():
            if name == "all" or number == 0:
                label = condition if name == "all" else f"  {name}"
                table.add_row(label, *(column(row) for column in COLUMNS.values()))
    return table
