"""The rendered set: which segments it takes, what is written, and that it is evaluated like any other."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import soundfile

from tests.command_line import run_program
from tests.fakes import FAKE_SPEC
from training.cli import app
from training.commands import evaluation
from training.data.corpus.midi import read_midi
from training.data.corpus.recordings import pairs
from training.evaluation import rendered
from training.evaluation.metrics import repeated_pairs
from training.evaluation.rendered import REPEATS, render_sets
from training.fit.starter import starter_corpus

SECONDS = 4.0


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Both sets, small and short, of the starter corpus."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rendered, "SEGMENTS", {rendered.RENDERED: 2, REPEATS: 1})
        patch.setattr(rendered, "SECONDS", SECONDS)
        patch.setattr(rendered, "FEWEST_PAIRS", 5)
        return render_sets(tmp_path_factory.mktemp("sets"), starter_corpus())


def test_every_segment_is_a_sound_with_its_notes(folders: list[Path]):
    """As many as asked for, of the length asked for, none silent, no note before the beginning or after the end."""
    assert [len(pairs(folder)) for folder in folders] == [2, 1]
    for audio, midi in (pair for folder in folders for pair in pairs(folder)):
        samples, rate = soundfile.read(audio)
        assert (len(samples), rate) == (round(SECONDS * 16_000), 16_000)
        assert abs(samples).max() > 0.01
        onset = read_midi(midi).onset
        assert len(onset)
        assert onset.max() < SECONDS


def test_repeated_notes_are_repeated_often_enough(folders: list[Path]):
    """Every file of that set has its pairs, 75 to 150 ms apart."""
    for _, midi in pairs(folders[1]):
        assert len(repeated_pairs(read_midi(midi))[0]) >= 5


def test_the_set_is_evaluated_like_any_other(
    folders: list[Path],
    fake_model_file: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):
    """Two tables, before those of other sets."""
    monkeypatch.setattr(evaluation, "render_sets", lambda scratch, progress: folders)
    arguments = ["--model", fake_model_file, "--set", folders[1], "--set", "rendered", "--json", "--delay", "fast"]
    assert run_program(app, "liszten-train", monkeypatch, "evaluate", *arguments) == 0
    found = json.loads(capsys.readouterr().out)
    assert [found["set"], *(more["set"] for more in found["more_sets"])] == ["rendered", REPEATS]
    assert [row["delay"] for row in found["files"]] == ["fast", "fast"]
    assert "fast" in FAKE_SPEC.shifts


def test_nothing_is_rendered_when_another_set_is_missing(
    fake_model_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    """The mistake shows at once."""
    arguments = ["--model", fake_model_file, "--set", "rendered", "--set", "nowhere"]
    assert run_program(app, "liszten-train", monkeypatch, "evaluate", *arguments) == 5
    assert "nowhere" in capsys.readouterr().err
