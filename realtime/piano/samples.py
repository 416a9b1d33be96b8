"""A sampled piano on disk: NAME.json beside one audio file per microphone, read as key regions.

A key region is one key at one layer of velocities, made from a region of the table. Banks with one or two layers do not
change timbre with velocity, so their layers are split into softer ones by a low-pass whose corner follows the key.
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
class KeyRegion:
    """One key at one layer: how it is made from a region of the bank, and its measured loudness.

    start, frames: samples of the recording. ratio: by which it is resampled. corner: of its low-pass, Hz.
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

    strings: semitones; a key plays the recording of the key so much higher, at its own pitch: shorter and stiffer
    strings where positive. cents, level_db: (88,) tuning and loudness of each key against the sampled piano.
    """

    strings: int
    cents: Float64Array
    level_db: Float64Array


AS_SAMPLED = Build(0, np.zeros(KEYS), np.zeros(KEYS))


class SampledPiano:
    """The key regions of one piano; each recording is read when the first region is made from it.

    region_of: (88, 128) index of the region by key and velocity. lead: (R,) samples before each attack. natural_gain,
    level_db (natural level), middle_velocity: (R,). reference_db: (88,) level of each key at velocity 127, smoothed
    over keys. release_region: (88,) -1 where the bank has no release noise. pedal_regions: [down noises, up noises].
    """

    def __init__(self, folder: Path, attack_lag_s: float = 0.0, build: Build = AS_SAMPLED) -> None:
        """attack_lag_s: delay of attacks at its microphones. Raises FileError when `folder` holds no piano
        for our rate, ValueError when its table leaves a key without a sample."""
        self.name, self._folder, self._build = folder.name, folder, build
        table = read_bank_table(folder)
        self.channels = list(table.channels)
        self.regions, self.region_of = _key_regions(table.regions, table.layers, build)
        self.reference_db = _reference_level(table.regions, build.strings)
        self._add_noises(table.extras)
        lead_s = table.onset_ms / 1000 + attack_lag_s
        self.lead: IntArray = np.round([lead_s * SAMPLE_RATE / region.ratio for region in self.regions]).astype(
            np.int64
        )
        self.level_db: Float64Array = np.array([each.level_db for each in self.regions])
        self.middle_velocity: Float64Array = np.array([each.middle_velocity for each in self.regions])
        self.natural_gain: Float64Array = np.array([each.gain for each in self.regions]) / table.stored_peak
        self._recorded: dict[int, npt.NDArray[np.float16]] = {}

    def _add_noises(self, extras: Sequence[Noise]) -> None:
        self.release_region = np.full(KEYS, -1, np.int64)
        self.pedal_regions: tuple[list[int], list[int]] = ([], [])
        for extra in extras:
            key = extra.key if extra.key is not None else 60
            if extra.kind == "release":
                self.release_region[key - LOWEST_PITCH] = len(self.regions)
            else:
                self.pedal_regions[0 if extra.kind == "pedal_down" else 1].append(len(self.regions))
            self.regions.append(KeyRegion(key, extra.start, extra.frames, 1.0, None, extra.gain, 0.0, 127.0))

    def note_gain(
        self, key: IntArray, region: IntArray, velocity: IntArray, gamma: float, uneven: float
    ) -> Float64Array:
        """(N,) gains: loudness from the velocity, timbre from the layer (banks have their layers levelled).

        gamma: loudness falls by gamma * 20 log10(velocity / 127) dB. uneven: share kept of each sample's own
        deviation from that.
        """
        curve = gamma * 20
        wanted = self.reference_db[key] + curve * np.log10(np.maximum(velocity, 1) / 127)
        natural = self.level_db[region]
        own = natural - (self.reference_db[key] + curve * np.log10(self.middle_velocity[region] / 127))
        level = wanted + uneven * np.clip(own, -_MOST_UNEVEN_DB, _MOST_UNEVEN_DB) - natural + self._build.level_db[key]
        return np.asarray(self.natural_gain[region] * 10 ** (level / 20), np.float64)

    def samples(self, region: int) -> FloatArray:
        """(microphones, n) of one region at its own pitch, faded at both ends; `natural_gain` is still to be applied.

        Raises FileError when the recordings are not there or broken.
        """
        made = self.regions[region]
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
        """Free the recordings that were read; the next region reads its own again."""
        self._recorded.clear()

    def _recording(self, start: int, frames: int) -> npt.NDArray[np.float16]:
        """(microphones, frames), kept for the other regions that are made from it."""
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
    if (
        len(samples) < frames or rate != SAMPLE_RATE or samples.ndim > 1
    ):  # half of a copied file would leave silent keys
        raise FileError(OTHER_SOUND(path=path))
    return np.asarray(samples, np.float16)


def _key_regions(regions: Sequence[Region], layers: int, build: Build) -> tuple[list[KeyRegion], IntArray]:
    """All key regions, and (88, 128) index of each; velocity 0 counts as 1."""
    key_regions: list[KeyRegion] = []
    region_of = np.full((KEYS, 128), -1, np.int64)
    for region in regions:
        for key in _keys_of(region, build.strings):
            low = region.lovel
            for high, corner in _parts(region.lovel, region.hivel, layers):
                region_of[key - LOWEST_PITCH, low : high + 1] = len(key_regions)
                cents = region.tune + build.cents[key - LOWEST_PITCH]
                key_regions.append(_key_region(region, key, cents, corner, (region.lovel + region.hivel) / 2))
                low = high + 1
    region_of[:, 0] = region_of[:, 1]
    if (region_of < 0).any():
        raise ValueError("the bank leaves keys or velocities without a sample")
    return key_regions, region_of


def _keys_of(region: Region, strings: int) -> range:
    """The keys that play a region's recording. The outermost regions serve the keys beyond them."""
    first = LOWEST_PITCH if region.lokey <= LOWEST_PITCH else max(LOWEST_PITCH, region.lokey - strings)
    last = HIGHEST_PITCH if region.hikey >= HIGHEST_PITCH else min(HIGHEST_PITCH, region.hikey - strings)
    return range(first, last + 1)


def _key_region(region: Region, key: int, cents: float, corner: float | None, middle: float) -> KeyRegion:
    ratio = 2.0 ** ((key - region.key + cents / 100) / 12)
    fundamental = 440.0 * 2.0 ** ((region.key - 69) / 12)
    corner_hz = None if corner is None else min(corner * fundamental, 0.45 * SAMPLE_RATE)
    return KeyRegion(key, region.start, region.frames, ratio, corner_hz, region.gain, region.level_db, middle)


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
