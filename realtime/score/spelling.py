"""Pitch spelling: the names that lie nearest to a key on the line of fifths."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from realtime.analysis.key import MAJOR_TONICS, MINOR_TONICS, Key, likely_key
from realtime.notes import NoteTable

_LETTERS = "FCGDAEB"  # along the line of fifths, F at -1
_SHARPEST = {False: 7, True: 6}  # fifths above the tonic of a major and of a minor key: F# to Db, D# to Bb in C, in A


def key_of_page(notes: NoteTable) -> Key | None:
    """The likely key of a take, in the mode whose third is played more often.

    Notes that ring on, or falsely transcribed octaves, may exchange major and minor on one tonic, and the page would
    be full of naturals."""
    key = likely_key(notes)
    if key is None:
        return None
    tonic = tonic_fifths(key) * 7 % 12
    played = np.bincount(notes.pitch % 12, minlength=12)
    minor = bool(played[(tonic + 3) % 12] > played[(tonic + 4) % 12])
    tonics = MINOR_TONICS if minor else MAJOR_TONICS
    return key if minor == key.minor else replace(key, tonic=tonics[tonic], minor=minor)


def tonic_fifths(key: Key | None) -> int:
    """Fifths from C to the key's tonic; C where no key is known."""
    return 0 if key is None else _fifths_of(key.tonic)


def signature_fifths(key: Key | None) -> int:
    """Sharps of the key signature, flats where negative."""
    return tonic_fifths(key) - (3 if key is not None and key.minor else 0)


def spelled(pitch: int, key: Key | None) -> str:
    """A MIDI pitch by the name that it has in `key`, such as "C#4" or "B-3" (music21 writes a flat as -).

    Twelve neighbours on the line of fifths around the tonic, as in Longuet-Higgins, "The perception of melodies"
    (Nature 263, 1976).
    """
    tonic = tonic_fifths(key)
    highest = tonic + _SHARPEST[key is not None and key.minor]
    fifths = highest - (highest - pitch * 7) % 12
    letter, sharps = _LETTERS[(fifths + 1) % 7], (fifths + 1) // 7
    natural = pitch - sharps
    return letter + ("#" * sharps if sharps > 0 else "-" * -sharps) + str(natural // 12 - 1)


def _fifths_of(name: str) -> int:
    """Fifths from C to a tonic such as "Bb" or "F#"."""
    accidental = {"": 0, "#": 7, "b": -7}[name[1:]]
    return _LETTERS.index(name[0]) - 1 + accidental
