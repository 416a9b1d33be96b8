"""Reading files that a user names: a pipe, a device or a file of any size must not stop or fill the program."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

MIB = 1 << 20


class NoRegularFileError(OSError):
    """A pipe or a device, from which reading may wait for ever or never come to an end."""


@contextlib.contextmanager
def regular_file(path: Path, most_bytes: int | None) -> Iterator[BinaryIO]:
    """A file, open for reading. Raises OSError, also for a folder and for a file of more than `most_bytes` (None for a
    reader that never holds all of it), and NoRegularFileError for a pipe or a device."""
    with open(path, "rb", opener=_without_waiting) as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise NoRegularFileError(errno.EINVAL, "it is a pipe or a device, not a file", str(path))
        if most_bytes is not None and status.st_size > most_bytes:
            raise OSError(errno.EFBIG, f"it is larger than {most_bytes // MIB} MiB", str(path))
        yield file


def read_regular(path: Path, most_bytes: int) -> bytes:
    """The content of a file. Raises OSError as `regular_file` does."""
    with regular_file(path, most_bytes) as file:
        return file.read(most_bytes)


def _without_waiting(path: str, flags: int) -> int:
    """A pipe that nobody writes to opens at once."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
