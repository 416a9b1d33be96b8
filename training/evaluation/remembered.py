"""What a peer heard in a recording, kept on disk: the slow ones need minutes for one, and hear the same every time."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import platformdirs

from realtime.notes import COLUMNS, NoteTable
from realtime.system.storage import make_folder, replacing

KEPT = tuple(column for column in COLUMNS if column != "confidence")  # which peers do not tell
Listener = Callable[[Path], NoteTable]


def memory_folder() -> Path:
    """Where it is kept; deleting it costs nothing but time."""
    return platformdirs.user_cache_path("liszten", appauthor=False) / "peers"


def remembering(name: str, listener: Listener, folder: Path) -> Listener:
    """`listener`, which hears a file of the same content only once for each version of the package `name`.

    What it raises is not kept. Raises FileError when `folder` cannot be written.
    """

    def hear(audio: Path) -> NoteTable:
        kept = folder / f"{name}-{installed_version(name)}" / f"{hashlib.sha256(audio.read_bytes()).hexdigest()}.npz"
        heard = recall(kept)
        if heard is None:
            heard = listener(audio)
            make_folder(kept.parent)
            with replacing(kept) as file:
                np.savez(file, **{column: getattr(heard, column) for column in KEPT})
        return heard

    return hear


def recall(kept: Path) -> NoteTable | None:
    """What is kept in a file; None when there is none, or nothing that can be read."""
    try:
        with np.load(kept) as columns:
            return NoteTable(*(columns[name] for name in KEPT))
    except (OSError, EOFError, ValueError, LookupError, TypeError, BadZipFile):
        return None


def installed_version(package: str) -> str:
    """Of the package that is imported as such; "unknown" where that is no distribution of its own."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "unknown"
