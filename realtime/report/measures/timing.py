"""Timing: how even the steps between strikes are, and how far the notes of a chord lie apart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from realtime.analysis.strikes import BREAK_S, Strikes
from realtime.contract import Float64Array
from realtime.notes import NoteTable
from realtime.takes.notes import TakeNotes

RUN_STRIKES = 8
FASTEST_STEP_S, SLOWEST_STEP_S = 0.06, 0.30
# Neighbours of a run differ by less than this; a step twice as long is another note value.
RUN_FACTOR = 1.6


@dataclass(frozen=True)
class Timing:
    """ioi_npvi: difference of successive steps, in per cent of their mean, averaged (0: all equal; 67: 2 to 1 in turn).
    chord_async_ms: median over chords from the first to the last of their notes; None in a transcribed take, whose
    onsets are less precise than the notes of a chord are close. melody_lead_ms: mean over chords of the time by which
    the highest note precedes the others (below 0: follows). chords: strikes of two notes and more.
    run_spread: median over runs of the standard deviation of their steps over the mean. run_velocity_spread:
    the same of velocities, in MIDI units. runs: how many there are. None where there is nothing to measure.
    """

    ioi_npvi: float | None
    chord_async_ms: float | None
    melody_lead_ms: float | None
    chords: int
    run_spread: float | None
    run_velocity_spread: float | None
    runs: int


def timing(notes: TakeNotes, groups: Strikes) -> Timing:
    """Measure the steps between strikes, the spread inside chords and the evenness of runs.

    nPVI: Grabe & Low, Papers in Laboratory Phonology 7, 2002. Melody lead: Goebl, JASA 110, 2001. A run is 8 or more
    single notes, 60-300 ms apart, whose neighbouring steps differ by less than a factor of 1.6.
    """
    spreads, leads = _chords(notes, groups)
    runs = _runs(groups)
    steps = [groups.steps[first : last - 1] for first, last in runs]
    velocities = [notes.velocity[groups.begin[first:last]] for first, last in runs]
    return Timing(
        ioi_npvi=_npvi(groups.steps),
        chord_async_ms=_ms(np.median(spreads)) if len(spreads) and not notes.transcribed else None,
        melody_lead_ms=_ms(np.mean(leads)) if len(leads) else None,
        chords=len(spreads),
        run_spread=float(np.median([np.std(run) / np.mean(run) for run in steps])) if runs else None,
        run_velocity_spread=float(np.median([np.std(run) for run in velocities])) if runs else None,
        runs=len(runs),
    )


def _npvi(steps: Float64Array) -> float | None:
    """Pairs with a break (a step above 2 s) are left out."""
    one, two = steps[:-1], steps[1:]
    whole = (one <= BREAK_S) & (two <= BREAK_S)
    if not whole.any():
        return None
    return float(np.mean(100 * np.abs(one - two)[whole] / ((one + two)[whole] / 2)))


def _chords(notes: NoteTable, groups: Strikes) -> tuple[Float64Array, Float64Array]:
    """(C,) s first to last onset, (C,) s mean onset of the others minus that of the highest note."""
    spreads, leads = [], []
    for first, last, top in zip(groups.begin[:-1], groups.begin[1:], groups.top, strict=True):
        if last - first > 1:
            onsets = notes.onset[first:last]
            others = (onsets.sum() - notes.onset[top]) / (last - first - 1)
            spreads.append(onsets[-1] - onsets[0])
            leads.append(others - notes.onset[top])
    return np.array(spreads), np.array(leads)


def _runs(groups: Strikes) -> list[tuple[int, int]]:
    """First strike and the one after the last of every run."""
    steps = groups.steps
    quick = (steps >= FASTEST_STEP_S) & (steps <= SLOWEST_STEP_S)
    quick &= (groups.size[:-1] == 1) & (groups.size[1:] == 1)
    runs, first = [], 0
    for i in range(len(steps)):
        alike = i > first and max(steps[i], steps[i - 1]) < RUN_FACTOR * min(steps[i], steps[i - 1])
        if quick[i] and (i == first or alike):
            continue
        runs.append((first, i + 1))
        first = i if quick[i] else i + 1
    runs.append((first, len(steps) + 1))
    return [(begin, end) for begin, end in runs if end - begin >= RUN_STRIKES]


def _ms(time_s: np.floating) -> float:
    return float(1000 * time_s)
