"""A real window on a real (virtual) screen: the demo through the engine, seen from outside, pixel by pixel."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import mido
import numpy as np
import numpy.typing as npt
import pytest

from gui.bars import clock_words
from gui.geometry import PITCHES, Geometry, geometry
from gui.theme import DAYLIGHT, NIGHT, rgb
from tests.gui.screen import Screen

ROOT = Path(__file__).resolve().parents[2]
WIDTH, HEIGHT = 1600, 1000
TOP, PANEL, BELOW = 56, 320, 100
HEARD_S = 9.0
START_LIMIT_S, END_LIMIT_S = 40.0, 15.0
pytestmark = pytest.mark.slow


@pytest.fixture
def screen() -> Iterator[Screen]:
    """A screen that nobody sees."""
    if shutil.which("Xvfb") is None:
        pytest.skip("needs Xvfb: sudo apt install xvfb")
    pytest.importorskip("PIL.ImageGrab")
    with Screen() as screen:
        yield screen


def look(screen: Screen) -> npt.NDArray[np.uint8]:
    """What the screen shows, (1080, 1920, 3) as R G B."""
    from PIL import ImageGrab

    return np.asarray(ImageGrab.grab(xdisplay=screen.name).convert("RGB"))


def lit(picture: npt.NDArray[np.uint8], stage: Geometry) -> set[int]:
    """White keys that are not white near their front edge."""
    y = TOP + stage.height - 12
    keys = [stage.key(pitch) for pitch in PITCHES if not stage.key(pitch).black]
    return {key.pitch for key in keys if int(np.ptp(picture[y, key.x + 4].astype(int))) > 40}


def white_notes(until: float) -> list[int]:
    """The white keys of the demo's first seconds, in order."""
    time_s, notes = 0.0, []
    for message in mido.MidiFile(ROOT / "assets" / "demo" / "demo.mid"):
        time_s += message.time
        if message.type == "note_on" and message.velocity and message.note % 12 in (0, 2, 4, 5, 7, 9, 11):
            notes.append((time_s, message.note))
    return [pitch for at, pitch in notes if at < until]


def test_the_demo_lights_the_keys_that_it_plays(screen: Screen, tmp_path: Path):
    """`python -m gui --demo`: every white key of the first seconds lights, hardly another does, and SIGTERM ends it."""
    env = {**screen.env, "XDG_CONFIG_HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    stage = geometry(WIDTH - PANEL, HEIGHT - TOP - BELOW)
    window = subprocess.Popen([sys.executable, "-m", "gui", "--demo"], env=env, cwd=tmp_path)
    try:
        seen: list[set[int]] = []
        deadline = time.monotonic() + START_LIMIT_S
        while not any(seen):
            assert window.poll() is None
            assert time.monotonic() < deadline, "no key was lit"
            picture = look(screen)
            if tuple(picture[TOP + 300, 1]) == rgb(NIGHT.stage):
                seen.append(lit(picture, stage))
        begun = time.monotonic()
        while time.monotonic() < begun + HEARD_S:
            seen.append(lit(look(screen), stage))
    finally:
        window.send_signal(signal.SIGTERM)
        status = window.wait(END_LIMIT_S)
    assert status == 0
    played, shown = white_notes(HEARD_S), set().union(*seen)
    first = next(keys for keys in seen if keys)
    assert first <= set(white_notes(2.0))
    assert len(set(played) & shown) >= 0.8 * len(set(played))
    assert len(shown - set(white_notes(HEARD_S + 2.0))) <= 2


def test_the_settings_of_the_last_time_are_seen(screen: Screen, tmp_path: Path):
    """A theme that was chosen before is on the screen within seconds."""
    folder = tmp_path / "liszten"
    folder.mkdir()
    (folder / "settings.toml").write_text('version = 1\ntheme = "daylight"\npanel = false\n')
    env = {**screen.env, "XDG_CONFIG_HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    window = subprocess.Popen([sys.executable, "-m", "gui", "--demo"], env=env, cwd=tmp_path)
    try:
        deadline = time.monotonic() + START_LIMIT_S
        while tuple(look(screen)[TOP + 300, 1]) != rgb(DAYLIGHT.stage):
            assert time.monotonic() < deadline, "the stage was not seen in daylight"
    finally:
        window.send_signal(signal.SIGTERM)
        assert window.wait(END_LIMIT_S) == 0


@pytest.mark.parametrize(("seconds", "words"), [(0, "00:00.0"), (42.89, "00:42.8"), (3725.0, "1:02:05.0")])
def test_the_clock_in_words(seconds: float, words: str):
    """Tenths of a second; hours only when there are some."""
    assert clock_words(seconds) == words
