"""The metronome in sound: short clicks at exact samples, the first of a bar higher and louder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from realtime.clock import samples
from realtime.contract import FloatArray
from realtime.notes import NoteTable

LENGTH_S = 0.04
ACCENT_HZ, PLAIN_HZ = 1760.0, 1175.0  # of a tone that dies away
ACCENT_GAIN, PLAIN_GAIN = 0.45, 0.25
DECAY_S = 0.008


@dataclass(frozen=True)
class Beat:
    """A click. time: s of the sound that it lies in; accent: whether it begins a bar."""

    time: float
    accent: bool


@dataclass(frozen=True, eq=False)
class Accompaniment:
    """notes: to be played on the sampled piano; beats: of the metronome, by time; both may be none."""

    notes: NoteTable
    beats: tuple[Beat, ...]


def add_clicks(sound: FloatArray, start: int, rate: int, beats: Sequence[Beat]) -> None:
    """Add clicks to `sound` (n,), whose first sample is number `start`, at `rate` Hz. A click begins at the sample of
    its time."""
    for beat in beats:
        shape = _click(rate, beat.accent)
        first = samples(beat.time, rate) - start
        begin, end = max(first, 0), min(first + len(shape), len(sound))
        if begin < end:
            sound[begin:end] += shape[begin - first : end - first]


@cache
def _click(rate: int, accent: bool) -> FloatArray:
    """(n,) one click; its first sample is its loudest, so that it is where it is said to be."""
    time = np.arange(round(LENGTH_S * rate)) / rate
    tone = np.cos(2 * np.pi * (ACCENT_HZ if accent else PLAIN_HZ) * time) * np.exp(-time / DECAY_S)
    return ((ACCENT_GAIN if accent else PLAIN_GAIN) * tone).astype(np.float32)
