"""Notes as a table: one line per note, `onset,offset,pitch,name,velocity,p`, by onset."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from realtime.events import Event, StreamStarted
from realtime.notes import note_name, whole_notes

COLUMNS = ("onset", "offset", "pitch", "name", "velocity", "p")


def csv_bytes(_stream: StreamStarted, events: Iterable[Event]) -> bytes:
    """The table of a stream's notes, UTF-8; times in seconds to 0.1 ms."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(COLUMNS)
    for note in whole_notes(events):
        times = (f"{note.onset:.4f}", f"{note.offset:.4f}")
        table.writerow((*times, note.pitch, note_name(note.pitch), note.velocity, f"{note.p:.3f}"))
    return text.getvalue().encode()
