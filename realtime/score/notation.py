"""Chords cut at bar lines and into written note values, with the rests between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from realtime.analysis.metre import Signature
from realtime.score.voices import Chord

# Lengths of a sign in quarters, with dots and triplets.
_SIGNS = tuple(
    Fraction(*sign)
    for sign in (
        *((6, 1), (4, 1), (3, 1), (2, 1), (3, 2), (1, 1), (3, 4), (2, 3), (1, 2), (3, 8), (1, 3), (1, 4)),
        *((1, 6), (1, 8), (1, 12), (1, 16), (1, 24)),
    )
)


@dataclass(frozen=True)
class Sign:
    """One written note, chord or rest. offset, length: quarters, from its bar line. pitches: empty for a rest.

    tied: whether it is tied to the next sign of its voice.
    """

    offset: Fraction
    length: Fraction
    pitches: tuple[int, ...]
    tied: bool = False


def written_bars(voice: Sequence[Chord], signature: Signature, upbeat: Fraction) -> dict[int, list[Sign]]:
    """The signs of a voice by bar number, from 0 on, without bars in which it is silent.

    upbeat: quarters of bar 0 before the first note, which are not written.
    """
    bars: dict[int, list[Sign]] = {}
    for chord in voice:
        now, end = chord.onset, chord.end
        while now < end:
            number = int(now // signature.bar)
            begin = number * signature.bar
            stop = min(end, begin + signature.bar)
            cuts = _cuts(now - begin, stop - begin, signature)
            for low, high in pairwise(cuts):
                bars.setdefault(number, []).append(Sign(low, high - low, chord.pitches, begin + high < end))
            now = stop
    return {
        number: list(_with_rests(signs, signature, Fraction(0) if number else upbeat)) for number, signs in bars.items()
    }


def silent_bar(signature: Signature, begin: Fraction) -> list[Sign]:
    """The rests of a bar from `begin` on; one for a whole bar."""
    if begin == 0:
        return [Sign(begin, signature.bar, ())]
    return list(_with_rests([], signature, begin))


def _with_rests(signs: Sequence[Sign], signature: Signature, begin: Fraction) -> Iterator[Sign]:
    now = begin
    for sign in (*signs, Sign(signature.bar, Fraction(0), ())):
        for low, high in pairwise(_cuts(now, sign.offset, signature)):
            yield Sign(low, high - low, ())
        if sign.length:
            yield sign
        now = sign.offset + sign.length


def _cuts(begin: Fraction, end: Fraction, signature: Signature) -> list[Fraction]:
    """Bounds that cut [begin, end) of a bar into parts of one sign each, so that beats stay visible."""
    cuts = [begin]
    while cuts[-1] < end:
        cuts.append(cuts[-1] + _longest_sign(cuts[-1], end - cuts[-1], signature.beat))
    return cuts


def _longest_sign(offset: Fraction, room: Fraction, beat: Fraction) -> Fraction:
    """Length of the next sign: from a beat as long as possible, else up to the next beat, except syncopations."""
    inside = offset % beat
    to_beat = beat - inside if inside else room
    if inside and 2 * inside == beat and beat in (room, room / 2) and room in _SIGNS:
        return room
    limit = min(room, to_beat)
    if limit > beat and limit not in _SIGNS:
        limit = max((sign for sign in _SIGNS if sign <= limit and sign % beat == 0), default=beat)
    return max((sign for sign in _SIGNS if sign <= limit), default=limit)
