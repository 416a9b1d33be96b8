"""A sampled piano as voices: one flat tensor of pitch-shifted samples, each made when it is first needed.

A voice is one key at one layer. Banks with one or two layers do not change timbre with velocity, so their layers are
split into softer ones by a low-pass whose corner follows the key.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import soundfile
import soxr
import torch
from scipy.signal import lfilter
from torch import Tensor

from realtime.contract import KEYS, LOWEST_PITCH, SAMPLE_RATE
from training.data.notes import IntArray
from training.data.paths import MissingCorpusError, require

BLOCK = 1024
AUDIBLE_RANGE_DB = 50.0
_FADE_IN, _FADE_OUT = 8, 800
_LEVEL_S = 0.3
_SUFFIXES = (".flac", ".ogg")
# Upper velocity and low-pass corner in multiples of the fundamental, for each part of a split layer.
_ONE_LAYER_PARTS: tuple[tuple[float, float | None], ...] = ((0.24, 3.0), (0.43, 6.0), (0.67, 12.0), (1.0, None))
_TWO_LAYER_PARTS: tuple[tuple[float, float | None], ...] = ((0.5, 7.0), (1.0, None))
# Distant microphones hear a slower attack: 0 ms (spectral flux) to 6.4 ms (a trained transcriber) behind the other
# banks. Their sound is moved ahead by the middle of the two.
ATTACK_LAG_MS = {"headroom_decca": 3.2}


@dataclass(frozen=True)
class Voice:
    """How one voice is made from a region of the bank, and its measured loudness."""

    key: int
    start: int
    frames: int
    ratio: float
    corner: float | None
    gain: float
    level_db: float
    middle_velocity: float


class Bank:
    """Voices of one piano. `flat` holds the samples, float16 (1 or 2 microphones, total), BLOCK zeros between voices.

    voice_of: (88, 128) voice by key and velocity. first, frames, lead (samples before the attack): (V,).
    level_db: (V,) natural level; reference_db: (88,) level of each key at velocity 127, smoothed over keys.
    release_voice: (88,) -1 where the bank has no release noise. pedal_voices: [down noises, up noises].
    """

    def __init__(self, folder: Path) -> None:
        require(folder, "pianos")
        self.name = folder.name
        table = folder / f"{folder.name}.json"
        if not table.exists():
            raise MissingCorpusError(f"{table} does not exist; a piano folder NAME holds NAME.json and NAME.L.ogg")
        info: dict[str, Any] = json.loads(table.read_text(encoding="utf-8"))
        if info["sample_rate"] != SAMPLE_RATE:
            raise ValueError(f"{table}: sample rate {info['sample_rate']}, expected {SAMPLE_RATE}")
        self._folder, self._channels = folder, list(info["channels"])
        self._source: npt.NDArray[np.float16] | None = None
        self._peak = float(info["stored_peak"])
        self._lead_s = (float(info["onset_ms"]) + ATTACK_LAG_MS.get(self.name, 0.0)) / 1000
        voices, self.voice_of = _key_voices(info["regions"], int(info["layers"]))
        self.reference_db = _reference_level(info["regions"])
        self._add_noises(voices, info.get("extras", []))
        self._lay_out(voices)

    def _add_noises(self, voices: list[Voice], extras: list[dict[str, Any]]) -> None:
        self.release_voice = np.full(KEYS, -1, np.int64)
        self.pedal_voices: tuple[list[int], list[int]] = ([], [])
        for extra in extras:
            key = extra["key"] if extra["key"] is not None else 60
            if extra["kind"] == "release":
                self.release_voice[key - LOWEST_PITCH] = len(voices)
            else:
                self.pedal_voices[0 if extra["kind"] == "pedal_down" else 1].append(len(voices))
            voices.append(Voice(key, extra["start"], extra["frames"], 1.0, None, extra["gain"], 0.0, 127.0))

    def _lay_out(self, voices: list[Voice]) -> None:
        self._voices = voices
        ratios = np.array([v.ratio for v in voices])
        self.frames: IntArray = np.floor(np.array([v.frames for v in voices]) / ratios).astype(np.int64)
        self.first: IntArray = np.cumsum(self.frames + BLOCK) - self.frames
        self.lead: IntArray = np.round(self._lead_s * SAMPLE_RATE / ratios).astype(np.int64)
        self.level_db = np.array([v.level_db for v in voices])
        self.middle_velocity = np.array([v.middle_velocity for v in voices])
        self.natural_gain = np.array([v.gain / self._peak for v in voices])
        self.audible = self.frames.copy()
        # Zeroed pages are only committed when a voice is written.
        total = int(self.first[-1] + self.frames[-1]) + 2 * BLOCK
        self.flat: Tensor = torch.zeros(len(self._channels), total, dtype=torch.float16)
        self._ready = np.zeros(len(voices), np.bool_)

    def prepare(self, voices: Iterable[int]) -> None:
        """Make these voices' samples, unless they are made already."""
        for voice in np.unique(np.fromiter(voices, np.int64)):
            if not self._ready[voice]:
                self._make(int(voice))

    def prepare_all(self) -> None:
        """Make every voice and let go of the recorded samples: from here on the bank's memory is constant."""
        self.prepare(range(len(self._voices)))
        self._source = None

    def to(self, device: torch.device) -> None:
        """Move the samples to `device`; away from the CPU every voice is made first, since they are made there."""
        if device.type != "cpu":
            self.prepare_all()
        self.flat = self.flat.to(device)

    def _make(self, index: int) -> None:
        voice = self._voices[index]
        source = self._read_source()[:, voice.start : voice.start + voice.frames].astype(np.float32)
        if voice.corner is not None:
            source = _soften(source, voice.corner)
        shifted = source
        if abs(voice.ratio - 1) > 1e-6:
            shifted = soxr.resample(source.T, voice.ratio, 1.0, quality="HQ").T
        frames = int(min(self.frames[index], shifted.shape[1]))
        samples = shifted[:, :frames].copy()
        fade_in, fade_out = min(_FADE_IN, frames), min(_FADE_OUT, frames)
        samples[:, :fade_in] *= np.linspace(0, 1, fade_in, dtype=np.float32)
        samples[:, frames - fade_out :] *= np.linspace(1, 0, fade_out, dtype=np.float32)
        first = int(self.first[index])
        self.flat[:, first : first + frames] = torch.from_numpy(samples).to(self.flat.device, torch.float16)
        self.audible[index] = _audible_frames(samples)
        self._ready[index] = True

    def _read_source(self) -> npt.NDArray[np.float16]:
        """(microphones, frames)."""
        if self._source is None:
            columns = [soundfile.read(path, dtype="float32")[0].astype(np.float16) for path in self._audio_paths()]
            self._source = np.stack(columns)
        return self._source

    def _audio_paths(self) -> list[Path]:
        stems = [self._folder / f"{self.name}.{channel}" for channel in self._channels]
        paths = [next((p for s in _SUFFIXES if (p := Path(f"{stem}{s}")).exists()), None) for stem in stems]
        if None in paths:
            raise MissingCorpusError(f"{self._folder} lacks {self.name}.{self._channels[paths.index(None)]}.ogg")
        return [path for path in paths if path is not None]


