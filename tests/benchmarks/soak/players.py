"""What is soaked: `liszten listen` or the window, with another program at its MIDI port; and their memory."""

from __future__ import annotations

import signal
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil

from tests.e2e.program import Line, Program
from tests.rig import Rig

NOTE_ON, SUSTAIN, PEDAL_DOWN = 0x90, 64, 64
START_S, END_S = 60.0, 30.0
# A child is known by what it has loaded: its command line does not tell.
LIBRARIES = {"engine": "onnxruntime", "port": "_rtmidi"}
KIB_PER_MIB = 1024


class Listener:
    """One running program. name: "listen" or "window"; client: its name at JACK, which counts those of one name;
    takes: folder into which it records, if it does; whole: a take is as long as its stream."""

    def __init__(
        self, name: str, program: Program, rig: Rig, client: str, takes: Path | None, whole: bool = False
    ) -> None:
        self.name = name
        self.whole = whole
        self.takes = takes
        self.program = program
        program.wait_for_event("stream", limit_s=START_S)
        self.receiver = Program("-m", "tests.e2e.receiver", f"{client}:Liszten Out", env=rig.env)
        self.receiver.wait_for_event("connected", limit_s=START_S)
        self._roles: dict[int, str] = {program.process.pid: "parent"}

    @property
    def running(self) -> bool:
        """Whether it has not ended."""
        return self.program.process.poll() is None

    def memory(self) -> list[dict[str, Any]]:
        """A sample of each process that is known: proportional, resident and private memory, MiB."""
        samples = []
        for pid in [self.program.process.pid, *self.program.descendants()]:
            with suppress(OSError, ProcessLookupError):
                if (role := self._role(pid)) is not None:
                    samples.append({"program": self.name, "role": role, "pid": pid, **_memory(pid)})
        return samples

    def sounding(self) -> dict[str, Any]:
        """What the receiver holds: the pitches of notes, and whether the pedal is down."""
        held: set[int] = set()
        pedal = False
        for line in list(self.receiver.lines):
            if line["event"] != "midi":
                continue
            status, first, value = (*line["message"], 0)[:3]
            match status & 0xF0:
                case 0x90 if value > 0:
                    held.add(first)
                case 0x80 | 0x90:
                    held.discard(first)
                case 0xB0 if first == SUSTAIN:
                    pedal = value >= PEDAL_DOWN
        return {"notes": sorted(held), "pedal": pedal}

    def arrivals(self) -> list[tuple[float, int]]:
        """Time and pitch of the note-ons at the receiver."""
        lines = [line for line in list(self.receiver.lines) if line["event"] == "midi"]
        return [(line["at"], line["message"][1]) for line in lines if line["message"][0] & 0xF0 == NOTE_ON]

    def lines(self, kind: str) -> list[Line]:
        """The program's own lines of one kind."""
        return [line for line in list(self.program.lines) if line.get("event") == kind]

    def end(self) -> int:
        """End it as its user would, wait for the last messages, and let the receiver go; the exit status."""
        if self.running:
            self.program.process.send_signal(signal.SIGTERM if self.name == "window" else signal.SIGINT)
        status = self.program.end(END_S)
        time.sleep(1.0)
        self.receiver.process.kill()
        self.receiver.end()
        return status

    def _role(self, pid: int) -> str | None:
        if pid not in self._roles:
            loaded = Path(f"/proc/{pid}/maps").read_text()
            found = [role for role, library in LIBRARIES.items() if library in loaded]
            if not found:
                return None
            self._roles[pid] = found[0]
        return self._roles[pid]


def listen(rig: Rig, takes: Path | None, client: str) -> Listener:
    """`liszten listen`, recording into `takes` if given."""
    record = [] if takes is None else ["--record", str(takes)]
    command = ["listen", "--midi-out", "virtual", "--json", "--levels", *record]
    return Listener("listen", Program.liszten(*command, env=rig.env), rig, client, takes, whole=True)


def window(rig: Rig, screen: dict[str, str], home: Path, takes: Path | None, every_s: float, client: str) -> Listener:
    """The window with settings of its own in `home`, which begins and ends takes every `every_s` seconds."""
    (home / "liszten").mkdir(parents=True)
    folder = home / "takes" if takes is None else takes
    (home / "liszten" / "settings.toml").write_text(f'version = 1\nguided = true\ntakes = "{folder}"\n')
    own = {"XDG_CONFIG_HOME": str(home), "XDG_STATE_HOME": str(home), "DISPLAY": screen["DISPLAY"]}
    every = [] if takes is None else [str(every_s)]
    program = Program("-m", "tests.benchmarks.soak.window", *every, env={**screen, **rig.env, **own})
    return Listener("window", program, rig, client, takes)


def _memory(pid: int) -> dict[str, float]:
    sizes = {"pss": 0, "rss": 0, "private": 0}
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        name, _, value = line.partition(":")
        if name in ("Pss", "Rss"):
            sizes[name.lower()] += int(value.split()[0])
        elif name in ("Private_Clean", "Private_Dirty"):
            sizes["private"] += int(value.split()[0])
    return {name: round(size / KIB_PER_MIB, 3) for name, size in sizes.items()}


def load() -> float:
    """Of the computer, over the last minute."""
    return psutil.getloadavg()[0]
