"""Streams that begin with a stroke or in the middle of music, heard by the model that knows eight keys."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import soundfile

from realtime.contract import LOWEST_PITCH, SAMPLE_RATE
from realtime.notes import NoteTable
from tests.command_line import run_program
from tests.fakes import FAKE_KEYS, fake_recording
from training.cli import app
from training.data.corpus.midi import write_midi

STRUCK = [(FAKE_KEYS[1], 0.5, 1.0), (FAKE_KEYS[4], 2.5, 3.0)]
HELD = [(FAKE_KEYS[2], 4.0, 5.2), (FAKE_KEYS[3], 9.05, 9.5)]


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two strokes; a note that sounds at the first cut, and one that is struck just after the second."""
    for name, notes, seconds in (("lone-dev", STRUCK, 4.0), ("maps-dev", HELD, 24.0)):
        folder = tmp_path / name
        folder.mkdir()
        soundfile.write(folder / "one.flac", fake_recording(notes, seconds), SAMPLE_RATE)
        keys, onsets, offsets = (np.array(column) for column in zip(*notes, strict=True))
        played = NoteTable.build(onsets, offsets, keys + LOWEST_PITCH, [64] * len(notes))
        write_midi(played, folder / "one.mid")
    monkeypatch.setenv("LISZTEN_DATA", str(tmp_path))
    return tmp_path


def test_first_notes_ghosts_and_pedals_are_counted(
    corpus: Path, fake_model_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    """Both strokes are found; of five cuts the first has a ghost: the note that sounds there was struck before. The
    one that is struck after the second cut is none."""
    arguments = ["--model", fake_model_file, "--set", "beginnings", "--delay", "fast"]
    assert run_program(app, "liszten-train", monkeypatch, "evaluate", *arguments, "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["set"], found["files"], found["mean"]) == ("beginnings", [], {})
    counts = {"struck": 2, "found": 2, "false": 0, "cuts": 5, "ghosts": 1, "silences": 2, "pedals": 0}
    assert found["beginnings"] == [{"delay": "fast"} | counts]
    assert run_program(app, "liszten-train", monkeypatch, "evaluate", *arguments) == 0
    printed = capsys.readouterr().out
    assert "2 of 2" in printed
    assert "1 in 5" in printed


def test_it_stands_beside_other_sets(
    corpus: Path, fake_model_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    """After them."""
    arguments = ["--model", fake_model_file, "--set", "beginnings", "--set", "lone-dev", "--delay", "fast", "--json"]
    assert run_program(app, "liszten-train", monkeypatch, "evaluate", *arguments) == 0
    found = json.loads(capsys.readouterr().out)
    assert [found["set"], *(more["set"] for more in found["more_sets"])] == ["lone-dev", "beginnings"]
    assert found["lone"] == {"fast": {"strokes": 2, "found": 2, "false": 0, "doubled": 0}}
