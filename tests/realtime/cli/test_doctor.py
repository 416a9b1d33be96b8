"""The doctor's findings, its figures and its echo test."""

from __future__ import annotations

import itertools
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from realtime.cli import bench as bench_module
from realtime.cli import doctor
from realtime.cli import main as cli
from realtime.cli.bench import Bench, real_time_factor
from realtime.engine import echo_test as echo
from realtime.errors import AudioDeviceError
from realtime.midi.system import INSTALL_LIBRARY, NO_LIBRARY
from realtime.system import priority
from realtime.system.rss import family_rss_mb
from realtime.transcription.model import OnnxStep

KEYS = {
    *("real_time_factor", "step_p50_s", "step_p99_s", "rss_mb", "first_event_s", "lateness_p50_s", "lateness_p95_s"),
    *("model", "provider", "peers"),
}


def test_a_fault_names_what_mends_it(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], fake_model_file: Path
) -> None:
    """Status 8; the checks that went well are printed as well."""

    def deaf() -> str:
        raise AudioDeviceError("No microphone found.")

    monkeypatch.setattr(doctor, "_audio", lambda: "PortAudio.")
    monkeypatch.setattr(doctor, "_microphone", deaf)
    monkeypatch.setattr(doctor, "_midi", lambda: "ALSA.")
    assert cli.run(["doctor", "--model", str(fake_model_file)]) == 8
    out = capfd.readouterr().out
    assert "FAULT  microphone   No microphone found.\n" in out
    assert "To mend it: liszten devices" in out
    assert "ok     midi         ALSA.\n" in out
    assert "fake (0.0 M parameters) on cpu: fast 28 ms, balanced 58 ms" in out
    monkeypatch.setattr(doctor, "_microphone", lambda: "It hears.")
    assert cli.run(["doctor", "--json", "--model", str(fake_model_file)]) == 0
    checks = json.loads(capfd.readouterr().out)["checks"]
    assert [check["ok"] for check in checks] == [True] * 8


def test_another_package_of_one_of_our_names_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With where it lies and what keeps them apart."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "assets", raising=False)
    (check,) = itertools.islice(doctor.checks(), 1)
    assert check == doctor.Check(
        "packages",
        False,
        f'Another package called "assets" lies over Liszten\'s own, in {tmp_path / "assets"}.',
        "pipx install liszten, or any environment of its own",
    )


def test_without_the_midi_library_the_doctor_says_what_brings_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """In one line, also where the system has MIDI; it names nothing else."""
    monkeypatch.setitem(sys.modules, "rtmidi", None)
    monkeypatch.setattr(sys, "platform", "linux")
    check = doctor._checked("midi", doctor._midi, doctor._midi_remedy())
    assert check == doctor.Check("midi", False, str(NO_LIBRARY()), INSTALL_LIBRARY["linux"])


def test_a_missing_library_is_a_fault_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not a traceback."""

    def missing() -> str:
        raise ImportError("No module named 'soundfile'")

    check = doctor._checked("files", missing, "pip install soundfile")
    assert (check.ok, check.remedy) == (False, "pip install soundfile")


def test_the_bench_prints_its_keys(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    """As JSON exactly these; as text the peer beside ours."""
    peer = {"basic_pitch": {"real_time_factor": 0.018, "window_s": 1.99}}
    figures = Bench(0.05, 0.0005, 0.002, 120.0, 1.5, 0.0523, 0.0611, "ear", "cpu", peer)
    monkeypatch.setattr(bench_module, "bench", lambda *_: figures)
    assert cli.run(["doctor", "--bench", "--json"]) == 0
    assert set(json.loads(capfd.readouterr().out)) == KEYS
    assert cli.run(["doctor", "--bench"]) == 0
    out = capfd.readouterr().out
    assert "0.050 of one core" in out
    assert "52 ms median, 61 ms p95, from a note's sound until its MIDI message has left" in out
    assert "peer basic_pitch   0.018 of real time for its network alone; needs 2.0 s of sound first" in out


def test_the_real_time_factor_is_computing_per_sound(fake_step: OnnxStep, monkeypatch: pytest.MonkeyPatch) -> None:
    """A model that computes 2 ms for each hop of 10 ms costs a fifth of real time, by the clock of its thread."""
    clock = 0.0

    def slow(audio: object) -> object:
        nonlocal clock
        clock += 0.002
        return step(audio)  # type: ignore[arg-type]

    step = fake_step.step
    monkeypatch.setattr(fake_step, "step", slow)
    monkeypatch.setattr(bench_module, "time", SimpleNamespace(thread_time=lambda: clock))
    monkeypatch.setattr(bench_module, "SOUND_S", 1.0)
    assert real_time_factor(fake_step) == pytest.approx(0.2, abs=0.003)


def test_memory_counts_the_whole_family() -> None:
    """A child that holds 50 MB is in its parent's figure."""
    before = family_rss_mb(os.getpid())
    hold = "import sys; held = bytearray(50_000_000); print(flush=True); sys.stdin.read()"
    with subprocess.Popen([sys.executable, "-c", hold], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        child.stdout.readline()
        during = family_rss_mb(os.getpid())
    assert before is not None
    assert during is not None
    assert during - before == pytest.approx(55, abs=15)


def test_the_loop_time_is_the_median_of_what_came_back() -> None:
    """Three of six are enough; earlier than 30 ms or later than a second is something else."""
    sent = [echo.SentNote(pitch, float(index)) for index, pitch in enumerate(echo.PITCHES)]
    assert echo.loop_time(sent, []) is None
    received = [(note.pitch, note.at + delay) for note, delay in zip(sent, (0.2, 0.25, 0.3), strict=False)]
    assert echo.loop_time(sent, received) == pytest.approx(0.25)
    assert echo.loop_time(sent, received[:2]) is None
    assert echo.loop_time(sent, [(note.pitch, note.at + 0.01) for note in sent]) is None
    assert echo.loop_time(sent, [(note.pitch + 1, note.at + 0.2) for note in sent]) is None


def test_nothing_is_sent_and_nothing_left_in_the_home(tmp_path: Path, fake_model_file: Path) -> None:
    """onnxruntime keeps a device number for its usage data in the user's cache, unless it is configured not to."""
    run = f"from realtime.transcription.model import OnnxStep; OnnxStep({str(fake_model_file)!r}, 'cpu')"
    env = {**os.environ, "HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    env.pop("ORT_DISABLE_TELEMETRY", None)
    subprocess.run([sys.executable, "-c", run], env=env, check=True, cwd=Path(__file__).parents[3])
    assert list(tmp_path.rglob("*")) == []


def test_onnxruntime_is_loaded_in_one_place() -> None:
    """Everywhere else it would be loaded without that setting."""
    root = Path(__file__).parents[3]
    sources = [path for package in ("realtime", "export", "training", "gui") for path in (root / package).rglob("*.py")]
    loading = [path.name for path in sources if re.search(r"^\s*(import|from) onnxruntime", path.read_text(), re.M)]
    assert loading == ["onnx_runtime.py"]


@pytest.mark.parametrize("allowed", [True, False])
def test_the_doctor_knows_whether_other_programs_make_notes_late(
    monkeypatch: pytest.MonkeyPatch, allowed: bool
) -> None:
    """No fault; where the right to go first is missing, how to get it on Linux."""
    monkeypatch.setattr(priority, "raise_priority", lambda: allowed)
    monkeypatch.setattr(sys, "platform", "linux")
    check = doctor._priority()
    assert check.ok
    assert check.text.startswith("Liszten may go before" if allowed else "Liszten may not go before")
    assert ("usermod -aG audio" in check.remedy) != allowed
