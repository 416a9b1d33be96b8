"""Augmentation of one segment: the piano's tone, room, microphone, noise, recorder and gain, all from one generator.

First the piano's action noise and tone, then equaliser, room and microphone (one multiplication in the frequency
domain), compression and clipping, noise, recorder, gain, and last a noise floor. A share `clean` of the segments
gets nothing but gain and noise floor: with much less clean data a model turns conservative everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import numpy as np
import numpy.typing as npt
from scipy.fft import irfft, next_fast_len, rfft
from scipy.ndimage import uniform_filter1d

from realtime.contract import SAMPLE_RATE
from realtime.limits import Limits
from realtime.notes import NoteTable
from realtime.validation import Share, within
from training.data.corpus.clips import Clip
from training.data.numbers import Decibels
from training.data.sound.action_noise import with_action_noise
from training.data.sound.filters import Spectrum, equaliser, microphone, modes, voicing
from training.data.sound.noise_floor import noise_floor
from training.data.sound.recorders import automatic_gain, codec, noise_suppression
from training.data.sound.surroundings import Surroundings, rms
from training.data.sound.synthetic_rooms import synthetic_room

Audio = npt.NDArray[np.float32]
Dbfs = Annotated[float, within(Limits(-100.0, 0.0))]
BelowPeak = Annotated[float, within(Limits(0.0, 100.0))]
_DIRECT = 40
_BELOW_LOUDEST = 10 ** (-8 / 20)  # the noise floor against the loudest 50 ms of the playing, at most


@dataclass(frozen=True)
class AugmentationConfig:
    """Share of clean segments, chances of each effect in the rest, and ranges in dB.

    voicing, modes, mechanics: share of all rendered segments, clean ones too, whose piano gets another tone, other
    proportions of partials, noise of its action. made_room: share of synthetic rooms among the rooms; the others are
    measured. direct_db: how much nearer the microphone stands than in the measured room (gain of the direct sound
    alone). floor: share of all segments with a noise floor of floor_dbfs. speech_share: of speech in the noise. fan:
    of fans in the rest of the noise. level_control: chance of automatic gain. clip_db: clipping level below the peak.
    """

    clean: Share = 0.5
    voicing: Share = 0.5
    modes: Share = 0.0
    mechanics: Share = 0.0
    equaliser: Share = 0.5
    room: Share = 0.65
    made_room: Share = 0.0
    microphone: Share = 0.25
    compression: Share = 0.15
    clipping: Share = 0.06
    noise: Share = 0.5
    speech_share: Share = 0.3
    fan: Share = 0.0
    codec: Share = 0.0
    suppression: Share = 0.0
    level_control: Share = 0.0
    floor: Share = 0.0
    snr_db: tuple[Decibels, Decibels] = (0.0, 30.0)
    direct_db: tuple[Decibels, Decibels] = (-2.0, 10.0)
    clip_db: tuple[BelowPeak, BelowPeak] = (1.0, 9.0)
    floor_dbfs: tuple[Dbfs, Dbfs] = (-75.0, -35.0)
    gain_db: tuple[Decibels, Decibels] = (-30.0, 0.0)
    peak_dbfs: tuple[Dbfs, Dbfs] = (-35.0, 0.0)

    def __post_init__(self) -> None:
        for name in ("snr_db", "direct_db", "clip_db", "floor_dbfs", "gain_db", "peak_dbfs"):
            low, high = getattr(self, name)
            if low > high:
                raise ValueError(f"{name} is [{low:g}, {high:g}], expected the lower one first")


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
            audio = self._recorded(audio, random)
        return self._with_floor(self.gain(audio, random), random)

    def as_another_piano(self, audio: Audio, played: NoteTable, random: np.random.Generator) -> Audio:
        """The sound (n,) of a piano that plays `played`, with action noise and another tone, each by its chance."""
        if _drawn(self.doses.mechanics, random):
            audio = with_action_noise(audio, played, random)
        return self.revoiced(audio, random)

    def revoiced(self, audio: Audio, random: np.random.Generator) -> Audio:
        """The piano with another tone, or as it is; (n,) -> (n,) of the same level."""
        bins, response = _fft_size(len(audio), None) // 2 + 1, None
        if random.random() < self.doses.voicing:
            response = voicing(bins, random)
        if _drawn(self.doses.modes, random):
            resonances = modes(bins, random)
            response = resonances if response is None else response * resonances
        return audio if response is None else _in_room(audio, None, response)

    def gain(self, audio: Audio, random: np.random.Generator) -> Audio:
        """A random gain, then one that brings the peak into `peak_dbfs` (silence stays silent)."""
        loud = audio * np.float32(10 ** (random.uniform(*self.doses.gain_db) / 20))
        peak = float(np.abs(loud).max(initial=0.0))
        if peak == 0.0:
            return loud
        low, high = (10 ** (limit / 20) for limit in self.doses.peak_dbfs)
        return loud * np.float32(np.clip(peak, low, high) / peak)

    def noise_alone(self, count: int, random: np.random.Generator) -> Audio:
        """(count,) without any piano: background sound of -65 to -15 dBFS RMS over a noise floor, the floor alone, or
        hiss below -65 dBFS."""
        hiss = random.standard_normal(count, np.float32) * np.float32(10 ** (random.uniform(-100, -65) / 20))
        if random.random() < 0.08:
            return hiss
        sound = self.surroundings.background(count, random)
        if sound is None:
            return self._with_floor(hiss, random)
        if random.random() < 0.5 and (room := self._room(random)) is not None:
            sound = _in_room(sound, room, None)
        if random.random() < self.doses.microphone:
            sound = _in_room(sound, None, microphone(_fft_size(count, None) // 2 + 1, random))
        sound = self._recorded(
            sound * np.float32(10 ** (random.uniform(-65, -15) / 20) / max(rms(sound), 1e-6)), random
        )
        return np.clip(self._with_floor(hiss + sound, random), -1.0, 1.0)

    def _room(self, random: np.random.Generator) -> Clip | None:
        if _drawn(self.doses.made_room, random):
            return synthetic_room(random)
        measured = self.surroundings.room(random)
        return None if measured is None else _nearer(measured, random.uniform(*self.doses.direct_db))

    def _linear(self, audio: Audio, random: np.random.Generator) -> Audio:
        doses, response = self.doses, None
        room = self._room(random) if random.random() < doses.room else None
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
            level = np.float32(np.abs(audio).max(initial=0.0) * 10 ** (-random.uniform(*self.doses.clip_db) / 20))
            audio = np.clip(audio, -level, level)
        return audio

    def _with_noise(self, audio: Audio, random: np.random.Generator) -> Audio:
        if random.random() >= self.doses.noise:
            return audio
        spoken = bool(random.random() < self.doses.speech_share)
        noise = self.surroundings.disturbance(len(audio), spoken, self.doses.fan, random)
        if noise is None:
            return audio
        level = rms(audio) * 10 ** (-random.uniform(*self.doses.snr_db) / 20)
        return audio + noise * np.float32(level / max(rms(noise), 1e-6))

    def _recorded(self, audio: Audio, random: np.random.Generator) -> Audio:
        """Noise suppression, codec and automatic gain, each by its chance."""
        if _drawn(self.doses.suppression, random):
            audio = noise_suppression(audio, random)
        if _drawn(self.doses.codec, random):
            audio = codec(audio, random)
        return automatic_gain(audio, random) if _drawn(self.doses.level_control, random) else audio

    def _with_floor(self, audio: Audio, random: np.random.Generator) -> Audio:
        """With a noise floor of any level in `floor_dbfs`, but at least 8 dB below the loudest 50 ms of the playing."""
        if not _drawn(self.doses.floor, random):
            return audio
        level = 10 ** (random.uniform(*self.doses.floor_dbfs) / 20)
        parts = audio[: len(audio) // 800 * 800].reshape(-1, 800)
        loudest = float(np.sqrt(np.square(parts).mean(1).max(initial=0.0)))
        if loudest > 0:
            level = min(level, loudest * _BELOW_LOUDEST)
        return audio + noise_floor(len(audio), random) * np.float32(level)


def compress(audio: Audio, threshold_db: float, ratio: float) -> Audio:
    """Soft compression above `threshold_db` below the peak, as level control in recorders does it (20 ms RMS)."""
    peak = float(np.abs(audio).max(initial=0.0))
    if peak == 0.0:
        return audio
    power = np.maximum(uniform_filter1d(audio * audio, SAMPLE_RATE // 50), 0)
    level = 10 * np.log10(power / (peak * peak) + 1e-9)
    cut = np.maximum(level - threshold_db, 0) * (1 - 1 / ratio)
    return np.asarray(audio * 10 ** (-cut / 20), np.float32)


def _drawn(chance: float, random: np.random.Generator) -> bool:
    """True with probability `chance`. At 0 nothing is drawn, so that an effect left out changes no other draw."""
    return chance > 0 and bool(random.random() < chance)


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
    return np.asarray(wet * (rms(audio) / max(rms(wet), 1e-9)), np.float32)


def _nearer(room: Clip, direct_db: float) -> Clip:
    """The room with its direct sound (up to _DIRECT samples after its arrival) changed by `direct_db`."""
    samples = room.samples.copy()
    samples[: room.direct + _DIRECT] *= np.float32(10 ** (direct_db / 20))
    return Clip(samples, room.kind, room.direct, room.source)


def _fft_size(count: int, room: Clip | None) -> int:
    """Even, with room for the impulse response or for a filter's ringing."""
    return int(next_fast_len((count + (4096 if room is None else len(room.samples)) + 1) // 2, real=True)) * 2
