"""Synthetic noise of a piano's action: keys that reach the key bed, keys that return, thumps on wood.

Few sampled pianos have such noise. A network that is not trained on it takes a key's thump for a note far below it.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.signal import lfilter

from realtime.contract import SAMPLE_RATE
from realtime.notes import NoteTable
from training.data.draws import log_uniform

Audio = npt.NDArray[np.float32]
_LENGTH = SAMPLE_RATE // 4
_BEFORE_ONSET, _BELOW_PEAK_DB = 0.5, (18.0, 50.0)


def with_action_noise(audio: Audio, played: NoteTable, random: np.random.Generator) -> Audio:
    """`audio` (n,) of a piano playing `played`, with one thump at the offsets and another before half of the onsets."""
    peak = float(np.abs(audio).max(initial=0.0))
    if peak == 0.0:
        return audio
    noisy = audio.copy()
    returned, pressed = thump(random), thump(random)
    return_gain, press_gain = (peak * 10 ** (-random.uniform(*_BELOW_PEAK_DB) / 20) for _ in range(2))
    for onset, offset in zip(played.onset, played.offset, strict=True):
        _add(noisy, returned, offset + random.normal(0, 0.01), return_gain * random.uniform(0.3, 1))
        if random.random() < _BEFORE_ONSET:
            _add(noisy, pressed, onset - random.uniform(0.005, 0.05), press_gain * random.uniform(0.2, 1))
    return noisy


def thumps(count: int, random: np.random.Generator) -> Audio:
    """(count,) of up to 12 thumps without a note: keys that are pressed silently, a lid, a hand on wood."""
    sound, one = np.zeros(count, np.float32), thump(random)
    for _ in range(int(random.integers(1, 13))):
        one = one if random.random() < 0.7 else thump(random)
        _add(sound, one, random.uniform(0, count / SAMPLE_RATE), random.uniform(0.1, 1))
    return sound


def thump(random: np.random.Generator) -> Audio:
    """(4000,) of low noise with a decay of 6 to 50 ms, half of the time with a resonance of 45 to 300 Hz; peak 1."""
    time = np.arange(_LENGTH) / SAMPLE_RATE
    pole = np.exp(-2 * np.pi * log_uniform(random, 60, 3000) / SAMPLE_RATE)
    noise = lfilter([1 - pole], [1, -pole], random.standard_normal(_LENGTH))
    noise /= max(float(np.abs(noise).max()), 1e-9)
    if random.random() < 0.5:
        noise += random.uniform(0.2, 1.5) * np.sin(2 * np.pi * log_uniform(random, 45, 300) * time)
    sound = (
        noise * np.exp(-time / log_uniform(random, 0.006, 0.05)) * np.minimum(1, time / random.uniform(0.0005, 0.006))
    )
    return np.asarray(sound / max(float(np.abs(sound).max()), 1e-9), np.float32)


def _add(audio: Audio, sound: Audio, at_s: float, gain: float) -> None:
    first = int(at_s * SAMPLE_RATE)
    if 0 <= first < len(audio):
        part = sound[: len(audio) - first]
        audio[first : first + len(part)] += np.float32(gain) * part
