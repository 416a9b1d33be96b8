"""A real window on a real (virtual) screen: the demo through the engine, seen from outside, pixel by pixel."""

from __future__ import annotations

import contextlib
import os
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

from gui.stage.geometry import PITCHES, Geometry, geometry
from gui.stage.theme import DAYLIGHT, NIGHT, rgb
from gui.state.formatting import clock_text
from tests.gui.windows.screen import Screen
from tests.rig import Rig, missing_programs

ROOT = Path(__file__).resolve().parents[3]
DEMO = ROOT / "assets" / "demo" / "demo.flac"
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
    assert status == 143
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
        assert window.wait(END_LIMIT_S) == 143


def see_keys(screen: Screen, stage: Geometry, limit_s: float) -> None:
    """Wait until a key is lit."""
    deadline = time.monotonic() + limit_s
    while True:
        picture = look(screen)
        if tuple(picture[TOP + 300, 1]) == rgb(NIGHT.stage) and lit(picture, stage):
            return
        assert time.monotonic() < deadline, "no key was lit"


def engine_of(window: int) -> int:
    """The process among the window's children that has loaded a model."""
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            if parent == window and "onnxruntime" in (folder / "maps").read_text():
                return int(folder.name)
    raise LookupError("there is no engine")


@pytest.mark.rig
def test_it_listens_to_a_microphone_and_survives_an_engine_that_dies(screen: Screen, tmp_path: Path):
    """Notes go on within seconds, the MIDI port never closes, and the loss of the sound server is shown and mended."""
    if missing := missing_programs():
        pytest.skip(f"needs {', '.join(missing)}: sudo apt install pulseaudio pulseaudio-utils jackd2")
    rig = Rig(tmp_path / "rig")
    rig.start()
    stage = geometry(WIDTH - PANEL, HEIGHT - TOP - BELOW)
    env = {**screen.env, **rig.env, "DISPLAY": screen.name, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(ROOT)}
    settings = Path(env["HOME"]) / ".config" / "liszten" / "settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text("version = 1\nguided = true\n")
    window = subprocess.Popen([sys.executable, "-m", "gui"], env=env, cwd=tmp_path)
    players = []
    try:
        while tuple(look(screen)[TOP + 300, 1]) != rgb(NIGHT.stage):
            assert window.poll() is None
        time.sleep(4.0)  # PortAudio, the model
        players.append(rig.play(DEMO))
        see_keys(screen, stage, 15.0)
        os.kill(engine_of(window.pid), signal.SIGKILL)
        assert "Liszten Out" in subprocess.run(["jack_lsp"], env=rig.env, capture_output=True, text=True).stdout
        while lit(look(screen), stage):
            assert window.poll() is None
        see_keys(screen, stage, 10.0)
        players[-1].terminate()
        rig.kill_pulse()
        wait_for_banner(screen, shown=True)
        rig.start_pulse()
        wait_for_banner(screen, shown=False)
        players.append(rig.play(DEMO))
        see_keys(screen, stage, 15.0)
    finally:
        for player in players:
            player.terminate()
            player.wait()
        window.send_signal(signal.SIGTERM)
        status = window.wait(END_LIMIT_S)
        rig.stop()
    assert status == 143


def wait_for_banner(screen: Screen, shown: bool) -> None:
    """Until a banner lies over the stage, or none."""
    deadline = time.monotonic() + START_LIMIT_S
    while (tuple(look(screen)[TOP + 20, 600]) == rgb(NIGHT.card)) != shown:
        assert time.monotonic() < deadline, f"banner shown: {not shown}"


@pytest.mark.parametrize(("seconds", "words"), [(0, "00:00.0"), (42.89, "00:42.8"), (3725.0, "1:02:05.0")])
def test_the_clock_in_words(seconds: float, words: str):
    """Tenths of a second; hours only when there are some."""
    assert clock_text(seconds) == words
