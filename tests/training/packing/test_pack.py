"""The bundle for another machine: small enough, complete, and read by the code that trains."""

from __future__ import annotations

import json
import tarfile
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.command_line import run_program
from tests.training.tiny_bank import tone, write_bank
from training.cli import app
from training.data.corpus.lean import write_lean
from training.data.corpus.maestro import MaestroPack, MidiFolder
from training.data.corpus.midi import write_midi
from training.data.music.generate import generate
from training.data.segments.segments import SegmentSource, SourceConfig
from training.packing import pack as packing
from training.packing.pack import BUNDLE, MEGABYTE, evenly, pack

SECONDS = 8.0
PIECES = 10


@pytest.fixture(scope="module")
def performances(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ten generated pieces, two of them held out for validation."""
    folder = tmp_path_factory.mktemp("performances")
    for number in range(PIECES):
        write_midi(generate(np.random.default_rng(number), SECONDS), folder / f"{number}.mid")
    return folder


@pytest.fixture(scope="module")
def corpus(performances: Path, tmp_path_factory: pytest.TempPathFactory) -> SourceConfig:
    """Two banks of one sample each, six recordings, no rooms or noise."""
    root = tmp_path_factory.mktemp("corpus")
    for name in ("upright", "grand"):
        bank = write_bank(root / "pianos" / name, tone())
        samples, rate = soundfile.read(bank / f"{name}.L.flac")
        soundfile.write(bank / f"{name}.L.ogg", samples, rate)
        (bank / "LICENSE").write_text("free")
    recordings = root / "recordings"
    recordings.mkdir()
    for number in range(6):
        noise = 0.1 * np.random.default_rng(number).standard_normal(48_000)
        soundfile.write(recordings / f"{number}.flac", noise, 16_000)
        write_midi(generate(np.random.default_rng(number), 3.0), recordings / f"{number}.mid")
    folders = {"pianos_folder": str(root / "pianos"), "recordings": str(recordings)}
    return SourceConfig(maestro=str(performances), rooms="none", noise="none", **folders)


def test_lean_performances_come_back_to_the_millisecond(performances: Path, tmp_path: Path):
    """Notes, pedal, split and name of the chosen ones, in their order."""
    folder = MidiFolder(performances)
    chosen = [*folder.indices("validation"), *folder.indices("train")[::2]]
    write_lean(folder, chosen, tmp_path / "lean")
    lean = MaestroPack(next((tmp_path / "lean").glob("*.npz")))
    assert [(row.split, row.midi) for row in lean.rows] == [(folder.rows[i].split, folder.rows[i].midi) for i in chosen]
    assert any(len(folder.performance(i).pedal_time) for i in chosen)
    for place, index in enumerate(chosen):
        before, after = folder.performance(index), lean.performance(place)
        assert before.confidence is after.confidence is None
        for name in vars(before).keys() - {"confidence"}:
            assert np.abs(getattr(after, name) - getattr(before, name)).max(initial=0) < 0.00101


def test_a_rest_of_minutes_survives(tmp_path: Path):
    """Steps above 65 s need the third byte."""
    folder = tmp_path / "midi"
    folder.mkdir()
    write_midi(generate(np.random.default_rng(1), 2.0).slice(-200.0, 202.0), folder / "late.mid")
    late = MidiFolder(folder)
    write_lean(late, [0], tmp_path / "lean")
    found = MaestroPack(next((tmp_path / "lean").glob("*.npz"))).performance(0)
    assert found.onset[0] > 200
    assert found.onset == pytest.approx(late.performance(0).onset, abs=0.001)


def test_what_is_drawn_evenly_comes_from_all_over():
    """The first always, the whole list for a share of one."""
    assert list(evenly(list(range(10)), 1.0)) == list(range(10))
    assert list(evenly(list(range(10)), 0.0)) == [0]
    half = list(evenly(list(range(100)), 0.5))
    assert 45 <= len(half) <= 55
    assert max(np.diff(half)) <= 2


def test_the_bundle_is_small_enough_and_can_be_trained_from(corpus: SourceConfig, tmp_path: Path):
    """Code, model, licences, performances, pianos, and as many recordings as there is room for; segments come of it."""
    whole = pack(tmp_path / "whole", 30.0, corpus).stat().st_size
    room_for_half = (whole - 3 * 80_000) / MEGABYTE
    path = pack(tmp_path / "tight", room_for_half, corpus)
    assert path == tmp_path / "tight" / BUNDLE
    assert path.stat().st_size <= room_for_half * MEGABYTE < whole
    with tarfile.open(path) as tar:
        tar.extractall(tmp_path, filter="data")
    root = tmp_path / "liszten"
    assert (root / "code/training/fit/fit.py").is_file()
    assert (root / "code/assets/models/liszten.onnx").is_file()
    assert not (root / "code/gui").exists()
    assert (root / "data/pianos/grand/LICENSE").read_text() == "free"
    assert "training.cli fit" in (root / "README.md").read_text(encoding="utf-8")
    assert 1 <= len(list((root / "data/maps-train").glob("*.flac"))) < 6
    folders = {"maestro": str(root / "data/maestro"), "pianos_folder": str(root / "data/pianos")}
    source = SegmentSource(
        SourceConfig(recordings=str(root / "data/maps-train"), rooms="none", noise="none", hops=100, **folders)
    )
    assert {source.segment(seed).kind for seed in range(12)} >= {"rendered", "recording"}


def test_pianos_become_smaller_until_they_fit(corpus: SourceConfig, tmp_path: Path):
    """The first recipe that fits after it was tried; none: a sentence."""
    pianos = Path(corpus.pianos_folder)
    packing.write_pianos(pianos, tmp_path / "a", 1e9, lambda _: None)
    info = json.loads((tmp_path / "a/grand/grand.json").read_text(encoding="utf-8"))
    assert (info["channels"], len(info["regions"])) == ("L", 1)
    with pytest.raises(packing.UsageError, match="do not fit"):
        packing.write_pianos(pianos, tmp_path / "b", 1e3, lambda _: None)


def test_too_small_a_bundle_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    """Also a corpus that is not there."""
    assert run_program(app, "liszten-train", monkeypatch, "pack", "-o", tmp_path, "--max-mb", "5") == 2
    assert "20 or more" in capsys.readouterr().err
    assert run_program(app, "liszten-train", monkeypatch, "pack", "-o", tmp_path, "--max-mb", "nan") == 2
    monkeypatch.setenv("LISZTEN_DATA", str(tmp_path / "nothing"))
    assert run_program(app, "liszten-train", monkeypatch, "pack", "-o", tmp_path) == 5
    assert "nothing" in capsys.readouterr().err
    assert not list(tmp_path.glob("*.tar"))
