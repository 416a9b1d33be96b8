"""What the sustain pedal does: how much, how often, and how many notes it mixes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from realtime.contract import PEDAL_DOWN, Float64Array, IntArray
from realtime.notes import NoteTable
from realtime.takes.notes import TakeNotes

# More than this many pitch classes under one pedal sound blurred: a seventh chord with two neighbours has six.
CLEAR_PITCH_CLASSES = 6
CLASH_SEMITONES = 2
# No piano string sounds much longer; it bounds the search for keys that are still held.
LONGEST_HOLD_S = 20.0


@dataclass(frozen=True, eq=False)
class Strokes:
    """Times for which the pedal is down, inside the playing. down, up: (S,) s."""

    down: Float64Array
    up: Float64Array


@dataclass(frozen=True)
class Pedalling:
    """share: 0-1 of the time from the first onset to the last release. changes_per_min: presses per minute of it.
    mean_stroke_s: mean time for which it stays down. notes_per_stroke: mean notes that it keeps sounding.
    blurred_share: 0-1 of the strokes that mix more than 6 pitch classes; these three None without a stroke.
    clash: how many pairs of pitches one or two semitones apart the pedal keeps sounding, on average over the playing.
    """

    share: float
    changes_per_min: float
    mean_stroke_s: float | None
    notes_per_stroke: float | None
    blurred_share: float | None
    clash: float


def strokes(notes: NoteTable) -> Strokes:
    """When the pedal is down (CC64 at 64 and above), cut to the playing; touches of no length are left out."""
    if not len(notes) or not len(notes.pedal_time):
        return Strokes(np.zeros(0), np.zeros(0))
    begin, end = notes.onset[0], notes.offset.max()
    held = np.concatenate([[False], notes.pedal_value >= PEDAL_DOWN, [False]])
    times = np.clip(np.append(notes.pedal_time, end), begin, end)
    turns = np.flatnonzero(held[1:] != held[:-1])
    down, up = times[turns[0::2]], times[turns[1::2]]
    real = up > down
    return Strokes(down[real], up[real])


def pedalling(notes: TakeNotes, pressed: Strokes) -> Pedalling | None:
    """The pedal's measures; None when nothing tells of a pedal or nothing is played."""
    if notes.pedal_source == "none" or notes.span_s <= 0:
        return None
    lengths = pressed.up - pressed.down
    under = notes_under(notes, pressed)
    blurred = [len(np.unique(notes.pitch[sounding] % 12)) > CLEAR_PITCH_CLASSES for sounding in under]
    return Pedalling(
        share=float(lengths.sum() / notes.span_s),
        changes_per_min=float(len(lengths) * 60 / notes.span_s),
        mean_stroke_s=float(lengths.mean()) if len(lengths) else None,
        notes_per_stroke=float(np.mean([len(sounding) for sounding in under])) if under else None,
        blurred_share=float(np.mean(blurred)) if blurred else None,
        clash=float(sum(clash_seconds(notes, pressed)) / notes.span_s),
    )


def notes_under(notes: NoteTable, pressed: Strokes) -> list[IntArray]:
    """For each stroke the indices of the notes that it keeps sounding: struck while it is down, or held at the press
    (most players press just after the chord)."""
    under = []
    for down, up in zip(pressed.down, pressed.up, strict=True):
        first, last = np.searchsorted(notes.onset, (down - LONGEST_HOLD_S, up), side="left")
        held = np.flatnonzero(notes.offset[first:last] > down)
        under.append(first + held)
    return under


def clash_seconds(notes: NoteTable, pressed: Strokes) -> list[float]:
    """For each stroke the seconds for which two pitches one or two semitones apart sound, summed over such pairs.

    A pitch sounds from its first strike, or from the press, to the lift. Of the ways to count what a pedal mixes that
    were tried on PercePiano this goes best with what listeners call blurred: rank correlation 0.42 over 300 human
    renditions, against 0.13 of the share of strokes that mix more than 6 pitch classes.
    """
    clashes = []
    for under, down, up in zip(notes_under(notes, pressed), pressed.down, pressed.up, strict=True):
        pitch, first = np.unique(notes.pitch[under], return_index=True)
        begin = np.maximum(notes.onset[under][first], down)
        total = 0.0
        for apart in (1, 2):
            near = pitch[apart:] - pitch[:-apart] <= CLASH_SEMITONES
            total += float(np.sum((up - np.maximum(begin[apart:], begin[:-apart]))[near]))
        clashes.append(total)
    return clashes
