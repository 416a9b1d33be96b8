"""Synthetic speech and singing: pitched sound that glides and forms vowels, to train on sound that is no piano.

Recorded speakers are few, and a network takes voiced sounds for notes: speech, singing, a child, a whistle. Source and
filter (Fant 1960): harmonics of a gliding pitch, weighed by the resonances of the vocal tract, syllable by syllable.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from realtime.contract import SAMPLE_RATE, Float64Array

Audio = npt.NDArray[np.float32]

_MOST_HARMONICS = 40
_TOP_HZ = 7000.0
_EDGE_S = 0.02


def speech(count: int, random: np.random.Generator) -> Audio:
    """(count,) syllables of one speaker or singer with pauses between them; the loudest sample is 1."""
    sound = np.zeros(count)
    register = np.exp(random.uniform(np.log(85), np.log(500)))
    tract = random.uniform(0.85, 1.35)  # a child's is short: its resonances lie higher
    pace, song = random.uniform(0.7, 1.5), bool(random.random() < 0.25)
    now = random.uniform(0, 0.3)
    while now * SAMPLE_RATE < count:
        length = random.uniform(0.4, 1.2) if song else pace * random.uniform(0.08, 0.35)
        first, samples = int(now * SAMPLE_RATE), int(length * SAMPLE_RATE)
        syllable = _syllable(samples, register * np.exp(random.normal(0, 0.2)), tract, song, random)
        left = min(samples, count - first)
        sound[first : first + left] += syllable[:left]
        now += length + (random.uniform(0.1, 0.6) if random.random() < 0.2 else random.uniform(-0.02, 0.05))
    return np.asarray(sound / max(float(np.abs(sound).max(initial=0.0)), 1e-9), np.float32)


def _syllable(samples: int, hz: float, tract: float, song: bool, random: np.random.Generator) -> Float64Array:
    time = np.arange(samples) / SAMPLE_RATE
    if song:
        glide = 0.02 * np.sin(2 * np.pi * random.uniform(4, 7) * time)
    else:
        glide = np.linspace(random.normal(0, 0.12), random.normal(0, 0.12), samples)
    pitch = hz * np.exp(glide)
    phase = 2 * np.pi * np.cumsum(pitch) / SAMPLE_RATE
    harmonics = np.arange(1, max(1, min(_MOST_HARMONICS, int(_TOP_HZ / hz))) + 1)
    weights = _formants(hz * harmonics.astype(np.float64), tract, random) / harmonics ** random.uniform(0.5, 1.5)
    # Harmonics by Chebyshev's recurrence: one sine and one cosine for all of them.
    twice, before, at = 2 * np.cos(phase), np.zeros(samples), np.sin(phase)
    sound = weights[0] * at
    for weight in weights[1:]:
        before, at = at, twice * at - before
        sound += weight * at
    breath = random.standard_normal(samples) * random.uniform(0, 0.1) * np.abs(sound).mean()
    return eased(sound + breath, _EDGE_S) * random.uniform(0.3, 1.0)


def eased(sound: Float64Array, edge_s: float) -> Float64Array:
    """Sound (n,) faded in and out over `edge_s`, so that it does not click."""
    edge = min(int(edge_s * SAMPLE_RATE), len(sound) // 2)
    shape = np.ones(len(sound))
    shape[:edge] = np.linspace(0, 1, edge)
    shape[len(sound) - edge :] = np.linspace(1, 0, edge)
    return np.asarray(sound * shape, np.float64)


def _formants(hz: Float64Array, tract: float, random: np.random.Generator) -> Float64Array:
    """Gains at `hz` of three resonances, as wide as vowels have them."""
    gains = np.full(len(hz), 0.01)
    for low, high, width, level in ((250, 850, 90, 1.0), (800, 2400, 120, 0.5), (2300, 3200, 180, 0.25)):
        centre = tract * random.uniform(low, high)
        gains += level / np.sqrt(1 + ((hz - centre) / width) ** 2)
    return gains
