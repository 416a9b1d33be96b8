"""Child processes: none outlives its parent."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from realtime.system import process
from realtime.system.interrupts import ENDING
from realtime.system.shutdown import ORPHAN_S

PARENT = """
import time
from realtime.system import process

if __name__ == "__main__":
    print(process.spawn("time:sleep", "stuck", 60.0).pid, flush=True)
    time.sleep(60.0)
"""
# A child's function that ends with a status of its own. The child imports only this program: on a busy machine what
# tests import takes it longer than its parent waits.
CHILD = """
import sys, time
from multiprocessing import resource_tracker
from realtime.system import process

def wait_for_the_word():
    process.on_terminate(lambda: sys.exit(7))
    time.sleep(120.0)
"""
# Prints its children, and then how each of them ended: None while it lives.
OF_TWO = """
if __name__ == "__main__":
    child = process.spawn("parent:wait_for_the_word", "child")
    print(child.pid, resource_tracker._resource_tracker._pid, flush=True)
    sys.stdin.readline()
    child.terminate()
    process.end(child, 60.0)
    print(child.exitcode, resource_tracker._resource_tracker._check_alive(), flush=True)
"""
LEAVES_ONE = """
if __name__ == "__main__":
    print(process.spawn("parent:wait_for_the_word", "child").pid, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals of a terminal")
def test_what_goes_to_all_processes_ends_no_child(tmp_path: Path) -> None:
    """From its first moment on a child stops and ends for no signal of a terminal or session, only by its parent's
    word; nor does the process that multiprocessing starts beside it."""
    program = tmp_path / "parent.py"
    program.write_text(CHILD + OF_TWO)
    with subprocess.Popen(
        [sys.executable, str(program)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, **path()},
    ) as parent:
        assert parent.stdout is not None
        assert parent.stdin is not None
        pids = [int(pid) for pid in parent.stdout.readline().split()]
        deadline = time.monotonic() + 60.0
        times_more = 4  # when it has left the session too
        while times_more and time.monotonic() < deadline:
            times_more -= os.getsid(pids[0]) == pids[0]
            for number in (*ENDING, *process.STOPPING):
                for pid in pids:
                    os.kill(pid, number)
            time.sleep(0.05)
        assert os.getsid(pids[0]) == pids[0]
        parent.stdin.write("\n")
        parent.stdin.close()
        assert parent.stdout.read() == "7 True\n"


@pytest.mark.skipif(sys.platform == "win32", reason="a child is ended at once there")
def test_a_child_that_is_left_is_ended_by_the_end_of_its_parent(tmp_path: Path) -> None:
    """multiprocessing alone would send a SIGTERM, which is nobody's word, and wait for ever."""
    program = tmp_path / "parent.py"
    program.write_text(CHILD + LEAVES_ONE)
    command = [sys.executable, str(program)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, env={**os.environ, **path()}, check=True)
    assert not runs(Path("/proc") / done.stdout.strip())
    assert done.stderr == ""


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks at processes where Linux shows them")
def test_a_child_that_hangs_ends_with_its_parent(tmp_path: Path) -> None:
    """However the parent ends: a driver that never returns notices neither a closed pipe nor a signal."""
    program = tmp_path / "parent.py"
    program.write_text(PARENT)
    with subprocess.Popen(
        [sys.executable, str(program)], stdout=subprocess.PIPE, env={**os.environ, **path()}
    ) as parent:
        assert parent.stdout is not None
        child = Path("/proc") / parent.stdout.readline().decode().strip()
        time.sleep(1.0)  # the child may still be starting
        assert runs(child)
        parent.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + ORPHAN_S + 10.0
    while runs(child) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not runs(child)


def runs(process: Path) -> bool:
    """Whether it is there, and not merely unmourned."""
    try:
        return ") Z " not in (process / "stat").read_text()
    except OSError:
        return False


def path() -> dict[str, str]:
    """Where the parent finds our modules, also when they are not installed."""
    return {"PYTHONPATH": os.pathsep.join(sys.path)}
