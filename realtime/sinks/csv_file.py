"""Notes as a table: one line per note, `onset,offset,pitch,name,velocity,p`, by onset."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from realtime.events import Event, StreamStarted
from realtime.sinks.notes import note_name, whole_notes
from realtime.storage import replacing

COLUMNS = ("onset", "offset", "pitch", "name", "velocity", "p")


def csv_text(events: Iterable[Event]) -> str:
    """The table of a stream's notes; times in seconds to 0.1 ms."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(COLUMNS)
    for note in whole_notes(events):
        times = (f"{note.onset:.4f}", f"{note.offset:.4f}")
        table.writerow((*times, note.pitch, note_name(note.pitch), note.velocity, f"{note.p:.3f}"))
    return text.getvalue()


class CsvSink:
    """Writes the table when the stream ends; a stream that breaks off gives the notes heard so far."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._events: list[Event] = []

    def open(self, stream: StreamStarted) -> None:
        """Begin an empty table."""
        self._events = []

    def send(self, event: Event) -> None:
        """Keep one event."""
        self._events.append(event)

    def close(self) -> None:
        """Write the file. Raises FileError."""
        with replacing(self._path) as file:
            file.write(csv_text(self._events).encode())
