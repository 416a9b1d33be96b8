"""Packed clips: a folder NAME with NAME.json (`clips`: start, frames ...) beside NAME.flac or NAME.ogg."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import numpy as np
import soundfile

from realtime.contract import SAMPLE_RATE, FloatArray
from realtime.errors import DataError, FileError
from realtime.limits import Limits
from realtime.system.regular_file import MIB, read_regular
from realtime.validation import Count, Size, build, read_json, within
from training.data.corpus.paths import MissingCorpusError, require

MOST_TABLE = 64 * MIB


@dataclass(frozen=True)
class Clip:
    """samples: float32 (n,) at 16 kHz, n > 0. direct: sample of the direct sound (rooms). kind: class (noise) or name.

    source: what it was cut from (noise: recording or speaker; rooms: room, channel and position), or, for noise that
    was computed, "generated" and the class.
    """

    samples: FloatArray
    kind: str
    direct: int = 0
    source: str = ""


@dataclass(frozen=True)
class Entry:
    """Where a clip lies in the recording. direct_ms: from its first sample to the direct sound; cls: class of a noise;
    name: of a room."""

    start: Count
    frames: Size
    direct_ms: Annotated[float, within(Limits(0.0, 10_000.0))] | None = None
    cls: str = ""
    name: str = ""
    source: str = ""


@dataclass(frozen=True)
class PackedClips:
    """NAME.json of a packed folder."""

    sample_rate: Size
    clips: tuple[Entry, ...]


def read_clips(folder: Path, part: str) -> list[Clip]:
    """All clips of a packed folder; `part` ("rooms", "noise") names it in MissingCorpusError, when something is not
    there. Raises FileError when it cannot be read or is not as its table says."""
    require(folder, part)
    table = require(folder / f"{folder.name}.json", part)
    audio_path = next((p for s in (".flac", ".ogg") if (p := table.with_suffix(s)).exists()), None)
    if audio_path is None:
        raise MissingCorpusError(f"{table} has neither a .flac nor an .ogg beside it")
    try:
        audio, rate = soundfile.read(audio_path, dtype="float32")
        packed = build(PackedClips, read_json(read_regular(table, MOST_TABLE)))
        if not rate == packed.sample_rate == SAMPLE_RATE or audio.ndim > 1:
            raise ValueError(f"{audio_path.name} is not mono with {SAMPLE_RATE} samples a second")
        return [clip_of(audio, entry) for entry in packed.clips]
    except (OSError, ValueError, DataError, soundfile.LibsndfileError) as error:
        raise FileError(f"{folder} cannot be read as packed clips: {str(error).removesuffix('.')}.") from error


def clip_of(audio: FloatArray, entry: Entry) -> Clip:
    """The clip of an entry of the table. ValueError when it is not inside `audio`."""
    samples = audio[entry.start : entry.start + entry.frames].copy()
    if len(samples) < entry.frames:
        raise ValueError(f"a clip of {entry.frames} samples from {entry.start} on is not in it")
    direct = arrival(samples) if entry.direct_ms is None else round(entry.direct_ms * SAMPLE_RATE / 1000)
    if not direct < len(samples):
        raise ValueError(f"direct_ms is {entry.direct_ms}, expected a place inside the clip")
    kind = entry.cls or entry.name
    source = entry.source or kind
    return Clip(samples, kind, direct, f"{source} {kind}" if source == "generated" else source)


def arrival(response: FloatArray) -> int:
    """The sample with which a room's direct sound arrives: the first within 6 dB of the loudest (for the measured rooms
    of our corpus 0 to 1.7 ms from where their tables say, 0.06 in the median). A room's silence before it would move
    the sound away from its labels."""
    level = np.abs(response)
    return int(np.argmax(level >= 0.5 * level.max()))


def held_out(clips: list[Clip], sources: tuple[str, ...], validation: bool) -> list[Clip]:
    """The clips whose source begins like one of `sources` for validation, the others for training.

    Beginnings, because all channels and positions of a room, and all parts of a recording, must stay together.
    """
    return [clip for clip in clips if clip.source.startswith(sources) == validation]
