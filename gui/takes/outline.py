"""A whole performance as small as a picture of it needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gui.stage.roll import Block
from realtime.takes.notes import TakeNotes

FloatColumn = npt.NDArray[np.float32]
ByteColumn = npt.NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class Outline:
    """onset, end: (N,) s; pitch: (N,) MIDI; velocity: (N,) 1-127."""

    onset: FloatColumn
    end: FloatColumn
    pitch: ByteColumn
    velocity: ByteColumn

    @staticmethod
    def of(notes: TakeNotes) -> Outline:
        """That of a take."""
        return _outline(notes.onset, notes.offset, notes.pitch, notes.velocity)

    @staticmethod
    def of_blocks(blocks: Sequence[Block]) -> Outline:
        """That of blocks which all have an end."""
        releases = [block.onset if block.release is None else block.release for block in blocks]
        pitches, velocities = [block.pitch for block in blocks], [block.velocity for block in blocks]
        return _outline([block.onset for block in blocks], releases, pitches, velocities)


def _outline(onset: npt.ArrayLike, end: npt.ArrayLike, pitch: npt.ArrayLike, velocity: npt.ArrayLike) -> Outline:
    return Outline(
        np.asarray(onset, np.float32),
        np.asarray(end, np.float32),
        np.asarray(pitch, np.uint8),
        np.asarray(velocity, np.uint8),
    )
