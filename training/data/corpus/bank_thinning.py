"""Make a small bank of a large one: fewer layers, one microphone, shorter samples."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import soundfile

from realtime.contract import SAMPLE_RATE
from realtime.piano.bank import read_bank_table
from realtime.validation import read_json

# Silence before and after each sample: lossy coding spreads every attack over some hundred samples.
_GAP = 1600
_FADE = 1600


def thin_bank(source: Path, target: Path, layers: int | None, channel: str, longest_s: float, quality: float) -> None:
    """Write `target`/NAME.json and NAME.ogg parts from the bank in `source`. `target` must not exist.

    layers: how many velocity layers stay, spread over those there are; their ranges widen to close the gaps. None: all.
    channel: the microphone to keep, "L" or "R". quality: 0-1, of Ogg Vorbis. Raises FileError for what is no bank.
    """
    read_bank_table(source)  # checked here; keys that it does not know are kept
    info: dict[str, Any] = read_json((source / f"{source.name}.json").read_bytes())
    audio, _ = soundfile.read(source / f"{source.name}.{channel}.ogg", dtype="float32")
    regions, parts, position = [], [np.zeros(_GAP, np.float32)], _GAP
    kept = info["regions"] if layers is None else _widened(info["regions"], layers)
    for region in kept:
        samples = _shortened(audio[region["start"] : region["start"] + region["frames"]], longest_s)
        regions.append({**region, "start": position, "frames": len(samples)})
        parts += [samples, np.zeros(_GAP, np.float32)]
        position += len(samples) + _GAP
    target.mkdir(parents=True)
    thin = {**info, "name": target.name, "channels": channel, "regions": regions, "extras": []}
    thin["layers"] = info["layers"] if layers is None else layers
    (target / f"{target.name}.json").write_text(json.dumps(thin, indent=0), encoding="utf-8")
    _write_ogg(target / f"{target.name}.{channel}.ogg", np.concatenate(parts), quality)


def _widened(regions: list[dict[str, Any]], layers: int) -> list[dict[str, Any]]:
    """The regions of the layers that stay: the loudest always, each reaching down to the one below it."""
    highs = sorted({r["hivel"] for r in regions})
    kept = [highs[round(i * (len(highs) - 1) / max(1, layers - 1))] if layers > 1 else highs[-1] for i in range(layers)]
    low_of = {high: (kept[i - 1] + 1 if i else 1) for i, high in enumerate(kept)}
    return [{**r, "lovel": low_of[r["hivel"]]} for r in regions if r["hivel"] in low_of]


def _shortened(samples: npt.NDArray[np.float32], longest_s: float) -> npt.NDArray[np.float32]:
    limit = round(longest_s * SAMPLE_RATE)
    if len(samples) <= limit:
        return samples
    short = samples[:limit].copy()
    short[-_FADE:] *= np.linspace(1, 0, _FADE, dtype=np.float32) ** 2
    return short


def _write_ogg(path: Path, audio: npt.NDArray[np.float32], quality: float) -> None:
    """In pieces: libsndfile overflows its stack when it is given minutes of Vorbis at once."""
    with soundfile.SoundFile(
        path, "w", SAMPLE_RATE, 1, format="OGG", subtype="VORBIS", compression_level=1 - quality
    ) as file:
        for i in range(0, len(audio), SAMPLE_RATE):
            file.write(audio[i : i + SAMPLE_RATE])
