"""Child processes: none outlives its parent."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from realtime.system.shutdown import ORPHAN_S

PARENT = """
import time
from realtime.system import process

if __name__ == "__main__":
    print(process.spawn("time:sleep", "stuck", 60.0).pid, flush=True)
    time.sleep(60.0)
"""


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
