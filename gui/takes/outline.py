"""A whole performance as small as a picture of it needs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from realtime.notes import NoteTable

FloatColumn = npt.NDArray[np.float32]
ByteColumn = npt.NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class Outline:
    """onset, end: (N,) s; pitch: (N,) MIDI; velocity: (N,) 1-127; hands: "left" or "right" of each note where they are
    known, else ()."""

    onset: FloatColumn
    end: FloatColumn
    pitch: ByteColumn
    velocity: ByteColumn
    hands: tuple[str, ...] = ()

    @staticmethod
    def of(notes: NoteTable) -> Outline:
        """That of a table of notes."""
        return Outline(
            notes.onset.astype(np.float32),
            notes.offset.astype(np.float32),
            notes.pitch.astype(np.uint8),
            notes.velocity.astype(np.uint8),
        )
