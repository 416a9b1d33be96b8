"""Writing files so that a full disk or a killed process leaves no half-written ones; failures in one sentence."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
import time
from collections.abc import Iterator
from datetime import datetime
from io import FileIO, RawIOBase
from pathlib import Path
from typing import BinaryIO

from realtime.errors import FileError
from realtime.words import Phrase, Said, plain

UNWRITABLE = Phrase("storage.unwritable", "{path} cannot be written: {why}.")
DISK_FULL = Phrase("storage.disk_full", "the disk is full; free some space or choose another folder")
NO_FOLDER = Phrase("storage.no_folder", "there is no such folder; create it or choose another one")
FORBIDDEN = Phrase("storage.forbidden", "you may not write there; choose another folder")
IN_THE_WAY = Phrase("storage.in_the_way", "a file is in the way; choose another folder")
IS_FOLDER = Phrase("storage.is_folder", "{path} is a folder. Give the file a name.")
EXISTS = Phrase("storage.exists", "There is already {path}. Use --overwrite, or -o for another name.")
FULL = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)
NAME_BYTES = 255  # the most that common systems allow
PART = re.compile(r"\..+\.\d+\.part")
# Lone surrogates, except those that stand for bytes of a name; control characters, and what XML does not allow.
SURROGATES = re.compile("[\ud800-\udc7f\udd00-\udfff]")
CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\ufffe\uffff]")
# A file that has not changed for so long is not being written any more, by this computer or another one.
ABANDONED_S = 3600.0


def file_error(error: OSError, path: Path | str) -> FileError:
    """What went wrong while writing `path`, as one sentence and a way out."""
    return FileError(UNWRITABLE(path=path, why=reason(error)))


def reason(error: OSError) -> Said:
    """Why something cannot be written, for the middle of a sentence."""
    if error.errno in FULL:
        return DISK_FULL()
    if isinstance(error, FileNotFoundError):
        return NO_FOLDER()
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return FORBIDDEN()
    if isinstance(error, (NotADirectoryError, FileExistsError)):
        return IN_THE_WAY()
    return plain((error.strerror or str(error)).lower())


def plain_name(path: Path | str) -> str:
    """A path as text that every file can hold: a name from an old disk may have bytes that are no UTF-8, and any may
    have characters that are no text."""
    known = os.fsencode(SURROGATES.sub("\ufffd", os.fspath(path))).decode("utf-8", "replace")
    return CONTROLS.sub(" ", known)


def write_all(file: RawIOBase, data: bytes) -> None:
    """Write to an unbuffered file, which may take only a part before it reports that the disk is full."""
    rest = memoryview(data)
    while rest:
        rest = rest[file.write(rest) :]


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A file that takes the place of `path` when the block ends well, and vanishes when it does not.

    For what is written piece by piece; `replace_file` writes what is there whole. Raises FileError when it cannot be
    written.
    """
    part = part_path(path, os.getpid())
    try:
        with part.open("wb") as file:
            yield file
        part.replace(path)
    except OSError as error:
        raise file_error(error, path) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def replace_file(path: Path, content: bytes | memoryview) -> None:
    """Write `content` to `path`, whole or not at all. Raises FileError.

    What is written is an argument, so that no empty file waits beside `path` while it is being computed.
    """
    with replacing(path) as file:
        file.write(content)


def set_aside(path: Path) -> Path:
    """Rename a file that cannot be read, so that it is neither lost nor in the way; its new name. Raises FileError."""
    aside = path.with_name(f"{path.stem} broken {datetime.now():%Y-%m-%d %H-%M-%S}{path.suffix}")
    try:
        path.replace(aside)
    except OSError as error:
        raise file_error(error, path) from error
    return aside


def is_in_place(file: FileIO, path: Path) -> bool:
    """Whether an open file still lies at `path`: writing to one that was removed succeeds, and all of it is lost."""
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except OSError:
        return False


def part_path(path: Path, pid: int) -> Path:
    """The temporary file of a process that is `replacing` the file `path`; a very long name is cut at its end."""
    ending = f".{pid}.part"
    kept = os.fsencode(f".{path.name}")[: NAME_BYTES - len(ending)]
    return path.with_name(kept.decode(errors="ignore") + ending)


def discard_parts(folder: Path, age_s: float = ABANDONED_S) -> None:
    """Remove from `folder` the temporary files that killed processes left: those not written for `age_s`. Never
    raises."""
    with contextlib.suppress(OSError):
        for part in [entry for entry in folder.iterdir() if PART.fullmatch(entry.name)]:
            with contextlib.suppress(OSError):
                if time.time() - part.stat().st_mtime >= age_s:
                    part.unlink()


def require_free(path: Path, overwrite: bool) -> None:
    """Raises FileError when `path` exists and must not be replaced, is a folder, or cannot be written: checked
    before long work, not after it."""
    try:
        is_folder = stat.S_ISDIR(path.stat().st_mode)
    except FileNotFoundError as error:
        if not path.parent.is_dir():
            raise file_error(error, path) from error
    except OSError as error:
        raise file_error(error, path) from error
    else:
        if is_folder:
            raise FileError(IS_FOLDER(path=path))
        if not overwrite:
            raise FileError(EXISTS(path=path))
    require_writable(path.parent)


def require_writable(folder: Path) -> None:
    """Raises FileError for a folder in which nothing can be written: checked before long work, not after it."""
    if folder.is_dir() and not os.access(folder, os.W_OK):
        raise file_error(PermissionError(), folder)


def make_folder(path: Path) -> None:
    """Create a folder with its parents. Raises FileError."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise file_error(error, path) from error
