"""What importing costs: nothing happens by itself, and a help page loads no heavy library."""

from __future__ import annotations

import json
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("realtime", "training", "export", "gui", "assets")
WITNESS = """
import json, logging, os, signal, sys, threading
def state():
    handlers = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    return os.getcwd(), sys.excepthook, threading.excepthook, list(sys.path), handlers, list(logging.root.handlers)
before = state()
{action}
print(json.dumps({{
    "modules": sorted(sys.modules),
    "threads": threading.active_count(),
    "changed": state() != before,
}}))
"""


def witness(action: str, folder: Path) -> tuple[dict[str, object], str]:
    """Run Python statements in a fresh interpreter that works in `folder`: what it found, and all it said.

    Its home is another folder, as some libraries keep caches there.
    """
    home = folder.with_name(f"{folder.name}_home")
    home.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", WITNESS.format(action=action)],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "HOME": str(home), "SYSTEMROOT": "C:\\Windows"},
        capture_output=True,
        text=True,
        timeout=250,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    *said, report = done.stdout.splitlines()
    return json.loads(report), "\n".join([*said, done.stderr])


def modules_of(package: str) -> list[str]:
    """Every module of a package by its dotted name, without entry scripts."""
    found = pkgutil.walk_packages([str(ROOT / package)], f"{package}.")
    return [package, *(module.name for module in found if not module.name.endswith("__main__"))]


def rooms_of(package: str) -> list[str]:
    """A package and the packages within."""
    found = pkgutil.walk_packages([str(ROOT / package)], f"{package}.")
    return [package, *(module.name for module in found if module.ispkg)]


@pytest.mark.parametrize("package", PACKAGES)
def test_importing_every_module_does_nothing_else(package: str, tmp_path: Path):
    """No output, no file, no thread; no other directory, exception hook, path, signal handler or log."""
    action = "\n".join(f"import {module}" for module in modules_of(package))
    report, said = witness(action, tmp_path)
    assert said == ""
    assert list(tmp_path.iterdir()) == []
    assert (report["threads"], report["changed"]) == (1, False)


@pytest.mark.parametrize("package", PACKAGES)
def test_importing_a_package_and_its_rooms_loads_nothing(package: str, tmp_path: Path):
    """Each is a docstring: whoever wants one module of a room gets that, and what it needs."""
    action = "\n".join(f"import {room}" for room in rooms_of(package))
    report, _ = witness(action, tmp_path)
    ours = [name for name in report["modules"] if name.split(".")[0] in PACKAGES]
    assert ours == sorted(rooms_of(package))
    assert not {"numpy", "onnxruntime", "torch", "PySide6"} & set(report["modules"])


@pytest.mark.parametrize(
    ("command", "heavy"),
    [
        (
            "realtime.cli.main",
            {
                "gui",
                "numpy",
                "onnxruntime",
                "PySide6",
                "pygame",
                "torch",
                "soundfile",
                "sounddevice",
                "av",
                "mido",
                "rtmidi",
                "msgspec",
                "jinja2",
                "verovio",
            },
        ),
        ("training.cli", {"onnxruntime", "torch", "lightning", "librosa", "matplotlib"}),
        ("export.cli", {"onnxruntime", "torch", "onnx"}),
    ],
)
def test_help_is_light(command: str, heavy: set[str], tmp_path: Path):
    """`--help` answers without loading what only a running command needs."""
    action = f"""
import contextlib, io
from {command} import main
sys.argv = ["command", "--help"]
with contextlib.redirect_stdout(io.StringIO()) as output, contextlib.suppress(SystemExit):
    main()
assert "Usage" in output.getvalue(), output.getvalue()
"""
    report, _ = witness(action, tmp_path)
    assert not heavy & set(report["modules"])


def test_the_window_begins_without_what_only_takes_and_files_need(tmp_path: Path):
    """A window stands before libraries of recordings, MIDI files and reports are loaded."""
    report, _ = witness("import gui.start", tmp_path)
    heavy = {"mido", "rtmidi", "soundfile", "av", "soxr", "onnxruntime", "jinja2", "verovio"}
    assert not heavy & set(report["modules"])


def test_reading_a_training_configuration_is_light(tmp_path: Path):
    """A mistake in it is an error before torch is loaded."""
    report, _ = witness("import training.fit.config", tmp_path)
    assert not {"torch", "lightning", "onnx", "librosa"} & set(report["modules"])
