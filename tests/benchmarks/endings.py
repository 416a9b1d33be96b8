"""Does every ending leave all in order? `python -m tests.benchmarks.endings [--times 20] [--load 4] [--only PATTERN]`.

`listen` in a terminal, and the window, hear a chord, send it and record it; then they are ended in every way there is,
`--times` times each, beside `--load` programs that compute all the time. Printed per ending: notes that still sound at
the receiver, takes without an end, a MIDI file or a sound of the right length, processes that live on, wrong exit
statuses and tracebacks, and the longest time until the last process had ended. All counts should be 0.

`--starts N` instead: Ctrl-C at a random moment of the first two seconds of N starts of window, `listen` and
`transcribe`: exit statuses, tracebacks, and those that crashed.

Needs PulseAudio, jackd, Xvfb, openbox and xdotool. JACK runs synchronously: otherwise a cycle that is late on a loaded
machine loses its MIDI messages, with `--realtime` too, though less often; but it waits for clients that were killed.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path

from tests.e2e.endings import LISTEN, WINDOW, Ending, Left, Scene, chord_recording, listening, outcome, window
from tests.e2e.program import ROOT, Program
from tests.e2e.terminal import Terminal
from tests.fakes import fake_model
from tests.gui.windows.screen import Screen
from tests.rig import Rig

START_S, START_LIMIT_S = 2.0, 20.0
# Before this the interpreter itself is being loaded, and Ctrl-C is none of ours.
BEGUN = 'import os; os.write(3, b"."); from realtime.cli.main import main; '
COMMANDS = {
    "window": BEGUN + "main([])",
    "listen": BEGUN + 'main(["listen", "--json"])',
    "transcribe": BEGUN + 'main(["transcribe", "--json", DEMO])',
}
Play = Callable[[Path], AbstractContextManager[Scene]]


def main() -> None:
    """Run what the options ask for, and print its table."""
    options = argparse.ArgumentParser()
    options.add_argument("--times", type=int, default=20)
    options.add_argument("--load", type=int, default=0)
    options.add_argument("--only", default="")
    options.add_argument("--realtime", action="store_true")
    options.add_argument("--starts", type=int, default=0)
    chosen = options.parse_args()
    signal.signal(signal.SIGINT, signal.default_int_handler)  # in the background, and by nohup, these are ignored, and
    for number in (signal.SIGQUIT, signal.SIGHUP):  # so they would be by all that is started here
        signal.signal(number, signal.SIG_DFL)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        screen = stack.enter_context(Screen())
        manager = subprocess.Popen(["openbox"], env=screen.env, stderr=subprocess.DEVNULL)
        stack.callback(end, manager)
        rig = Rig(folder / "rig", chosen.realtime)
        stack.callback(rig.stop)
        rig.start()
        stack.enter_context(load(chosen.load))
        if chosen.starts:
            print_starts({**rig.env, **screen.env, "XDG_RUNTIME_DIR": str(rig.folder)}, chosen.starts)
        else:
            print_endings(rig, screen.env, folder, chosen.times, chosen.only)


def print_endings(rig: Rig, screen: dict[str, str], folder: Path, times: int, only: str) -> None:
    """A line for each ending. only: a pattern that finds those that are wanted."""
    model, chord = folder / "fake.onnx", chord_recording(folder / "chord.wav")
    model.write_bytes(fake_model())
    print(f"{'program':<8}{'ending':<30} times  hanging  takes  orphans  status  longest s")
    plays: list[tuple[str, Play, tuple[Ending, ...]]] = [
        ("listen", lambda place: listening(rig, model, chord, place), LISTEN),
        ("window", lambda place: window(rig, model, chord, place, screen), WINDOW),
    ]
    for program, play, endings in plays:
        for ending in endings:
            if re.search(only, f"{program} {ending.name}"):
                print_row(program, ending.name, list(repeated(play, ending, times)))


def repeated(play: Play, ending: Ending, times: int) -> Iterator[Left]:
    """What each time left; what is not clean is told at once."""
    for _ in range(times):
        with tempfile.TemporaryDirectory() as place, play(Path(place)) as scene:
            left = outcome(scene, ending)
            if not left.clean:
                last = [line["message"] for line in scene.receiver.events("midi")[-12:]]
                print(left, last, scene.shown()[-1500:] if left.traceback else "", file=sys.stderr)
        yield left


def print_row(program: str, name: str, lefts: list[Left]) -> None:
    """One ending's counts."""
    hanging = sum(left.hanging for left in lefts)
    takes = sum(bool(left.takes) for left in lefts)
    orphans = sum(len(left.orphans) for left in lefts)
    wrong = sum(not left.right_status or left.traceback for left in lefts)
    longest = max(left.took_s for left in lefts)
    print(
        f"{program:<8}{name:<30}{len(lefts):>6}{hanging:>9}{takes:>7}{orphans:>9}{wrong:>8}{longest:>11.1f}", flush=True
    )


def print_starts(env: dict[str, str], starts: int) -> None:
    """For each program the exit statuses of its starts, and how many printed a traceback."""
    moments = random.Random(0)
    for name, code in COMMANDS.items():
        statuses: Counter[int] = Counter()
        tracebacks = 0
        for _ in range(starts):
            status, errors = interrupted_start(code, env, moments.uniform(0.0, START_S))
            statuses[status] += 1
            if "Traceback" in errors or "Exception ignored" in errors or "Fatal" in errors:
                tracebacks += 1
                print(errors[-1500:], file=sys.stderr)
        print(f"{name:<12}{dict(statuses)}  tracebacks {tracebacks}", flush=True)


def interrupted_start(code: str, env: dict[str, str], wait_s: float) -> tuple[int, str]:
    """Start a program, send it Ctrl-C after a while: exit status and standard error."""
    reader, writer = os.pipe()
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(
            ["bash", "-c", f'exec 3>&{writer}; exec "$0" "$@"', sys.executable, "-c", code.replace("DEMO", repr(DEMO))],
            env={**env, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.DEVNULL,
            stderr=errors,
            pass_fds=[writer],
            start_new_session=True,
        )
        os.close(writer)
        os.read(reader, 1)
        os.close(reader)
        time.sleep(wait_s)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGINT)
        try:
            status = process.wait(START_LIMIT_S)
        except subprocess.TimeoutExpired:
            process.kill()
            status = process.wait()
        errors.seek(0)
        return status, errors.read().decode(errors="replace")


@contextlib.contextmanager
def load(programs: int) -> Iterator[None]:
    """While so many programs compute all the time."""
    busy = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(programs)]
    try:
        yield
    finally:
        for process in busy:
            end(process)


def end(process: subprocess.Popen[bytes]) -> None:
    """End a process of ours."""
    process.kill()
    process.wait()


DEMO = str(ROOT / "assets" / "demo" / "demo.flac")

if __name__ == "__main__":
    try:
        main()
    finally:
        Program.end_all()
        Terminal.end_all()
