"""The log file: all processes of the program append to it, and whichever finds it long begins another.

A line is one write at the end of the file, which no other process's line can tear. A file that has grown long is
renamed; whoever has it open finds that before its next line. So nothing is lost, and no process waits for another,
which may have been stopped.
"""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
import stat
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

SIZE_LIMIT_BYTES = 1_000_000
# Older files that are kept, liszten.1.log being the last one: enough that what a process writes, in the moment in which
# another renames its file, is not deleted with it.
KEPT = 3


class LogFile:
    """The log file at `path`, or the null device while it cannot be written: a full disk must not stop a stream.

    descriptors: those of this process that lead into it too, because C libraries write to them.
    """

    def __init__(self, path: Path, descriptors: tuple[int, ...] = ()) -> None:
        self._path = path
        self._descriptors = descriptors
        self._lock = threading.RLock()
        self._descriptor = os.open(os.devnull, os.O_WRONLY)
        self.look()

    def write(self, lines: str) -> None:
        """Append lines. Raises OSError."""
        with self._lock:
            self.look()
            os.write(self._descriptor, lines.encode("utf-8", "backslashreplace"))

    def look(self) -> None:
        """Open the file again when it was renamed, and begin another when it has grown long."""
        with self._lock, contextlib.suppress(OSError):
            if self._is_current() and os.fstat(self._descriptor).st_size > SIZE_LIMIT_BYTES:
                self._rotate()
            if not self._is_current():
                self._open()
            for descriptor in self._descriptors:
                self._lead(descriptor)

    def close(self) -> None:
        """Let go of the file."""
        os.close(self._descriptor)

    def _is_current(self) -> bool:
        """Whether what is open is what the path names."""
        try:
            return os.path.samestat(self._path.stat(), os.fstat(self._descriptor))
        except FileNotFoundError:
            return False

    def _open(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        opened = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        os.dup2(opened, self._descriptor, inheritable=False)
        os.close(opened)

    def _lead(self, descriptor: int) -> None:
        """Let a descriptor lead into the file, unless it leads into another one, or nowhere, for the moment."""
        state = os.fstat(descriptor)
        if stat.S_ISREG(state.st_mode) and not os.path.samestat(state, os.fstat(self._descriptor)):
            os.dup2(self._descriptor, descriptor)

    def _rotate(self) -> None:
        with self._alone() as alone:
            if not alone or not self._is_current():
                return
            for number in range(KEPT, 1, -1):
                with contextlib.suppress(FileNotFoundError):
                    self._older(number - 1).replace(self._older(number))
            if sys.platform == "win32":  # which renames no file that another process has open
                shutil.copyfile(self._path, self._older(1))
                os.ftruncate(self._descriptor, 0)
            else:
                self._path.rename(self._older(1))

    def _older(self, number: int) -> Path:
        return self._path.with_suffix(f".{number}{self._path.suffix}")

    @contextlib.contextmanager
    def _alone(self) -> Iterator[bool]:
        """Whether no other process is renaming the files meanwhile."""
        if sys.platform == "win32":
            yield True
            return
        import fcntl

        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        try:
            yield True
        finally:
            fcntl.flock(self._descriptor, fcntl.LOCK_UN)


class LogFileHandler(logging.Handler):
    """Writes the records of this process to the log file."""

    def __init__(self, file: LogFile) -> None:
        super().__init__()
        self._file = file
        self.setFormatter(logging.Formatter("%(asctime)s %(processName)s %(levelname)s %(name)s: %(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        try:
            self._file.write(self.format(record) + "\n")
        except Exception:
            self.handleError(record)

    def close(self) -> None:
        self._file.close()
        super().close()
