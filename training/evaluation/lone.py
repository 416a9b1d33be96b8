"""Lone notes, seconds apart: how many strokes were found, and what else was heard."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from realtime.notes import NoteTable

APART_S = 1.0  # recordings whose strokes all lie further apart are ones of lone notes
NEAR_S = 0.1


@dataclass(frozen=True)
class LoneCount:
    """found: strokes whose key was heard within 0.1 s. Until 0.1 s before the next stroke everything else of the same
    key is doubled, and everything of other keys false."""

    strokes: int = 0
    found: int = 0
    false: int = 0
    doubled: int = 0

    def __add__(self, other: LoneCount) -> LoneCount:
        return LoneCount(
            self.strokes + other.strokes,
            self.found + other.found,
            self.false + other.false,
            self.doubled + other.doubled,
        )


def are_lone(reference: NoteTable) -> bool:
    """Whether the notes of a recording, onsets ascending, are all alone."""
    return bool((np.diff(reference.onset) > APART_S).all())


def count_lone(reference: NoteTable, estimated: NoteTable) -> LoneCount:
    """The count of one recording of lone notes."""
    count = LoneCount()
    first_of = [0.0, *(reference.onset[1:] - NEAR_S)]
    for begin, end, onset, pitch in zip(
        first_of, [*first_of[1:], np.inf], reference.onset, reference.pitch, strict=True
    ):
        here = (estimated.onset >= begin) & (estimated.onset < end)
        own = estimated.onset[here & (estimated.pitch == pitch)]
        found = int((np.abs(own - onset) <= NEAR_S).any())
        count += LoneCount(1, found, int(here.sum()) - len(own), max(0, len(own) - found))
    return count
