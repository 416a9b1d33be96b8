"""What a decoder told, as a table of notes that can be scored."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from realtime.contract import Float64Array
from realtime.events import Event, NoteOn
from realtime.notes import NoteTable, paired


class Heard(NamedTuple):
    """Notes and pedal as heard; emitted: (N,) s, the stream's clock when each note left the decoder."""

    performance: NoteTable
    emitted: Float64Array


def from_events(events: Iterable[Event]) -> Heard:
    """The notes and pedal of one finished stream. Raises ValueError when one is never released: a decoder that was not
    flushed would be scored on a part of what it heard."""
    kept = list(events)
    if held := paired(kept).unreleased:
        raise ValueError(f"{len(held)} notes were never released: pitches {sorted(on.pitch for on in held)}")
    struck = sorted((event for event in kept if isinstance(event, NoteOn)), key=lambda on: (on.time, on.pitch))
    return Heard(NoteTable.from_events(kept), np.array([on.emitted for on in struck], np.float64))
