"""Strikes: the notes that a listener takes as struck at once, and the upper line over them.

Measures of timing, dynamics and articulation share them, so that all mean the same chords.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from realtime.contract import Float64Array, IntArray
from realtime.notes import NoteTable

# Twenty strikes a second are faster than any run of single notes; a chord of one hand spreads over 10-40 ms.
TOGETHER_S = 0.050
# A longer silence between two strikes is a break in the music and not a rhythm.
BREAK_S = 2.0


@dataclass(frozen=True, eq=False)
class Strikes:
    """Notes grouped into G strikes: each holds the notes within 50 ms of its first.

    begin: (G + 1,) index of each strike's first note in the take's columns; the last entry is N.
    time: (G,) s, the first onset. top: (G,) index of the highest note.
    """

    begin: IntArray
    time: Float64Array
    top: IntArray

    def __len__(self) -> int:
        return len(self.time)

    @property
    def size(self) -> IntArray:
        """(G,) notes of each strike."""
        return np.diff(self.begin)

    @property
    def steps(self) -> Float64Array:
        """(G - 1,) s from each strike to the next."""
        return np.diff(self.time)


def strikes(notes: NoteTable) -> Strikes:
    """Group the notes of a take. Within a strike the order of the columns is by onset."""
    begin = [0]
    while begin[-1] < len(notes):
        first = notes.onset[begin[-1]]
        begin.append(int(np.searchsorted(notes.onset, first + TOGETHER_S, side="right")))
    bounds = np.array(begin, np.int64)
    tops = [low + int(notes.pitch[low:high].argmax()) for low, high in pairwise(begin)]
    return Strikes(bounds, notes.onset[bounds[:-1]], np.array(tops, np.int64))


def skyline(notes: NoteTable, groups: Strikes) -> IntArray:
    """(L,) indices of the notes of the upper line, by onset: the skyline (Uitdenbogerd & Zobel 1998), a common
    approximation of the melody.

    The highest note of each strike, unless a higher key that was struck before is held until after this note's
    release: such a note belongs to the accompaniment.
    """
    line: list[int] = []
    ceiling: list[int] = []
    for index in groups.top.tolist():
        onset, offset, pitch = notes.onset[index], notes.offset[index], notes.pitch[index]
        ceiling = [held for held in ceiling if notes.offset[held] > onset]
        if not any(notes.pitch[held] > pitch and notes.offset[held] > offset for held in ceiling):
            line.append(index)
            ceiling.append(index)
    return np.array(line, np.int64)
