"""Peers without their packages: what we make of what they return."""

from __future__ import annotations

import logging
import sys
import types
from pathlib import Path

import pytest

from training.evaluation import peers


@pytest.fixture
def pitch_of_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """A package that looks like Basic Pitch, prints as much, and finds two notes in every file."""

    def predict(path: Path) -> tuple[dict[str, object], None, list[tuple[float, float, int, float, list[int]]]]:
        print(f"Predicting MIDI for {path}...")
        logging.warning("tensorflow is not installed")
        return {}, None, [(2.0, 2.5, 64, 0.5, [0]), (1.0, 1.25, 60, 0.001, [1])]

    inference = types.ModuleType("basic_pitch.inference")
    inference.predict = predict  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "basic_pitch", types.ModuleType("basic_pitch"))
    monkeypatch.setitem(sys.modules, "basic_pitch.inference", inference)
    monkeypatch.setitem(sys.modules, "transkun", None)


@pytest.mark.usefixtures("pitch_of_the_day")
def test_a_peer_transcribes_and_prints_nothing(capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture):
    """Sorted notes, amplitude as velocity from 1 to 127, nothing on the terminal; a missing package is no peer."""
    found = peers.installed()
    assert [peer.name for peer in found] == ["basic-pitch"]
    estimated = found[0].transcribe(Path("some.flac"))
    assert estimated.onset.tolist() == [1.0, 2.0]
    assert estimated.offset.tolist() == [1.25, 2.5]
    assert estimated.pitch.tolist() == [60, 64]
    assert estimated.velocity.tolist() == [1, 64]
    assert capsys.readouterr() == ("", "")
    assert caplog.records == []


def test_without_packages_there_is_no_peer(monkeypatch: pytest.MonkeyPatch):
    """None in sys.modules makes an import fail, as a missing package does."""
    for name in ("basic_pitch", "basic_pitch.inference", "transkun"):
        monkeypatch.setitem(sys.modules, name, None)
    assert peers.installed() == []


def test_log_lines_come_back_after_a_peer_has_spoken(caplog: pytest.LogCaptureFixture):
    """Also when it fails."""
    with pytest.raises(ValueError, match="broken"), peers.quiet():
        raise ValueError("broken")
    logging.getLogger("liszten").warning("heard")
    assert [record.message for record in caplog.records] == ["heard"]
