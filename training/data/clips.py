"""Packed clips: a folder NAME with NAME.json (`clips`: start, frames ...) beside NAME.flac or NAME.ogg."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import soundfile

from realtime.contract import SAMPLE_RATE
from training.data.paths import MissingCorpusError, require


@dataclass(frozen=True)
class Clip:
    """samples: float32 (n,) at 16 kHz. direct: sample of the direct sound (rooms). kind: class (noise) or name.

    source: what it was cut from (noise: recording or speaker; rooms: room, channel and position), or, for noise that
    was computed, "generated" and the class.
    """

    samples: npt.NDArray[np.float32]
    kind: str
    direct: int = 0
    source: str = ""


def read_clips(folder: Path, part: str) -> list[Clip]:
    """All clips of a packed folder; `part` ("rooms", "noise") names it in MissingCorpusError."""
    require(folder, part)
    table = require(folder / f"{folder.name}.json", part)
    info = json.loads(table.read_text(encoding="utf-8"))
    if info["sample_rate"] != SAMPLE_RATE:
        raise ValueError(f"{table}: sample rate {info['sample_rate']}, expected {SAMPLE_RATE}")
    audio_path = next((p for s in (".flac", ".ogg") if (p := table.with_suffix(s)).exists()), None)
    if audio_path is None:
        raise MissingCorpusError(f"{table} has neither a .flac nor an .ogg beside it")
    audio, _ = soundfile.read(audio_path, dtype="float32")
    clips = []
    for clip in info["clips"]:
        samples = audio[clip["start"] : clip["start"] + clip["frames"]].copy()
        direct = round(clip.get("direct_ms", 0.0) * SAMPLE_RATE / 1000)
        kind = clip.get("cls", clip.get("name", ""))
        source = clip.get("source", kind)
        clips.append(Clip(samples, kind, direct, f"{source} {kind}" if source == "generated" else source))
    return clips


def held_out(clips: list[Clip], sources: tuple[str, ...], validation: bool) -> list[Clip]:
    """The clips whose source begins like one of `sources` for validation, the others for training.

    Beginnings, because all channels and positions of a room, and all parts of a recording, must stay together.
    """
    return [clip for clip in clips if clip.source.startswith(sources) == validation]
