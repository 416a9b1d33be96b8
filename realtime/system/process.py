"""Child processes that end with their parent and leave Ctrl-C to it."""

from __future__ import annotations

import contextlib
import importlib
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess

from realtime.system import log
from realtime.system.shutdown import ORPHAN_S

CONTEXT = multiprocessing.get_context("spawn")


def spawn(target: str, name: str, *arguments: object) -> SpawnProcess:
    """Start the function `target` ("module:function") with `arguments` in a new process; it calls `on_terminate` first.

    Ctrl-C is left to the parent, and all output goes to the log. Only the new process imports the module: the parent
    need not load the libraries of the child.
    """
    process = CONTEXT.Process(target=_call, name=name, args=(target, *arguments), daemon=True)
    with _signals_held():
        process.start()
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


def on_terminate(act: Callable[[], None]) -> None:
    """First call of a child's function: SIGTERM, held back until now, calls `act`."""
    signal.signal(signal.SIGTERM, lambda *_: act())
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT, signal.SIGTERM})


def _call(target: str, *arguments: object) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, name="parent watch", daemon=True).start()
    log.set_up_child()  # before the import: libraries write while they are loaded
    module, _, function = target.partition(":")
    getattr(importlib.import_module(module), function)(*arguments)


def _end_with_parent() -> None:
    """End a child that the death of its parent has not ended: one that hangs in a driver notices nothing."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    wait([parent.sentinel])
    time.sleep(ORPHAN_S)
    os._exit(1)


@contextlib.contextmanager
def _signals_held() -> Iterator[None]:
    """Hold Ctrl-C back, here and in the child that inherits the mask until it has installed its handlers.

    The resource tracker is started before: its own start would lift the mask.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
