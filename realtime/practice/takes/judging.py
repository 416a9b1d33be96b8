"""The verdicts on a take that exists: by its sound, which is heard again, else by its notes, or as they were told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from realtime.errors import FileError, ModelError, UsageError
from realtime.practice import marking
from realtime.practice.runs import Run
from realtime.practice.score import Score
from realtime.practice.takes.hearing import hear_again
from realtime.practice.takes.practised import DAMAGED, PRACTICE, practised_score, read_practised
from realtime.practice.verdicts import Marked, Missed
from realtime.takes.folder import EVENTS, take_audio
from realtime.takes.notes import TakeNotes
from realtime.transcription.model_stage import StepModel
from realtime.words import Phrase, Said

By = Literal["sound", "notes", "run"]
WORDS: dict[By, Phrase] = {
    "sound": Phrase("judged.sound", "The sound of the take was heard again, by the notes of {title}."),
    "notes": Phrase(
        "judged.notes", "The take has no sound that can be heard again: its notes are compared with {title}."
    ),
    "run": Phrase("judged.run", "As it was told while {title} was practised."),
}
BROKEN_OFF = Phrase(
    "judged.broken_off",
    "The recording of this run was broken off, and nothing that was told lies in it. Name the score, to have it heard: "
    "liszten mark TAKE SCORE",
    in_window="The recording of this run was broken off, and nothing that was told lies in it.",
)
NOT_ALL = Phrase(
    "judged.not_all", "{so_far} The take ends where nobody played for long; what was told after that is left out."
)


@dataclass(frozen=True)
class Judged:
    """by: what the verdicts come from; part: of the piece; on_time_ms: how far from its moment a note is on time;
    whole: whether all that was told is among them."""

    by: By
    part: Score
    verdicts: Sequence[Marked | Missed]
    on_time_ms: float
    whole: bool = True

    @property
    def said(self) -> Said:
        """What they come from, in words."""
        said = WORDS[self.by](title=self.part.title)
        return said if self.whole else NOT_ALL(so_far=said)


def judge(
    take: Path,
    notes: TakeNotes,
    part: Score,
    on_time_ms: float,
    model: Callable[[], StepModel],
    warn: Callable[[Said], None] = lambda _said: None,
    progress: Callable[[float], None] = lambda _time_s: None,
) -> Judged:
    """The verdicts on a take by a score. take: its folder or file; notes: of it; model: makes one, where there is
    sound to be heard; warn, progress: as in `hear_again`. Sound that cannot be heard,
    by its file or by the model, is told, and its notes count."""
    sound = sound_of(take)
    if sound is not None:
        try:
            told = hear_again(sound, part, model(), warn, progress)
        except (FileError, ModelError, UsageError) as error:
            warn(error.said)
        else:
            return Judged("sound", part, marking.in_order(marking.timed(told, part, on_time_ms)), on_time_ms)
    return Judged("notes", part, marking.in_order(marking.mark(notes, part, on_time_ms)), on_time_ms)


def as_told(take: Path) -> Judged:
    """What was told of a run while it was practised, as far as it lies in its take. Raises FileError for a take that is
    none of a run, and where nothing of it does."""
    folder = folder_of(take) or take
    found = read_practised(folder)
    part = part_of_run(practised_score(folder, found), found.run)
    if any(row.group >= len(part.groups) for row in found.verdicts):
        raise FileError(DAMAGED(path=folder / PRACTICE, why=f"{part.title}?"))
    told = sum(row.written + row.extra for row in found.run.bars)
    if told and not found.verdicts:
        raise FileError(BROKEN_OFF())
    return Judged("run", part, found.told, found.run.on_time_ms, whole=len(found.verdicts) >= told)


def part_of_run(piece: Score, run: Run) -> Score:
    """What of a piece was practised. Raises UsageError where the piece has no such part."""
    first, last = piece.bars[0], piece.bars[-1]
    whole = (run.first_bar, run.last_bar) == (first.number, last.number)
    whole = whole and run.beats in (None, (first.beat, last.beat))  # a loop may have the same numbers
    return (piece if whole else piece.between(run.first_bar, run.last_bar)).hand(run.hands)


def sound_of(take: Path) -> Path | None:
    """The sound of a take, None without any."""
    folder = folder_of(take)
    audio = None if folder is None else take_audio(folder)
    return audio if audio is not None and audio.is_file() else None


def folder_of(take: Path) -> Path | None:
    """The folder of a take, which is named by itself or by its events; None for another file."""
    if take.is_dir():
        return take
    return take.parent if take.name == EVENTS else None
