"""Exercises made to order: scales, arpeggios, cadences, five-finger patterns and pieces to read at sight, by key,
hands and difficulty. The same order with the same seed gives the same exercise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Literal

from realtime.analysis.key import MAJOR_TONICS, MINOR_TONICS, Key
from realtime.errors import UsageError
from realtime.limits import Limits
from realtime.practice.fingering import scale_fingers
from realtime.practice.score import Hand, Hands
from realtime.practice.sheet import Sheet, Sign, signature
from realtime.practice.sight_reading import Reading, reading
from realtime.score.spelling import signature_fifths
from realtime.words import Phrase, Said

Kind = Literal["scale", "arpeggio", "cadence", "five-finger", "sight-reading"]

NAMES: dict[Kind, Phrase] = {
    "scale": Phrase("exercise.scale", "Scale in {key}"),
    "arpeggio": Phrase("exercise.arpeggio", "Arpeggios in {key}"),
    "cadence": Phrase("exercise.cadence", "Cadence in {key}"),
    "five-finger": Phrase("exercise.five_finger", "Five fingers in {key}"),
    "sight-reading": Phrase("exercise.sight_reading", "Sight-reading in {key}"),
}
NO_SUCH_KEY = Phrase("exercise.no_such_key", "There is no key of {tonic} here. Choose one of {tonics}.")
NO_SUCH_DIFFICULTY = Phrase("exercise.no_such_difficulty", "A difficulty lies between {least} and {most}.")

DIFFICULTY = Limits(1, 5)
TEMPOS = (72.0, 76.0, 80.0, 88.0, 96.0)  # quarters a minute, by difficulty
OCTAVES: dict[Hand, int] = {"right": 4, "left": 3}  # in which the tonic lies; of A and B one lower
LETTERS = "CDEFGAB"
QUARTER, EIGHTH, SIXTEENTH = Fraction(1), Fraction(1, 2), Fraction(1, 4)
FOUR = Fraction(4)
# Places of the five fingers, from the lowest, of a bar of eighths.
PATTERNS = ("01234321", "02132432", "01021324", "04132413", "01232123", "43423121", "02430242", "01020304")
# Roots of the chords of cadences, as degrees from the tonic, by difficulty; the one before the last has its seventh.
CADENCES = ((0, 4, 0), (0, 3, 4, 0), (0, 3, 0, 4, 0), (0, 5, 3, 4, 0), (0, 5, 3, 1, 4, 0))
ARPEGGIOS = ((0,), (0,), (0, 3, 4, 0), (0, 5, 3, 4, 0), (0, 5, 3, 1, 4, 0))


@dataclass(frozen=True)
class Order:
    """tonic: one of the usual keys, "F#" or "Bb"; difficulty: 1 to 5. Raises UsageError for what there is not."""

    kind: Kind
    tonic: str = "C"
    minor: bool = False
    hands: Hands = "both"
    difficulty: int = 1
    seed: int = 0

    def __post_init__(self) -> None:
        tonics = MINOR_TONICS if self.minor else MAJOR_TONICS
        if self.tonic not in tonics:
            raise UsageError(NO_SUCH_KEY(tonic=self.tonic, tonics=", ".join(tonics)))
        if not DIFFICULTY.least <= self.difficulty <= DIFFICULTY.most:
            raise UsageError(NO_SUCH_DIFFICULTY(least=DIFFICULTY.least, most=DIFFICULTY.most))

    @property
    def key(self) -> Key:
        """The key; nothing about it is estimated."""
        return Key(self.tonic, self.minor, margin=1.0, correlation=1.0)

    @property
    def name(self) -> Said:
        """Such as "Scale in G minor"."""
        return NAMES[self.kind](key=self.key.name)


def exercise(order: Order) -> Sheet:
    """The exercise; `realtime.practice.sheet` makes a score or MusicXML of it."""
    random = Random(f"{order.kind} {order.tonic} {order.minor} {order.difficulty} {order.seed}")
    notes = _Notes(order)
    if order.kind == "sight-reading":
        piece = reading(random, order.difficulty, order.minor)
        return _sheet(order, (piece.beats, piece.beat_type), {hand: notes.read(piece, hand) for hand in OCTAVES})
    makers = {"scale": _scale, "arpeggio": _arpeggios, "cadence": _cadence}
    make = makers.get(order.kind)
    if make is not None:
        return _sheet(order, (4, 4), {hand: make(order, notes, hand) for hand in OCTAVES})
    patterns = random.sample(PATTERNS, 3)
    return _sheet(order, (4, 4), {hand: _five_fingers(patterns, order, notes, hand) for hand in OCTAVES})


class _Notes:
    """Names of notes in a key, by degrees: 0 is the tonic of the hand's octave, 7 the next one."""

    def __init__(self, order: Order) -> None:
        self.fifths = signature_fifths(order.key)
        self._minor = order.minor
        self._tonic = LETTERS.index(order.tonic[0])
        self._altered = signature(self.fifths)

    def name(self, degree: int, hand: Hand, leading: bool = True) -> str:
        """leading: whether the seventh degree of a minor key leads to the tonic, a semitone below it."""
        index = self._tonic + degree
        letter, octave = LETTERS[index % 7], OCTAVES[hand] + index // 7 - (self._tonic > LETTERS.index("G"))
        alter = self._altered.get(letter, 0) + (self._minor and leading and degree % 7 == 6)
        return letter + ("#" * alter if alter > 0 else "b" * -alter) + str(octave)

    def signs(self, degrees: Sequence[int], hand: Hand, length: Fraction, fingers: Sequence[int] = ()) -> list[Sign]:
        """Single notes of one length."""
        return [
            Sign((self.name(degree, hand),), length, tuple(fingers[index : index + 1]))
            for index, degree in enumerate(degrees)
        ]

    def chord(self, degrees: Sequence[int], hand: Hand, length: Fraction) -> Sign:
        """At once."""
        return Sign(tuple(self.name(degree, hand) for degree in degrees), length)

    def read(self, piece: Reading, hand: Hand) -> list[Sign]:
        """One hand of a piece to read."""
        return [
            self.chord((degree,), hand, length) if degree is not None else Sign((), length)
            for degree, length in (piece.right if hand == "right" else piece.left)
        ]


