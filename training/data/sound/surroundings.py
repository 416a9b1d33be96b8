"""What surrounds a piano in a recording: rooms and other sounds, recorded or synthetic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from training.data.corpus.clips import Clip
from training.data.draws import log_uniform
from training.data.sound.action_noise import thumps
from training.data.sound.household import household_noise
from training.data.sound.noise_floor import fan, traffic
from training.data.sound.speech import speech

Audio = npt.NDArray[np.float32]
_SYNTHETIC_SPEECH, _SYNTHETIC_NOISE = 0.5, 0.4
_SPEEDS = (0.75, 1.4)


@dataclass(frozen=True)
class Surroundings:
    """Impulse responses and noise clips to draw from; where one is empty its effect is left out."""

    rooms: Sequence[Clip] = ()
    noise: Sequence[Clip] = ()
    speech: Sequence[Clip] = ()

    def room(self, random: np.random.Generator) -> Clip | None:
        """One of the measured rooms, or None where there is none."""
        return _choose(self.rooms, random) if self.rooms else None

    def disturbance(self, count: int, spoken: bool, fans: float, random: np.random.Generator) -> Audio | None:
        """(count,) of speech or of another noise, recorded or synthetic; None where there is nothing to draw from.
        `fans`: share of fans in other noise."""
        clips = self.speech if spoken else self.noise
        if not clips:
            return None
        if not spoken and fans > 0 and random.random() < fans:
            return fan(count, random).astype(np.float32)
        if random.random() < (_SYNTHETIC_SPEECH if spoken else _SYNTHETIC_NOISE):
            return speech(count, random) if spoken else household_noise(count, random)
        return _draw(clips, count, random)

    def background(self, count: int, random: np.random.Generator) -> Audio | None:
        """(count,) of a house without a piano: speech, another noise, several people with their dishes, thumps or a
        street. None for near silence, and where there is nothing to draw from."""
        kind = random.random()
        if kind < 0.40:
            return self.disturbance(count, True, 0.0, random)
        if kind < 0.66:
            return self.disturbance(count, False, 0.1, random)
        if kind < 0.84:
            return self._gathering(count, random)
        if kind < 0.93:
            return thumps(count, random)
        return traffic(count, random).astype(np.float32) if kind < 0.96 else None

    def _gathering(self, count: int, random: np.random.Generator) -> Audio | None:
        """One to five speakers, near and far, with one or two other noises."""
        sounds = [self.disturbance(count, True, 0.0, random) for _ in range(int(random.integers(1, 6)))]
        sounds += [self.disturbance(count, False, 0.0, random) for _ in range(int(random.integers(1, 3)))]
        drawn = [sound for sound in sounds if sound is not None]
        if not drawn:
            return None
        whole = sum(sound * np.float32(log_uniform(random, 0.1, 1.0) / max(rms(sound), 1e-6)) for sound in drawn)
        return np.asarray(whole, np.float32)


def rms(audio: Audio) -> float:
    """Root mean square; 0 of nothing."""
    return float(np.sqrt(np.mean(audio * audio, dtype=np.float64))) if len(audio) else 0.0


def _choose(clips: Sequence[Clip], random: np.random.Generator) -> Clip:
    return clips[int(random.integers(len(clips)))]


def _draw(clips: Sequence[Clip], count: int, random: np.random.Generator) -> Audio:
    """`count` samples of a random clip from a random place, repeated where it is too short, at another speed: which
    makes another speaker or machine of it."""
    samples = _choose(clips, random).samples
    start = int(random.integers(len(samples)))
    speed = float(np.exp(random.uniform(*np.log(_SPEEDS))))
    part = np.resize(np.roll(samples, -start), int(count * speed) + 2)
    return np.asarray(np.interp(np.arange(count) * speed, np.arange(len(part)), part), np.float32)
