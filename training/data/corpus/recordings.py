"""Recordings with aligned notes: a folder of NAME.opus / .flac / .wav ... beside NAME.mid."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import soxr

from realtime.audio.clean import clean
from realtime.audio.files import open_audio
from realtime.contract import SAMPLE_RATE
from realtime.errors import FileError
from realtime.midi.reader import MIDI_SUFFIXES
from realtime.notes import NoteTable
from training.data.corpus.midi import read_midi
from training.data.corpus.paths import MissingCorpusError, require

AUDIO_SUFFIXES = (".opus", ".flac", ".wav", ".ogg", ".mp3", ".m4a")


@dataclass(frozen=True)
class Recording:
    """audio: float32 (n,) mono at 16 kHz; performance: its notes, on the same time line."""

    name: str
    audio: npt.NDArray[np.float32]
    performance: NoteTable

    @property
    def seconds(self) -> float:
        return len(self.audio) / SAMPLE_RATE


def pairs(folder: Path) -> list[tuple[Path, Path]]:
    """(audio, MIDI) of every recording in `folder`, sorted by name; MissingCorpusError when there is none."""
    require(folder, "recordings")
    found = [(audio, midi) for audio, midi in with_midi(folder) if midi is not None]
    if not found:
        raise MissingCorpusError(f"{folder} holds no audio file with a MIDI file of the same name beside it")
    return found


def with_midi(folder: Path) -> list[tuple[Path, Path | None]]:
    """Every audio file in `folder`, sorted by name, and the MIDI file of its name, or None."""
    files = sorted(folder.iterdir())
    midi = {path.stem: path for path in reversed(files) if path.suffix.lower() in MIDI_SUFFIXES}
    return [(path, midi.get(path.stem)) for path in files if path.suffix.lower() in AUDIO_SUFFIXES]


def read_audio(path: Path) -> npt.NDArray[np.float32]:
    """float32 (n,) mono at 16 kHz, channels averaged, any rate resampled as a whole, NaN and Inf as 0.

    Raises FileError for a file that cannot be read or holds no sound.
    """
    file = open_audio(path)
    blocks = [clean(block)[0].mean(axis=1) for block in file.blocks()]
    if not blocks:
        raise FileError(f"{path} holds no sound.")
    mono = np.concatenate(blocks)
    if file.rate != SAMPLE_RATE:
        mono = soxr.resample(mono, file.rate, SAMPLE_RATE)
    return np.ascontiguousarray(mono, np.float32)


class RecordingFolder:
    """Lazily read recordings, kept as 16-bit samples (1.98 h of `maps-train` take 230 MB)."""

    def __init__(self, folder: Path) -> None:
        self._pairs = pairs(folder)
        self._kept: dict[int, tuple[npt.NDArray[np.int16], NoteTable]] = {}

    def __len__(self) -> int:
        return len(self._pairs)

    def __getitem__(self, index: int) -> Recording:
        audio_path, midi_path = self._pairs[index]
        if index not in self._kept:
            audio = np.clip(read_audio(audio_path), -1.0, 1.0)
            self._kept[index] = ((audio * 32767).astype(np.int16), read_midi(midi_path))
        samples, performance = self._kept[index]
        return Recording(audio_path.stem, samples.astype(np.float32) / np.float32(32767), performance)
