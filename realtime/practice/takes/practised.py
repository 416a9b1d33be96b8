"""What the take of a run holds beside its sound and notes: the score, and what the player was told.

`score.*` is the piece's file, `practice.json` the run with its verdicts, whose times count from the begin of the take.
"""

from __future__ import annotations

import dataclasses
import json
import logging
import math
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import takewhile
from pathlib import Path
from typing import Annotated, Literal

from realtime.clock import DECIMALS
from realtime.errors import DataError, FileError
from realtime.limits import DAY_S, Limits
from realtime.practice.document import MOST_BYTES
from realtime.practice.reading import read_score
from realtime.practice.runs import Bars, Milliseconds, Run, keep
from realtime.practice.score import Score
from realtime.practice.verdicts import Marked, Missed
from realtime.system.regular_file import MIB, read_regular
from realtime.system.storage import file_error, replace_file
from realtime.takes.folder import AUDIO, EVENTS, MIDI, MOST_EVENTS
from realtime.validation import Count, Name, Pitch, build, read_json, within
from realtime.words import Phrase

logger = logging.getLogger(__name__)
PRACTICE, SCORE = "practice.json", "score"
MOST_SOUND = 4096 * MIB  # some eight hours; of older runs only the notes are kept
MOST_PRACTICE = 64 * MIB
VERSION = 1
DAMAGED = Phrase(
    "practised.damaged",
    "{path} cannot be read: {why}. Name the score: liszten mark TAKE SCORE",
    in_window="{path} cannot be read: {why}.",
)
NO_RUN = Phrase(
    "practised.no_run",
    "{take} is no run of practice. Name the score: liszten mark TAKE SCORE",
    in_window="{take} is no run of practice.",
)


@dataclass(frozen=True)
class RunTake:
    """folder: of the take; begin_s: when it begins, s of the stream's clock; whole: whether it has all of the stream:
    one that begins anew, as after a fault, is not in it; end_s: where it ended although the run went on, as begin_s."""

    folder: Path
    begin_s: float
    whole: bool = True
    end_s: float = math.inf

    def held(self, verdicts: Iterable[Marked | Missed]) -> list[Marked | Missed]:
        """Those that lie in it, of all of its run as they were told; none where their times are of two clocks."""
        if not self.whole:
            return []
        return [*takewhile(lambda one: isinstance(one, Missed) or one.time <= self.end_s, verdicts)]


@dataclass(frozen=True)
class VerdictRow:
    """A `Marked`, or one pitch of a `Missed`. time: s of the take."""

    group: Count
    bar: Annotated[int, within(Bars)]
    pitch: Pitch
    verdict: Literal["right", "early", "late", "wrong", "extra", "missed"]
    time: Annotated[float, within(Limits(-DAY_S, DAY_S))] | None = None
    ms: Milliseconds | None = None


@dataclass(frozen=True)
class Practised:
    """score: name of its file; verdicts: as they were told."""

    score: Name
    run: Run
    verdicts: tuple[VerdictRow, ...]
    version: int = VERSION

    @property
    def told(self) -> list[Marked | Missed]:
        """The verdicts."""
        return [_told(row) for row in self.verdicts]


def keep_run(
    run: Run, folder: Path, take: RunTake | None, piece: Path, verdicts: Iterable[Marked | Missed]
) -> tuple[Path, Run]:
    """Write a run into a folder, and what belongs to it into its take; the run's file, and the run as it is kept.

    take: of the run, None without one; piece, verdicts: as in `keep_practised`. Raises FileError, for what belongs into
    the take only when the run is kept.
    """
    problem: FileError | None = None
    if take is not None:
        run = replace(run, take=take.folder.name)
        try:
            keep_practised(take.folder, piece, run, take.held(verdicts), take.begin_s)
        except FileError as error:
            problem = error
    path = keep(run, folder)
    thin(folder)
    if problem is not None:
        raise problem
    return path, run


def keep_practised(folder: Path, piece: Path, run: Run, verdicts: Iterable[Marked | Missed], begin_s: float) -> None:
    """Add score and verdicts to a take. piece: file or take that the score was read from; begin_s: when the take
    begins, s of the clock of the verdicts. Raises FileError."""
    score = f"{SCORE}.jsonl" if piece.is_dir() else f"{SCORE}{piece.suffix.lower()}"
    source = piece / EVENTS if piece.is_dir() else piece
    try:
        content = read_regular(source, MOST_EVENTS if piece.is_dir() else MOST_BYTES)
    except OSError as error:
        raise file_error(error, source) from error
    replace_file(folder / score, content)
    rows = tuple(row for one in verdicts for row in _rows(one, begin_s))
    kept = dataclasses.asdict(Practised(score, run, rows))
    replace_file(folder / PRACTICE, json.dumps(kept, ensure_ascii=False).encode())


def is_practised(folder: Path) -> bool:
    """Whether a take is that of a run."""
    return (folder / PRACTICE).is_file()


def read_practised(folder: Path) -> Practised:
    """What a take holds of a run. Raises FileError, also for a take that is none of a run."""
    path = folder / PRACTICE
    try:
        return build(Practised, read_json(read_regular(path, MOST_PRACTICE)))
    except FileNotFoundError as error:
        raise FileError(NO_RUN(take=folder)) from error
    except OSError as error:
        raise file_error(error, path) from error
    except DataError as error:
        raise FileError(DAMAGED(path=path, why=str(error))) from error


def practised_score(folder: Path, practised: Practised) -> Score:
    """The piece of a run, under the title that it had. Raises FileError."""
    name = practised.score
    if Path(name).name != name or not name.startswith(SCORE):
        raise FileError(DAMAGED(path=folder / PRACTICE, why=name))
    return replace(read_score(folder / name, practised.run.part), title=practised.run.title)


def delete_take(folder: Path) -> None:
    """Delete a take that nothing was added to; what does not belong to it stays. Never raises."""
    try:
        for name in (AUDIO, EVENTS, MIDI):
            (folder / name).unlink(missing_ok=True)
        folder.rmdir()
    except OSError as error:
        logger.warning("practice: %s", error)


def thin(folder: Path, most: int = MOST_SOUND) -> None:
    """Delete the sound of the oldest runs whose takes lie in a folder, down to `most` bytes. One that is none of a run
    may belong to a run that goes on; a day later it was left by a program that did not end. Never raises."""
    try:
        sounds = [(path.parent.name, path, path.stat()) for path in folder.glob(f"*/{AUDIO}")]
    except OSError as error:
        logger.warning("practice: %s", error)
        return
    total = sum(found.st_size for _, _, found in sounds)
    for _, path, found in sorted(sounds):
        if total <= most:
            return
        if not is_practised(path.parent) and found.st_mtime > time.time() - DAY_S:
            continue
        try:
            path.unlink()
        except OSError as error:
            logger.warning("practice: %s", error)
        total -= found.st_size


def _rows(one: Marked | Missed, begin_s: float) -> list[VerdictRow]:
    if isinstance(one, Missed):
        return [VerdictRow(one.group, one.bar, pitch, "missed") for pitch in one.pitches]
    return [VerdictRow(one.group, one.bar, one.pitch, one.verdict, round(one.time - begin_s, DECIMALS), one.ms)]


def _told(row: VerdictRow) -> Marked | Missed:
    if row.verdict == "missed":
        return Missed(row.group, row.bar, (row.pitch,))
    return Marked(row.pitch, row.time or 0.0, row.verdict, row.ms, row.group, row.bar)
