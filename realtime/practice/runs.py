"""What is kept of every run of practice: a JSON file each, in the player's data folder."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import logging
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

import platformdirs

from realtime.errors import DataError, FileError
from realtime.limits import DAY_S, Limits
from realtime.practice.play import TEMPO
from realtime.practice.score import Hand, Hands, Score
from realtime.practice.verdicts import ON_TIME_MS, BarTally, Marked, Missed, Result
from realtime.system.regular_file import MIB, read_regular
from realtime.system.storage import make_folder, plain_name, replace_file, set_aside
from realtime.validation import Count, Name, Text, build, read_json, within

logger = logging.getLogger(__name__)
Mode = Literal["wait", "play", "follow"]
VERSION = 1
BROKEN = re.compile(r" broken \d{4}-\d\d-\d\d \d\d-\d\d-\d\d$")  # the end of a name that was set aside
STARTED = "%Y-%m-%dT%H:%M:%S"
NO_NAME = re.compile(r'[\\/:*?"<>|.\s]+')
LONGEST_NAME = 60
Bars = Limits(-1_000, 100_000)
Beat = Annotated[float, within(Limits(-10_000.0, 10_000_000.0))]
Milliseconds = Annotated[float, within(Limits(-10_000.0, 10_000.0))]


@dataclass(frozen=True)
class BarRow:
    """What was played of one bar by one hand; extra notes are counted for the hand that is nearer."""

    bar: Annotated[int, within(Bars)]
    hand: Hand
    right: Count = 0
    early: Count = 0
    late: Count = 0
    wrong: Count = 0
    extra: Count = 0
    missed: Count = 0

    @property
    def written(self) -> int:
        """How many written notes are known of."""
        return self.right + self.early + self.late + self.wrong + self.missed

    @property
    def right_keys(self) -> int:
        """How many of these were struck, at any time."""
        return self.right + self.early + self.late


@dataclass(frozen=True)
class RunResult:
    """As `Result`."""

    right: Count
    missed: Count
    extra: Count
    early_late: Count
    wrong: Count
    bias_ms: Milliseconds
    spread_ms: Milliseconds


@dataclass(frozen=True)
class Run:
    """piece: the same for the same notes; started: local time, STARTED; seconds: how long; first_bar, last_bar: as
    printed; tempo: share of the written one, 0 where the player kept none; clean_tempo: highest of a round whose keys
    were all right, 0 without; take: name of its folder beside the run's file, "" without one;
    part: as of a `Score`; beats: with which the first and the last bar begin, as bars are repeated, None where it is
    not known; on_time_ms: how far from its moment a note is on time."""

    piece: Name
    title: Text
    started: Annotated[str, Name]
    seconds: Annotated[float, within(Limits(0.0, DAY_S))]
    mode: Mode
    hands: Hands
    first_bar: Annotated[int, within(Bars)]
    last_bar: Annotated[int, within(Bars)]
    tempo: Annotated[float, within(Limits(0.0, TEMPO.most))]
    clean_tempo: Annotated[float, within(Limits(0.0, TEMPO.most))]
    result: RunResult
    bars: tuple[BarRow, ...]
    take: Name = ""
    part: Name = ""
    beats: tuple[Beat, Beat] | None = None
    on_time_ms: Annotated[float, within(Limits(0.0, 1_000.0))] = ON_TIME_MS
    version: int = VERSION

    @property
    def begun(self) -> datetime:
        """When, in the player's time. Raises ValueError."""
        return datetime.strptime(self.started, STARTED)


def piece_id(score: Score) -> str:
    """The same for scores of the same notes, whatever their files are called."""
    notes = [(round(note.beat, 3), note.pitch) for group in score.groups for note in group.notes]
    return hashlib.sha256(json.dumps(sorted(notes)).encode()).hexdigest()[:16]


def bar_rows(score: Score, told: Iterable[Marked | Missed]) -> tuple[BarRow, ...]:
    """Verdicts by bar and hand, in the order of both."""
    counts: dict[tuple[int, Hand], BarTally] = {}
    for one in told:
        for pitch in one.pitches if isinstance(one, Missed) else (one.pitch,):
            hand = min(score.groups[one.group].notes, key=lambda note: abs(note.pitch - pitch)).hand
            row = counts.setdefault((one.bar, hand), BarTally())
            verdict = "missed" if isinstance(one, Missed) else one.verdict
            setattr(row, verdict, getattr(row, verdict) + 1)
    return tuple(BarRow(bar, hand, **vars(row)) for (bar, hand), row in sorted(counts.items()))


def run_result(result: Result) -> RunResult:
    """As it is kept."""
    return RunResult(**dataclasses.asdict(result))


def runs_folder() -> Path:
    """Where the runs lie on this system."""
    return platformdirs.user_data_path("liszten", appauthor=False) / "practice"


def keep(run: Run, folder: Path) -> Path:
    """Write a run into the folder; where. Raises FileError."""
    make_folder(folder)
    title = NO_NAME.sub(" ", plain_name(run.title))[:LONGEST_NAME].strip()
    name = f"{run.started.replace('T', ' ').replace(':', '-')} {title}".strip()
    path = folder / f"{name}.json"
    number = 1
    while path.exists():
        number += 1
        path = folder / f"{name} {number}.json"
    replace_file(path, json.dumps(dataclasses.asdict(run), ensure_ascii=False, indent=1).encode())
    return path


def read_run(path: Path) -> Run:
    """A run from its file. Raises OSError, and DataError for one that is damaged."""
    run = build(Run, read_json(read_regular(path, MIB).decode("utf-8", "replace")))
    try:
        run.begun  # noqa: B018
    except ValueError as error:
        raise DataError("started", run.started, str(error)) from error
    return run


def read_runs(folder: Path) -> list[Run]:
    """All runs of a folder, by time. A file that is damaged is set aside under another name, and logged."""
    runs = []
    for path in sorted(folder.glob("*.json")) if folder.is_dir() else ():
        if BROKEN.search(path.stem):
            continue
        try:
            runs.append(read_run(path))
        except OSError as error:
            logger.warning("practice: %s", error)
        except DataError as error:
            _set_aside(path, error)
    return sorted(runs, key=lambda run: run.started)


def _set_aside(path: Path, why: DataError) -> None:
    try:
        logger.warning("practice: a run is damaged (%s) and was kept as %s", why, set_aside(path))
    except FileError as error:
        logger.warning("practice: %s is damaged (%s). %s", path, why, error)
