"""Which notes go wrong: every false note has a kind, every reference note belongs to classes that can be compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from realtime.contract import BoolArray, Float64Array, IntArray
from realtime.notes import NoteTable
from training.evaluation.metrics import match_notes
from training.evaluation.results import FileResult

REGISTERS = {
    "A0-B1": (21, 36),
    "C2-B2": (36, 48),
    "C3-B3": (48, 60),
    "C4-B4": (60, 72),
    "C5-B5": (72, 84),
    "C6-B6": (84, 96),
    "C7-C8": (96, 109),
}
VELOCITIES = {"1-31": (1, 32), "32-47": (32, 48), "48-63": (48, 64), "64-79": (64, 80), "80-95": (80, 96)}
VELOCITIES |= {"96-127": (96, 128)}
POLYPHONIES = {"1-3": (1, 4), "4-7": (4, 8), "8-15": (8, 16), "16 or more": (16, 89)}
GAPS_MS = {"50-75": (50, 75), "75-150": (75, 150), "150-300": (150, 300), "300-1000": (300, 1000)}
FALSE_KINDS = ("mistimed", "double", "octave", "twelfth", "semitone", "with others", "alone")
OCTAVES, TWELFTHS, SEMITONES = (-36, -24, -12, 12, 24, 36), (-19, 19), (-1, 1)
TOGETHER_S = 0.050
MISTIMED_S = 0.300


@dataclass(frozen=True)
class MatchedNotes:
    """One result's notes, matched by pitch and onset (50 ms): found (N,) of the reference notes, right (E,) of the
    estimated ones."""

    reference: NoteTable
    estimated: NoteTable
    seconds: float
    found: BoolArray
    right: BoolArray

    @staticmethod
    def of(result: FileResult) -> MatchedNotes:
        matching = match_notes(result.reference, result.estimated, tolerance_s=0.050)
        found = np.isin(np.arange(len(result.reference)), matching[:, 0])
        right = np.isin(np.arange(len(result.estimated)), matching[:, 1])
        return MatchedNotes(result.reference, result.estimated, result.seconds, found, right)

    @cached_property
    def false_kinds(self) -> list[str]:
        """The kind of every false note, the first of `FALSE_KINDS` that fits. mistimed: its reference note, 50 to
        300 ms away, is missed. double: that still sounds and was found already. octave, twelfth, semitone: from a
        key struck within 50 ms. with others: other keys were struck within 50 ms. alone: none was."""
        false = np.flatnonzero(~self.right)
        apart = self.estimated.pitch[false, None] - self.reference.pitch  # (F, N) semitones above
        late = self.estimated.onset[false, None] - self.reference.onset
        end = self.reference.pedal_extended(self.seconds) + TOGETHER_S
        together, same = np.abs(late) <= TOGETHER_S, apart == 0
        tests = (
            same & ~self.found & (np.abs(late) <= MISTIMED_S),
            same & self.found & (late >= -TOGETHER_S) & (self.estimated.onset[false, None] <= end),
            together & np.isin(apart, OCTAVES),
            together & np.isin(apart, TWELFTHS),
            together & np.isin(apart, SEMITONES),
            together,
        )
        fits = [test.any(axis=1) for test in tests] + [np.ones(len(false), bool)]
        return [FALSE_KINDS[i] for i in np.argmax(fits, axis=0)]

    @cached_property
    def classes(self) -> dict[str, BoolArray]:
        """(N,) for every class: which reference notes belong to it."""
        reference = self.reference
        groups = {
            "register": (reference.pitch, REGISTERS),
            "velocity": (reference.velocity, VELOCITIES),
            "sounding": (sounding_at_onset(reference, self.seconds), POLYPHONIES),
            "again after ms": (since_last(reference) * 1000, GAPS_MS),
        }
        found = {
            f"{group} {name}": (values >= low) & (values < high)
            for group, (values, bounds) in groups.items()
            for name, (low, high) in bounds.items()
        }
        down = reference.pedal_down(reference.onset)
        below = above_another(reference)
        return found | {"pedal down": down, "pedal up": ~down, "octave or twelfth above another": below}


def sounding_at_onset(reference: NoteTable, seconds: float) -> IntArray:
    """(N,) how many notes sound when each begins, itself included."""
    end = reference.pedal_extended(seconds)
    now = reference.onset[:, None] + TOGETHER_S
    return np.asarray(((reference.onset <= now) & (end > reference.onset[:, None])).sum(axis=1), np.int64)


def since_last(reference: NoteTable) -> Float64Array:
    """(N,) s since the same key was struck before; infinite for its first note."""
    following, gap = reference.successor(), np.full(len(reference), np.inf)
    first = np.flatnonzero(following >= 0)
    gap[following[first]] = reference.onset[following[first]] - reference.onset[first]
    return gap


def above_another(reference: NoteTable) -> BoolArray:
    """(N,) whether a key one or two octaves or a twelfth lower is struck within 50 ms: its overtones hide the note."""
    apart = reference.pitch[:, None] - reference.pitch
    together = np.abs(reference.onset[:, None] - reference.onset) <= TOGETHER_S
    return np.asarray((together & np.isin(apart, (12, 19, 24))).any(axis=1))


def error_rows(results: Sequence[FileResult]) -> Iterator[dict[str, Any]]:
    """Per delay or peer: the recall of every class, and how many estimated notes are false notes of every kind.

    notes: reference notes of the class, or false ones of the kind; share: found of those, or of all estimated notes.
    """
    for delay in dict.fromkeys(result.delay for result in results):
        matched = [MatchedNotes.of(result) for result in results if result.delay == delay]
        for name in matched[0].classes:
            there = np.concatenate([one.classes[name] for one in matched])
            found = np.concatenate([one.found for one in matched])[there]
            if len(found):
                yield {"delay": delay, "what": f"recall, {name}", "notes": len(found), "share": float(found.mean())}
        kinds = Counter(kind for one in matched for kind in one.false_kinds)
        estimated = max(1, sum(len(one.estimated) for one in matched))
        for kind in FALSE_KINDS:
            yield {"delay": delay, "what": f"false, {kind}", "notes": kinds[kind], "share": kinds[kind] / estimated}
