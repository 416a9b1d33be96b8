"""A bundled piece on the sampled piano leads `liszten practice` through all modes, and so it does by the microphone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import soundfile

from realtime.events import NoteOn
from realtime.notes import NoteTable
from realtime.piano.render import write_rendering
from realtime.piano.sampler import Sampler, shipped_piano
from realtime.practice.library import bundled
from realtime.practice.reading import read_score
from realtime.practice.runs import read_runs
from realtime.practice.score import Score
from realtime.practice.takes.practised import practised_score, read_practised
from realtime.takes.folder import open_take
from realtime.takes.notes import TakeNotes
from tests.e2e.program import ROOT, Program
from tests.rig import Rig

PIECE, BARS = "ode-to-joy", (1, 2)
BEGIN_S, RATE = 0.5, 16_000
MISSED = 1  # the second G, struck again over the G an octave below, is one that the ear may miss
VELOCITY = 72


@pytest.fixture(scope="module")
def part() -> Score:
    (path,) = (piece.path for piece in bundled() if piece.path.stem == PIECE)
    return read_score(path).between(*BARS)


@pytest.fixture(scope="module")
def recording(part: Score, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both bars at their tempo, each note as long as it is written."""
    notes = [note for group in part.groups for note in group.notes]
    begin = [BEGIN_S + part.seconds(note.beat) - part.seconds(part.begin) for note in notes]
    end = [
        at + part.seconds(n.beat + n.length) - part.seconds(n.beat) - 0.02 for n, at in zip(notes, begin, strict=True)
    ]
    table = NoteTable.build(begin, end, [note.pitch for note in notes], [VELOCITY] * len(notes))
    path = tmp_path_factory.mktemp("piece") / "recording.wav"
    take = TakeNotes.of(table, pedal_source="none", name=PIECE)
    write_rendering(Sampler(take, shipped_piano(), RATE), path, lambda _share: None)
    return path


def practised(recording: Path, data: Path, *options: str) -> list[dict[str, Any]]:
    """What `liszten practice` prints of the recording."""
    arguments = ["practice", PIECE, "--recording", str(recording), "--bars", "1-2", "--json", *options]
    done = subprocess.run(
        [sys.executable, "-m", "realtime.cli.main", *arguments],
        cwd=ROOT,
        env={**os.environ, "XDG_DATA_HOME": str(data)},
        capture_output=True,
        check=True,
        timeout=280,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_the_clock_marks_every_note(part: Score, recording: Path, tmp_path: Path) -> None:
    """Play mode: each is right and none wrong; the run is kept as a file."""
    told = practised(recording, tmp_path, "--mode", "play")
    written = Counter(pitch for group in part.groups for pitch in group.pitches)
    notes = [line for line in told if line["event"] == "note"]
    assert {line["verdict"] for line in notes} == {"right"}
    missed = Counter(pitch for line in told if line["event"] == "missed" for pitch in line["pitches"])
    assert missed.total() <= MISSED
    assert Counter(line["pitch"] for line in notes) + missed == written
    assert (told[-1]["right"], told[-1]["extra"], told[-1]["wrong"]) == (len(notes), 0, 0)
    assert [path.suffix for path in (tmp_path / "liszten" / "practice").iterdir()] == [".json"]


def test_the_score_follows_every_group(part: Score, recording: Path, tmp_path: Path) -> None:
    """Follow mode: the place of each group, in order."""
    told = practised(recording, tmp_path, "--mode", "follow")
    assert [line["beat"] for line in told if line["event"] == "position"] == [group.beat for group in part.groups]
    assert told[-1]["missed"] <= MISSED
    assert (told[-1]["extra"], told[-1]["wrong"]) == (0, 0)


def test_the_piece_waits_for_every_group(part: Score, recording: Path, tmp_path: Path) -> None:
    """Wait mode: each is expected, and passes when it was struck."""
    told = practised(recording, tmp_path, "--mode", "wait")
    due = [BEGIN_S + part.seconds(group.beat) - part.seconds(part.begin) for group in part.groups]
    assert [tuple(line["pitches"]) for line in told if line["event"] == "expect"] == [g.pitches for g in part.groups]
    passed = {line["group"]: line["time"] for line in told if line["event"] == "passed"}
    assert len(passed) >= len(due) - MISSED
    assert [at for _, at in sorted(passed.items())] == pytest.approx([due[group] for group in sorted(passed)], abs=0.06)


@pytest.mark.rig
def test_the_microphone_leads_the_lesson(rig: Rig, recording: Path, tmp_path: Path) -> None:
    """The first group passes when it is played into the virtual microphone; Ctrl-C ends with the result. The run is
    kept with a take, which has its sound, its score and its verdicts where they sounded."""
    program = Program.liszten(
        "practice", PIECE, "--bars", "1-2", "--loop", "--json", env={**rig.env, "XDG_DATA_HOME": str(tmp_path)}
    )
    program.wait_for_event("expect")
    assert rig.play(recording).wait(60) == 0
    program.wait_for_event("passed")
    program.interrupt()
    assert program.end() == 130
    assert [line["group"] for line in program.events("passed")][:1] == [0]
    assert [line["event"] for line in program.events("result")] == ["result"]
    folder = tmp_path / "liszten" / "practice"
    (run,) = read_runs(folder)
    take = open_take(folder / run.take)
    practised = read_practised(take.folder)
    assert practised.run == run
    assert practised_score(take.folder, practised) == read_score(
        next(p.path for p in bundled() if p.path.stem == PIECE)
    )
    assert soundfile.info(take.audio).duration == pytest.approx(run.seconds, abs=1.0)
    struck = [(event.pitch, event.time) for event in take.events if isinstance(event, NoteOn)]
    right = [(row.pitch, row.time or 0.0) for row in practised.verdicts if row.verdict == "right"]
    unheard = [one for one in right if not any(one[0] == key and abs(one[1] - at) < 0.06 for key, at in struck)]
    assert len(right) - len(unheard) >= 10 - MISSED
