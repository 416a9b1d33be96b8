"""What a second hearing of a take has changed: notes that came, and notes that went."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from realtime.events import Event, NoteOn
from realtime.takes.edits import first_notes
from realtime.takes.folder import open_take

SAME_S = 0.05  # two hearings of one onset differ by less


@dataclass(frozen=True)
class Comparison:
    """before, after: notes; added, removed: those of one hearing that the other has nothing for."""

    before: int
    after: int
    added: int
    removed: int


def compare_hearings(folder: Path) -> Comparison:
    """An improved take, now and as it was heard first. Raises FileError."""
    return compared(first_notes(folder).events, open_take(folder).events)


def compared(before: Iterable[Event], after: Iterable[Event]) -> Comparison:
    """Notes of one pitch are the same when their onsets lie within 50 ms; each has at most one partner."""
    old, new = _onsets(before), _onsets(after)
    same = sum(_pairs(old[pitch], new[pitch]) for pitch in old.keys() & new.keys())
    before_count, after_count = (sum(map(len, onsets.values())) for onsets in (old, new))
    return Comparison(before_count, after_count, after_count - same, before_count - same)


def _onsets(events: Iterable[Event]) -> dict[int, list[float]]:
    onsets = defaultdict(list)
    for event in events:
        if isinstance(event, NoteOn):
            onsets[event.pitch].append(event.time)
    return {pitch: sorted(times) for pitch, times in onsets.items()}


def _pairs(first: list[float], second: list[float]) -> int:
    """How many of two sorted lists are partners: the earliest that fits is taken, which leaves most for the rest."""
    pairs = i = j = 0
    while i < len(first) and j < len(second):
        if abs(first[i] - second[j]) <= SAME_S:
            pairs, i, j = pairs + 1, i + 1, j + 1
        elif first[i] < second[j]:
            i += 1
        else:
            j += 1
    return pairs
