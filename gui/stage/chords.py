"""The name of a chord from the keys that sound: "C7", "Am/C", "F♯m7♭5".

A chord is looked for on the bass first, then on every other tone, with the bass after a slash; sets of tones that mean
two chords (C6 and Am7, Csus2 and Gsus4) are so decided by the bass, as lead sheets do.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gui.translation import mark, tr

LEAST_TONES = 3
LETTERS = (0, 2, 4, 5, 7, 9, 11)  # semitones of C D E F G A B
LETTER_NAMES = "CDEFGAB"
ACCIDENTALS = {-1: "♭", 0: "", 1: "♯"}
_C_SHARP, _D_SHARP, _F_SHARP = mark("C♯", "tone"), mark("D♯", "tone"), mark("F♯", "tone")
_G_SHARP, _A_SHARP, _B = mark("G♯", "tone"), mark("A♯", "tone"), mark("B", "tone")
_D_FLAT, _E_FLAT, _A_FLAT, _B_FLAT = mark("D♭", "tone"), mark("E♭", "tone"), mark("A♭", "tone"), mark("B♭", "tone")
SHARPS = ("C", _C_SHARP, "D", _D_SHARP, "E", "F", _F_SHARP, "G", _G_SHARP, "A", _A_SHARP, _B)
# The usual spelling of a root, by its pitch class, in chords with a major and with a minor third.
MAJOR_ROOTS = ("C", _D_FLAT, "D", _E_FLAT, "E", "F", _F_SHARP, "G", _A_FLAT, "A", _B_FLAT, _B)
MINOR_ROOTS = ("C", _C_SHARP, "D", _E_FLAT, "E", "F", _F_SHARP, "G", _G_SHARP, "A", _B_FLAT, _B)


@dataclass(frozen=True)
class Chord:
    """name: "C7", "" when the tones make no chord that has one; title: "C dominant 7"; tones: their names, from the
    root up, or from the bass up without a name."""

    name: str
    title: str
    tones: tuple[str, ...]


@dataclass(frozen=True)
class ChordKind:
    """suffix: after the root; words: its long name; tones: semitones above the root and which letter bears each."""

    suffix: str
    words: str
    tones: tuple[tuple[int, int], ...]

    @property
    def minor(self) -> bool:
        return any(semitones == 3 for semitones, _ in self.tones)


_SECOND, _THIRD, _FOURTH, _FIFTH, _SIXTH, _SEVENTH = range(1, 7)  # letters above the root
_MAJOR, _MINOR, _PURE, _FLAT7 = (4, _THIRD), (3, _THIRD), (7, _FIFTH), (10, _SEVENTH)
_ROOT, _NINTH, _LEADING, _FLAT5 = (0, 0), (2, _SECOND), (11, _SEVENTH), (6, _FIFTH)
# In the order in which they are tried where the bass is not the root.
KINDS = (
    ChordKind("", mark("{} major"), (_ROOT, _MAJOR, _PURE)),
    ChordKind("m", mark("{} minor"), (_ROOT, _MINOR, _PURE)),
    ChordKind("7", mark("{} dominant 7"), (_ROOT, _MAJOR, _PURE, _FLAT7)),
    ChordKind("maj7", mark("{} major 7"), (_ROOT, _MAJOR, _PURE, _LEADING)),
    ChordKind("m7", mark("{} minor 7"), (_ROOT, _MINOR, _PURE, _FLAT7)),
    ChordKind("m7♭5", mark("{} half-diminished 7"), (_ROOT, _MINOR, _FLAT5, _FLAT7)),
    ChordKind("dim7", mark("{} diminished 7"), (_ROOT, _MINOR, _FLAT5, (9, _SEVENTH))),
    ChordKind("mMaj7", mark("{} minor major 7"), (_ROOT, _MINOR, _PURE, _LEADING)),
    ChordKind("dim", mark("{} diminished"), (_ROOT, _MINOR, _FLAT5)),
    ChordKind("aug", mark("{} augmented"), (_ROOT, _MAJOR, (8, _FIFTH))),
    ChordKind("sus4", mark("{} suspended 4"), (_ROOT, (5, _FOURTH), _PURE)),
    ChordKind("sus2", mark("{} suspended 2"), (_ROOT, _NINTH, _PURE)),
    ChordKind("add9", mark("{} added 9"), (_ROOT, _MAJOR, _PURE, _NINTH)),
    ChordKind("9", mark("{} dominant 9"), (_ROOT, _MAJOR, _PURE, _FLAT7, _NINTH)),
    ChordKind("6", mark("{} major 6"), (_ROOT, _MAJOR, _PURE, (9, _SIXTH))),
    ChordKind("m6", mark("{} minor 6"), (_ROOT, _MINOR, _PURE, (9, _SIXTH))),
    # Pianists leave the fifth of a seventh chord to the ear.
    ChordKind("7", mark("{} dominant 7"), (_ROOT, _MAJOR, _FLAT7)),
    ChordKind("maj7", mark("{} major 7"), (_ROOT, _MAJOR, _LEADING)),
    ChordKind("m7", mark("{} minor 7"), (_ROOT, _MINOR, _FLAT7)),
    ChordKind("9", mark("{} dominant 9"), (_ROOT, _MAJOR, _FLAT7, _NINTH)),
)
_BY_SHAPE: dict[frozenset[int], ChordKind] = {}
for _kind in KINDS:
    _BY_SHAPE.setdefault(frozenset(semitones for semitones, _ in _kind.tones), _kind)


def name_chord(pitches: Iterable[int]) -> Chord | None:
    """The chord of MIDI pitches that sound together; None for less than three different tones."""
    ordered = sorted(set(pitches))
    tones = list(dict.fromkeys(pitch % 12 for pitch in ordered))  # from the bass up
    if len(tones) < LEAST_TONES:
        return None
    found = _on_a_root(tones, tones)
    if found is None and len(tones) > LEAST_TONES:
        found = _on_a_root(tones[1:], tones[1:])
    if found is None:
        return Chord("", "", tuple(SHARPS[tone] for tone in tones))
    root, kind = found
    names = _spelled(root, kind)
    bass = tones[0]
    symbol, title = names[root] + kind.suffix, tr(kind.words, _worded(names[root]))
    if bass != root:
        below = names.get(bass, (MINOR_ROOTS if kind.minor else MAJOR_ROOTS)[bass])
        symbol, title = f"{symbol}/{below}", f"{title}/{_worded(below)}"
    return Chord(symbol, title, tuple(names.values()))


def _worded(tone: str) -> str:
    """A tone as long names have it: symbols are the same everywhere, but German says H for B and B for B♭."""
    return tr(tone, about="tone")


def _on_a_root(tones: list[int], roots: list[int]) -> tuple[int, ChordKind] | None:
    """Root and kind of a set of pitch classes: on its lowest tone, else the kind that is tried first."""
    kinds = [(root, _BY_SHAPE.get(frozenset((tone - root) % 12 for tone in tones))) for root in roots]
    known = [(root, kind) for root, kind in kinds if kind is not None]
    if not known or known[0][0] == tones[0]:
        return known[0] if known else None
    return min(known, key=lambda found: KINDS.index(found[1]))


def _spelled(root: int, kind: ChordKind) -> dict[int, str]:
    """Pitch class -> name for every tone of a chord: each third, fifth, seventh on its own letter."""
    name = (MINOR_ROOTS if kind.minor else MAJOR_ROOTS)[root]
    letter = LETTER_NAMES.index(name[0])
    names = {root: name}
    for semitones, letters in kind.tones[1:]:
        tone, natural = (root + semitones) % 12, (letter + letters) % len(LETTERS)
        accidental = (tone - LETTERS[natural] + 6) % 12 - 6
        double = accidental not in ACCIDENTALS  # a double flat helps nobody at the piano
        names[tone] = SHARPS[tone] if double else LETTER_NAMES[natural] + ACCIDENTALS[accidental]
    return names
