"""Augmentation of one segment: equaliser, room, microphone, compression, clipping, noise, gain, from one generator.

Linear effects (equaliser, room, microphone) are one multiplication in the frequency domain. A share `clean` of the
segments (default half) gets nothing but its gain: with much less clean data a model turns conservative everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np
import numpy.typing as npt
from scipy.fft import irfft, next_fast_len, rfft
from scipy.ndimage import uniform_filter1d

from realtime.contract import SAMPLE_RATE
from realtime.limits import Limits
from realtime.validation import Share, within
from training.data.corpus.clips import Clip
from training.data.numbers import Decibels
from training.data.sound.filters import Spectrum, equaliser, microphone, voicing
from training.data.sound.household import household_noise
from training.data.sound.speech import speech

Audio = npt.NDArray[np.float32]
Dbfs = Annotated[float, within(Limits(-100.0, 0.0))]
_DIRECT = 40
_SYNTHETIC_SPEECH, _SYNTHETIC_NOISE = 0.5, 0.4
_SPEEDS = (0.75, 1.4)


@dataclass(frozen=True)
class AugmentationConfig:
    """Share of clean segments, chances of each effect in the rest, and ranges in dB.

    voicing: share of all rendered segments, clean ones too, whose piano gets another tone.
    direct_db: how much nearer the microphone stands than in the recorded room (gain of the direct sound alone).
    """

    clean: Share = 0.5
    voicing: Share = 0.5
    equaliser: Share = 0.5
    room: Share = 0.65
    microphone: Share = 0.25
    compression: Share = 0.15
    clipping: Share = 0.06
    noise: Share = 0.5
    speech_share: Share = 0.3
    snr_db: tuple[Decibels, Decibels] = (0.0, 30.0)
    direct_db: tuple[Decibels, Decibels] = (-2.0, 10.0)
    gain_db: tuple[Decibels, Decibels] = (-30.0, 0.0)
    peak_dbfs: tuple[Dbfs, Dbfs] = (-35.0, 0.0)

    def __post_init__(self) -> None:
        for name in ("snr_db", "direct_db", "gain_db", "peak_dbfs"):
            low, high = getattr(self, name)
            if low > high:
                raise ValueError(f"{name} is [{low:g}, {high:g}], expected the lower one first")


@dataclass(frozen=True)
class Surroundings:
    """Impulse responses and noise clips to draw from; where one is empty its effect is left out."""

    rooms: Sequence[Clip] = ()
    noise: Sequence[Clip] = ()
    speech: Sequence[Clip] = ()


class Augmenter:
    """Apply `doses` to float32 (n,) segments; the same generator state gives the same result."""

    def __init__(self, doses: AugmentationConfig, surroundings: Surroundings) -> None:
        self.doses = doses
        self.surroundings = surroundings

    def __call__(self, audio: Audio, random: np.random.Generator) -> Audio:
        """float32 (n,) -> (n,); onsets stay where they are (rooms are aligned on their direct sound)."""
        if random.random() >= self.doses.clean:
            audio = self._linear(audio, random)
            audio = self._dynamics(audio, random)
            audio = self._with_noise(audio, random)
        return self.gain(audio, random)

    def revoiced(self, audio: Audio, random: np.random.Generator) -> Audio:
        """The piano with another tone, or as it is; (n,) -> (n,) of the same level."""
        if random.random() >= self.doses.voicing:
            return audio
        return _in_room(audio, None, voicing(_fft_size(len(audio), None) // 2 + 1, random))

    def gain(self, audio: Audio, random: np.random.Generator) -> Audio:
        """A random gain, then one that brings the peak into `peak_dbfs` (silence stays silent)."""
        loud = audio * np.float32(10 ** (random.uniform(*self.doses.gain_db) / 20))
        peak = float(np.abs(loud).max(initial=0.0))
        if peak == 0.0:
            return loud
        low, high = (10 ** (limit / 20) for limit in self.doses.peak_dbfs)
        return loud * np.float32(np.clip(peak, low, high) / peak)

    def noise_alone(self, count: int, random: np.random.Generator) -> Audio:
        """(count,) without any piano: speech, noise, or hiss alone; -65 to -15 dBFS RMS, hiss below -65."""
        kind = random.random()
        hiss = random.standard_normal(count, np.float32) * np.float32(10 ** (random.uniform(-100, -65) / 20))
        if kind > 0.9:
            return hiss
        clip = self._disturbance(count, kind < 0.6, random)
        if clip is None:
            return hiss
        if self.surroundings.rooms and random.random() < 0.4:
            clip = _in_room(clip, _choose(self.surroundings.rooms, random), None)
        level = np.float32(10 ** (random.uniform(-65, -15) / 20) / max(_rms(clip), 1e-6))
        return np.clip(hiss + clip * level, -1.0, 1.0)

    def _linear(self, audio: Audio, random: np.random.Generator) -> Audio:
        doses, response = self.doses, None
        with_room = bool(random.random() < doses.room and self.surroundings.rooms)
        room = (
            _nearer(_choose(self.surroundings.rooms, random), random.uniform(*doses.direct_db)) if with_room else None
        )
        bins = _fft_size(len(audio), room) // 2 + 1
        if random.random() < doses.equaliser:
            response = equaliser(bins, random)
        if random.random() < doses.microphone:
            shape = microphone(bins, random)
            response = shape if response is None else response * shape
        if room is None and response is None:
            return audio
        return _in_room(audio, room, response)

    def _dynamics(self, audio: Audio, random: np.random.Generator) -> Audio:
        if random.random() < self.doses.compression:
            audio = compress(audio, float(random.uniform(-30, -12)), float(random.uniform(1.5, 4.0)))
        if random.random() < self.doses.clipping:
            level = np.float32(np.abs(audio).max(initial=0.0) * 10 ** (-random.uniform(1, 9) / 20))
            audio = np.clip(audio, -level, level)
        return audio

    def _with_noise(self, audio: Audio, random: np.random.Generator) -> Audio:
        if random.random() >= self.doses.noise:
            return audio
        noise = self._disturbance(len(audio), bool(random.random() < self.doses.speech_share), random)
        if noise is None:
            return audio
        level = _rms(audio) * 10 ** (-random.uniform(*self.doses.snr_db) / 20)
        return audio + noise * np.float32(level / max(_rms(noise), 1e-6))

    def _disturbance(self, count: int, spoken: bool, random: np.random.Generator) -> Audio | None:
        """(count,) of speech or of another noise, recorded or synthetic; None where there is nothing to draw from."""
        clips = self.surroundings.speech if spoken else self.surroundings.noise
        if not clips:
            return None
        if random.random() < (_SYNTHETIC_SPEECH if spoken else _SYNTHETIC_NOISE):
            return speech(count, random) if spoken else household_noise(count, random)
        return _draw(clips, count, random)


def compress(audio: Audio, threshold_db: float, ratio: float) -> Audio:
    """Soft compression above `threshold_db` below the peak, as level control in recorders does it (20 ms RMS)."""
    peak = float(np.abs(audio).max(initial=0.0))
    if peak == 0.0:
        return audio
    power = np.maximum(uniform_filter1d(audio * audio, SAMPLE_RATE // 50), 0)
    level = 10 * np.log10(power / (peak * peak) + 1e-9)
    cut = np.maximum(level - threshold_db, 0) * (1 - 1 / ratio)
    return np.asarray(audio * 10 ** (-cut / 20), np.float32)


def _in_room(audio: Audio, room: Clip | None, response: Spectrum | None) -> Audio:
    """Convolve with a room, its direct sound at no delay, and multiply by `response`; level (RMS) is kept."""
    count, size = len(audio), _fft_size(len(audio), room)
    spectrum = rfft(audio, size)
    if response is not None:
        spectrum *= response
    direct = 0
    if room is not None:
        spectrum *= rfft(room.samples, size)
        direct = room.direct
    wet = irfft(spectrum, size)[direct : direct + count]
    return np.asarray(wet * (_rms(audio) / max(_rms(wet), 1e-9)), np.float32)


def _nearer(room: Clip, direct_db: float) -> Clip:
    """The room with its direct sound (up to _DIRECT samples after its arrival) changed by `direct_db`."""
    samples = room.samples.copy()
    samples[: room.direct + _DIRECT] *= np.float32(10 ** (direct_db / 20))
    return Clip(samples, room.kind, room.direct, room.source)


def _fft_size(count: int, room: Clip | None) -> int:
    """Even, with room for the impulse response or for a filter's ringing."""
    return int(next_fast_len((count + (4096 if room is None else len(room.samples)) + 1) // 2, real=True)) * 2


def _choose(clips: Sequence[Clip], random: np.random.Generator) -> Clip:
    return clips[int(random.integers(len(clips)))]


def _draw(clips: Sequence[Clip], count: int, random: np.random.Generator) -> Audio:
    """`count` samples of a random clip from a random place, repeated where it is too short, at another speed, which
    makes another speaker or machine of it."""
    samples = _choose(clips, random).samples
    start = int(random.integers(len(samples)))
    speed = float(np.exp(random.uniform(*np.log(_SPEEDS))))
    part = np.resize(np.roll(samples, -start), int(count * speed) + 2)
    return np.asarray(np.interp(np.arange(count) * speed, np.arange(len(part)), part), np.float32)


def _rms(audio: Audio) -> float:
    return float(np.sqrt(np.mean(audio * audio, dtype=np.float64))) if len(audio) else 0.0