def _scale(order: Order, notes: _Notes, hand: Hand) -> list[Sign]:
    """Up and down; one octave in quarters, two in quarters, eighths and sixteenths."""
    octaves = 1 if order.difficulty == 1 else 2
    length = (QUARTER, QUARTER, EIGHTH, EIGHTH, SIXTEENTH)[order.difficulty - 1]
    up = list(range(7 * octaves + 1))
    fingers = scale_fingers(order.tonic, order.minor, hand, octaves)
    return _ended(notes.signs(up + up[-2::-1], hand, length, fingers + fingers[-2::-1]))


def _arpeggios(order: Order, notes: _Notes, hand: Hand) -> list[Sign]:
    """Broken chords up and down, the tonic's alone at first."""
    octaves = 1 if order.difficulty == 1 else 2
    length = QUARTER if order.difficulty < 3 else EIGHTH
    signs: list[Sign] = []
    for root in ARPEGGIOS[order.difficulty - 1]:
        low = root if root < 4 else root - 7
        up = [low + 7 * octave + step for octave in range(octaves) for step in (0, 2, 4)] + [low + 7 * octaves]
        signs += _ended(notes.signs(up + up[-2::-1], hand, length))
    return signs


def _cadence(order: Order, notes: _Notes, hand: Hand) -> list[Sign]:
    """Chords that move as little as they can; with both hands the left one plays their roots."""
    roots = CADENCES[order.difficulty - 1]
    chords: list[tuple[int, ...]] = [(0, 2, 4)]
    for place, root in enumerate(roots[1:], 1):
        seventh = place == len(roots) - 2
        chords.append(min(_voicings(root, seventh), key=lambda chord: _way(chords[-1], chord)))
    if order.hands == "both" and hand == "left":
        chords = [(root if root < 4 else root - 7,) for root in roots]
    half = len(chords) - 1
    lengths = [Fraction(2)] * half + [FOUR - half * 2 % 4]
    return [notes.chord(chord, hand, length) for chord, length in zip(chords, lengths, strict=True)]


def _voicings(root: int, seventh: bool) -> Iterator[tuple[int, ...]]:
    """A chord of three keys near the tonic's, in all its positions; with a seventh it has no fifth."""
    members = sorted({root % 7, (root + 2) % 7, (root + (6 if seventh else 4)) % 7})
    rising = [member + 7 * octave for octave in (-1, 0, 1) for member in members]
    yield from (tuple(rising[low : low + 3]) for low in range(len(rising) - 2))


def _way(before: Sequence[int], after: Sequence[int]) -> int:
    return sum(abs(one - other) for one, other in zip(before, after, strict=True))


def _five_fingers(patterns: Sequence[str], order: Order, notes: _Notes, hand: Hand) -> list[Sign]:
    """Three bars of patterns and the tonic; in quarters at first."""
    length = QUARTER if order.difficulty < 3 else EIGHTH
    places = [int(place) for pattern in patterns for place in pattern]
    fingers = [place + 1 if hand == "right" else 5 - place for place in places]
    return [
        *notes.signs(places, hand, length, fingers),
        Sign((notes.name(0, hand),), FOUR, (1 if hand == "right" else 5,)),
    ]


def _ended(signs: list[Sign]) -> list[Sign]:
    """The last one fills its bar."""
    before = sum((sign.quarters for sign in signs[:-1]), Fraction(0))
    last = signs[-1]
    return [*signs[:-1], Sign(last.names, FOUR - before % FOUR, last.fingers)]


def _sheet(order: Order, time: tuple[int, int], hands: dict[Hand, list[Sign]]) -> Sheet:
    """The page; a hand that does not play rests."""
    bar = Fraction(4 * time[0], time[1])
    voices = {hand: list(_bars(signs, bar)) for hand, signs in hands.items()}
    rests = [(Sign((), bar),)] * len(voices["right"])
    right, left = (voices[hand] if order.hands in (hand, "both") else rests for hand in OCTAVES)
    bars = tuple(((tuple(upper),), (tuple(lower),)) for upper, lower in zip(right, left, strict=True))
    fifths = signature_fifths(order.key)
    return Sheet(str(order.name), fifths, order.minor, *time, TEMPOS[order.difficulty - 1], bars)


def _bars(signs: Sequence[Sign], bar: Fraction) -> Iterator[tuple[Sign, ...]]:
    """The signs of each bar; none crosses a bar line."""
    kept: list[Sign] = []
    for sign in signs:
        kept.append(sign)
        if sum((one.quarters for one in kept), Fraction(0)) == bar:
            yield tuple(kept)
            kept = []
    assert not kept, "the last bar is not full"
