"""Key and signal that end a pause of MIDI, and the terminal as it was before."""

from __future__ import annotations

import os
import pty
import signal
import sys
from pathlib import Path

import pytest

from realtime.cli.resume import ResumeRequest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX terminals and signals")

CHILD = """
import sys, termios, time
from realtime.cli.resume import ResumeRequest
before = termios.tcgetattr(0)
try:
    with ResumeRequest(keys=True) as resume:
        print("ready", flush=True)
        asked = []
        while len(asked) < 1:
            asked += [True] * resume.taken()
            time.sleep(0.01)
        print("asked", flush=True)
        raise KeyError
except KeyError:
    print("as before" if termios.tcgetattr(0) == before else "changed", flush=True)
"""


def test_the_signal_asks_once() -> None:
    """Until it is taken; afterwards the signal does what it did before."""
    before = signal.getsignal(signal.SIGUSR1)
    with ResumeRequest(keys=False) as resume:
        assert not resume.taken()
        os.kill(os.getpid(), signal.SIGUSR1)
        assert (resume.taken(), resume.taken()) == (True, False)
    assert signal.getsignal(signal.SIGUSR1) == before


def test_the_key_asks_and_the_terminal_is_given_back() -> None:
    """Other keys do nothing; also an exception restores the terminal's mode."""
    pid, terminal = pty.fork()
    if pid == 0:
        root = str(Path(__file__).resolve().parents[3])
        os.execve(sys.executable, [sys.executable, "-c", CHILD], {**os.environ, "PYTHONPATH": root})
    shown = _read_until(terminal, b"ready")
    os.write(terminal, b"xM")
    shown += _read_until(terminal, b"before\r\n")
    assert os.waitpid(pid, 0)[1] == 0
    os.close(terminal)
    assert shown.split() == [b"ready", b"asked", b"as", b"before"]


def _read_until(terminal: int, wanted: bytes) -> bytes:
    shown = b""
    while wanted not in shown:
        shown += os.read(terminal, 1000)
        assert b"changed" not in shown
    return shown
