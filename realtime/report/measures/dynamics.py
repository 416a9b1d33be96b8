"""Loudness: level, range and voicing of MIDI velocities.

A velocity that was transcribed from sound depends on the room and the gain; differences inside a take mean more than
its level.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from realtime.analysis.strikes import Strikes
from realtime.notes import NoteTable


@dataclass(frozen=True)
class Velocity:
    """MIDI velocities 1-127 over all notes: mean, 5th and 95th percentile, and standard deviation."""

    mean: float
    p5: float
    p95: float
    deviation: float


def has_velocity(notes: NoteTable) -> bool:
    """Whether velocities differ: many MIDI files give every note the same one."""
    return len(notes) > 1 and bool((notes.velocity != notes.velocity[0]).any())


def velocity(notes: NoteTable) -> Velocity | None:
    """Statistics of the velocities; None without notes or when all are the same."""
    if not has_velocity(notes):
        return None
    p5, p95 = np.percentile(notes.velocity, (5, 95))
    return Velocity(float(notes.velocity.mean()), float(p5), float(p95), float(notes.velocity.std()))


def melody_over_bass(notes: NoteTable, groups: Strikes) -> float | None:
    """Mean velocity of the highest minus the lowest note, in MIDI units, over strikes of two notes and more.

    None without such strikes or without velocities. Voicing as in Goebl, JASA 110, 2001.
    """
    if not has_velocity(notes):
        return None
    differences = [
        int(notes.velocity[top]) - int(notes.velocity[first + notes.pitch[first:last].argmin()])
        for first, last, top in zip(groups.begin[:-1], groups.begin[1:], groups.top, strict=True)
        if last - first > 1
    ]
    return float(np.mean(differences)) if differences else None
