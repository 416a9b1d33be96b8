"""Generated lone notes, and slow tunes with wrong keys and stops, as people play who try a piano or learn.

Of the onsets in concert performances only one or two in a hundred stand alone.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from realtime.notes import NoteTable
from training.data.draws import log_uniform
from training.data.music.generate import Rows, drawn_pedal, drawn_velocity, without_overlaps

_LEAD_S = 9.0  # of playing before the window, so that notes ring into it
_FIVE_FINGERS = ((0, 2, 4, 5, 7), (0, 2, 3, 5, 7), (0, 1, 3, 5, 7))
_REGISTERS = ((21, 46), (21, 61), (36, 85), (60, 109), (21, 109))
_AT_AN_ONSET, _NOTHING_BEFORE, _JUST_BEFORE_S = 0.4, 0.6, 0.03
_PEDALLED, _PEDAL_HELD = 0.3, 0.3


def single(random: np.random.Generator, seconds: float) -> Rows:
    """One key after another, .4 to 10 s apart, anywhere in a register; held shortly, to the next one or beyond it."""
    rows, now, loud = Rows(), random.uniform(0, 2), _loudness(random)
    low, high = _REGISTERS[int(random.integers(len(_REGISTERS)))]
    step, hold = log_uniform(random, 0.7, 7.0), log_uniform(random, 0.1, 1.6)
    while now < seconds:
        until = now + step * random.uniform(0.6, 1.4)
        key = int(random.integers(low, high))
        rows.append((now, now + max(0.1, hold * (until - now)), key, drawn_velocity(random, loud, 10)))
        now = until
    return rows


def together(random: np.random.Generator, seconds: float) -> Rows:
    """Two or three keys within a few hundredths of a second, anywhere or an octave, a third, a fifth apart."""
    rows, now, loud = Rows(), random.uniform(0, 2), _loudness(random)
    low, high = _REGISTERS[int(random.integers(len(_REGISTERS)))]
    step, hold, apart = log_uniform(random, 0.7, 6.0), log_uniform(random, 0.1, 1.3), log_uniform(random, 0.002, 0.04)
    while now < seconds:
        count, first = int(random.integers(2, 4)), int(random.integers(low, high - 12))
        near = first + random.choice([3, 4, 5, 7, 8, 9, 12], count - 1, replace=False)
        keys = [first, *(int(k) for k in near)] if random.random() < 0.6 else _anywhere(random, low, high, count)
        until = now + step * random.uniform(0.6, 1.4)
        length = max(0.1, hold * (until - now))
        for late, key in zip(np.abs(random.normal(0, apart, count)), keys, strict=True):
            rows.append((now + late, now + late + length, key, drawn_velocity(random, loud, 8)))
        now = until
    return rows


def tune(random: np.random.Generator, seconds: float) -> Rows:
    """A slow tune on five fingers, mostly by steps, now and then over a low key that is held; wrong keys that are
    corrected, two keys under one finger, and pauses before the next one."""
    rows, now, loud = Rows(), random.uniform(0, 1.5), _loudness(random)
    root, fingers = int(random.integers(30, 90)), _FIVE_FINGERS[int(random.integers(len(_FIVE_FINGERS)))]
    beat, legato = log_uniform(random, 0.4, 2.0), random.uniform(0.5, 1.08)
    unsure = float(random.choice([0.0, 0.05, 0.15]))
    bass, finger = bool(random.random() < 0.3), int(random.integers(5))
    while now < seconds:
        length = beat * float(random.choice([0.5, 1, 1, 1, 2]))
        key = root + fingers[finger]
        if random.random() < unsure:
            wrong, until = key + int(random.choice([-2, -1, 1, 2])), random.uniform(0.08, 0.4)
            rows.append((now, now + until, wrong, drawn_velocity(random, loud - 8)))
            now += until if random.random() < 0.6 else random.uniform(0.005, 0.04)
        rows.append((now, now + legato * length, key, drawn_velocity(random, loud)))
        if bass and random.random() < 0.35:
            low = max(21, root - 12 - int(random.choice([0, 5, 7])))
            rows.append((now + random.normal(0, 0.01), now + 2 * beat, low, drawn_velocity(random, loud - 5)))
        now += length * random.normal(1, 0.06) + (random.uniform(0.5, 4.0) if random.random() < unsure else 0.0)
        finger = int(np.clip(finger + random.choice([-2, -1, -1, 0, 1, 1, 2]), 0, 4))
    return rows


KINDS: tuple[tuple[Callable[[np.random.Generator, float], Rows], float], ...] = (
    (single, 0.55),
    (together, 0.2),
    (tune, 0.25),
)


def lone_notes(random: np.random.Generator, seconds: float) -> NoteTable:
    """A performance of `seconds` of one kind. Four in ten begin at an onset or just before it, most of these without
    notes from before, as when somebody begins to play. The pedal is mostly up, sometimes pressed or held down."""
    total = seconds + _LEAD_S
    kind = KINDS[int(random.choice(len(KINDS), p=[share for _, share in KINDS]))][0]
    rows = [row for row in kind(random, total) if 21 <= row[2] <= 108 and row[0] >= 0]
    times, values = _pedal(random, total)
    onset, offset, pitch, velocity = zip(*rows, strict=True)
    played = without_overlaps(NoteTable.build(onset, offset, pitch, velocity, times, values))
    start = random.uniform(0, _LEAD_S)
    if random.random() >= _AT_AN_ONSET:
        return played.slice(start, seconds)
    return opened_at_onset(played, start, seconds, random)


def opened_at_onset(played: NoteTable, near: float, seconds: float, random: np.random.Generator) -> NoteTable:
    """The window of `seconds` that begins at the first onset after `near` (s), or up to 30 ms before it; mostly without
    the notes that began earlier."""
    after = np.flatnonzero(played.onset >= near)
    if not len(after):
        return played.slice(near, seconds)
    start = float(played.onset[after[0]]) - float(random.choice([0.0, random.uniform(0, _JUST_BEFORE_S)]))
    window = played.slice(start, seconds)
    return window.started_inside() if random.random() < _NOTHING_BEFORE else window


def _pedal(random: np.random.Generator, seconds: float) -> tuple[list[float], list[int]]:
    if random.random() >= _PEDALLED:
        return [], []
    return ([0.0], [127]) if random.random() < _PEDAL_HELD else drawn_pedal(random, seconds)


def _loudness(random: np.random.Generator) -> float:
    """The middle velocity; a third of all playing is soft."""
    return float(random.uniform(6, 36) if random.random() < 0.35 else random.uniform(30, 112))


def _anywhere(random: np.random.Generator, low: int, high: int, count: int) -> list[int]:
    return [int(key) for key in random.choice(np.arange(low, high), count, replace=False)]
