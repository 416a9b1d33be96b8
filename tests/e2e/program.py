"""`liszten` as a real process among real processes: started, watched, interrupted, killed."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, ClassVar

from tests.waiting import WAIT_S

ROOT = Path(__file__).resolve().parents[2]
ORPHAN_LIMIT_S = 20.0
Line = dict[str, Any]


class Program:
    """A running command in a process group of its own, as a terminal starts it. lines: its JSON lines so far, each
    with the time of its arrival under "at", if it has not set that itself; errors: its standard error."""

    started: ClassVar[list[Program]] = []

    def __init__(self, *arguments: str, env: Mapping[str, str] | None = None, **options: Any) -> None:
        self.process = subprocess.Popen(
            [sys.executable, *arguments],
            env={**(env or os.environ), "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            **options,
        )
        self.started.append(self)
        self.lines: list[Line] = []
        self.errors = ""
        self._readers = [threading.Thread(target=read, daemon=True) for read in (self._read_lines, self._read_errors)]
        for reader in self._readers:
            reader.start()

    @classmethod
    def end_all(cls) -> None:
        """Kill what a failed test has left behind."""
        while cls.started:
            kill_family(cls.started.pop().process)

    @classmethod
    def liszten(cls, *arguments: str, env: Mapping[str, str] | None = None, **options: Any) -> Program:
        """Start the command `liszten`."""
        return cls("-m", "realtime.cli.main", *arguments, env=env, **options)

    def events(self, kind: str) -> list[Line]:
        """The lines of one kind of event."""
        return [line for line in self.lines if line.get("event") == kind]

    def wait_for(self, condition: Callable[[], object], limit_s: float = WAIT_S) -> None:
        """Wait until a condition holds. Raises AssertionError with what was said so far when it does not in time."""
        end = time.monotonic() + limit_s
        while not condition():
            assert time.monotonic() < end, f"not within {limit_s} s; lines: {self.lines[-5:]}, errors: {self.errors}"
            time.sleep(0.01)

    def wait_for_event(self, kind: str, count: int = 1, limit_s: float = WAIT_S) -> None:
        """Wait until `count` events of a kind have come."""
        self.wait_for(lambda: len(self.events(kind)) >= count, limit_s)

    def interrupt(self) -> None:
        """Ctrl-C: the whole process group gets it."""
        os.killpg(self.process.pid, signal.SIGINT)

    def descendants(self) -> list[int]:
        """Process ids of all that this program has started and that live, and of what those have started."""
        return descendants(self.process.pid)

    def end(self, limit_s: float = WAIT_S) -> int:
        """Wait for the end; the exit status."""
        try:
            status = self.process.wait(limit_s)
        finally:
            self.process.kill()
        for reader in self._readers:
            reader.join(5.0)
        return status

    def _read_lines(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append({"at": time.monotonic(), **json.loads(line)})

    def _read_errors(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.errors += line


def kill_family(process: subprocess.Popen[Any]) -> None:
    """Kill a process and all that it has started, each of which has a session of its own."""
    for pid in [process.pid, *descendants(process.pid)]:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    process.wait()


def child_named(root: int, name: str) -> int:
    """The engine or the port among the descendants of a process: found by what it has loaded, as its command line does
    not show it. Raises AssertionError."""
    libraries = {"engine": "onnxruntime", "port": "_rtmidi"}
    for pid in descendants(root):
        with contextlib.suppress(OSError):
            if libraries[name] in Path(f"/proc/{pid}/maps").read_text():
                return pid
    raise AssertionError(f"no {name} process")


def descendants(root: int) -> list[int]:
    """Process ids of the living descendants of a process (Linux)."""
    found: list[int] = []
    for task in Path(f"/proc/{root}/task").glob("*/children"):
        with contextlib.suppress(OSError):  # a thread that has just ended
            for child in task.read_text().split():
                found += [int(child), *descendants(int(child))]
    return found


def alive(pid: int) -> bool:
    """Whether a process runs, and is not a corpse that nobody has fetched (Linux)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def assert_gone(pids: list[int]) -> None:
    """All these processes end by themselves."""
    end = time.monotonic() + ORPHAN_LIMIT_S
    while left := [pid for pid in pids if alive(pid)]:
        commands = [Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ") for pid in left]
        assert time.monotonic() < end, commands
        time.sleep(0.02)
