"""A function in a process of its own, for libraries that may hang or crash: its answer, or none after a while."""

from __future__ import annotations

from typing import Any

from realtime.system import process
from realtime.system.shutdown import WORKER_S


def answer(target: str, name: str, limit_s: float, *arguments: object) -> Any:
    """What the function `target` ("module:function") answers; it gets the pipe that it sends its answer into, and
    `arguments`.

    Raises TimeoutError when it has not answered within `limit_s`, EOFError when its process died before.
    """
    mine, theirs = process.pipe()
    child = process.spawn(target, name, theirs, *arguments)
    theirs.close()
    try:
        if mine.poll(limit_s):
            return mine.recv()
        raise TimeoutError(f"{name}: no answer within {limit_s:.0f} s")
    except OSError as error:
        if isinstance(error, TimeoutError):
            raise
        raise EOFError(f"{name}: {error}") from error
    finally:
        child.terminate()
        process.end(child, WORKER_S)
        mine.close()
