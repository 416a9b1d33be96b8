"""Every way in which a program can end while notes sound, and what is left behind: hanging notes, takes, processes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import mido
import numpy as np
import soundfile

from tests.e2e.program import Program, alive, child_named, descendants
from tests.e2e.terminal import CTRL_BACKSLASH, CTRL_C, CTRL_Z, Terminal
from tests.fakes import FAKE_KEYS, fake_recording
from tests.rig import Rig

NOTE_OFF, NOTE_ON = 0x80, 0x90
CHORD = tuple(FAKE_KEYS[index] for index in (1, 3, 5))
CHORD_S, RATE = 60.0, 48_000
BEGIN_LIMIT_S, RELEASE_LIMIT_S, END_LIMIT_S = 40.0, 20.0, 15.0
SOUNDS_S = 0.3
STROKES, STROKE_S = 5, 8.0
KILLED = -signal.SIGKILL


@dataclass
class Scene:
    """A program that hears a chord, records it and sends it to a receiver. program: its process; close: of its window
    or terminal."""

    program: subprocess.Popen[bytes]
    receiver: Program
    takes: Path
    close: Callable[[], None]
    type: Callable[[str], None] = lambda _keys: None
    shown: Callable[[], str] = lambda: ""
    hanging: int = 0  # notes that a process which was replaced has left
    family: list[int] = field(default_factory=list)

    @property
    def sounding(self) -> set[int]:
        """Pitches that the receiver holds."""
        return sounding(self.receiver)

    def kill(self, name: str) -> None:
        """kill -9 of the engine or the port, which are replaced: then Ctrl-C."""
        before = len(self.receiver.events("midi"))
        os.kill(child_named(self.program.pid, name), signal.SIGKILL)

        def released() -> bool:
            offs = [
                line["message"][1] for line in self.receiver.events("midi")[before:] if line["message"][0] == NOTE_OFF
            ]
            return {21 + key for key in CHORD} <= set(offs)

        if not wait_until(released, RELEASE_LIMIT_S):
            self.hanging += len(CHORD)
        time.sleep(1.0)
        self.family = descendants(self.program.pid)
        self.program.send_signal(signal.SIGINT)

    def stop_and_go_on(self) -> None:
        """Ctrl-Z, for longer than any process may be silent, and `fg`; then Ctrl-C."""
        self.type(CTRL_Z)
        time.sleep(2.5)
        children = [pid for pid in descendants(self.program.pid) if state(pid) == "T"]
        self.hanging += len(children)  # a child that was stopped too
        os.kill(self.program.pid, signal.SIGCONT)
        time.sleep(0.5)
        self.type(CTRL_C)

    def log_out(self) -> None:
        """SIGTERM to every process, as when a session is logged out, children first."""
        for pid in [*descendants(self.program.pid), self.program.pid]:
            os.kill(pid, signal.SIGTERM)

    def signal_group(self, number: int) -> None:
        """A signal to the process group, as a terminal sends it."""
        os.killpg(self.program.pid, number)

    def hang_up(self) -> None:
        """The terminal is closed, and the shell in it passes SIGHUP on to the whole process group."""
        self.signal_group(signal.SIGHUP)
        self.close()

    def twice(self) -> None:
        """Ctrl-C, and again while the program ends."""
        for _ in range(3):
            self.signal_group(signal.SIGINT)
            time.sleep(0.05)


def sounding(receiver: Program) -> set[int]:
    """Pitches that a receiver holds."""
    held: set[int] = set()
    for line in list(receiver.events("midi")):
        kind, pitch, *_ = line["message"]
        if kind == NOTE_ON:
            held.add(pitch)
        elif kind == NOTE_OFF:
            held.discard(pitch)
    return held


@dataclass(frozen=True)
class Ending:
    """A way to end. status: the exit status that it gives; None for any, as where the screen goes away."""

    name: str
    act: Callable[[Scene], None]
    status: int | None


@dataclass(frozen=True)
class Left:
    """What an ending left behind."""

    hanging: int
    takes: tuple[str, ...]  # what is wrong with each that is incomplete
    orphans: tuple[str, ...]
    status: int | None
    right_status: bool
    traceback: bool
    took_s: float

    @property
    def clean(self) -> bool:
        return not (self.hanging or self.takes or self.orphans or self.traceback) and self.right_status


def signalled(number: signal.Signals) -> Ending:
    """A signal to the parent alone."""
    return Ending(f"SIG{number.name[3:]} to the parent", lambda scene: scene.program.send_signal(number), 128 + number)


SIGNALS = tuple(signalled(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT))
KILLS = (
    Ending("kill -9 parent", lambda scene: scene.program.kill(), KILLED),
    Ending("kill -9 process group", lambda scene: scene.signal_group(signal.SIGKILL), KILLED),
    Ending("kill -9 engine, then Ctrl-C", lambda scene: scene.kill("engine"), 130),
    Ending("kill -9 port, then Ctrl-C", lambda scene: scene.kill("port"), 130),
)
LISTEN = (
    Ending("terminal closed", Scene.hang_up, 129),
    Ending("Ctrl-C", lambda scene: scene.type(CTRL_C), 130),
    Ending("Ctrl-C three times", Scene.twice, 130),
    Ending("Ctrl-\\", lambda scene: scene.type(CTRL_BACKSLASH), 131),
    Ending("Ctrl-Z, fg, Ctrl-C", Scene.stop_and_go_on, 130),
    Ending("logged out (SIGTERM to all)", Scene.log_out, 143),
    *SIGNALS,
    *KILLS,
)
WINDOW = (
    Ending("window closed", lambda scene: scene.close(), 0),
    Ending("logged out (SIGTERM to all)", Scene.log_out, 143),
    *SIGNALS,
    *KILLS,
)


def chord_recording(path: Path) -> Path:
    """The chord as the fake model understands it, for a minute."""
    sound = fake_recording([(key, 0.1, CHORD_S - 1.0) for key in CHORD], CHORD_S, RATE) / len(CHORD)
    soundfile.write(path, np.column_stack((sound, sound)), RATE)
    return path


@contextmanager
def listening(rig: Rig, model: Path, chord: Path, folder: Path) -> Iterator[Scene]:
    """`listen --record` in a terminal, while the chord sounds."""
    takes = folder / "takes"
    command = ("-m", "realtime.cli.main", "listen", "--model", str(model), "--record", str(takes))
    terminal = Terminal(*command, env=rig.env)
    scene = _scene(rig, terminal.process, takes, terminal.close)
    scene.type, scene.shown = terminal.type, lambda: terminal.shown.decode(errors="replace")
    with _sounding(rig, chord, scene):
        yield scene
    Terminal.end_all()


@contextmanager
def window(rig: Rig, model: Path, chord: Path, folder: Path, screen: dict[str, str]) -> Iterator[Scene]:
    """The window, which begins a take with the first note. screen: environment of a screen."""
    takes = folder / "takes"
    settings = folder / "config" / "liszten" / "settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text(f'version = 1\nguided = true\nfirst_note = true\nmodel = "{model}"\ntakes = "{takes}"\n')
    env = {**rig.env, **screen, "XDG_CONFIG_HOME": str(folder / "config"), "XDG_RUNTIME_DIR": str(rig.folder)}
    program = Program("-m", "gui", env=env)

    def close() -> None:
        quit_window(program.process.pid, env)

    scene = _scene(rig, program.process, takes, close)
    scene.shown = lambda: program.errors
    with _sounding(rig, chord, scene):
        yield scene


def quit_window(pid: int, env: dict[str, str]) -> None:
    """Close the window of a process by the key of the window manager."""
    found = subprocess.run(
        ["xdotool", "search", "--onlyvisible", "--pid", str(pid)], env=env, capture_output=True, text=True, check=True
    )
    number = found.stdout.split()[-1]
    subprocess.run(["xdotool", "windowactivate", "--sync", number, "key", "alt+F4"], env=env, check=True)


def outcome(scene: Scene, ending: Ending) -> Left:
    """End the program, and see what is left."""
    scene.family = descendants(scene.program.pid)
    begun = time.monotonic()
    ending.act(scene)
    try:
        status: int | None = scene.program.wait(END_LIMIT_S)
    except subprocess.TimeoutExpired:
        status = None
    wait_until(lambda: not any(alive(pid) for pid in scene.family), END_LIMIT_S)
    took_s = time.monotonic() - begun
    orphans = tuple(command_of(pid) for pid in scene.family if alive(pid))
    wait_until(lambda: not scene.sounding, 2.0)
    shown = scene.shown()
    return Left(
        hanging=len(scene.sounding) + scene.hanging,
        takes=tuple(incomplete(scene.takes)),
        orphans=orphans,
        status=status,
        right_status=status is not None and ending.status in (None, status),
        traceback="Traceback" in shown or "Exception ignored" in shown,
        took_s=took_s,
    )


def incomplete(takes: Path) -> Iterator[str]:
    """What is wrong with each take that was not closed as it should be."""
    folders = sorted(takes.iterdir())
    if not folders:
        yield "no take"
    for folder in folders:
        yield from (f"{folder.name}: {fault}" for fault in _faults(folder))


def _faults(folder: Path) -> Iterator[str]:
    lines = [json.loads(line) for line in (folder / "notes.jsonl").read_text().splitlines()]
    events = [line for line in lines if line.get("stage") != "live"]
    if events[-1]["event"] != "end":
        yield f"ends with {events[-1]['event']}"
    kinds = [event["event"] for event in events]
    if kinds.count("note_on") != kinds.count("note_off"):
        yield f"{kinds.count('note_on')} note-ons, {kinds.count('note_off')} note-offs"
    if not (folder / "notes.mid").exists():
        yield "no notes.mid"
    else:
        mido.MidiFile(folder / "notes.mid")
    audio = folder / "audio.wav"
    if soundfile.info(audio).frames * soundfile.info(audio).channels * 3 != audio.stat().st_size - 44:
        yield "audio.wav is longer than its header says"
    yield from (f"{part.name} left" for part in folder.glob(".*"))


def wait_until(condition: Callable[[], object], limit_s: float) -> bool:
    """Whether a condition comes to hold within a time."""
    end = time.monotonic() + limit_s
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def state(pid: int) -> str:
    """One letter for what a process does: T when it is stopped (Linux)."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


