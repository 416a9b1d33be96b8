"""What is said of a take that exists: as it was told, as far as that is known, or by its notes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import mido
import pytest

from realtime.errors import FileError, ModelError
from realtime.practice.reading import read_score
from realtime.practice.runs import BarRow
from realtime.practice.score import Bar, Moment, Score, ScoreNote, joined
from realtime.practice.session import Ledger, Lesson
from realtime.practice.takes.judging import as_told, judge, part_of_run
from realtime.practice.takes.practised import keep_practised
from realtime.practice.verdicts import Marked, Missed
from realtime.takes.reader import read_take
from realtime.transcription.model_stage import StepModel
from realtime.words import Said
from tests.realtime.practice.test_progress import RUN

TOLD = [Marked(60, 0.25, "late", 71.5, 0, 1), Missed(1, 1, (62,))]
TOLD_RUN = replace(RUN, last_bar=1, bars=(BarRow(1, "right", late=1, missed=1),), on_time_ms=70.0)
NUMBERS = (1, 2, 1, 2, 3, 4, 3, 4)  # of the bars, both halves repeated; a note in each
REPEATED = Score(
    "Repeated",
    joined(Moment(4.0 * i, number, (ScoreNote(60 + i, 4.0 * i, 4.0, "right"),)) for i, number in enumerate(NUMBERS)),
    tuple(Bar(number, 4.0 * i, 4.0) for i, number in enumerate(NUMBERS)),
    ((0.0, 60.0),),
)


@pytest.fixture
def piece(tmp_path: Path) -> Path:
    """Two quarters, C4 and D4."""
    file = mido.MidiFile(ticks_per_beat=480)
    track = mido.MidiTrack()
    for pitch in (60, 62):
        track += [mido.Message("note_on", note=pitch), mido.Message("note_off", note=pitch, time=480)]
    file.tracks.append(track)
    file.save(tmp_path / "tune.mid")
    return tmp_path / "tune.mid"


@pytest.fixture
def take(tmp_path: Path) -> Path:
    folder = tmp_path / "take"
    folder.mkdir()
    return folder


def test_a_run_is_judged_as_it_was_told(piece: Path, take: Path) -> None:
    """By the tolerance that it had."""
    keep_practised(take, piece, TOLD_RUN, TOLD, 0.0)
    judged = as_told(take)
    assert (judged.by, judged.verdicts, judged.on_time_ms) == ("run", TOLD, 70.0)
    assert str(judged.said) == "As it was told while Tune: in G / slow was practised."


def test_what_does_not_lie_in_the_take_is_missed(piece: Path, take: Path) -> None:
    """A part is said to be one; nothing is no result. A run of which nothing was told has nothing to miss."""
    keep_practised(take, piece, TOLD_RUN, TOLD[:1], 0.0)
    assert "what was told after that is left out" in str(as_told(take).said)
    keep_practised(take, piece, TOLD_RUN, [], 0.0)
    with pytest.raises(FileError, match="was broken off"):
        as_told(take)
    keep_practised(take, piece, replace(TOLD_RUN, bars=()), [], 0.0)
    assert as_told(take).verdicts == []


@pytest.mark.parametrize("part", [REPEATED, REPEATED.between(1, 4), REPEATED.between(1, 2), REPEATED.between(4, 3)])
def test_the_part_of_a_run_is_that_which_was_practised(part: Score) -> None:
    """Of bars that are repeated the same pass, though the numbers are those of the whole piece."""
    run = Ledger(Lesson(REPEATED, part, "wait", "both"), datetime(2026, 12, 1)).run(60.0)
    assert part_of_run(REPEATED, run) == part


def test_a_run_whose_bars_are_known_by_number_alone() -> None:
    """All of them are the piece."""
    assert part_of_run(REPEATED, replace(RUN, first_bar=1, last_bar=4)) is REPEATED
    assert part_of_run(REPEATED, replace(RUN, first_bar=1, last_bar=3)) == REPEATED.between(1, 3)


def test_without_a_model_the_notes_count(piece: Path, take: Path) -> None:
    """Why, is told."""
    (take / "audio.wav").write_bytes(b"RIFF")
    warned: list[Said] = []

    def no_model() -> StepModel:
        raise ModelError("There is none.")

    judged = judge(take, read_take(piece), read_score(piece), 50.0, no_model, warned.append)
    assert (judged.by, [str(said) for said in warned]) == ("notes", ["There is none."])
    assert [one.pitch for one in judged.verdicts if isinstance(one, Marked)] == [60, 62]
