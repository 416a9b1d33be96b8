"""Bars, estimated from the accents of strikes whose beats are known."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

import numpy as np

from realtime.analysis.rhythm import UNITS, Rhythm
from realtime.contract import Float64Array, IntArray
from realtime.errors import UsageError
from realtime.words import Phrase

NO_SIGNATURE = Phrase("score.no_signature", "{text} is no time signature. Give one such as 3/4 or 6/8.")

_MOST_BEATS = 24
_BAR_BEATS = (2, 3, 4)
# A beat of the rhythm may be felt as two, or two of them as one.
_BEAT_UNITS = (UNITS // 2, UNITS, 2 * UNITS)
# Expected accent of the first beat, the middle of a bar of four, other beats, and places between beats.
_DOWN, _MIDDLE, _BEAT, _BETWEEN = 1.0, 0.35, 0.1, -0.4
_USUAL_BPM, _USUAL_OCTAVES, _TEMPO_WEIGHT = 100.0, 0.9, 0.15
_COMMON = {2: 0.0, 3: 0.02, 4: 0.04}


@dataclass(frozen=True)
class Signature:
    """A time signature. beat: a felt beat in quarters (3/2 in 6/8)."""

    beats: int
    beat: Fraction
    numerator: int
    denominator: int

    @staticmethod
    def of(beats: int, triple: bool) -> Signature:
        """Of `beats` felt beats; those that divide by three are dotted quarters."""
        if triple:
            return Signature(beats, Fraction(3, 2), 3 * beats, 8)
        return Signature(beats, Fraction(1), beats, 4)

    @staticmethod
    def parsed(text: str) -> Signature:
        """Of "3/4", "6/8", "2/2" and the like: numerators in eighths that divide by three have beats of three of them.

        Raises UsageError for anything else.
        """
        match = re.fullmatch(r"(\d{1,2})/(2|4|8|16)", text.strip())
        if match is None or not 0 < int(match[1]) <= _MOST_BEATS:
            raise UsageError(NO_SIGNATURE(text=text))
        return Signature.written(int(match[1]), int(match[2]))

    @staticmethod
    def written(numerator: int, denominator: int) -> Signature:
        """As `parsed`, of its numbers."""
        if denominator >= 8 and numerator % 3 == 0 and numerator > 3:
            return Signature(numerator // 3, Fraction(12, denominator), numerator, denominator)
        return Signature(numerator, Fraction(4, denominator), numerator, denominator)

    @property
    def triple(self) -> bool:
        """Whether its beats divide by three."""
        return self.beat.numerator == 3

    @property
    def bar(self) -> Fraction:
        """Quarters a bar."""
        return self.beat * self.beats


@dataclass(frozen=True, eq=False)
class Metre:
    """onset: (G,) quarters in 1 / `grid` from the first bar line on, which lies at or before the first strike.

    quarter_s: (G,) s, length of a quarter at each strike. grid: units a quarter.
    """

    signature: Signature
    onset: IntArray
    quarter_s: Float64Array
    grid: int


def likely_metre(
    rhythm: Rhythm, accent: Float64Array, signature: Signature | None = None, beat_known: bool = False
) -> Metre:
    """The bars that agree best with the accents (correlation with the expected accent of each place in a bar).

    After Brown, "Determination of the meter of musical scores by autocorrelation" (JASA 94, 1993), with templates
    in place of lags, so that the phase is found too. signature: if known. beat_known: whether the rhythm's beat is the
    felt one, and not perhaps half or twice as long.
    """
    triple = rhythm.triple if signature is None else signature.triple
    units = (UNITS,) if triple or beat_known else _BEAT_UNITS
    beats = _BAR_BEATS if signature is None else (signature.beats,)
    best = max(
        (
            (_fit(rhythm, accent, unit, count, shift), unit, count, shift)
            for unit, count in product(units, beats)
            for shift in range(0, unit * count, UNITS // 4 if unit < UNITS else UNITS // 2)
        ),
        key=lambda reading: reading[0],
    )
    _, unit, count, shift = best
    chosen = signature or Signature.of(count, rhythm.triple)
    return _placed(rhythm, chosen, unit, shift)


def _fit(rhythm: Rhythm, accent: Float64Array, unit: int, beats: int, shift: int) -> float:
    place = (rhythm.position - shift) % (unit * beats)
    expected = np.where(place % unit == 0, _BEAT, _BETWEEN)
    expected[place == 0] = _DOWN
    if beats == 4:
        expected[place == 2 * unit] = _MIDDLE
    agreement = 0.0 if expected.std() < 1e-9 or not accent.any() else float(np.corrcoef(expected, accent)[0, 1])
    away = np.log2(rhythm.bpm * UNITS / unit / _USUAL_BPM) / _USUAL_OCTAVES
    return agreement - 0.5 * _TEMPO_WEIGHT * float(away) ** 2 + _COMMON.get(beats, 0.0)


def _placed(rhythm: Rhythm, signature: Signature, unit: int, shift: int) -> Metre:
    """In quarters: a beat of `unit` units is `signature.beat` quarters long."""
    quarters = signature.beat / unit
    grid = int(quarters.denominator)
    onset = (rhythm.position - shift) * int(quarters.numerator)
    bar = int(signature.bar * grid)
    onset = onset - onset[0] // bar * bar
    return Metre(signature, onset, rhythm.beat_s * float(1 / (quarters * UNITS)), grid)
