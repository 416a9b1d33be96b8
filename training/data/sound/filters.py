"""Frequency responses of second-order filters (R. Bristow-Johnson's audio EQ cookbook) on the bins of a real FFT."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from realtime.contract import SAMPLE_RATE

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


def _between(random: np.random.Generator, low_hz: float, high_hz: float) -> float:
    return float(np.exp(random.uniform(np.log(low_hz), np.log(high_hz))))


def equaliser(bins: int, random: np.random.Generator) -> Spectrum:
    """One to three peaks of -12 to +8 dB, and a shelf on each side half of the time."""
    response = np.ones(bins, np.complex64)
    for _ in range(int(random.integers(1, 4))):
        response *= peaking(bins, _between(random, 60, 6000), random.uniform(0.5, 2.5), random.uniform(-12, 8))
    if random.random() < 0.5:
        response *= shelf(bins, _between(random, 80, 400), random.uniform(-12, 6), high=False)
    if random.random() < 0.5:
        response *= shelf(bins, _between(random, 1500, 5000), random.uniform(-14, 6), high=True)
    return response


def voicing(bins: int, random: np.random.Generator) -> Spectrum:
    """The tone of a piano by its soundboard, case and hammers: strong or weak bass, bright or dull."""
    response = shelf(bins, _between(random, 60, 300), random.uniform(-15, 4), high=False)
    response = response * shelf(bins, _between(random, 1000, 4000), random.uniform(-10, 6), high=True)
    for _ in range(2):
        response *= peaking(bins, _between(random, 80, 3000), random.uniform(0.4, 1.5), random.uniform(-6, 6))
    return response


def microphone(bins: int, random: np.random.Generator) -> Spectrum:
    """A small microphone: no bass below 60-250 Hz, no treble above 3.5-7.5 kHz, a resonance between."""
    response = high_pass(bins, _between(random, 60, 250)) * low_pass(bins, _between(random, 3500, 7500))
    return response * peaking(bins, _between(random, 1500, 4500), random.uniform(1, 3), random.uniform(0, 8))
