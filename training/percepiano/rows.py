"""Excerpts as rows of features: as played, and as our transcriber heard them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from realtime.report.features.vector import FEWEST_NOTES, describe
from realtime.report.panel.impressions import PLAYED
from realtime.takes.performance import TakeNotes
from training.data.notes import Float64Array, IntArray, Performance
from training.percepiano.cache import Hearing


@dataclass(frozen=True, eq=False)
class Rows:
    """names: (F,). values: (R, F). excerpt: (R,) which excerpt; source: (R,) index into `sources`, how it was heard."""

    names: tuple[str, ...]
    values: Float64Array
    excerpt: IntArray
    source: IntArray
    sources: tuple[str, ...]

    @property
    def heard(self) -> npt.NDArray[np.bool_]:
        """(R,) heard by a transcriber, not as played."""
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


def played_rows(performances: Sequence[Performance], progress: Callable[[str], None] = lambda _: None) -> Rows:
    """A row for each excerpt, from its own MIDI."""
    progress("features of the excerpts as played")
    return _rows([take_of(played) for played in performances], np.arange(len(performances)), PLAYED)


def heard_rows(hearing: Hearing, progress: Callable[[str], None] = lambda _: None) -> Rows:
    """A row for each excerpt of which enough was heard."""
    progress(f"features of the excerpts as {hearing.source}")
    enough = [i for i, notes in enumerate(hearing.notes) if len(notes) >= FEWEST_NOTES]
    takes = [take_of(hearing.notes[i], hearing.confidence[i]) for i in enough]
    return _rows(takes, hearing.excerpts[enough], hearing.source)


def take_of(notes: Performance, confidence: Float64Array | None = None) -> TakeNotes:
    """A performance as the report sees it. confidence: (N,) where it was heard."""
    return TakeNotes.build(
        notes.onset,
        notes.offset,
        notes.pitch,
        notes.velocity,
        notes.pedal_time,
        notes.pedal_value,
        pedal_source="cc64" if confidence is None else "transcribed",
        confidence=confidence,
    )


def _rows(takes: Sequence[TakeNotes], excerpts: IntArray, source: str) -> Rows:
    found = [describe(take) for take in takes]
    values = np.array([list(row.values()) for row in found])
    return Rows(tuple(found[0]), values, excerpts, np.zeros(len(found), np.int64), (source,))
