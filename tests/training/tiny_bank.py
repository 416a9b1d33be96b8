"""A bank small enough to compute by hand: one sample under all keys, without loss."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import numpy.typing as npt
import soundfile

ROOT = 60
LEAD = 24
LEVEL = 0.5


def step(seconds: float = 2.0) -> npt.NDArray[np.float32]:
    """Silence for LEAD samples, then the constant LEVEL."""
    return np.concatenate([np.zeros(LEAD), np.full(round(seconds * 16000), LEVEL)]).astype(np.float32)


def tone(seconds: float = 2.0, hz: float = 400.0) -> npt.NDArray[np.float32]:
    time = np.arange(round(seconds * 16000)) / 16000
    return np.concatenate([np.zeros(LEAD), LEVEL * np.cos(2 * np.pi * hz * time)]).astype(np.float32)


def write_bank(folder: Path, samples: npt.NDArray[np.float32], layers: int = 3) -> Path:
    """A bank of one region; `layers` is only claimed (three or more keep the bank from softening its sample)."""
    folder.mkdir(parents=True)
    soundfile.write(folder / f"{folder.name}.L.flac", samples, 16000, subtype="PCM_24")
    region = {"key": ROOT, "lokey": 21, "hikey": 108, "lovel": 1, "hivel": 127, "start": 0, "frames": len(samples)}
    region |= {"gain": 1.0, "level_db": -20.0, "tune": 0}
    info = {"sample_rate": 16000, "channels": "L", "stored_peak": 1.0, "onset_ms": 1.5, "layers": layers}
    (folder / f"{folder.name}.json").write_text(json.dumps({**info, "regions": [region], "extras": []}))
    return folder
