"""The same notes with another pedal track, since concert pianists pedal nearly alike.

Where the pedal is down for three quarters of the time, "down" is a good guess without listening. With short presses on
single notes, or with long pauses, the network has to learn what the dampers do to the sound.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from realtime.contract import Float64Array
from realtime.notes import NoteTable

_TOGETHER_S = 0.06  # onsets so close are one beat


def repedalled(performance: NoteTable, random: np.random.Generator, seconds: float) -> NoteTable:
    """The notes with a pedal track of one of two kinds in place of their own: short presses on some of the beats, or
    late changes from beat to beat with pauses. Down or up, no half-pedals; times within 0 to `seconds`."""
    beats = _beats(performance.onset[(performance.onset >= 0) & (performance.onset < seconds)])
    manner = _short_presses if random.random() < 0.5 else _changes
    times, values = [0.0], [0]
    for down, up in manner(beats, random):
        if down > times[-1]:
            times += [down, max(up, down + 0.05)]
            values += [int(random.integers(90, 128)), 0]
    return replace(performance, pedal_time=np.array(times), pedal_value=np.array(values, np.int64))


def _beats(onset: Float64Array) -> Float64Array:
    """The first onset of each group of notes that begin together."""
    apart: Float64Array = onset[np.diff(onset, prepend=-np.inf) > _TOGETHER_S]
    return apart


def _short_presses(beats: Float64Array, random: np.random.Generator) -> list[tuple[float, float]]:
    """Down with a beat or a little later, up after some tenths of a second."""
    share, length, late = (
        random.uniform(0.1, 0.8),
        np.exp(random.normal(np.log(0.32), 0.5)),
        random.uniform(-0.04, 0.12),
    )
    struck = beats[random.random(len(beats)) < share]
    downs = struck + late + random.normal(0, 0.02, len(struck))
    return [(float(d), float(d + length * np.exp(random.normal(0, 0.25)))) for d in downs]


def _changes(beats: Float64Array, random: np.random.Generator) -> list[tuple[float, float]]:
    """Up with every so many beats and down again at once, or only with the next ones."""
    every, rests, late = int(random.integers(1, 7)), random.uniform(0, 0.5), random.uniform(0.0, 0.1)
    lifts = beats[::every] + random.normal(0, 0.02, len(beats[::every]))
    downs = lifts + random.uniform(0.04, 0.15, len(lifts)) + late
    return [
        (float(down), float(up))
        for down, up in zip(downs[:-1], lifts[1:], strict=True)
        if random.random() >= rests and up - down > 0.05
    ]
