"""Note-ons and note-offs -> whole notes, for files that tell a note in one line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from realtime.events import Event, NoteOff, NoteOn

NAMES = ("C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B")


@dataclass(frozen=True)
class Note:
    """One note from key down to key up, in seconds. p: onset activation, 0-1."""

    onset: float
    offset: float
    pitch: int
    velocity: int
    p: float


def note_name(pitch: int) -> str:
    """Scientific name of a MIDI pitch with sharps: 60 is C4."""
    return f"{NAMES[pitch % 12]}{pitch // 12 - 1}"


def whole_notes(events: Iterable[Event]) -> list[Note]:
    """The notes of a stream by onset, then pitch. A note that is never released ends with the last event."""
    open_notes: dict[int, NoteOn] = {}
    notes: list[Note] = []
    last = 0.0
    for event in events:
        if isinstance(event, NoteOn):
            open_notes[event.pitch] = event
        elif isinstance(event, NoteOff) and event.pitch in open_notes:
            notes.append(_note(open_notes.pop(event.pitch), event.time))
        last = max(last, getattr(event, "time", 0.0))
    notes.extend(_note(on, max(last, on.time)) for on in open_notes.values())
    return sorted(notes, key=lambda note: (note.onset, note.pitch))


def _note(on: NoteOn, offset: float) -> Note:
    return Note(on.time, offset, on.pitch, on.velocity, on.p)