def _key_voices(regions: list[dict[str, Any]], layers: int) -> tuple[list[Voice], IntArray]:
    """All voices, and (88, 128) -> voice; velocity 0 reads as 1."""
    voices: list[Voice] = []
    voice_of = np.full((KEYS, 128), -1, np.int64)
    for region in regions:
        for key in range(max(LOWEST_PITCH, region["lokey"]), min(LOWEST_PITCH + KEYS - 1, region["hikey"]) + 1):
            low = region["lovel"]
            for high, corner in _parts(region["lovel"], region["hivel"], layers):
                voice_of[key - LOWEST_PITCH, low : high + 1] = len(voices)
                voices.append(_key_voice(region, key, corner, (region["lovel"] + region["hivel"]) / 2))
                low = high + 1
    voice_of[:, 0] = voice_of[:, 1]
    if (voice_of < 0).any():
        raise ValueError("the bank leaves keys or velocities without a sample")
    return voices, voice_of


def _key_voice(region: dict[str, Any], key: int, corner: float | None, middle: float) -> Voice:
    ratio = 2.0 ** ((key - region["key"] + region["tune"] / 100) / 12)
    fundamental = 440.0 * 2.0 ** ((region["key"] - 69) / 12)
    corner_hz = None if corner is None else min(corner * fundamental, 0.45 * SAMPLE_RATE)
    return Voice(key, region["start"], region["frames"], ratio, corner_hz, region["gain"], region["level_db"], middle)


def _parts(low: int, high: int, layers: int) -> list[tuple[int, float | None]]:
    """(upper velocity, corner) of each softened part of one layer, the last one as recorded."""
    parts = {1: _ONE_LAYER_PARTS, 2: _TWO_LAYER_PARTS}.get(layers, ((1.0, None),))
    return [(low - 1 + round(share * (high - low + 1)), corner) for share, corner in parts]


def _reference_level(regions: list[dict[str, Any]]) -> npt.NDArray[np.float64]:
    """(88,) dB: level of the loudest layer, a running median over five sampled keys, between them linear."""
    top = max(r["hivel"] for r in regions)
    keys, levels = np.array(sorted((r["key"], r["level_db"]) for r in regions if r["hivel"] == top)).T
    smooth = [float(np.median(levels[max(0, i - 2) : i + 3])) for i in range(len(levels))]
    return np.interp(np.arange(LOWEST_PITCH, LOWEST_PITCH + KEYS), keys, smooth)


def _soften(samples: npt.NDArray[np.float32], corner_hz: float) -> npt.NDArray[np.float32]:
    """One-pole low-pass, with the level of the first 0.3 s restored; (microphones, n) -> the same shape."""
    pole = float(np.exp(-2 * np.pi * corner_hz / SAMPLE_RATE))
    soft = lfilter([1 - pole], [1, -pole], samples, axis=1).astype(np.float32)
    head = int(_LEVEL_S * SAMPLE_RATE)
    before, after = np.sqrt((samples[:, :head] ** 2).mean()), np.sqrt((soft[:, :head] ** 2).mean())
    return np.asarray(soft * (before / max(float(after), 1e-9)), np.float32)


def _audible_frames(samples: npt.NDArray[np.float32]) -> int:
    """Samples until the level (50 ms RMS) stays AUDIBLE_RANGE_DB below its loudest."""
    window = SAMPLE_RATE // 20
    count = samples.shape[1] // window
    if count == 0:
        return int(samples.shape[1])
    power = (samples[:, : count * window] ** 2).mean(axis=0).reshape(count, window).mean(axis=1)
    loud = np.flatnonzero(power > power.max() * 10 ** (-AUDIBLE_RANGE_DB / 10))
    return int((loud[-1] + 1) * window) if len(loud) else int(samples.shape[1])
