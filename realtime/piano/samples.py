"""A sampled piano on disk: NAME.json beside one audio file a microphone, read as voices.

A voice is one key at one layer. Banks with one or two layers do not change timbre with velocity, so their layers are
split into softer ones by a low-pass whose corner follows the key.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import soundfile
import soxr

from realtime.contract import HIGHEST_PITCH, KEYS, LOWEST_PITCH, SAMPLE_RATE, Float64Array, FloatArray, IntArray
from realtime.errors import FileError
from realtime.piano.bank import BROKEN, Noise, Region, read_bank_table
from realtime.words import Phrase

LACKING = Phrase("piano.lacking", "{folder} lacks {file}")
OTHER_SOUND = Phrase(
    "piano.other_sound", "{path} is broken, or not the mono sound of its table. Copy or install it again."
)

_FADE_IN, _FADE_OUT = 8, 800
_LEVEL_S = 0.3
_SUFFIXES = (".flac", ".ogg")
_MOST_UNEVEN_DB = 4.0
# Upper velocity and low-pass corner in multiples of the fundamental, for each part of a split layer.
_ONE_LAYER_PARTS: tuple[tuple[float, float | None], ...] = ((0.24, 3.0), (0.43, 6.0), (0.67, 12.0), (1.0, None))
_TWO_LAYER_PARTS: tuple[tuple[float, float | None], ...] = ((0.5, 7.0), (1.0, None))


@dataclass(frozen=True)
class Voice:
    """How one voice is made from a region of the bank, and its measured loudness.

    start, frames: samples of the recording. ratio: how many times as fast it is read. corner: of its low-pass, Hz.
    """

    key: int
    start: int
    frames: int
    ratio: float
    corner: float | None
    gain: float
    level_db: float
    middle_velocity: float

    @property
    def length(self) -> int:
        """Samples at its own pitch."""
        return int(np.floor(self.frames / self.ratio))


@dataclass(frozen=True)
class Build:
    """How a piano differs from the sampled one that it is made of.

    strings: semitones; a key reads the strokes of the key so much higher, at its own pitch: shorter and stiffer strings
    where positive. cents, level_db: (88,) tuning and loudness of each key against the sampled piano.
    """

    strings: int
    cents: Float64Array
    level_db: Float64Array


AS_SAMPLED = Build(0, np.zeros(KEYS), np.zeros(KEYS))


class SampledPiano:
    """The voices of one piano; each recording is read when the first voice is made of it.

    voice_of: (88, 128) voice by key and velocity. lead: (V,) samples before each attack. natural_gain, level_db
    (natural level), middle_velocity: (V,). reference_db: (88,) level of each key at velocity 127, smoothed over keys.
    release_voice: (88,) -1 where the bank has no release noise. pedal_voices: [down noises, up noises].
    """

    def __init__(self, folder: Path, attack_lag_s: float = 0.0, build: Build = AS_SAMPLED) -> None:
        """attack_lag_s: by how much its microphones hear attacks late. Raises FileError when `folder` holds no piano
        for our rate, ValueError when its table leaves a key without a sample."""
        self.name, self._folder, self._build = folder.name, folder, build
        table = read_bank_table(folder)
        self.channels = list(table.channels)
        self.voices, self.voice_of = _key_voices(table.regions, table.layers, build)
        self.reference_db = _reference_level(table.regions, build.strings)
        self._add_noises(table.extras)
        lead_s = table.onset_ms / 1000 + attack_lag_s
        self.lead: IntArray = np.round([lead_s * SAMPLE_RATE / v.ratio for v in self.voices]).astype(np.int64)
        self.level_db: Float64Array = np.array([v.level_db for v in self.voices])
        self.middle_velocity: Float64Array = np.array([v.middle_velocity for v in self.voices])
        self.natural_gain: Float64Array = np.array([v.gain for v in self.voices]) / table.stored_peak
        self._recorded: dict[int, npt.NDArray[np.float16]] = {}

    def _add_noises(self, extras: Sequence[Noise]) -> None:
        self.release_voice = np.full(KEYS, -1, np.int64)
        self.pedal_voices: tuple[list[int], list[int]] = ([], [])
        for extra in extras:
            key = extra.key if extra.key is not None else 60
            if extra.kind == "release":
                self.release_voice[key - LOWEST_PITCH] = len(self.voices)
            else:
                self.pedal_voices[0 if extra.kind == "pedal_down" else 1].append(len(self.voices))
            self.voices.append(Voice(key, extra.start, extra.frames, 1.0, None, extra.gain, 0.0, 127.0))

    def stroke_gain(
        self, key: IntArray, voice: IntArray, velocity: IntArray, gamma: float, uneven: float
    ) -> Float64Array:
        """(N,) gains: loudness from the velocity, timbre from the layer (layers were levelled by their makers).

        gamma: loudness falls by gamma * 20 log10(velocity / 127) dB. uneven: share kept of each sample's own
        deviation from that.
        """
        curve = gamma * 20
        wanted = self.reference_db[key] + curve * np.log10(np.maximum(velocity, 1) / 127)
        natural = self.level_db[voice]
        own = natural - (self.reference_db[key] + curve * np.log10(self.middle_velocity[voice] / 127))
        level = wanted + uneven * np.clip(own, -_MOST_UNEVEN_DB, _MOST_UNEVEN_DB) - natural + self._build.level_db[key]
        return np.asarray(self.natural_gain[voice] * 10 ** (level / 20), np.float64)

    def samples(self, voice: int) -> FloatArray:
        """(microphones, n) of one voice at its own pitch, faded at both ends; `natural_gain` is still to be applied.

        Raises FileError when the recordings are not there or broken.
        """
        made = self.voices[voice]
        source = self._recording(made.start, made.frames).astype(np.float32)
        if made.corner is not None:
            source = _softened(source, made.corner)
        if abs(made.ratio - 1) > 1e-6:
            source = soxr.resample(source.T, made.ratio, 1.0, quality="HQ").T
        frames = int(min(made.length, source.shape[1]))
        samples: FloatArray = source[:, :frames].copy()
        fade_in, fade_out = min(_FADE_IN, frames), min(_FADE_OUT, frames)
        samples[:, :fade_in] *= np.linspace(0, 1, fade_in, dtype=np.float32)
        samples[:, frames - fade_out :] *= np.linspace(1, 0, fade_out, dtype=np.float32)
        return samples

    def forget_recordings(self) -> None:
        """Let go of what was read from disk; the next voice reads it anew."""
        self._recorded.clear()

    def _recording(self, start: int, frames: int) -> npt.NDArray[np.float16]:
        """(microphones, frames), kept for the other voices that are made of it."""
        if start not in self._recorded:
            self._recorded[start] = np.stack([_read(path, start, frames) for path in self._audio_paths()])
        return self._recorded[start]

    def _audio_paths(self) -> list[Path]:
        stems = [self._folder / f"{self.name}.{channel}" for channel in self.channels]
        paths = [next((p for s in _SUFFIXES if (p := Path(f"{stem}{s}")).exists()), None) for stem in stems]
        if None in paths:
            raise FileError(LACKING(folder=self._folder, file=f"{self.name}.{self.channels[paths.index(None)]}.ogg"))
        return [path for path in paths if path is not None]


def _read(path: Path, start: int, frames: int) -> npt.NDArray[np.float16]:
    try:
        samples, rate = soundfile.read(path, frames, start, dtype="float32")
    except soundfile.LibsndfileError as error:
        raise FileError(BROKEN(path=path)) from error
    if len(samples) < frames or rate != SAMPLE_RATE or samples.ndim > 1:  # half a copy would be a piano of silent keys
        raise FileError(OTHER_SOUND(path=path))
    return np.asarray(samples, np.float16)


def _key_voices(regions: Sequence[Region], layers: int, build: Build) -> tuple[list[Voice], IntArray]:
    """All voices, and (88, 128) -> voice; velocity 0 reads as 1."""
    voices: list[Voice] = []
    voice_of = np.full((KEYS, 128), -1, np.int64)
    for region in regions:
        for key in _keys_of(region, build.strings):
            low = region.lovel
            for high, corner in _parts(region.lovel, region.hivel, layers):
                voice_of[key - LOWEST_PITCH, low : high + 1] = len(voices)
                cents = region.tune + build.cents[key - LOWEST_PITCH]
                voices.append(_key_voice(region, key, cents, corner, (region.lovel + region.hivel) / 2))
                low = high + 1
    voice_of[:, 0] = voice_of[:, 1]
    if (voice_of < 0).any():
        raise ValueError("the bank leaves keys or velocities without a sample")
    return voices, voice_of


def _keys_of(region: Region, strings: int) -> range:
    """The keys that read a region's strokes. The outermost regions serve what lies beyond them."""
    first = LOWEST_PITCH if region.lokey <= LOWEST_PITCH else max(LOWEST_PITCH, region.lokey - strings)
    last = HIGHEST_PITCH if region.hikey >= HIGHEST_PITCH else min(HIGHEST_PITCH, region.hikey - strings)
    return range(first, last + 1)


