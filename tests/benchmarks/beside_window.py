"""What the window costs the notes: `python -m tests.benchmarks.beside_window [SECONDS]` (needs jackd and Xvfb).

The demo goes through the same engine and the same MIDI port twice: with nobody looking, and with the window in full
animation on a screen of 1600 × 1000. It goes once more, without a port, through a lesson in that window, blocks below
sheet music, which runs and asks the engine for its keys. Printed for each: computing time of a step of the model in the
middle and in the slowest of a hundred (medians of the engine's statuses), how long after the sound notes leave the
decoder, how much later than the steadiest ones they reach another program, and what of a core the window takes.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from gui.state.link import Link
from realtime.engine.messages import Status
from realtime.engine.supervisor import News
from realtime.events import NoteOn
from realtime.midi.port_server import PortState
from realtime.midi.system import NONE, VIRTUAL
from tests.e2e.program import ROOT, Line, Program
from tests.e2e.test_listen import NOTE_ON, Timed, connected_receiver, received
from tests.gui.windows.screen import Screen
from tests.rig import Rig

if TYPE_CHECKING:
    from gui.pages.main_window import MainWindow

DEMO = ROOT / "assets" / "demo" / "demo.flac"
CHILD = "tests.benchmarks.beside_window"
WAYS = ("headless", "window")
SETTLED_S = 8.0  # until the window and the sheet music of the piece are there
LOST_MS = 500.0
START_S = 60.0


class Witness(Link):
    """Tells on standard output what passes on its way to the controller."""

    def take(self) -> list[News]:
        news = super().take()
        for item in news:
            if isinstance(item, NoteOn):
                _say({"event": "note", "pitch": item.pitch, "time": item.time, "emitted": item.emitted})
            elif isinstance(item, Status) and item.step_p99_s > 0:
                _say({"event": "step", "p50": item.step_p50_s, "p99": item.step_p99_s})
            elif isinstance(item, PortState) and item.open:
                _say({"event": "port"})
        return news


def headless(seconds: float, settings: Path) -> None:
    """Engine and port with a controller that takes their messages, and no picture."""
    from gui.state.controller import Controller
    from gui.state.settings import Settings

    controller = Controller(Settings(), Witness(lambda: None), settings, DEMO)
    controller.open()
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        controller.pump(time.monotonic())
        time.sleep(1 / 60)
    controller.close()


def window(seconds: float, settings: Path, practises: bool = False) -> None:
    """The same with the window; practises: with a lesson in it."""
    from PySide6.QtCore import QTimer

    from gui.pages.main_window import MainWindow
    from gui.pages.thread_signals import ThreadSignals
    from gui.start import application
    from gui.state.controller import Controller
    from gui.state.settings import Settings

    app = application()
    signals = ThreadSignals()
    port = NONE if practises else VIRTUAL
    controller = Controller(
        Settings(width=1600, height=1000, midi_port=port), Witness(signals.woken.emit), settings, DEMO
    )
    controller.open()
    shown = MainWindow(controller, signals)
    shown.show()
    if practises:
        _practise(shown)
    begun: list[tuple[float, float]] = []
    QTimer.singleShot(round(1000 * SETTLED_S), lambda: begun.append((time.monotonic(), time.thread_time())))
    QTimer.singleShot(round(1000 * seconds), shown.close)
    app.exec()
    (at, taken) = begun[0]
    _say({"event": "window", "share": (time.thread_time() - taken) / (time.monotonic() - at)})


def _practise(shown: MainWindow) -> None:
    """A piece that runs round and round."""
    from gui.widgets.tabs import PRACTICE
    from realtime.practice.library import bundled

    shown.pages.turn(PRACTICE)
    page = shown.pages.practice
    page.open(next(piece.path for piece in bundled() if piece.path.stem == "minuet-in-g"))
    while page.practice.lesson is None:
        page.pump()
        time.sleep(0.01)
    page.practice.choose(mode="play", looping=True)
    page.practice.toggle()


def row(rig: Rig, screen: Screen, way: str, seconds: float) -> str:
    """One way's figures as a line of the table."""
    environment = {**screen.env, **rig.env, "DISPLAY": screen.name}
    child = Program("-m", CHILD, "--as", way, str(seconds), env=environment)
    child.wait_for_event("port", limit_s=START_S)
    receiver = connected_receiver(rig)
    status = child.end(seconds + START_S)
    receiver.process.kill()
    assert status == 0, child.errors
    notes, lags = _paired(child.events("note"), received(receiver, NOTE_ON))
    decided = [1000 * (note["emitted"] - note["time"]) for note in notes]
    (d50, d95), (j50, j95) = np.percentile(decided, (50, 95)), np.percentile(np.array(lags) - min(lags), (50, 95))
    return f"{way:<10}{_steps(child)}{d50:11.1f} / {d95:5.1f}{j50:12.1f} / {j95:5.1f}{len(notes):8d}{_share(child)}"


