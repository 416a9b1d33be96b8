"""Playing written by hand: what the tests of the report measure."""

from __future__ import annotations

from collections.abc import Sequence

from realtime.notes import NoteTable
from realtime.takes.notes import PedalSource, TakeNotes

Row = tuple[float, float, int, int]


def played(
    rows: Sequence[Row], pedal: Sequence[tuple[float, int]] = (), source: PedalSource = "cc64", name: str = "by hand"
) -> TakeNotes:
    """rows: (onset s, offset s, pitch, velocity); pedal: (time s, value)."""
    onset, offset, pitch, velocity = zip(*rows, strict=True) if rows else ((), (), (), ())
    times, values = zip(*pedal, strict=True) if pedal else ((), ())
    return TakeNotes.of(NoteTable.build(onset, offset, pitch, velocity, times, values), source, name=name)


def steady(count: int, step_s: float, pitch: int = 60, held: float = 0.8, velocity: int = 64) -> list[Row]:
    """`count` strikes of one key from 0 s on, each held for a share of the step."""
    return [(i * step_s, (i + held) * step_s, pitch, velocity) for i in range(count)]


def scale(count: int, step_s: float, start_s: float = 0.0, held: float = 0.8) -> list[Row]:
    """`count` notes up and down an octave of C major, each held for a share of the step."""
    tones = (60, 62, 64, 65, 67, 69, 71, 72, 71, 69, 67, 65, 64, 62)
    return [
        (start_s + i * step_s, start_s + (i + held) * step_s, tones[i % len(tones)], 50 + 10 * (i % 3))
        for i in range(count)
    ]
