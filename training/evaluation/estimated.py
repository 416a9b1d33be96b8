"""A decoder's events as a note table that can be compared with a reference."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from realtime.contract import Float64Array
from realtime.events import Event, NoteOn
from realtime.notes import NoteTable, paired


class Estimated(NamedTuple):
    """Notes and pedal as transcribed; emitted: (N,) s, the stream's clock when each note left the decoder; told_by: the
    delay that told each note, None in a mode of a single one."""

    notes: NoteTable
    emitted: Float64Array
    told_by: tuple[str | None, ...]


def from_events(events: Iterable[Event]) -> Estimated:
    """The notes and pedal of one finished stream. Raises ValueError when one is never released: of a decoder that was
    not flushed only a part of the notes would be compared."""
    kept = list(events)
    if held := paired(kept).unreleased:
        raise ValueError(f"{len(held)} notes were never released: pitches {sorted(on.pitch for on in held)}")
    struck = sorted((event for event in kept if isinstance(event, NoteOn)), key=lambda on: (on.time, on.pitch))
    emitted = np.array([on.emitted for on in struck], np.float64)
    return Estimated(NoteTable.from_events(kept), emitted, tuple(on.delay for on in struck))
