"""Takes that commands read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from realtime.cli.console import Console

if TYPE_CHECKING:
    from realtime.takes.notes import TakeNotes


def read_take(path: Path, console: Console) -> TakeNotes:
    """The notes of a take; what of them was left out or could not be read is a remark. Raises FileError."""
    from realtime.takes import reader

    notes = reader.read_take(path)
    for remark in notes.remarks:
        console.say(str(remark))
    return notes
