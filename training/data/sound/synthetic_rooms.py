"""Synthetic impulse responses of rooms: image sources of a box for the early reflections, decaying noise for the tail.

Image sources: Allen and Berkley 1979. After 30 to 80 ms they are so many that only their power counts: c / (4 pi V)
per second, where the source's own is 1 / (4 pi d)^2, and 60 dB less after each T60. So the ratio of direct sound to
reverberation follows from size, T60 and distance: of a piano at 2.5 m in a furnished room of 42 m3 (T60 .42 s) it is
-12 dB.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from realtime.contract import SAMPLE_RATE, Float64Array
from training.data.corpus.clips import Clip
from training.data.draws import log_uniform

SOUND_M_S = 343.0
_LONGEST_S = 1.5
_CROSSOVERS_HZ = (250.0, 2000.0)
_FROM_WALL_M = 0.3
_UNEVEN_DB = 2.0  # standard deviation of one reflection: walls differ from place to place, pianos radiate unevenly
_BLEND_S = 0.02


class RoomLayout(NamedTuple):
    """A box (m), the piano and the microphone in it, and T60 (s) below, between and above the crossovers."""

    size: Float64Array
    source: Float64Array
    microphone: Float64Array
    t60: Float64Array

    @property
    def distance(self) -> float:
        return float(np.linalg.norm(self.source - self.microphone))


def synthetic_room(random: np.random.Generator) -> Clip:
    """The impulse response of a random room; its direct sound is the first sample and 1."""
    return Clip(impulse_response(drawn_layout(random), random).astype(np.float32), "synthetic", 0, "synthetic")


def drawn_layout(random: np.random.Generator) -> RoomLayout:
    """Closets to halls, T60 of .12 to 1.2 s, the microphone .3 to 5 m from the piano."""
    size = np.array([log_uniform(random, 2.2, 11.0), log_uniform(random, 1.8, 7.0), random.uniform(2.2, 4.0)])
    source = np.append(random.uniform(_FROM_WALL_M, size[:2] - _FROM_WALL_M), random.uniform(0.5, 1.2))
    distance = min(log_uniform(random, 0.3, 5.0), 0.6 * float(np.linalg.norm(size[:2])))
    t60 = log_uniform(random, 0.12, 1.2) * np.array([random.uniform(0.8, 1.7), 1.0, random.uniform(0.4, 0.95)])
    return RoomLayout(size, source, _position_near(distance, source, size, random), t60)


def impulse_response(layout: RoomLayout, random: np.random.Generator) -> Float64Array:
    """(n,) direct sound, reflections and tail of at most 1.5 s."""
    count = int(min(_LONGEST_S, float(layout.t60.max()) * 1.1 + 0.05) * SAMPLE_RATE)
    mixed_s = float(np.clip(0.01 * np.prod(layout.size) ** (1 / 3) * 1.5, 0.03, 0.08))
    bands = [_images(layout, t60, mixed_s, count, random) for t60 in layout.t60]
    time = np.arange(count) / SAMPLE_RATE
    late = np.clip((time - mixed_s + _BLEND_S) / _BLEND_S, 0, 1)
    power = 4 * np.pi * layout.distance**2 * SOUND_M_S / (np.prod(layout.size) * SAMPLE_RATE)
    noise = random.standard_normal(count) * np.sqrt(power)
    decays = 10 ** (-3 * (time + layout.distance / SOUND_M_S) / layout.t60[:, None])
    parts = np.array(bands) * np.sqrt(1 - late) + noise * decays * np.sqrt(late)
    whole = _crossed_over(parts)
    whole[0] = 1.0
    return whole


def _images(layout: RoomLayout, t60: float, until_s: float, count: int, random: np.random.Generator) -> Float64Array:
    """(count,) reflections that arrive within `until_s` of the direct sound, whose gain is 1."""
    area = 2 * (layout.size[0] * layout.size[1] + layout.size[1] * layout.size[2] + layout.size[2] * layout.size[0])
    kept = np.exp(-0.0805 * np.prod(layout.size) / (area * t60))  # share of the pressure after one reflection (Eyring)
    reach = layout.distance + until_s * SOUND_M_S
    offsets, bounces = zip(*(_axis(layout, axis, reach) for axis in range(3)), strict=True)
    squares = sum(np.square(o).reshape(_along(axis)) for axis, o in enumerate(offsets))
    hits = sum(b.reshape(_along(axis)) for axis, b in enumerate(bounces))
    near = np.asarray((squares < reach * reach) & (hits > 0))
    distance, hits = np.sqrt(squares[near]), hits[near]
    at = np.round((distance - layout.distance) / SOUND_M_S * SAMPLE_RATE).astype(np.int64)
    gains = kept**hits * layout.distance / distance * 10 ** (random.normal(0, _UNEVEN_DB, len(hits)) / 20)
    reflections = np.zeros(count)
    inside = at < count
    np.add.at(reflections, at[inside], gains[inside])
    return reflections


def _axis(layout: RoomLayout, axis: int, reach: float) -> tuple[Float64Array, Float64Array]:
    """Distances along one axis from the microphone to all images within `reach` m, and their reflections."""
    length, source = layout.size[axis], layout.source[axis]
    most = int(reach / (2 * length)) + 1
    pairs = np.arange(-most, most + 1)
    straight, mirrored = 2 * pairs * length + source, 2 * pairs * length - source
    offsets = np.concatenate([straight, mirrored]) - layout.microphone[axis]
    bounces = np.concatenate([np.abs(2 * pairs), np.abs(2 * pairs - 1)])
    return offsets, bounces.astype(np.float64)


def _along(axis: int) -> tuple[int, ...]:
    return tuple(-1 if axis == i else 1 for i in range(3))


def _crossed_over(parts: Float64Array) -> Float64Array:
    """The low, middle and high parts (3, n) as one response (n,); crossovers of an octave, weights that add up to 1."""
    hz = np.fft.rfftfreq(2 * parts.shape[1], 1 / SAMPLE_RATE)
    below = [np.clip(0.5 - np.log2(np.maximum(hz, 1.0) / crossover), 0, 1) for crossover in _CROSSOVERS_HZ]
    weights = (below[0], below[1] - below[0], 1 - below[1])
    spectra = np.fft.rfft(parts, 2 * parts.shape[1])
    whole = sum(w * s for w, s in zip(weights, spectra, strict=True))
    return np.asarray(np.fft.irfft(whole)[: parts.shape[1]], np.float64)


def _position_near(
    distance: float, source: Float64Array, size: Float64Array, random: np.random.Generator
) -> Float64Array:
    """A position inside the box at about `distance` from the source: the best of 24 draws."""
    angles, heights = random.uniform(0, 2 * np.pi, 24), random.uniform(-0.4, 0.6, 24)
    level = np.sqrt(np.maximum(distance**2 - heights**2, 0.01))
    drawn = source + np.stack([level * np.cos(angles), level * np.sin(angles), heights], 1)
    inside = np.clip(drawn, 0.15, size - 0.15)
    off = np.abs(np.linalg.norm(inside - source, axis=1) - distance)
    nearest: Float64Array = inside[int(np.argmin(off))]
    return nearest
