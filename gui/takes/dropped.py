"""Which of the files that are dropped or chosen are for us."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from realtime.midi.reader import MIDI_SUFFIXES

AUDIO_SUFFIXES = (".wav", ".flac", ".mp3", ".ogg", ".opus", ".m4a", ".aac", ".aif", ".aiff", ".mp4", ".webm", ".wma")
SUFFIXES = (*AUDIO_SUFFIXES, *MIDI_SUFFIXES)


def files_in(paths: Iterable[Path]) -> Iterator[Path]:
    """Files as they are, and those of folders that are named like music, in order of name."""
    for path in paths:
        if path.is_dir():
            found = (entry for entry in _entries(path) if entry.suffix.lower() in SUFFIXES)
            yield from (entry for entry in found if entry.is_file())
        else:
            yield path


def _entries(folder: Path) -> list[Path]:
    """None of a folder that may not be read."""
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []
