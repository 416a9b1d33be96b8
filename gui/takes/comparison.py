"""What a second transcription of a take has changed: notes added and notes removed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from realtime.notes import NoteTable
from realtime.takes.edits import first_notes
from realtime.takes.folder import open_take

SAME_S = 0.05  # two transcriptions of one onset differ by less


@dataclass(frozen=True)
class Comparison:
    """before, after: notes; added, removed: those of one transcription that have no partner in the other."""

    before: int
    after: int
    added: int
    removed: int


def compare_versions(folder: Path) -> Comparison:
    """An improved take, now and as it was transcribed first. Raises FileError."""
    first, now = (NoteTable.from_events(take.events) for take in (first_notes(folder), open_take(folder)))
    return compared(first, now)


def compared(before: NoteTable, after: NoteTable) -> Comparison:
    """Notes of one pitch are the same when their onsets lie within 50 ms; each has at most one partner."""
    old, new = _onsets(before), _onsets(after)
    same = sum(_pairs(old[pitch], new[pitch]) for pitch in old.keys() & new.keys())
    return Comparison(len(before), len(after), len(after) - same, len(before) - same)


def _onsets(notes: NoteTable) -> dict[int, list[float]]:
    """Of each pitch, rising."""
    return {pitch: notes.onset[notes.pitch == pitch].tolist() for pitch in np.unique(notes.pitch).tolist()}


def _pairs(first: list[float], second: list[float]) -> int:
    """How many of two sorted lists are partners: the earliest that fits is taken, which leaves most for the rest."""
    pairs = i = j = 0
    while i < len(first) and j < len(second):
        if abs(first[i] - second[j]) <= SAME_S:
            pairs, i, j = pairs + 1, i + 1, j + 1
        elif first[i] < second[j]:
            i += 1
        else:
            j += 1
    return pairs