def _key_voice(region: Region, key: int, cents: float, corner: float | None, middle: float) -> Voice:
    ratio = 2.0 ** ((key - region.key + cents / 100) / 12)
    fundamental = 440.0 * 2.0 ** ((region.key - 69) / 12)
    corner_hz = None if corner is None else min(corner * fundamental, 0.45 * SAMPLE_RATE)
    return Voice(key, region.start, region.frames, ratio, corner_hz, region.gain, region.level_db, middle)


def _parts(low: int, high: int, layers: int) -> list[tuple[int, float | None]]:
    """(upper velocity, corner) of each softened part of one layer, the last one as recorded."""
    parts = {1: _ONE_LAYER_PARTS, 2: _TWO_LAYER_PARTS}.get(layers, ((1.0, None),))
    return [(low - 1 + round(share * (high - low + 1)), corner) for share, corner in parts]


def _reference_level(regions: Sequence[Region], strings: int) -> Float64Array:
    """(88,) dB: level of the loudest layer, a running median over five sampled keys, between them linear."""
    top = max(r.hivel for r in regions)
    keys, levels = np.array(sorted((r.key, r.level_db) for r in regions if r.hivel == top)).T
    smooth = [float(np.median(levels[max(0, i - 2) : i + 3])) for i in range(len(levels))]
    return np.interp(np.arange(LOWEST_PITCH, LOWEST_PITCH + KEYS) + strings, keys, smooth)


def _softened(samples: FloatArray, corner_hz: float) -> FloatArray:
    """One-pole low-pass, with the level of the first 0.3 s restored; (microphones, n) -> the same shape."""
    pole = float(np.exp(-2 * np.pi * corner_hz / SAMPLE_RATE))
    size = 2 * samples.shape[1]  # as long again in zeros: the filter's ringing does not come round to the start
    response = (1 - pole) / (1 - pole * np.exp(-2j * np.pi * np.arange(size // 2 + 1) / size))
    soft = np.fft.irfft(np.fft.rfft(samples, size) * response, size)[:, : samples.shape[1]].astype(np.float32)
    head = int(_LEVEL_S * SAMPLE_RATE)
    before, after = np.sqrt((samples[:, :head] ** 2).mean()), np.sqrt((soft[:, :head] ** 2).mean())
    return np.asarray(soft * (before / max(float(after), 1e-9)), np.float32)
