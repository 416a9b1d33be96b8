"""Child processes in a session of their own, which end by their parent's word or with it.

What a terminal sends to all its processes (Ctrl-C, its end), and a session that is logged out, goes past them: the
parent gets it too, and ends them in order.
"""

from __future__ import annotations

import atexit
import contextlib
import functools
import importlib
import multiprocessing
import os
import signal
import sys
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess

from realtime.system import log
from realtime.system.interrupts import ENDING, Postponed
from realtime.system.log_file import LogFile
from realtime.system.shutdown import ORPHAN_S

CONTEXT = multiprocessing.get_context("spawn")
# Ctrl-Z, and what a process in the background gets that reads from its terminal or writes to it.
STOPPING = tuple(getattr(signal, name) for name in ("SIGTSTP", "SIGTTIN", "SIGTTOU") if hasattr(signal, name))
# The parent's word. SIGTERM is not: a logout sends it to every process.
END_REQUEST = getattr(signal, "SIGUSR1", None)
LOG_LOOK_S = 2.0
NICENESS = 10  # of a process that gives way to others, as `nice` counts


class Child(SpawnProcess):
    """A child process; `terminate` gives it the parent's word to end (on Windows it ends it at once)."""

    def terminate(self) -> None:
        """Ask it to end, as its function told `on_terminate`."""
        if END_REQUEST is None:
            super().terminate()
        elif self.is_alive() and self.pid is not None:
            os.kill(self.pid, END_REQUEST)


def spawn(target: str, name: str, *arguments: object) -> Child:
    """Start the function `target` ("module:function") with `arguments` in a new process; it calls `on_terminate` first.

    All its output goes to the log. Only the new process imports the module: the parent need not load the libraries of
    the child.
    """
    process = Child(target=_call, name=name, args=(target, *arguments), daemon=True)
    with _signals_held(), Postponed():  # a child that gets half of what it is started with tells so, at length
        process.start()
    _living().add(process)
    return process


def pipe() -> tuple[Connection, Connection]:
    """Two connected ends, both for reading and writing; either may be handed to a spawned process."""
    return CONTEXT.Pipe(duplex=True)


def end(process: SpawnProcess, patience_s: float) -> None:
    """Wait for a process that was asked to end; kill it when it does not within `patience_s`."""
    process.join(patience_s)
    if process.is_alive():
        process.kill()
        process.join()


def give_way(process: SpawnProcess) -> None:
    """Let other programs, and a live stream, go before a process; without effect where the system has no priorities."""
    if process.pid is not None and hasattr(os, "setpriority"):
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, process.pid, NICENESS)


def on_terminate(act: Callable[[], None]) -> None:
    """First call of a child's function: its parent's word to end, held back until now, calls `act`."""
    if END_REQUEST is not None:
        signal.signal(END_REQUEST, lambda *_: act())
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {END_REQUEST})


def _call(target: str, *arguments: object) -> None:
    _leave_session()
    log_file = log.set_up_child()  # before the import: libraries write while they are loaded
    threading.Thread(target=_end_with_parent, args=(log_file,), name="parent watch", daemon=True).start()
    module, _, function = target.partition(":")
    getattr(importlib.import_module(module), function)(*arguments)


def _leave_session() -> None:
    """Ignore the signals of terminal and session, and get none of the terminal's any more."""
    for number in (*ENDING, *STOPPING):
        signal.signal(number, signal.SIG_IGN)
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.kernel32.FreeConsole()  # whose end would end this process within seconds
    else:
        os.setsid()
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {*ENDING, *STOPPING})


def _end_with_parent(log_file: LogFile) -> None:
    """End a child that the death of its parent has not ended: one that hangs in a driver notices nothing."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    while not wait([parent.sentinel], LOG_LOOK_S):
        log_file.look()
    time.sleep(ORPHAN_S)
    os._exit(1)


@contextlib.contextmanager
def _signals_held() -> Iterator[None]:
    """Hold back the signals that a child is to ignore, here and in the child, which inherits the mask until then.

    The resource tracker inherits it for good, except for what it ignores by itself, and lifts that from this mask when
    it starts: so it is started before.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    held = {*ENDING, *STOPPING, END_REQUEST}
    before = signal.pthread_sigmask(signal.SIG_BLOCK, held)
    try:
        resource_tracker.ensure_running()
        signal.pthread_sigmask(signal.SIG_BLOCK, held)
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@functools.cache
def _living() -> weakref.WeakSet[Child]:
    """The children of this process; those that are left when it ends are ended by then."""
    children: weakref.WeakSet[Child] = weakref.WeakSet()
    atexit.register(_end_all, children)
    return children


def _end_all(children: weakref.WeakSet[Child]) -> None:
    """Called before multiprocessing waits for its children without a limit."""
    left = [child for child in children if child.is_alive()]
    for child in left:
        child.terminate()
    deadline = time.monotonic() + ORPHAN_S
    for child in left:
        end(child, max(deadline - time.monotonic(), 0.0))
