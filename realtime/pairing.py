"""Which notes of two transcriptions of one sound are the same note: those of one key that lie within `SAME_S` of each
other, each with at most one of the other transcription, the nearest."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, Protocol, TypeVar

SAME_S = 0.12


class Timed(Protocol):
    """What has a time, s."""

    @property
    def time(self) -> float: ...


On = TypeVar("On", bound=Timed)


def same(time: float, other: float) -> bool:
    """Whether notes of one key at these times (s) are one note."""
    return abs(time - other) <= SAME_S


def nearest(notes: Iterable[On], time: float) -> On | None:
    """The note, of notes of one key, that one at `time` is; None if it is none of them."""
    found = min(notes, key=lambda note: abs(note.time - time), default=None)
    return found if found is not None and same(found.time, time) else None


class Unpaired(Generic[On]):
    """Notes of one transcription that have no partner in the other yet."""

    def __init__(self) -> None:
        self._notes: dict[int, list[On]] = {}

    def add(self, pitch: int, note: On) -> None:
        """A note."""
        self._notes.setdefault(pitch, []).append(note)

    def partner(self, pitch: int, time: float) -> On | None:
        """The note that one of the other transcription is, if there is any; it then has its partner."""
        found = nearest(self._notes.get(pitch, ()), time)
        if found is not None:
            self._notes[pitch] = [note for note in self._notes[pitch] if note is not found]
        return found

    def alone(self, before: float) -> list[On]:
        """The notes that will find no partner, as the other transcription is known up to `before`; they are given
        once."""
        alone = [note for notes in self._notes.values() for note in notes if note.time + SAME_S < before]
        if alone:
            self._notes = {
                pitch: [note for note in notes if note.time + SAME_S >= before] for pitch, notes in self._notes.items()
            }
        return alone
