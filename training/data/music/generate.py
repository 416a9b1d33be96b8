"""Generated playing of kinds that concert performances lack: single notes, repeated notes, scales, extremes, plain
chords."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from realtime.notes import NoteTable

Rows = list[tuple[float, float, int, int]]
_SCALES = ((0, 2, 4, 5, 7, 9, 11), (0, 2, 3, 5, 7, 8, 11), tuple(range(12)))
_CHORDS = ((0, 4, 7), (0, 3, 7), (0, 4, 7, 10), (0, 3, 7, 10), (0, 4, 7, 12), (0, 5, 9))


def drawn_velocity(random: np.random.Generator, middle: float, spread: float = 8.0) -> int:
    """4 to 127, around `middle`."""
    return int(np.clip(random.normal(middle, spread), 4, 127))


def single_notes(random: np.random.Generator, seconds: float) -> Rows:
    """One key at a time, anywhere, with rests between."""
    rows, now, middle = Rows(), random.uniform(0.1, 0.8), random.uniform(15, 110)
    while now < seconds:
        length = random.uniform(0.15, 2.0)
        rows.append((now, now + length, int(random.integers(21, 109)), drawn_velocity(random, middle, 15)))
        now += length + random.exponential(0.4)
    return rows


def repeated_notes(random: np.random.Generator, seconds: float) -> Rows:
    """One or two keys struck again and again, 2 to 12 times a second, held long or short."""
    rows, now, pitch = Rows(), random.uniform(0.05, 0.4), int(random.integers(24, 105))
    while now < seconds:
        step, hold, middle = 1 / random.uniform(2, 12), random.uniform(0.3, 0.95), random.uniform(30, 105)
        partner = pitch + int(random.choice([0, 0, 3, 4, 7, 12]))
        for _ in range(int(random.integers(3, 14))):
            played = now + random.normal(0, 0.004)
            rows.extend((played, played + hold * step, p, drawn_velocity(random, middle)) for p in {pitch, partner})
            now += step
        now += random.uniform(0.1, 0.8)
        pitch = int(np.clip(pitch + random.integers(-9, 10), 22, 96))
    return rows


def scales(random: np.random.Generator, seconds: float) -> Rows:
    """Scales up and down, in one hand or in octaves, with a slow swell."""
    rows, now, steps = Rows(), random.uniform(0.05, 0.4), _SCALES[int(random.integers(len(_SCALES)))]
    step, legato = 1 / random.uniform(2, 11), random.uniform(0.6, 1.15)
    octaves, root, middle = bool(random.random() < 0.4), int(random.integers(28, 72)), random.uniform(35, 100)
    ladder = [root + 12 * o + s for o in range(3) for s in steps]
    ladder += ladder[-2::-1]
    i = 0
    while now < seconds:
        pitch = ladder[i % len(ladder)]
        loud = middle + 12 * np.sin(i / 9)
        hands = (pitch, pitch + 12) if octaves else (pitch,)
        rows.extend(
            (now + random.normal(0, 0.005), now + legato * step, p, drawn_velocity(random, loud, 5)) for p in hands
        )
        now += step * random.normal(1, 0.04)
        i += 1
    return rows


def figures(random: np.random.Generator, seconds: float) -> Rows:
    """Fast repetitions: hammered chords, tremolos between two parts of a chord, a note repeated over a held chord."""
    rows, now = Rows(), random.uniform(0.05, 0.5)
    while now < seconds:
        root, middle = int(random.integers(26, 90)), random.uniform(30, 110)
        chord = [root + c for c in _CHORDS[int(random.integers(len(_CHORDS)))]]
        step, hold, strokes = random.uniform(0.07, 0.2), random.uniform(0.3, 0.95), int(random.integers(4, 16))
        share = int(random.integers(1, len(chord)))
        tremolo = bool(random.random() < 0.4)
        hands = (chord[:share], chord[share:]) if tremolo else (chord[:share],)
        held = [] if tremolo or random.random() < 0.5 else chord[share:]
        rows.extend((now, now + strokes * step, p - 12, drawn_velocity(random, middle)) for p in held)
        for stroke in range(strokes):
            hand = hands[stroke % len(hands)]
            late = random.normal(0, 0.004, len(hand))
            length = hold * step * len(hands)
            rows.extend(
                (now + t, now + t + length, p, drawn_velocity(random, middle)) for t, p in zip(late, hand, strict=True)
            )
            now += step
        now += random.uniform(0.05, 0.6)
    return rows


def chords(random: np.random.Generator, seconds: float) -> Rows:
    """A beginner's or a pop player's chords: a left-hand bass, a right-hand chord, now and then a tune above."""
    rows, now, beat = Rows(), random.uniform(0.05, 0.5), random.uniform(0.3, 1.1)
    middle, root = random.uniform(30, 100), int(random.integers(30, 50))
    while now < seconds:
        chord = _CHORDS[int(random.integers(len(_CHORDS)))]
        base, hold = root + int(random.choice([0, 5, 7, 9, 2])), beat * random.uniform(0.5, 1.0)
        pitches = [base - 12 * int(random.random() < 0.7)] + [base + 12 + c for c in chord]
        for p in pitches:
            late = abs(random.normal(0, 0.008))
            rows.append((now + late, now + late + hold, p, drawn_velocity(random, middle)))
        if random.random() < 0.5:
            tune = base + 24 + int(random.choice([0, 2, 4, 5, 7, 9]))
            rows.append((now + beat / 2, now + beat, tune, drawn_velocity(random, middle + 8)))
        now += beat
    return rows


def extremes(random: np.random.Generator, seconds: float) -> Rows:
    """Lowest or highest octaves, or very soft or very loud playing, in clusters of one to six keys."""
    rows, now = Rows(), random.uniform(0.05, 0.5)
    low, high = ((21, 40), (88, 109), (21, 109))[int(random.integers(3))]
    middle = float(random.choice([8, 14, 118, 124]))
    while now < seconds:
        length = random.uniform(0.1, 1.2)
        for pitch in random.choice(np.arange(low, high), int(random.integers(1, 7)), replace=False):
            rows.append(
                (now + abs(random.normal(0, 0.006)), now + length, int(pitch), drawn_velocity(random, middle, 4))
            )
        now += length + random.exponential(0.25)
    return rows


KINDS: tuple[Callable[[np.random.Generator, float], Rows], ...] = (
    single_notes,
    repeated_notes,
    figures,
    scales,
    chords,
    extremes,
)


def generate(random: np.random.Generator, seconds: float) -> NoteTable:
    """A performance of `seconds` of one kind, with pedal in a third of the cases; a key is never struck while down."""
    kind = KINDS[int(random.integers(len(KINDS)))]
    rows = [row for row in kind(random, seconds) if 0 <= row[0] < seconds and 21 <= row[2] <= 108]
    times, values = drawn_pedal(random, seconds) if random.random() < 0.35 else ([], [])
    if not rows:
        return NoteTable.build([], [], [], [], times, values)
    onset, offset, pitch, velocity = zip(*rows, strict=True)
    played = NoteTable.build(onset, offset, pitch, velocity, times, values)
    return without_overlaps(played)


def drawn_pedal(random: np.random.Generator, seconds: float) -> tuple[list[float], list[int]]:
    """Times (s) and values of a pedal that is down for .4 to 3 s again and again, with short pauses."""
    times, values, now = [0.0], [0], random.uniform(0, 0.5)
    while now < seconds:
        down = random.uniform(0.4, 3.0)
        times += [now, now + down]
        values += [int(random.integers(80, 128)), 0]
        now += down + random.uniform(0.05, 0.6)
    return times, values


def without_overlaps(played: NoteTable) -> NoteTable:
    """The notes, each ended before its key's next onset; of two onsets of a key within 30 ms the later one stays."""
    following = played.next_onset()
    apart = (following - played.onset) > 0.03
    offset = np.maximum(np.minimum(played.offset, following - 0.01), played.onset + 0.02)
    return replace(played, offset=offset).only(apart)
