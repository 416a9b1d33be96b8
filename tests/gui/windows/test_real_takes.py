"""Takes in a real window: replayed on a loudspeaker, improved; recorded, and left behind by a killed program."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile

from gui.stage.geometry import geometry
from gui.stage.theme import NIGHT, rgb
from gui.tools.screenshot_pages import demo_events
from realtime.events import StreamStarted
from realtime.takes.edits import BEFORE, take_from_recording
from realtime.takes.folder import MIDI, open_take
from tests.gui.windows.screen import Screen
from tests.gui.windows.test_real_window import DEMO, END_LIMIT_S, PANEL, ROOT, TOP, engine_of, lit, look, screen
from tests.rig import Rig, missing_programs

__all__ = ["screen"]
HEIGHT, WIDTH, BELOW = 1000, 1600, 100
LIMIT_S = 200.0
TAKES_TAB, FIRST_ROW, IMPROVE = (348, 28), (600, 158), (1440, 553)
CARD, LOOP_BUTTON = (640, 97), (135, 940)  # on the card after a recording; on the sign of the loop that is on
SHORT_S = 6.0
STAGE = geometry(WIDTH - PANEL, HEIGHT - TOP - BELOW)
STREAM = StreamStarted("liszten", "balanced", 0.058, 48_000, "microphone", "2026-11-21T10:00:00Z")
TAKE_S = 5.0
pytestmark = [pytest.mark.slow, pytest.mark.rig]


class Player:
    """A window on a screen with microphone and loudspeaker, and hands that move mouse and keys."""

    def __init__(self, screen: Screen, rig: Rig, folder: Path) -> None:
        self.screen, self.rig = screen, rig
        self.takes = folder / "takes"
        (folder / "liszten").mkdir()
        (folder / "liszten" / "settings.toml").write_text(f'version = 1\ntakes = "{self.takes}"\nguided = true\n')
        own = {"DISPLAY": screen.name, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(ROOT)}
        self.env = {**screen.env, **rig.env, **own, "XDG_CONFIG_HOME": str(folder), "XDG_STATE_HOME": str(folder)}
        self.piano: subprocess.Popen[bytes] | None = None
        self.window: subprocess.Popen[bytes] | None = None

    def open(self) -> subprocess.Popen[bytes]:
        """Start the program, and wait until its stage is seen."""
        self.window = subprocess.Popen([sys.executable, "-m", "gui"], env=self.env, cwd=self.takes.parent)
        self.until(lambda: self.seen(1, TOP + 300) == rgb(NIGHT.stage))
        return self.window

    def until(self, there: Callable[[], object]) -> None:
        """Wait for something to be there; whoever plays begins anew at the end."""
        deadline = time.monotonic() + LIMIT_S
        while not there():
            assert time.monotonic() < deadline
            if self.piano is not None and self.piano.poll() is not None:
                self.sit_down()
            time.sleep(0.5)  # a look at the screen costs as much as the engine does in that time

    def sit_down(self) -> None:
        """Play the piano from the begin."""
        self.piano = self.rig.play(DEMO)

    def stand_up(self) -> None:
        """Play no more."""
        if self.piano is not None:
            self.piano.terminate()
            self.piano.wait()
            self.piano = None

    def press(self, key: str) -> None:
        """A key of the window."""
        self.xdo("windowfocus", self.xdo("search", "--onlyvisible", "--name", "Liszten").split()[0])
        self.xdo("key", key)

    def click(self, place: tuple[int, int], times: int = 1) -> None:
        """The left button."""
        self.xdo("mousemove", *map(str, place))
        if times:
            self.xdo("click", "--repeat", str(times), "--delay", "60", "1")

    def begun(self) -> list[Path]:
        """Takes that have some notes, the newest first."""
        return sorted(p.parent for p in self.takes.glob("*/notes.jsonl") if p.read_text().count("note_on") > 3)[::-1]

    def lit(self) -> set[int]:
        """White keys that are lit."""
        return lit(look(self.screen), STAGE)

    def seen(self, x: int, y: int) -> tuple[int, ...]:
        """A pixel of the screen."""
        return tuple(int(value) for value in look(self.screen)[y, x])

    def leave(self) -> None:
        """Close everything; the window ends well."""
        self.stand_up()
        try:
            if self.window is not None:
                self.window.send_signal(signal.SIGTERM)
                assert self.window.wait(END_LIMIT_S) == 143
        finally:
            self.rig.stop()

    def xdo(self, *words: str) -> str:
        """What xdotool answers."""
        return subprocess.run(["xdotool", *words], env=self.env, capture_output=True, text=True, check=True).stdout


@pytest.fixture
def player(screen: Screen, tmp_path: Path) -> Iterator[Player]:
    if missing := missing_programs():
        pytest.skip(f"needs {', '.join(missing)}: sudo apt install pulseaudio pulseaudio-utils jackd2")
    if shutil.which("xdotool") is None:
        pytest.skip("needs xdotool: sudo apt install xdotool")
    rig = Rig(tmp_path / "rig")
    rig.start()
    player = Player(screen, rig, tmp_path)
    yield player
    player.leave()


def demo_take(parent: Path, scratch: Path) -> Path:
    """The demo's first seconds as they may have been recorded."""
    sound, rate = soundfile.read(DEMO)
    soundfile.write(scratch / "demo.wav", sound[: round(TAKE_S * rate)], rate)
    stream = replace(STREAM, sample_rate=rate)
    return take_from_recording(parent, scratch / "demo.wav", stream, demo_events(TAKE_S), "Demo")


def test_a_take_is_replayed_with_its_sound_and_improved(player: Player, tmp_path: Path):
    """A double click in the list: the loudspeaker sounds and keys light; then Improve transcribes the recording
    again."""
    folder = demo_take(player.takes, tmp_path)
    player.open()
    player.click(TAKES_TAB)
    player.until(lambda: player.seen(*FIRST_ROW) == rgb(NIGHT.card))
    heard = tmp_path / "heard.raw"
    with heard.open("wb") as file:
        listening = ["parec", "--device=speaker.monitor", "--rate=8000", "--channels=1", "--format=s16le"]
        recorder = subprocess.Popen(listening, env=player.rig.env, stdout=file)
        player.click(FIRST_ROW, times=2)
        player.until(player.lit)
        player.until(lambda: np.abs(np.fromfile(heard, "<i2").astype(float)).max(initial=0.0) > 300)
        recorder.terminate()
        recorder.wait()
    player.click(IMPROVE)
    player.until((folder / BEFORE).exists)
    player.until(lambda: json.loads((folder / "notes.jsonl").read_text().splitlines()[0])["delay"] == "studio")


def test_a_take_is_told_and_looped(player: Player):
    """R records and ends; the card is seen, Esc closes it; on the list Enter replays, and A and B let it go round."""
    player.open()
    player.sit_down()
    player.until(player.lit)
    player.press("r")
    player.until(player.begun)
    (folder, *_) = player.begun()
    time.sleep(SHORT_S)
    player.stand_up()
    player.press("r")
    player.until((folder / MIDI).exists)
    player.until(lambda: player.seen(*CARD) == rgb(NIGHT.panel))
    player.press("Escape")
    player.until(lambda: player.seen(*CARD) != rgb(NIGHT.panel))
    player.click(TAKES_TAB)
    player.until(lambda: player.seen(*FIRST_ROW) == rgb(NIGHT.card))
    player.click(FIRST_ROW, times=2)
    player.until(player.lit)
    player.press("a")
    time.sleep(1.5)
    player.press("b")
    player.until(lambda: player.seen(*LOOP_BUTTON) == rgb(NIGHT.accent))
    for _ in range(2):  # a piece that did not go round would be over, and dark
        time.sleep(SHORT_S)
        player.until(player.lit)


def test_a_killed_program_leaves_a_take_that_is_offered(player: Player):
    """R records; kill -9 on window and engine; the next start finishes the take and says so."""
    window = player.open()
    player.sit_down()
    player.until(player.lit)
    player.press("r")
    player.until(player.begun)
    (folder, *_) = player.begun()  # an engine that was too slow has begun another one
    for process in (window.pid, engine_of(window.pid)):
        os.kill(process, signal.SIGKILL)
    window.wait()
    player.stand_up()
    assert not (folder / MIDI).exists()
    for part in folder.iterdir():
        os.utime(part, (time.time() - 60,) * 2)
    player.open()
    player.until((folder / MIDI).exists)
    player.until(lambda: player.seen(600, TOP + 20) == rgb(NIGHT.card))
    assert len(open_take(folder).events) > 3
