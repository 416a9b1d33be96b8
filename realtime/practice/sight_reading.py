"""Pieces to read at sight, as degrees of a key: a melody over chords, longer and livelier with its difficulty.

The melody is a random walk with small steps that meets a note of the chord on each first beat, and ends on the tonic.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random

Line = tuple[tuple[int | None, Fraction], ...]


@dataclass(frozen=True)
class Reading:
    """right, left: (degree from the tonic, quarters) of each sign, None for a rest; bars are full."""

    beats: int
    beat_type: int
    right: Line
    left: Line


@dataclass(frozen=True)
class _Level:
    """times: time signatures; bars: how many; rhythms: of a beat of a quarter, or of half a bar of 6/8, in quarters;
    widest: steps of the melody; highest: its range from the tonic, which it does not leave downwards by more than one;
    left: how often the left hand plays in a bar."""

    times: tuple[tuple[int, int], ...]
    bars: int
    rhythms: tuple[str, ...]
    widest: int
    highest: int
    left: int


_THREE = ("3/2", "1 1/2", "1/2 1/2 1/2")  # of half a bar of 6/8
_LEVELS = (
    _Level(((4, 4),), 4, ("2", "1 1"), 1, 4, 1),
    _Level(((4, 4), (3, 4)), 8, ("2", "1 1", "1 1"), 2, 4, 1),
    _Level(((4, 4), (3, 4)), 8, ("2", "1 1", "1/2 1/2 1", "1 1/2 1/2"), 3, 7, 2),
    _Level(((4, 4), (3, 4), (6, 8)), 8, ("1 1", "3/2 1/2", "1/2 1/2 1", "1/2 1/2 1/2 1/2"), 4, 8, 2),
    _Level(((4, 4), (3, 4), (6, 8)), 12, ("3/2 1/2", "1/4 1/4 1/2 1", "3/4 1/4 1", "1/2 1/2 1/2 1/2"), 5, 9, 4),
)
# Roots of chords as degrees, and what may follow each.
_FOLLOWING = {0: (0, 3, 4, 5), 3: (0, 4), 4: (0, 5), 5: (3, 4)}


def reading(random: Random, difficulty: int, minor: bool) -> Reading:
    """A piece of difficulty 1 to 5. minor: the seventh degree leads to the tonic, so nothing leaps from below it."""
    level = _LEVELS[difficulty - 1]
    beats, beat_type = random.choice(level.times)
    roots = _harmony(random, level.bars)
    right: list[tuple[int | None, Fraction]] = []
    place = 0
    for root in roots[:-1]:
        place = _on_chord(place, root, level)
        for index, length in enumerate(_rhythm(random, level, beats, beat_type)):
            place = place if index == 0 else _step(random, place, level, minor)
            right.append((place, length))
    bar = Fraction(4 * beats, beat_type)
    right.append((0 if place < 4 or level.highest < 7 else 7, bar))
    left = [sign for root in roots[:-1] for sign in _accompanied(root, level.left, beats, beat_type)]
    return Reading(beats, beat_type, tuple(right), (*left, (0, bar)))


def _harmony(random: Random, bars: int) -> list[int]:
    """A root a bar; the last two are dominant and tonic."""
    roots = [0]
    while len(roots) < bars - 2:
        roots.append(random.choice(_FOLLOWING[roots[-1]]))
    return [*roots, 4, 0]


def _rhythm(random: Random, level: _Level, beats: int, beat_type: int) -> list[Fraction]:
    """The lengths of a bar: of its halves in 6/8, of two quarters and what is left elsewhere."""
    if beat_type == 8:
        return [length for _ in range(2) for length in _lengths(random.choice(_THREE))]
    twos = [length for _ in range(beats // 2) for length in _lengths(random.choice(level.rhythms))]
    return [*twos, Fraction(1)] if beats % 2 else twos


def _lengths(text: str) -> list[Fraction]:
    return [Fraction(length) for length in text.split()]


def _on_chord(place: int, root: int, level: _Level) -> int:
    """The nearest note of the chord that is in range."""
    tones = [tone for tone in range(level.highest + 1) if (tone - root) % 7 in (0, 2, 4)]
    return min(tones, key=lambda tone: abs(tone - place))


def _step(random: Random, place: int, level: _Level, minor: bool) -> int:
    """The next note: a step more often than a leap, and never the same again; from the leading note to the tonic."""
    if minor and place % 7 == 6:
        return place + 1 if place < level.highest else place - 1
    widths = [width for width in range(1, level.widest + 1) for _ in range(level.widest + 2 - width)]
    width = random.choice(widths)
    ways = [to for to in (place - width, place + width) if 0 <= to <= level.highest]
    return random.choice(ways) if ways else place + (1 if place < level.highest else -1)


def _accompanied(root: int, often: int, beats: int, beat_type: int) -> Sequence[tuple[int, Fraction]]:
    """The left hand of a bar: the root; with the fifth; or a broken chord."""
    low = root if root < 4 else root - 7
    bar = Fraction(4 * beats, beat_type)
    if often == 1:
        return [(low, bar)]
    if beat_type == 8:
        return [(low, bar / 2), (low + 4, bar / 2)]
    if beats == 3:
        return [(low, Fraction(1)), (low + 2, Fraction(1)), (low + 4, Fraction(1))] if often > 2 else [(low, bar)]
    steps = (0, 4, 2, 4) if often > 2 else (0, 4)
    return [(low + step, bar / len(steps)) for step in steps]
