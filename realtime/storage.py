"""Writing files so that a full disk or a killed process leaves nothing half done, and saying it in one sentence."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterator
from io import RawIOBase
from pathlib import Path
from typing import BinaryIO

from realtime.errors import FileError

FULL = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)


def file_error(error: OSError, path: Path | str) -> FileError:
    """What went wrong while writing `path`, as one sentence and a way out."""
    return FileError(f"{path} cannot be written: {reason(error)}.")


def reason(error: OSError) -> str:
    """Why something cannot be written, for the middle of a sentence."""
    if error.errno in FULL:
        return "the disk is full; free some space or choose another folder"
    if isinstance(error, PermissionError):
        return "you may not write there; choose another folder"
    if isinstance(error, (NotADirectoryError, FileExistsError)):
        return "a file is in the way; choose another folder"
    return (error.strerror or str(error)).lower()


def write_all(file: RawIOBase, data: bytes) -> None:
    """Write to an unbuffered file, which may take less than it is given before it says that it is full."""
    rest = memoryview(data)
    while rest:
        rest = rest[file.write(rest) :]


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A file that takes the place of `path` when the block ends well, and vanishes when it does not.

    Raises FileError when it cannot be written.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            yield file
        part.replace(path)
    except OSError as error:
        raise file_error(error, path) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def require_free(path: Path, overwrite: bool) -> None:
    """Raises FileError when `path` is there already and must not be replaced, or is a folder."""
    if path.is_dir():
        raise FileError(f"{path} is a folder. Give the file a name.")
    if path.exists() and not overwrite:
        raise FileError(f"There is already {path}. Use --overwrite, or -o for another name.")


def make_folder(path: Path) -> None:
    """Create a folder with its parents. Raises FileError."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise file_error(error, path) from error
