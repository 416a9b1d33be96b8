"""The key of a take, estimated from its pitch classes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from realtime.contract import Float64Array
from realtime.notes import NoteTable
from realtime.words import Phrase, Said

# Key profiles, how well each pitch class from the tonic upwards fits a key to listeners: Krumhansl & Kessler,
# Psychological Review 89, 1982; as key profiles in Krumhansl, Cognitive Foundations of Musical Pitch, 1990, p. 30.
MAJOR = np.array([6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88])
MINOR = np.array([6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17])
MAJOR_TONICS = ("C", "Db", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")
MINOR_TONICS = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "G#", "A", "Bb", "B")
# Tonics in words, and with their mode: English says B where German says H, and Bb where German says B.
TONICS = {
    "C": Phrase("tonic.c", "C"),
    "C#": Phrase("tonic.c_sharp", "C#"),
    "Db": Phrase("tonic.d_flat", "Db"),
    "D": Phrase("tonic.d", "D"),
    "Eb": Phrase("tonic.e_flat", "Eb"),
    "E": Phrase("tonic.e", "E"),
    "F": Phrase("tonic.f", "F"),
    "F#": Phrase("tonic.f_sharp", "F#"),
    "G": Phrase("tonic.g", "G"),
    "G#": Phrase("tonic.g_sharp", "G#"),
    "Ab": Phrase("tonic.a_flat", "Ab"),
    "A": Phrase("tonic.a", "A"),
    "Bb": Phrase("tonic.b_flat", "Bb"),
    "B": Phrase("tonic.b", "B"),
}
MAJOR_KEY, MINOR_KEY = Phrase("key.major", "{tonic} major"), Phrase("key.minor", "{tonic} minor")
LEAST_PITCH_CLASSES = 3
CLEAR_MARGIN, CLEAR_CORRELATION = 0.05, 0.6


@dataclass(frozen=True)
class Key:
    """tonic: such as "G" or "Bb", of `TONICS`. margin: correlation of the best key minus that of the second best.
    correlation: of the take with the profile of the key, -1 to 1."""

    tonic: str
    minor: bool
    margin: float
    correlation: float

    @property
    def clear(self) -> bool:
        """Whether the key is certain enough: a margin of 0.05 and a correlation of 0.6 at least."""
        return self.margin >= CLEAR_MARGIN and self.correlation >= CLEAR_CORRELATION

    @property
    def name(self) -> Said:
        """Such as "G minor"."""
        return (MINOR_KEY if self.minor else MAJOR_KEY)(tonic=TONICS[self.tonic]())


def pitch_class_seconds(notes: NoteTable) -> Float64Array:
    """(12,) seconds for which the keys of each pitch class are held, from C on."""
    held = np.bincount(notes.pitch % 12, weights=notes.offset - notes.onset, minlength=12)
    return np.asarray(held, np.float64)


def likely_key(notes: NoteTable) -> Key | None:
    """The key of the whole take (Krumhansl & Schmuckler's algorithm), or None with fewer than three pitch classes.

    The time for which each pitch class is held is correlated with the profiles of all 24 keys.
    """
    held = pitch_class_seconds(notes)
    if np.count_nonzero(held) < LEAST_PITCH_CLASSES or np.ptp(held) == 0:
        return None
    keys = [(tonic, False) for tonic in MAJOR_TONICS] + [(tonic, True) for tonic in MINOR_TONICS]
    profiles = np.stack([np.roll(mode, tonic) for mode in (MAJOR, MINOR) for tonic in range(12)])
    fits = np.corrcoef(np.vstack([held, profiles]))[0, 1:]  # (24,)
    second, best = np.argsort(fits)[-2:]
    tonic, minor = keys[best]
    return Key(tonic, minor, float(fits[best] - fits[second]), float(fits[best]))
