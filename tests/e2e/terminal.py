"""A program in a terminal of its own, as a person starts it: keys that are typed reach it, and it can be closed."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import subprocess
import sys
import termios
import threading
from collections.abc import Mapping
from typing import ClassVar

from tests.e2e.program import ROOT, kill_family

CTRL_C, CTRL_BACKSLASH, CTRL_Z = "\x03", "\x1c", "\x1a"


class Terminal:
    """A running command that has a terminal for its three streams. shown: all that it has written so far."""

    started: ClassVar[list[Terminal]] = []

    def __init__(self, *arguments: str, env: Mapping[str, str]) -> None:
        self._ours, theirs = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, *arguments],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env={**env, "PYTHONPATH": str(ROOT), "TERM": "xterm-256color", "COLUMNS": "100", "LINES": "30"},
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        os.close(theirs)
        self.started.append(self)
        self.shown = b""
        self._closed = threading.Event()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    @classmethod
    def end_all(cls) -> None:
        """Kill what a failed test has left behind."""
        while cls.started:
            terminal = cls.started.pop()
            terminal.close()
            kill_family(terminal.process)

    def type(self, keys: str) -> None:
        """Press keys."""
        os.write(self._ours, keys.encode())

    def close(self) -> None:
        """Close the window of the terminal: its processes get SIGHUP, and what they still write fails."""
        if not self._closed.is_set():
            self._closed.set()
            self._reader.join()
            os.close(self._ours)

    def _read(self) -> None:
        """Until the terminal is closed: a read that waits would keep it open."""
        while not self._closed.is_set():
            if select.select([self._ours], [], [], 0.02)[0]:
                try:
                    self.shown += os.read(self._ours, 65_536)
                except OSError:  # the program has ended
                    return
