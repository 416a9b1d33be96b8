"""The set of conditions of a home: what is written, how loud, and that it is made once."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
import soundfile

from realtime.contract import LOWEST_PITCH, SAMPLE_RATE, Float64Array
from realtime.errors import UsageError
from realtime.notes import NoteTable
from tests.command_line import run_program
from tests.fakes import FAKE_KEYS, fake_recording
from training.cli import app
from training.commands import evaluation
from training.data.corpus.midi import read_midi, write_midi
from training.evaluation import life
from training.evaluation.life import CONDITIONS, make_life

COUNT = 2 * SAMPLE_RATE
NOTES = NoteTable.build([0.5], [1.5], [60], [64])


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """One recording: a decaying tone after half a second of silence."""
    folder = tmp_path / "source"
    folder.mkdir()
    soundfile.write(folder / "tone.flac", tone(), SAMPLE_RATE)
    write_midi(NOTES, folder / "tone.mid")
    return folder


def tone() -> Float64Array:
    time = np.arange(COUNT) / SAMPLE_RATE - 0.5
    return np.where(time >= 0, 0.3 * np.sin(2 * np.pi * 262 * time) * np.exp(-2 * np.maximum(time, 0)), 0.0)


def rms(sound: Float64Array) -> float:
    return float(np.sqrt(np.mean(sound**2)))


@pytest.fixture
def made(source: Path, tmp_path: Path) -> dict[str, Float64Array]:
    """Condition -> sound."""
    pytest.importorskip("pyroomacoustics")
    if any(shutil.which(tool) is None for tool in (life.CODEC, life.VOICE)):
        pytest.skip(f"needs {life.CODEC} and {life.VOICE}")
    folder = make_life(source, tmp_path / "cache")
    return {name: soundfile.read(folder / f"tone_{name}.flac")[0] for name in CONDITIONS}


def test_every_condition_is_a_recording_with_its_notes(made: dict[str, Float64Array], source: Path, tmp_path: Path):
    """Seven of one, as long as it was, with its notes; the second time nothing is made."""
    assert {name: len(sound) for name, sound in made.items()} == dict.fromkeys(CONDITIONS, COUNT)
    folder = make_life(source, tmp_path / "cache", progress=pytest.fail)
    assert folder.name == "life"
    assert len(list(folder.iterdir())) == 2 * len(CONDITIONS)
    assert read_midi(folder / "tone_hall.mid").onset.tolist() == NOTES.onset.tolist()


def test_conditions_are_what_they_say(made: dict[str, Float64Array]):
    """Rooms keep the level and ring on; hiss lies at -62 dBFS, speech 10 dB below the piano; what clips is flat."""
    before, late = slice(0, 7000), slice(int(1.9 * SAMPLE_RATE), None)
    assert rms(made["living"]) == pytest.approx(rms(tone()), rel=0.01)
    assert rms(made["hall"][late]) > rms(made["living"][late]) > rms(tone()[late])
    assert 20 * np.log10(rms(made["quiet_hiss"][before])) == pytest.approx(-62, abs=0.5)
    assert rms(made["speech_10db"] - tone()) == pytest.approx(rms(tone()) * 10**-0.5, rel=0.01)
    assert np.mean(np.abs(made["clipped_agc"]) > 0.899) > 0.1
    fan = made["laptop_fan_20db"] - made["living"]
    assert rms(fan) == pytest.approx(0.1 * rms(tone()), rel=0.2)


def test_another_recording_is_another_set(made: dict[str, Float64Array], source: Path, tmp_path: Path):
    """What was made of the old one is not taken for it."""
    soundfile.write(source / "tone.flac", -tone(), SAMPLE_RATE)
    folder = make_life(source, tmp_path / "cache")
    assert not np.array_equal(soundfile.read(folder / "tone_living.flac")[0], made["living"])


def test_missing_tools_are_named(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Before anything is made."""
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(UsageError, match="ffmpeg, espeak-ng"):
        make_life(source, tmp_path / "cache")
    assert not (tmp_path / "cache").exists()


def test_the_worst_condition_is_named(
    tmp_path: Path, fake_model_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    """Of three conditions, in one of which nothing is heard: in the table and in JSON."""
    monkeypatch.setenv("LISZTEN_DATA", str(tmp_path))
    folder, notes = tmp_path / "life", [(FAKE_KEYS[1], 0.5, 1.0)]
    folder.mkdir()
    for name in ("living", "hall", "quiet_hiss"):
        sound = fake_recording([] if name == "hall" else notes, 2.0) + 0.001
        soundfile.write(folder / f"tone_{name}.flac", sound, SAMPLE_RATE)
        write_midi(NoteTable.build([0.5], [1.0], [FAKE_KEYS[1] + LOWEST_PITCH], [64]), folder / f"tone_{name}.mid")
    monkeypatch.setattr(evaluation, "make_life", lambda *_: folder)
    arguments = ["--model", fake_model_file, "--set", "life", "--delay", "fast"]
    assert run_program(app, "liszten-train", monkeypatch, "evaluate", *arguments) == 0
    assert "worst: hall 1" in capsys.readouterr().out
    assert run_program(app, "liszten-train", monkeypatch, "evaluate", *arguments, "--json") == 0
    assert json.loads(capsys.readouterr().out)["worst_group"] == {"fast": "hall"}
