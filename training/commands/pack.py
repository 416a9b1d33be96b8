"""`liszten-train pack`: the bundle, and how large it became."""

from __future__ import annotations

import math
from pathlib import Path

from rich.console import Console

from realtime.errors import UsageError
from training.data.segments.segments import SourceConfig
from training.packing.pack import MEGABYTE, pack

SMALLEST_MB = 20.0  # below that code, rooms and noise leave no corpus worth carrying


def pack_command(folder: Path, max_mb: float) -> Path:
    """Pack the corpus of the data folder. Raises UsageError, FileError, MissingCorpusError."""
    if not SMALLEST_MB <= max_mb < math.inf:
        raise UsageError(f"A bundle of {max_mb:g} MB cannot be packed: give --max-mb {SMALLEST_MB:g} or more.")
    console = Console(stderr=True)
    with console.status("packing") as status:
        path = pack(folder, max_mb, SourceConfig(), status.update)
    console.print(f"{path.stat().st_size / MEGABYTE:.1f} MB; its README says how to train from it.")
    return path
