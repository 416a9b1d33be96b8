"""Excerpts as rows of features: as played, and as our model transcribed them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from realtime.contract import Float64Array, IntArray
from realtime.notes import NoteTable
from realtime.report.features.vector import FEWEST_NOTES, describe
from realtime.report.panel.impressions import PLAYED
from realtime.takes.notes import TakeNotes
from training.percepiano.cache import Transcription


@dataclass(frozen=True, eq=False)
class Rows:
    """names: (F,). values: (R, F). excerpt: (R,) which excerpt; source: (R,) index into `sources`."""

    names: tuple[str, ...]
    values: Float64Array
    excerpt: IntArray
    source: IntArray
    sources: tuple[str, ...]

    @property
    def transcribed(self) -> npt.NDArray[np.bool_]:
        """(R,) True where transcribed, False where as played."""
        return np.array([source != PLAYED for source in self.sources], np.bool_)[self.source]

    def of(self, chosen: npt.NDArray[np.bool_]) -> Rows:
        """The rows where `chosen` (R,) is True."""
        return Rows(self.names, self.values[chosen], self.excerpt[chosen], self.source[chosen], self.sources)

    def __add__(self, other: Rows) -> Rows:
        return Rows(
            self.names,
            np.concatenate([self.values, other.values]),
            np.concatenate([self.excerpt, other.excerpt]),
            np.concatenate([self.source, other.source + len(self.sources)]),
            self.sources + other.sources,
        )


def played_rows(performances: Sequence[NoteTable], progress: Callable[[str], None] = lambda _: None) -> Rows:
    """A row for each excerpt, from its own MIDI."""
    progress("features of the excerpts as played")
    return _rows(performances, np.arange(len(performances)), PLAYED)


def transcribed_rows(transcription: Transcription, progress: Callable[[str], None] = lambda _: None) -> Rows:
    """A row for each excerpt with enough transcribed notes."""
    progress(f"features of the excerpts as {transcription.source}")
    enough = [i for i, notes in enumerate(transcription.notes) if len(notes) >= FEWEST_NOTES]
    return _rows([transcription.notes[i] for i in enough], transcription.excerpts[enough], transcription.source)


def _rows(performances: Sequence[NoteTable], excerpts: IntArray, source: str) -> Rows:
    found = [describe(TakeNotes.of(played)) for played in performances]  # as a report reads them
    values = np.array([list(row.values()) for row in found])
    return Rows(tuple(found[0]), values, excerpts, np.zeros(len(found), np.int64), (source,))
