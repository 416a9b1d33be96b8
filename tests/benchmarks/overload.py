"""What overload does to the notes, and what helps: `python -m tests.benchmarks.overload [SECONDS]` (needs PulseAudio,
jackd and Xvfb; Linux).

First what each part computes in a second of sound, as a share of a core, in the ways in which the program can be used:
what a player can save. Then `liszten listen` on one core that other programs want for themselves: how late notes were
by the program's own figure, and sound that was lost, with the priority that it takes and with an ordinary one.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from tests.e2e.program import ROOT, Program
from tests.e2e.test_listen import connected_receiver
from tests.gui.windows.screen import Screen
from tests.rig import Rig

if TYPE_CHECKING:
    from gui.pages.main_window import MainWindow

DEMO = ROOT / "assets" / "demo" / "demo.flac"
CHILD = "tests.benchmarks.overload"
BEGIN_S, START_S = 4.0, 60.0
CORE = 1
# Priority as the program takes it, or an ordinary one; delay; programs that want the same core.
CROWDS = (
    *((True, "balanced", 4), (True, "balanced", 16)),
    *((False, "balanced", 4), (False, "fast", 4), (False, "balanced", 1)),
)
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Way:
    """A way to use the program. settings: of the window; act: what the player does with the window, None without one;
    record: whether a take runs."""

    act: Callable[[MainWindow], object] | None = None
    settings: dict[str, Any] = field(default_factory=dict)
    record: bool = False


WAYS = {
    "no window, balanced": Way(),
    "no window, fast": Way(settings={"delay": "fast"}),
    "no window, accurate": Way(settings={"delay": "accurate"}),
    "no window, recording": Way(record=True),
    "window 1600x1000": Way(lambda _window: None),
    "window 960x640": Way(lambda window: window.resize(960, 640)),
    "window minimised": Way(lambda window: window.showMinimized()),
    "window, plots open": Way(lambda window: window.secondary_windows.toggle_plots()),
    "window, second screen": Way(lambda window: window.secondary_windows.toggle_second()),
}


def use(way: Way, seconds: float, home: Path) -> None:
    """Play the demo in a way, for so long."""
    from PySide6.QtCore import QTimer

    from gui.pages.main_window import MainWindow
    from gui.pages.thread_signals import ThreadSignals
    from gui.start import application
    from gui.state.controller import Controller
    from gui.state.link import Link
    from gui.state.settings import Settings

    app = application()
    signals = ThreadSignals()
    chosen = Settings(width=1600, height=1000, takes=str(home / "Takes"), **way.settings)
    controller = Controller(chosen, Link(signals.woken.emit), home / "settings.toml", DEMO)
    controller.open()
    if way.act is None:
        pump = QTimer(interval=50)
        pump.timeout.connect(lambda: controller.pump(time.monotonic()))
        pump.start()
        QTimer.singleShot(round(1000 * seconds), app.quit)
    else:
        window = MainWindow(controller, signals)
        window.show()
        act = way.act
        QTimer.singleShot(1000, lambda: act(window))
        QTimer.singleShot(round(1000 * seconds), window.close)
    if way.record:
        QTimer.singleShot(2000, controller.toggle_recording)
    app.exec()
    controller.close()


def computing(screen: Screen, rig: Rig, name: str, seconds: float) -> str:
    """What a way costs, as a line of the table."""
    child = Program(
        "-m", CHILD, "--as", name, str(seconds + BEGIN_S + 3), env={**screen.env, **rig.env, "DISPLAY": screen.name}
    )
    child.wait_for(lambda: len(child.descendants()) >= 2, START_S)
    time.sleep(BEGIN_S)
    begun, before = time.monotonic(), cpu_s(child.process.pid, *child.descendants())
    time.sleep(seconds)
    used = {pid: 100 * (now_s - before[pid]) / (time.monotonic() - begun) for pid, now_s in cpu_s(*before).items()}
    child.process.kill()
    child.end()
    window = used.pop(child.process.pid)
    engine = max(used.values())
    return f"{name:<24}{engine:8.1f} %{sum(used.values()) - engine:8.1f} %{window:8.1f} %"


def crowded(rig: Rig, raised: bool, delay: str, programs: int, seconds: float) -> str:
    """`listen` beside other programs on one core, as a line of the table."""
    rig.kill_jack()  # it may not have survived the end of its last clients
    rig.start_jack()
    listen = Program.liszten("listen", "--midi-out", "virtual", "--levels", "--delay", delay, env=rig.env)
    connected_receiver(rig)
    listen.wait_for_event("stream")
    for thread in [thread for pid in (listen.process.pid, *listen.descendants()) for thread in threads(pid)]:
        os.sched_setaffinity(thread, {CORE})
        if not raised:
            os.sched_setscheduler(thread, os.SCHED_OTHER, os.sched_param(0))
    with busy(programs):
        player = rig.play(DEMO)
        time.sleep(seconds)
    late = [1000 * late_s for line in listen.events("lateness") for late_s in line["new_s"]]
    lost_s = sum(line["lost_s"] for line in listen.events("gap"))
    player.kill()
    player.wait()
    Program.end_all()
    figures = " / ".join(f"{value:.0f}" for value in np.percentile(late, (50, 95, 100))) if late else "none came"
    name = f"{delay}, {'as it is' if raised else 'ordinary'}, {programs}"
    return f"{name:<24}{figures:>16} ms{len(late):8d}{lost_s:8.1f} s"


@contextmanager
def busy(number: int) -> Iterator[None]:
    """So many programs that take what they get of one core."""
    loop = f"import os; os.sched_setaffinity(0, {{{CORE}}})\nwhile True: pass"
    programs = [subprocess.Popen([sys.executable, "-c", loop], start_new_session=True) for _ in range(number)]
    try:
        yield
    finally:
        for program in programs:
            program.kill()
            program.wait()


def threads(pid: int) -> list[int]:
    """The threads of a process."""
    return [int(task.name) for task in Path(f"/proc/{pid}/task").iterdir()]


def cpu_s(*pids: int) -> dict[int, float]:
    """Processor time that processes have used so far; a search for devices may be over meanwhile."""
    used = {}
    for pid in pids:
        with suppress(OSError):
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            used[pid] = (int(fields[11]) + int(fields[12])) / TICKS
    return used


def main(seconds: float) -> None:
    """Print both tables."""
    rig = Rig(Path(tempfile.mkdtemp()) / "rig")
    try:
        rig.start()
        print(f"{'':<24}    engine     others    window   (of a core)")
        with Screen() as screen:
            for name in WAYS:
                print(computing(screen, rig, name, seconds), flush=True)
        print(f"{'beside busy programs':<24}  p50 / p95 / most   notes    lost")
        for raised, delay, programs in CROWDS:
            print(crowded(rig, raised, delay, programs, seconds), flush=True)
    finally:
        Program.end_all()
        rig.stop()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--as"]:
        with tempfile.TemporaryDirectory() as scratch:
            use(WAYS[sys.argv[2]], float(sys.argv[3]), Path(scratch))
    else:
        main(float(sys.argv[1]) if len(sys.argv) > 1 else 20.0)