def command_of(pid: int) -> str:
    """What a process is called."""
    return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")


def _scene(rig: Rig, program: subprocess.Popen[bytes], takes: Path, close: Callable[[], None]) -> Scene:
    receiver = Program("-m", "tests.e2e.receiver", "Liszten Out", env=rig.env)
    return Scene(program, receiver, takes, close)


@contextmanager
def _sounding(rig: Rig, chord: Path, scene: Scene) -> Iterator[None]:
    """While the chord sounds, and is recorded. On a busy machine a stroke may be left out: then it is struck again."""
    expected = {21 + key for key in CHORD}
    player = None
    try:
        if not wait_until(lambda: scene.receiver.events("connected"), BEGIN_LIMIT_S):
            raise TimeoutError(f"no port: {scene.shown()[-500:]!r}")
        for _ in range(STROKES):
            player = rig.play(chord)
            if wait_until(lambda: scene.sounding == expected and any(scene.takes.glob("*/notes.jsonl")), STROKE_S):
                break
            end_player(player)
        else:
            raise TimeoutError(f"{scene.sounding} sound instead of {expected}: {scene.shown()[-500:]!r}")
        time.sleep(SOUNDS_S)
        yield
    finally:
        if player is not None:
            end_player(player)
        if scene.program.poll() is None:
            scene.program.kill()
        scene.receiver.process.kill()
        scene.receiver.process.wait()


def end_player(player: subprocess.Popen[bytes]) -> None:
    """Silence."""
    player.kill()
    player.wait()
