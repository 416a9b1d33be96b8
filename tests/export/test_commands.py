"""`liszten-export` from a checkpoint to a file with its card, and its errors for bad input."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile

from export.cli import app
from realtime.contract import SAMPLE_RATE, DecoderCalibration, FloatArray
from realtime.transcription.model import OnnxStep
from tests.command_line import run_program
from tests.small_network import SMALL
from training.calibration.onnx_metadata import rewrite_spec
from training.fit.config import RunConfig, config_table
from training.model.checkpoint import Checkpoint
from training.model.network import PianoNetwork

SCORES = {
    "set": "room",
    "model": "small",
    "files": [
        {"file": "one", "delay": "fast", "onset_f1_50": 0.5},
        {"file": "two", "delay": "fast", "onset_f1_50": 0.7},
    ],
    "mean": {"fast": {"onset_f1_50": 0.6123, "pedal_f1": None, "emission_p50_s": 0.0271}},
    "more_sets": [
        {"set": "noise", "model": "small", "files": [], "mean": {"fast": {"false_notes_per_minute_26": 12.34}}},
    ],
}


@pytest.fixture
def checkpoint(network: PianoNetwork, tmp_path: Path) -> Path:
    """The small network as a run would have left it."""
    path = tmp_path / "last.ckpt"
    config = RunConfig(name="run", corpus_name="Two strings, plucked.", licence="CC-BY-NC-SA 4.0", ear=SMALL)
    weights = network.state_dict()
    Checkpoint(config_table(config), 3, 1.0, weights, weights, {}).save(path)
    return path


@pytest.fixture
def recording(strings: FloatArray, tmp_path: Path) -> Path:
    path = tmp_path / "strings.wav"
    soundfile.write(path, strings, SAMPLE_RATE)
    return path


def liszten_export(monkeypatch: pytest.MonkeyPatch, *arguments: str | Path) -> int:
    return run_program(app, "liszten-export", monkeypatch, *arguments)


def test_a_checkpoint_becomes_a_file_with_its_card(
    checkpoint: Path, recording: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Named after the file; licence, corpus, delays, metrics and checks are on the card; no other file is left."""
    scores, output = tmp_path / "scores.json", tmp_path / "models" / "tiny.onnx"
    scores.write_text(json.dumps(SCORES), encoding="utf-8")
    assert liszten_export(monkeypatch, "onnx", checkpoint, "-o", output, "--audio", recording, "--scores", scores) == 0
    spec = OnnxStep(output, "cpu").spec
    assert (spec.name, spec.licence, spec.corpus) == ("tiny", "CC-BY-NC-SA 4.0", "Two strings, plucked.")
    assert sorted(path.name for path in output.parent.iterdir()) == ["tiny.md", "tiny.onnx"]
    card = output.with_suffix(".md").read_text(encoding="utf-8")
    for words in ("# tiny", "CC-BY-NC-SA 4.0", "Two strings", "| balanced | 58 ms |", "0.612", "| 27 |", "12.3"):
        assert words in card
    assert "Worst file: fast: one (0.500)" in card
    assert "equals torch" in card
    assert "**NO**" not in card


def test_a_calibrated_file_gets_a_new_card(
    exported: Path, recording: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """The card follows the file: thresholds as they are now, no metrics invented."""
    model = tmp_path / "small.onnx"
    model.write_bytes(exported.read_bytes())
    spec = OnnxStep(model, "cpu").spec
    rewrite_spec(model, replace(spec, calibration={"fast": DecoderCalibration(onset=0.325)}))
    assert liszten_export(monkeypatch, "card", model, "--audio", recording) == 0
    card = model.with_suffix(".md").read_text(encoding="utf-8")
    assert "| fast | 28 ms | 0.325 |" in card
    assert "Not evaluated." in card


def test_verify_agrees_with_a_good_file(exported: Path, recording: Path, monkeypatch: pytest.MonkeyPatch):
    """Every clause holds: status 0."""
    assert liszten_export(monkeypatch, "verify", exported, "--audio", recording) == 0


def test_verify_tells_a_broken_promise(
    exported: Path, recording: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    """A fast delay that takes 38 ms: status 6, and the clause by name."""
    slow = tmp_path / "slow.onnx"
    slow.write_bytes(exported.read_bytes())
    spec = OnnxStep(slow, "cpu").spec
    rewrite_spec(slow, replace(spec, shifts=dict(spec.shifts) | {"fast": 1}))
    assert liszten_export(monkeypatch, "verify", slow, "--audio", recording) == 6
    assert "delay fast <= 30 ms" in capsys.readouterr().err


def test_an_export_that_fails_its_checks_is_not_put_in_place(
    exported: Path, checkpoint: Path, recording: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """The model that was there before stays, when torch and the new file disagree."""
    monkeypatch.setattr("export.onnx_file.write_onnx", lambda network, spec, path: shutil.copy(exported, path))
    monkeypatch.setattr("export.parity.TOLERANCE", -1.0)
    output = tmp_path / "models" / "tiny.onnx"
    output.parent.mkdir()
    output.write_bytes(b"the one before")
    assert liszten_export(monkeypatch, "onnx", checkpoint, "-o", output, "--audio", recording) == 6
    assert [path.name for path in output.parent.iterdir()] == ["tiny.onnx"]
    assert output.read_bytes() == b"the one before"


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["verify", "nowhere.onnx", "--audio", "{recording}"], 6, "nowhere.onnx"),
        (["verify", "{junk}", "--audio", "{recording}"], 6, "junk"),
        (["verify", "{model}", "--audio", "{junk}"], 5, "junk"),
        (["verify", "{model}", "--audio", "{short}"], 5, "1.0 s"),
        (["verify", "{model}", "--checkpoint", "{junk}", "--audio", "{recording}"], 5, "junk"),
        (["onnx", "{junk}", "-o", "x.onnx", "--audio", "{recording}"], 5, "junk"),
        (["onnx", "{junk}", "-o", "x.md"], 2, "another ending"),
        (["onnx", "{junk}", "-o", "{junk}/x.onnx"], 5, "a file is in the way"),
        (["card", "{model}", "--scores", "{junk}", "--audio", "{recording}"], 5, "junk"),
        (["card", "{model}", "--scores", "{list}", "--audio", "{recording}"], 5, "does not hold scores"),
    ],
)
def test_bad_input_is_one_sentence_and_a_status(
    arguments: list[str],
    status: int,
    words: str,
    exported: Path,
    recording: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):
    """Files that are missing, broken, too short or of another kind."""
    junk, short = tmp_path / "junk", tmp_path / "short.wav"
    junk.write_bytes(b"junk")
    a_list = tmp_path / "list.json"
    a_list.write_text("[]", encoding="utf-8")
    soundfile.write(short, np.zeros(SAMPLE_RATE), SAMPLE_RATE)
    given = [a.format(recording=recording, model=exported, junk=junk, short=short, list=a_list) for a in arguments]
    assert liszten_export(monkeypatch, *given) == status
    printed = capsys.readouterr().err
    assert words in printed
    assert "Traceback" not in printed
