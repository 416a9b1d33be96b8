"""Endings while notes sound: no note hangs, the take is closed, no process stays. All of them, many times and on a
loaded machine, are run by tests/benchmarks/endings.py."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.endings import LISTEN, WINDOW, Ending, chord_recording, listening, outcome, window
from tests.e2e.terminal import Terminal
from tests.gui.windows.screen import Screen
from tests.rig import Rig

pytestmark = pytest.mark.rig

# One of each kind: what the terminal sends, what everybody gets, what nobody can prevent. A port that is killed is left
# to the benchmark: the JACK server of tests may wait for it for longer than a test may.
IN_TERMINAL = ("terminal closed", "logged out (SIGTERM to all)", "kill -9 process group")


@pytest.fixture(scope="module")
def chord(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three notes that sound for a minute."""
    return chord_recording(tmp_path_factory.mktemp("chord") / "chord.wav")


@pytest.fixture(autouse=True)
def no_terminal_left() -> Iterator[None]:
    """Nor what runs in it."""
    yield
    Terminal.end_all()


@pytest.mark.parametrize("ending", [each for each in LISTEN if each.name in IN_TERMINAL], ids=lambda each: each.name)
def test_listening_in_a_terminal(rig: Rig, fake_model_file: Path, chord: Path, tmp_path: Path, ending: Ending):
    """Whatever ends it."""
    with listening(rig, fake_model_file, chord, tmp_path) as scene:
        left = outcome(scene, ending)
        assert left.clean, (left, scene.shown()[-500:])


def test_a_window_whose_terminal_is_closed(rig: Rig, fake_model_file: Path, chord: Path, tmp_path: Path):
    """It is closed in order, with the status of the signal."""
    if shutil.which("Xvfb") is None:
        pytest.skip("needs Xvfb: sudo apt install xvfb")
    ending = next(each for each in WINDOW if each.name == "SIGHUP to the parent")
    with Screen() as screen, window(rig, fake_model_file, chord, tmp_path, screen.env) as scene:
        left = outcome(scene, ending)
        assert left.clean, (left, scene.shown()[-500:])
