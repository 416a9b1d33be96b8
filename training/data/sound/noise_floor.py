"""Synthetic steady noise that lies under a recording: hiss, mains hum, fans, traffic."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.fft import irfft, next_fast_len, rfft

from realtime.contract import SAMPLE_RATE, Float64Array
from training.data.draws import log_uniform

Audio = npt.NDArray[np.float32]
_HUM_SHARE, _FAN_SHARE, _TRAFFIC_SHARE = 0.3, 0.2, 0.12


def noise_floor(count: int, random: np.random.Generator) -> Audio:
    """(count,) of hiss of any colour, alone or with mains hum, a fan or traffic; RMS 1."""
    sound, kind = hiss(count, random), random.random()
    if kind < _HUM_SHARE:
        sound = sound + hum(count, random) * log_uniform(random, 0.1, 3.0)
    elif kind < _HUM_SHARE + _FAN_SHARE:
        sound = sound + fan(count, random) * log_uniform(random, 0.3, 3.0)
    elif kind < _HUM_SHARE + _FAN_SHARE + _TRAFFIC_SHARE:
        sound = sound + traffic(count, random) * log_uniform(random, 0.3, 3.0)
    return unit_rms(sound).astype(np.float32)


def hiss(count: int, random: np.random.Generator) -> Float64Array:
    """(count,) of noise between blue and brown; RMS 1."""
    return coloured(count, random, random.uniform(-0.3, 1.2))


def hum(count: int, random: np.random.Generator) -> Float64Array:
    """(count,) of mains at 50 or 60 Hz with up to a dozen harmonics; RMS 1."""
    hz = (50.0, 60.0)[int(random.integers(2))] * random.uniform(0.998, 1.002)
    return _harmonics(2 * np.pi * hz * _time(count), int(random.integers(1, 13)), random.uniform(0, 1.5), random)


def fan(count: int, random: np.random.Generator) -> Float64Array:
    """(count,) of a computer or a purifier: noise of the air and tones of the blades, slightly modulated; RMS 1."""
    time = _time(count)
    modulation = random.uniform(0, 0.5) * np.sin(2 * np.pi * log_uniform(random, 0.05, 2) * time)
    blades = _harmonics(
        2 * np.pi * log_uniform(random, 40, 450) * time + modulation, int(random.integers(1, 7)), 1.0, random
    )
    return unit_rms(coloured(count, random, random.uniform(0.3, 1.2)) + blades * log_uniform(random, 0.03, 0.8))


def traffic(count: int, random: np.random.Generator) -> Float64Array:
    """(count,) of a street behind a window: low noise that swells and fades; RMS 1."""
    swell = np.exp(np.interp(_time(count), np.arange(0, count / SAMPLE_RATE + 3, 1.5), _walk(count, random)))
    return unit_rms(coloured(count, random, random.uniform(1.5, 2.5)) * swell)


def coloured(count: int, random: np.random.Generator, slope: float) -> Float64Array:
    """(count,) of noise with a magnitude of 1 / frequency ** `slope`, constant below 40 Hz; RMS 1."""
    size = int(next_fast_len(count, real=True))
    spectrum = rfft(random.standard_normal(size))
    hz = np.arange(len(spectrum)) * (SAMPLE_RATE / size)
    return unit_rms(irfft(spectrum * np.maximum(hz, 40.0) ** -slope, size)[:count])


def unit_rms(sound: Float64Array) -> Float64Array:
    """The sound at RMS 1; silence stays silent."""
    return np.asarray(sound / max(float(np.sqrt(np.mean(np.square(sound)))), 1e-12), np.float64)


def _harmonics(phase: Float64Array, count: int, slope: float, random: np.random.Generator) -> Float64Array:
    gains = random.uniform(0.1, 1, count) / np.arange(1, count + 1) ** slope
    return unit_rms(sum(g * np.sin(k * phase + random.uniform(0, 6.28)) for k, g in enumerate(gains, 1)))


def _walk(count: int, random: np.random.Generator) -> Float64Array:
    """A random walk of the log level, a value every 1.5 s."""
    return np.cumsum(random.normal(0, 0.5, len(np.arange(0, count / SAMPLE_RATE + 3, 1.5))))


def _time(count: int) -> Float64Array:
    return np.arange(count) / SAMPLE_RATE
