"""Frequency responses of second-order filters (R. Bristow-Johnson's audio EQ cookbook) on the bins of a real FFT."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from realtime.contract import SAMPLE_RATE
from training.data.draws import log_uniform

Spectrum = npt.NDArray[np.complex64]


@lru_cache(maxsize=64)
def _delays(bins: int) -> tuple[Spectrum, Spectrum]:
    """e^-jw and e^-2jw on `bins` points from 0 to the Nyquist frequency."""
    z = np.exp(-1j * np.linspace(0, np.pi, bins))
    return z.astype(np.complex64), (z * z).astype(np.complex64)


def _response(bins: int, b: tuple[float, float, float], a: tuple[float, float, float]) -> Spectrum:
    z1, z2 = _delays(bins)
    b0, b1, b2 = (np.float32(c / a[0]) for c in b)
    a1, a2 = np.float32(a[1] / a[0]), np.float32(a[2] / a[0])
    return np.asarray((b0 + b1 * z1 + b2 * z2) / (1 + a1 * z1 + a2 * z2), np.complex64)


def _angles(hz: float, q: float) -> tuple[float, float]:
    w = 2 * np.pi * min(hz, 0.49 * SAMPLE_RATE) / SAMPLE_RATE
    return float(np.cos(w)), float(np.sin(w) / (2 * q))


def peaking(bins: int, hz: float, q: float, gain_db: float) -> Spectrum:
    cos, alpha = _angles(hz, q)
    gain = 10 ** (gain_db / 40)
    return _response(
        bins,
        (1 + alpha * gain, -2 * cos, 1 - alpha * gain),
        (1 + alpha / gain, -2 * cos, 1 - alpha / gain),
    )


def shelf(bins: int, hz: float, gain_db: float, high: bool) -> Spectrum:
    """Low or high shelf of slope 1 / sqrt(2)."""
    cos, alpha = _angles(hz, 0.7071)
    cos = -cos if high else cos
    a = 10 ** (gain_db / 40)
    root = 2 * np.sqrt(a) * alpha
    sign = -1.0 if high else 1.0
    b = (a * (a + 1 - (a - 1) * cos + root), sign * 2 * a * (a - 1 - (a + 1) * cos), a * (a + 1 - (a - 1) * cos - root))
    d = (a + 1 + (a - 1) * cos + root, sign * -2 * (a - 1 + (a + 1) * cos), a + 1 + (a - 1) * cos - root)
    return _response(bins, b, d)


def high_pass(bins: int, hz: float, q: float = 0.7071) -> Spectrum:
    cos, alpha = _angles(hz, q)
    return _response(bins, ((1 + cos) / 2, -(1 + cos), (1 + cos) / 2), (1 + alpha, -2 * cos, 1 - alpha))


def low_pass(bins: int, hz: float, q: float = 0.7071) -> Spectrum:
    cos, alpha = _angles(hz, q)
    return _response(bins, ((1 - cos) / 2, 1 - cos, (1 - cos) / 2), (1 + alpha, -2 * cos, 1 - alpha))


def equaliser(bins: int, random: np.random.Generator) -> Spectrum:
    """One to three peaks of -12 to +8 dB, and a shelf on each side half of the time."""
    response = np.ones(bins, np.complex64)
    for _ in range(int(random.integers(1, 4))):
        response *= peaking(bins, log_uniform(random, 60, 6000), random.uniform(0.5, 2.5), random.uniform(-12, 8))
    if random.random() < 0.5:
        response *= shelf(bins, log_uniform(random, 80, 400), random.uniform(-12, 6), high=False)
    if random.random() < 0.5:
        response *= shelf(bins, log_uniform(random, 1500, 5000), random.uniform(-14, 6), high=True)
    return response


def voicing(bins: int, random: np.random.Generator) -> Spectrum:
    """The tone of a piano by its soundboard, case and hammers: strong or weak bass, bright or dull."""
    response = shelf(bins, log_uniform(random, 60, 300), random.uniform(-15, 4), high=False)
    response = response * shelf(bins, log_uniform(random, 1000, 4000), random.uniform(-10, 6), high=True)
    for _ in range(2):
        response *= peaking(bins, log_uniform(random, 80, 3000), random.uniform(0.4, 1.5), random.uniform(-6, 6))
    return response


def microphone(bins: int, random: np.random.Generator) -> Spectrum:
    """A small microphone: no bass below 60-250 Hz, no treble above 3.5-7.5 kHz, a resonance between."""
    response = high_pass(bins, log_uniform(random, 60, 250)) * low_pass(bins, log_uniform(random, 3500, 7500))
    return response * peaking(bins, log_uniform(random, 1500, 4500), random.uniform(1, 3), random.uniform(0, 8))


def modes(bins: int, random: np.random.Generator) -> Spectrum:
    """Resonances of a soundboard: a knot every fifth of an octave with a deviation of 1 to 6 dB, so that partials have
    other proportions than the sampled piano's. Minimum phase: nothing rings before an onset. `bins`: odd, of a real FFT
    of an even length."""
    knots = np.sort(np.geomspace(30, 8000, 41) * np.exp(random.normal(0, 0.03, 41)))
    levels = random.normal(0, random.uniform(1, 6), 41) * (np.log(10) / 20)
    hz = np.linspace(0, SAMPLE_RATE / 2, bins)
    cepstrum = np.fft.irfft(np.interp(np.log(np.maximum(hz, 20)), np.log(knots), levels))
    half = len(cepstrum) // 2
    cepstrum[1:half] *= 2
    cepstrum[half + 1 :] = 0
    return np.asarray(np.exp(np.fft.rfft(cepstrum)), np.complex64)
