"""The take of a run holds its score and its verdicts, and old sound gives way to new."""

from __future__ import annotations

import json
import os
import time
from dataclasses import replace
from pathlib import Path

import pytest

from realtime.errors import FileError
from realtime.practice.reading import read_score
from realtime.practice.runs import read_runs
from realtime.practice.takes.practised import (
    PRACTICE,
    Practised,
    RunTake,
    VerdictRow,
    keep_practised,
    keep_run,
    practised_score,
    read_practised,
    thin,
)
from realtime.practice.verdicts import Marked, Missed
from tests.realtime.practice.musicxml import attributes, document, note, part
from tests.realtime.practice.test_progress import RUN

TOLD = [Marked(60, 12.25, "late", 61.5, 0, 1), Missed(1, 1, (62, 64)), Marked(61, 13.0, "wrong", None, 1, 1)]


@pytest.fixture
def piece(tmp_path: Path) -> Path:
    path = tmp_path / "My tune.MusicXML"
    path.write_text(document(part({"1": attributes() + note("C4", 8) + note("D4", 8)})))
    return path


@pytest.fixture
def take(tmp_path: Path) -> Path:
    folder = tmp_path / "practice" / "2026-12-01 10-00-00 Take 01"
    folder.mkdir(parents=True)
    return folder


def test_a_run_is_kept_with_its_take(piece: Path, take: Path) -> None:
    """The times of its verdicts count from the take's begin; the piece has the title of the run."""
    path, run = keep_run(RUN, take.parent, RunTake(take, 12.0), piece, TOLD)
    assert run == replace(RUN, take=take.name)
    assert read_runs(take.parent) == [run]
    assert path.name == "2026-12-01 10-00-00 Tune in G slow.json"
    found = read_practised(take)
    rows = (
        VerdictRow(0, 1, 60, "late", 0.25, 61.5),
        VerdictRow(1, 1, 62, "missed"),
        VerdictRow(1, 1, 64, "missed"),
        VerdictRow(1, 1, 61, "wrong", 1.0, None),
    )
    assert found == Practised("score.musicxml", run, rows)
    assert found.told == [
        Marked(60, 0.25, "late", 61.5, 0, 1),
        Missed(1, 1, (62,)),
        Missed(1, 1, (64,)),
        Marked(61, 1.0, "wrong", None, 1, 1),
    ]
    assert practised_score(take, found) == replace(read_score(piece), title=RUN.title)


def test_a_take_as_the_score_is_copied_too(piece: Path, take: Path, tmp_path: Path) -> None:
    """Its notes; of a stream that began anew no verdicts are kept, as their times are those of two clocks."""
    source = tmp_path / "2026-11-30 10-00-00 Take 07"
    source.mkdir()
    (source / "notes.jsonl").write_text('{"event":"stream"}\n')
    keep_run(RUN, take.parent, RunTake(take, 0.0, whole=False), source, TOLD)
    assert (take / "score.jsonl").read_bytes() == (source / "notes.jsonl").read_bytes()
    assert read_practised(take).verdicts == ()


def test_a_take_that_was_ended_holds_what_was_told_before(tmp_path: Path) -> None:
    """Up to the first note after its end, whatever was missed before that."""
    after = Marked(60, 13.5, "right", 0.0, 0, 1)
    assert RunTake(tmp_path, 12.0, end_s=13.0).held([*TOLD, after, Missed(2, 1, (62,)), TOLD[0]]) == TOLD


def test_a_run_outlives_its_piece(take: Path, tmp_path: Path) -> None:
    """A file that is gone costs the take its score, and that is told; the run is kept."""
    with pytest.raises(FileError, match=r"gone\.mid"):
        keep_run(RUN, take.parent, RunTake(take, 0.0), tmp_path / "gone.mid", TOLD)
    assert [run.take for run in read_runs(take.parent)] == [take.name]


def test_what_is_no_run_is_a_sentence(piece: Path, take: Path) -> None:
    """A take without one, a damaged file, and a score that lies somewhere else."""
    with pytest.raises(FileError, match="is no run of practice"):
        read_practised(take)
    keep_practised(take, piece, RUN, TOLD, 0.0)
    kept = json.loads((take / PRACTICE).read_text())
    (take / PRACTICE).write_text(json.dumps({**kept, "verdicts": [{**kept["verdicts"][0], "verdict": "bad"}]}))
    with pytest.raises(FileError, match="cannot be read"):
        read_practised(take)
    for name in ("../score.mid", "..", "audio.wav"):
        with pytest.raises(FileError, match="cannot be read"):
            practised_score(take, replace(Practised("score.mid", RUN, ()), score=name))


def test_the_sound_of_the_oldest_runs_gives_way(tmp_path: Path, piece: Path) -> None:
    """Down to the size that is allowed; a take that is none of a run keeps its own for a day."""
    sounds = [tmp_path / f"2026-12-0{day} 10-00-00 Take 0{day}" / "audio.wav" for day in range(1, 5)]
    for number, sound in enumerate(sounds):
        sound.parent.mkdir()
        sound.write_bytes(bytes(10))
        if number:
            keep_practised(sound.parent, piece, RUN, (), 0.0)
    thin(tmp_path, 40)
    assert all(sound.exists() for sound in sounds)
    thin(tmp_path, 39)
    assert [sound.exists() for sound in sounds] == [True, False, True, True]
    thin(tmp_path, 20)
    assert [sound.exists() for sound in sounds] == [True, False, False, True]
    for age_s, kept in ((86_000.0, True), (86_800.0, False)):
        then = time.time() - age_s
        os.utime(sounds[0], (then, then))
        thin(tmp_path, 10)
        assert sounds[0].exists() == kept
        sounds[3].write_bytes(bytes(10))
