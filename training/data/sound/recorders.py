"""What telephones and recorders do to sound after the microphone: codec, noise suppression, automatic gain."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import numpy.typing as npt
from scipy.ndimage import uniform_filter1d
from scipy.signal import istft, stft

from realtime.contract import SAMPLE_RATE, Float64Array
from training.data.draws import log_uniform

Audio = npt.NDArray[np.float32]
Spectra = npt.NDArray[np.complex128]
_HOP = SAMPLE_RATE // 100


def codec(audio: Audio, random: np.random.Generator) -> Audio:
    """(n,) -> (n,) after a codec of low bit rate: bands keep only their strongest bins, none above a corner."""
    size = int(random.choice([512, 1024]))
    spectrum = _spectra(audio, size)
    edges = np.unique(np.round(len(spectrum) * np.linspace(0, 1, 22) ** 1.8).astype(int))
    level, down = np.abs(spectrum), 10 ** (-random.uniform(8, 24) / 20)
    for low, high in pairwise(edges):
        spectrum[low:high] *= level[low:high] >= level[low:high].max(0, keepdims=True) * down
    spectrum[int(len(spectrum) * random.uniform(0.45, 1.0)) :] = 0
    return _sound(spectrum, size, len(audio))


def noise_suppression(audio: Audio, random: np.random.Generator) -> Audio:
    """(n,) -> (n,): bins near their own quietest level lose 4 to 12 dB, smoothly in time."""
    size = 512
    spectrum = _spectra(audio, size)
    level = uniform_filter1d(np.abs(spectrum), 5, axis=1)
    quiet = np.quantile(level, 0.1, axis=1, keepdims=True) * random.uniform(1.5, 3.0)
    lowest = 10 ** (-random.uniform(4, 12) / 20)
    gain = np.maximum(lowest, 1 - np.square(quiet / np.maximum(level, 1e-12)))
    return _sound(spectrum * uniform_filter1d(gain, int(random.integers(1, 9)), axis=1), size, len(audio))


def automatic_gain(audio: Audio, random: np.random.Generator) -> Audio:
    """(n,) -> (n,) within full scale. The gain falls within 10 to 100 ms and rises within .3 to 3 s, to 3 to 20 dB at
    most."""
    hops = -(-len(audio) // _HOP)
    level = np.sqrt(np.square(np.pad(audio, (0, hops * _HOP - len(audio)))).reshape(hops, _HOP).mean(1) + 1e-10)
    target = float(level.max()) * 10 ** (-random.uniform(0, 12) / 20)
    most = 10 ** (random.uniform(3, 20) / 20)
    down, up = (1 - np.exp(-0.01 / log_uniform(random, *seconds)) for seconds in ((0.01, 0.1), (0.3, 3.0)))
    gains, now = np.empty(hops), random.uniform(1.0, most)
    for hop, wanted in enumerate(np.minimum(most, target / level)):
        now += (wanted - now) * (down if wanted < now else up)
        gains[hop] = now
    louder = audio * np.interp(np.arange(len(audio)), np.arange(hops) * _HOP, gains)
    return np.asarray(louder / max(1.0, float(np.abs(louder).max(initial=0.0))), np.float32)


def _spectra(audio: Audio, size: int) -> Spectra:
    _, _, spectrum = stft(audio.astype(np.float64), nperseg=size, noverlap=size // 2, window="cosine")
    return np.asarray(spectrum, np.complex128)


def _sound(spectrum: Spectra, size: int, count: int) -> Audio:
    _, sound = istft(spectrum, nperseg=size, noverlap=size // 2, window="cosine")
    return np.asarray(_filled(np.asarray(sound, np.float64), count), np.float32)


def _filled(sound: Float64Array, count: int) -> Float64Array:
    return np.pad(sound, (0, max(0, count - len(sound))))[:count]
