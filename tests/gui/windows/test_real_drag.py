"""A take dragged out of the window into another program's, with a mouse, on a screen."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from realtime.takes.folder import MIDI
from tests.gui.pages.takes.test_gallery import make_take
from tests.gui.windows.drag_ends import TARGET
from tests.gui.windows.screen import Screen
from tests.gui.windows.test_real_window import ROOT, screen

__all__ = ["screen"]
LIMIT_S = 60.0
STEPS = 12
pytestmark = pytest.mark.slow


@contextmanager
def program(screen: Screen, role: str, folder: Path) -> Iterator[subprocess.Popen[str]]:
    """One end of the drag."""
    environment = {**screen.env, "PYTHONPATH": str(ROOT), "XDG_STATE_HOME": str(folder)}
    command = [sys.executable, "-m", "tests.gui.windows.drag_ends", role, str(folder)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as running:
        yield running
        running.terminate()


def mouse(screen: Screen, *words: object) -> None:
    subprocess.run(["xdotool", *map(str, words)], env=screen.env, check=True)


def test_a_take_is_dragged_into_another_program(screen: Screen, tmp_path: Path):
    """The tile in the panel: what arrives is a MIDI file with the name of the take."""
    if shutil.which("xdotool") is None:
        pytest.skip("needs xdotool: sudo apt install xdotool")
    take = make_take(tmp_path / "takes", "2026-01-02 03-04-05 Take 07")
    dropped = tmp_path / "dropped"
    dropped.mkdir()
    with program(screen, "target", dropped), program(screen, "source", tmp_path) as source:
        assert source.stdout is not None
        x, y = map(int, source.stdout.readline().split())
        goal = TARGET.center()
        mouse(screen, "mousemove", x, y, "mousedown", 1)
        for step in range(1, STEPS + 1):
            way = x + (goal.x() - x) * step // STEPS, y + (goal.y() - y) * step // STEPS
            mouse(screen, "mousemove", *way, "sleep", 0.05)
        deadline = time.monotonic() + LIMIT_S
        mouse(screen, "sleep", 0.5, "mouseup", 1)
        while not list(dropped.glob("*.mid")) and time.monotonic() < deadline:
            time.sleep(0.1)
    (arrived,) = dropped.iterdir()
    assert arrived.name == "Take 7.mid"
    assert arrived.read_bytes() == (take / MIDI).read_bytes()
