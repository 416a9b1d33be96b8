"""The signals that ask a program to end: requests, or an end where it is safe, with the conventional status."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from realtime.system.interrupts import ENDING, StopRequest

BEGIN = """
import os, signal, sys, time
from realtime.system.interrupts import Interrupts
interrupts = Interrupts().__enter__()
"""
SLOW_MODULE = """
import os, signal, time
os.kill(os.getpid(), signal.SIGINT)
begun = time.monotonic()
while time.monotonic() < begun + 0.2:
    pass
print("loaded", flush=True)
"""
LOST = """
class Lost:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGINT)
        for _ in range(1000):
            pass
lost = Lost()
del lost
print("goes on", flush=True)
time.sleep(5.0)
print("never", flush=True)
"""

STARTING = """
import threading
from realtime.system import process

class Started:
    def start(self):
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(0.2)
        print("started", flush=True)

process.Child = lambda **_options: Started()
threading.Thread(target=time.sleep, args=(1.0,), daemon=True).start()
time.sleep(0.1)
process.spawn("module:function", "child")
time.sleep(5.0)
print("never", flush=True)
"""


def run(code: str, folder: Path, **options: object) -> tuple[int, str, str]:
    """A program that has taken the signals over: exit status, output, errors."""
    done = subprocess.run(
        [sys.executable, "-c", BEGIN + code],
        capture_output=True,
        text=True,
        cwd=folder,
        timeout=30,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(folder), *sys.path])},
        check=False,
        **options,  # type: ignore[call-overload]
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("number", ENDING)
def test_a_signal_ends_with_its_status_and_without_a_word(number: signal.Signals, tmp_path: Path):
    """What stands in `finally` is done, the second signal changes nothing, and after the end none disturbs."""
    code = f"""
try:
    os.kill(os.getpid(), {number})
    time.sleep(5.0)
finally:
    print("cleaned", flush=True)
"""
    assert run(code, tmp_path) == (128 + number, "cleaned\n", "")
    assert run(f"interrupts.over(); interrupts.__exit__(); os.kill(os.getpid(), {number}); sys.exit(3)", tmp_path) == (
        3,
        "",
        "",
    )


def test_a_module_that_is_being_loaded_is_loaded_to_its_end(tmp_path: Path):
    """An exception in it would become an ImportError, or a crash."""
    (tmp_path / "slow_module.py").write_text(SLOW_MODULE)
    assert run("import slow_module; time.sleep(5.0)", tmp_path) == (130, "loaded\n", "")


def test_where_an_exception_would_be_lost_it_is_raised_later(tmp_path: Path):
    """A finaliser can raise nothing: Python prints such exceptions and forgets them."""
    assert run(LOST, tmp_path)[0] == 130
    assert run(LOST, tmp_path)[2] == ""


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="there is no terminal to hang up")
def test_nohup_is_respected(tmp_path: Path):
    """By commands, and by a request: a program that is to outlive its terminal does."""
    code = "os.kill(os.getpid(), signal.SIGHUP); print('lives')"
    requested = f"from realtime.system.interrupts import StopRequest\nwith StopRequest() as stop: {code}, stop.signal"
    ignoring = {"preexec_fn": lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN)}
    for how in (code, requested):
        assert run(how, tmp_path, **ignoring) == (0, "lives\n", "")


@pytest.mark.parametrize("number", ENDING)
def test_signals_are_requests(number: signal.Signals):
    """Within the block no exception is raised, the first signal counts, and the handlers from before come back."""
    before = [signal.getsignal(each) for each in ENDING]
    with StopRequest() as stop:
        assert stop.exit_code == 0
        for each in (number, signal.SIGINT, signal.SIGTERM):
            os.kill(os.getpid(), each)
            time.sleep(0.01)
            assert (stop.signal, stop.exit_code) == (number, 128 + number)
    assert before == [signal.getsignal(each) for each in ENDING]


def test_a_child_is_started_whole(tmp_path: Path):
    """The signals are masked meanwhile, but only in the thread that starts it: another one gets them."""
    assert run(STARTING, tmp_path) == (130, "started\n", "")
