"""Notes as CSV: one line per note, `onset,offset,pitch,name,velocity,p`, by onset."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from realtime.events import Event, StreamStarted
from realtime.notes import NoteTable, note_name

COLUMNS = ("onset", "offset", "pitch", "name", "velocity", "p")


def csv_bytes(_stream: StreamStarted, events: Iterable[Event]) -> bytes:
    """The table of a stream's notes, UTF-8; times in seconds to 0.1 ms."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(COLUMNS)
    notes = NoteTable.from_events(events)
    assert notes.confidence is not None
    columns = (notes.onset, notes.offset, notes.pitch, notes.velocity, notes.confidence)
    for onset, offset, pitch, velocity, p in zip(*(column.tolist() for column in columns), strict=True):
        times = (f"{onset:.4f}", f"{offset:.4f}")
        table.writerow((*times, pitch, note_name(pitch), velocity, f"{p:.3f}"))
    return text.getvalue().encode()
