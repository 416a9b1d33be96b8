"""Audio files as blocks: libsndfile's formats through soundfile, all others through PyAV."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from realtime.contract import FloatArray


class AudioFile(Protocol):
    """An audio file that can be read. samples: per channel; for compressed formats an estimate, or None."""

    path: Path
    rate: int
    channels: int
    samples: int | None

    def blocks(self, start_s: float = 0.0, end_s: float | None = None) -> Iterator[FloatArray]:
        """float32 (n, channels) blocks of the stretch start_s .. end_s. Raises FileError when the file breaks off."""
        ...


def open_audio(path: Path | str) -> AudioFile:
    """Raises FileError for a file that is missing, a folder, unreadable, no audio, or without samples."""
    raise NotImplementedError