def lesson_row(screen: Screen, seconds: float) -> str:
    """The same of a lesson, which has no port."""
    child = Program("-m", CHILD, "--as", "practice", str(seconds), env=screen.env)
    assert child.end(seconds + START_S) == 0, child.errors
    return f"{'practice':<10}{_steps(child)}{'':48}{_share(child)}"


def _steps(child: Program) -> str:
    """Computing time of a step in the middle and in the slowest of a hundred, ms."""
    p50, p99 = (1000 * np.median([step[name] for step in child.events("step")]) for name in ("p50", "p99"))
    return f"{p50:7.2f} / {p99:5.2f}"


def _share(child: Program) -> str:
    """Of a core, that the window's thread takes; "" without a window."""
    return next((f"{told['share']:8.1%}" for told in child.events("window")), "")


def _paired(emitted: list[Line], arrived: Timed) -> tuple[list[Line], list[float]]:
    """The notes that reached the other program and how many ms each took, but for a constant between the clocks.

    Some at the beginning never reach it, since it was connected late, and the last one was perhaps not published any
    more. So the constant is guessed first, from pairs counted from the end, and then each note goes with the arrival of
    its pitch that is nearest to it.
    """
    guess = float(np.median([lag for _, lag in _from_the_end(emitted, arrived)]))
    notes, lags = [], []
    for note in emitted:
        times = [at for at, pitch in arrived if pitch == note["pitch"]]
        away = [1000 * (at - note["emitted"]) for at in times]
        lag = min(away, key=lambda lag: abs(lag - guess), default=np.inf)
        if abs(lag - guess) < LOST_MS:
            notes.append(note)
            lags.append(lag)
    return notes, lags


def _from_the_end(emitted: list[Line], arrived: Timed) -> Iterator[tuple[Line, float]]:
    for pitch in {pitch for _, pitch in arrived}:
        own = [note for note in emitted if note["pitch"] == pitch]
        times = [at for at, key in arrived if key == pitch]
        yield from (
            (note, 1000 * (at - note["emitted"])) for note, at in zip(reversed(own), reversed(times), strict=False)
        )


def main(seconds: float) -> None:
    """Measure all ways and print a table."""
    rig = Rig(Path(tempfile.mkdtemp()) / "rig")
    rig.folder.mkdir()
    try:
        rig.start_jack()
        print("          step p50/p99   decided p50/p95  arrival jitter p50/p95  notes  (ms)  of a core")
        with Screen() as screen:
            for way in WAYS:
                print(row(rig, screen, way, seconds), flush=True)
            print(lesson_row(screen, seconds), flush=True)
    finally:
        Program.end_all()
        rig.stop()


def _say(line: dict[str, object]) -> None:
    print(json.dumps(line), flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--as"]:
        with tempfile.TemporaryDirectory() as home:
            ways = {"headless": headless, "window": window, "practice": partial(window, practises=True)}
            ways[sys.argv[2]](float(sys.argv[3]), Path(home) / "settings.toml")
    else:
        main(float(sys.argv[1]) if len(sys.argv) > 1 else 25.0)
