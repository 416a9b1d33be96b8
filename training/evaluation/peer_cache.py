"""Peers' transcriptions of recordings, kept on disk: the slow ones need minutes, and give the same every time."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import platformdirs

from realtime.notes import COLUMNS, NoteTable
from realtime.system.storage import make_folder, replace_file

CACHED_COLUMNS = tuple(column for column in COLUMNS if column != "confidence")  # which peers do not give
Transcriber = Callable[[Path], NoteTable]


def cache_folder(what: str) -> Path:
    """Where something of an evaluation is kept; deleting it costs nothing but time."""
    return platformdirs.user_cache_path("liszten", appauthor=False) / what


def cached(name: str, transcriber: Transcriber, folder: Path) -> Transcriber:
    """`transcriber`, called only once for files of the same content and each version of the package `name`.

    Errors are not kept. Raises FileError when `folder` cannot be written.
    """

    def transcribe(audio: Path) -> NoteTable:
        kept = folder / f"{name}-{installed_version(name)}" / f"{hashlib.sha256(audio.read_bytes()).hexdigest()}.npz"
        estimated = read_cached(kept)
        if estimated is None:
            estimated = transcriber(audio)
            make_folder(kept.parent)
            content = io.BytesIO()
            np.savez(content, **{column: getattr(estimated, column) for column in CACHED_COLUMNS})
            replace_file(kept, content.getbuffer())
        return estimated

    return transcribe


def read_cached(kept: Path) -> NoteTable | None:
    """The notes in a file; None when there is no file, or none that can be read."""
    try:
        with np.load(kept) as columns:
            return NoteTable(*(columns[name] for name in CACHED_COLUMNS))
    except (OSError, EOFError, ValueError, LookupError, TypeError, BadZipFile):
        return None


def installed_version(package: str) -> str:
    """Of the package that is imported as such; "unknown" where that is no distribution of its own."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "unknown"
