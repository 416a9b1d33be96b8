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

ROOT = Path(__file__).resolve().parents[2]
ORPHAN_LIMIT_S = 5.0
Line = dict[str, Any]


class Program:
    """A running command in a process group of its own, as a terminal starts it. lines: its JSON lines so far, each
    with the time of its arrival under "at"; errors: its standard error."""

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
            program = cls.started.pop()
            with contextlib.suppress(ProcessLookupError):
                os.killpg(program.process.pid, signal.SIGKILL)
            program.process.wait()

    @classmethod
    def liszten(cls, *arguments: str, env: Mapping[str, str] | None = None, **options: Any) -> Program:
        """Start the command `liszten`."""
        return cls("-m", "realtime.cli.main", *arguments, env=env, **options)

    def events(self, kind: str) -> list[Line]:
        """The lines of one kind of event."""
        return [line for line in self.lines if line.get("event") == kind]

    def wait_for(self, condition: Callable[[], object], limit_s: float = 20.0) -> None:
        """Wait until a condition holds. Raises AssertionError with what was said so far when it does not in time."""
        end = time.monotonic() + limit_s
        while not condition():
            assert time.monotonic() < end, f"not within {limit_s} s; lines: {self.lines[-5:]}, errors: {self.errors}"
            time.sleep(0.01)

    def wait_for_event(self, kind: str, count: int = 1, limit_s: float = 20.0) -> None:
        """Wait until `count` events of a kind have come."""
        self.wait_for(lambda: len(self.events(kind)) >= count, limit_s)

    def interrupt(self) -> None:
        """Ctrl-C: the whole process group gets it."""
        os.killpg(self.process.pid, signal.SIGINT)

    def descendants(self) -> list[int]:
        """Process ids of all that this program has started and that live, and of what those have started."""
        return descendants(self.process.pid)

    def end(self, limit_s: float = 20.0) -> int:
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


def descendants(root: int) -> list[int]:
    """Process ids of the living descendants of a process (Linux)."""
    found: list[int] = []
    for task in Path(f"/proc/{root}/task").glob("*/children"):
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
