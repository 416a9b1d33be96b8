"""Starting the program where a window can be opened, and where none can."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from gui import app
from gui.app import DisplayError, check_display

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("environment", [{}, {"DISPLAY": ""}, {"QT_QPA_PLATFORM": "xcb"}])
def test_without_a_display_it_says_so(environment: dict[str, str]):
    """And names the command that does without."""
    with pytest.raises(DisplayError, match="liszten listen"):
        check_display(environment.get, "linux")


def test_a_display_that_does_not_answer_is_none(monkeypatch: pytest.MonkeyPatch):
    """Qt would end the process."""
    monkeypatch.setattr(app, "_x_answers", lambda: False)
    with pytest.raises(DisplayError):
        check_display({"DISPLAY": ":1"}.get, "linux")


@pytest.mark.parametrize(
    ("environment", "platform"),
    [({"QT_QPA_PLATFORM": "offscreen"}, "linux"), ({"WAYLAND_DISPLAY": "wayland-0"}, "linux"), ({}, "darwin")],
)
def test_other_screens_are_left_to_qt(environment: dict[str, str], platform: str):
    """Wayland, Windows and macOS."""
    check_display(environment.get, platform)


def test_a_refused_display_ends_the_command_with_one_sentence(tmp_path: Path):
    """Through the console script: no traceback, no core, status 1."""
    env = {k: v for k, v in os.environ.items() if not k.startswith(("QT_", "WAYLAND"))}
    env |= {"DISPLAY": ":98765", "PYTHONPATH": str(ROOT), "XDG_STATE_HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-m", "realtime.cli.main"], env=env, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("liszten: There is no screen")
