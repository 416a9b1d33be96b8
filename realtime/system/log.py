"""The log file, and the output of C libraries: ALSA, JACK and PortAudio write to file descriptor 2 in any case.

The log lies in the user's log folder (`log_path()`), with the files before it; it holds warnings of this program, the
traceback of every failure and the output of the libraries. The terminal shows only what `--log-level` asks for.
"""

from __future__ import annotations

import faulthandler
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import platformdirs

from realtime.system.log_file import LogFile, LogFileHandler

LEVEL_VARIABLE = "LISZTEN_LOG_LEVEL"


def log_path() -> Path:
    """Where the log file lies on this system."""
    return platformdirs.user_log_path("liszten", appauthor=False) / "liszten.log"


def set_up(level: str) -> None:
    """Start logging in the first process: to the file always, to the terminal from `level` on.

    level: debug, info, warning or error. Child processes log the same way, to the file only.
    """
    os.environ[LEVEL_VARIABLE] = level
    terminal = logging.StreamHandler(sys.stderr)
    terminal.setLevel(level.upper())
    handlers = [LogFileHandler(LogFile(log_path())), terminal]
    logging.basicConfig(level=min(logging.INFO, terminal.level), handlers=handlers, force=True)
    logging.raiseExceptions = False  # a full disk is reported once, by the recorder, and not for every line of the log


def set_up_child() -> LogFile:
    """Start logging in a child process, and send its standard output and error to the log file too.

    Only `look` notices that a library has made the file long: call it now and then.
    """
    level = min(logging.INFO, logging.getLevelNamesMapping()[os.environ.get(LEVEL_VARIABLE, "info").upper()])
    descriptor = os.open(_writable_path(), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    os.dup2(descriptor, 1)
    os.dup2(descriptor, 2)
    os.close(descriptor)
    file = LogFile(log_path(), descriptors=(1, 2))
    logging.basicConfig(level=level, handlers=[LogFileHandler(file)], force=True)
    logging.raiseExceptions = False
    faulthandler.enable()
    return file


@contextmanager
def library_noise(kept: bool = True) -> Iterator[None]:
    """Send what C libraries write to standard error to the log file, or nowhere, while the block runs."""
    sys.stderr.flush()
    before = os.dup(2)
    descriptor = os.open(_writable_path() if kept else os.devnull, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    os.dup2(descriptor, 2)
    os.close(descriptor)
    try:
        yield
    finally:
        sys.stderr.flush()
        os.dup2(before, 2)
        os.close(before)


def _writable_path() -> str:
    """The log file, or the null device where it cannot be written: a full disk must not stop a stream."""
    path = log_path()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab"):
            return str(path)
    except OSError:
        return os.devnull
