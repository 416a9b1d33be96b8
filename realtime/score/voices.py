"""Note values and voices: the written length of each hand's notes, and which of them share a stem."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from typing import NamedTuple

import numpy as np

from realtime.analysis.metre import Metre
from realtime.analysis.strikes import Strikes
from realtime.contract import BoolArray, Float64Array, IntArray
from realtime.notes import NoteTable
from realtime.takes.notes import TakeNotes

# A key held for this share of the step to its hand's next strike, or sustained by the pedal, is written as held until
# that strike, if it is a beat away at most.
_HELD = 0.4
_ARTICULATION = 0.93  # keys are released a little before a written note ends
_LONGEST_STRIKES = 64  # over which one note may be held
_AFTER_S = 600.0
_NEVER = 10_000  # quarters
# Note values of notes that end before that, in quarters.
_DUPLE_VALUES = tuple(Fraction(n, 4) for n in (1, 2, 3, 4, 6, 8, 12, 16))
_TRIPLE_VALUES = tuple(Fraction(n, 6) for n in (1, 2, 4, 6, 8, 10))


@dataclass(frozen=True)
class Chord:
    """Notes with one stem. onset, length: quarters from the first bar line on. pitches: rising."""

    onset: Fraction
    length: Fraction
    pitches: tuple[int, ...]

    @property
    def end(self) -> Fraction:
        """Quarters."""
        return self.onset + self.length


@dataclass(frozen=True)
class _Written:
    onset: Fraction
    release: Fraction
    following: Fraction
    pitch: int

    @property
    def sustained(self) -> bool:
        """Whether the key was held well beyond the next strike of its hand."""
        return self.release > self.following


def staff_voices(notes: TakeNotes, groups: Strikes, metre: Metre, hand: IntArray, which: int) -> list[list[Chord]]:
    """The upper and the lower voice of one hand, each of chords one after the other; the lower one may be empty.

    A note that is held while its hand strikes others gets a voice of its own, the lower one if it lies below them; in
    one voice each chord ends the one before.
    """
    mine = np.flatnonzero(hand == which)
    onset = np.repeat(metre.onset, groups.size)
    ends, pedalled = _release_places(notes, groups, metre)
    steps = np.unique(onset[mine])
    written = []
    for index in mine.tolist():
        later = steps[np.searchsorted(steps, onset[index], side="right") :][:_LONGEST_STRIKES]
        vague = bool(pedalled[index]) and notes.pedal_source == "transcribed"
        played = _Played(int(onset[index]), float(ends[index]), bool(pedalled[index]), vague, int(notes.pitch[index]))
        written.append(_write(played, later.tolist(), metre.grid, int(metre.signature.beat * metre.grid)))
    return _separated(written)


class _Played(NamedTuple):
    """A key as it was played. onset, release: units. pedalled: whether the pedal was down at the release.

    vague: whether the release was transcribed under a pedal that was down, and so is a guess.
    """

    onset: int
    release: float
    pedalled: bool
    vague: bool
    pitch: int


def _release_places(notes: NoteTable, groups: Strikes, metre: Metre) -> tuple[Float64Array, BoolArray]:
    """(N,) units: the position of each release; (N,) whether the pedal is down then."""
    time = notes.onset[groups.begin[:-1]]
    times = np.append(time, time[-1] + _AFTER_S)
    places = np.append(metre.onset, metre.onset[-1] + _AFTER_S / metre.quarter_s[-1] * metre.grid)
    return np.interp(notes.offset, times, places), notes.pedal_down(notes.offset)


def _write(played: _Played, later: list[int], grid: int, beat: int) -> _Written:
    """The written note of a key as it was played. later: units of the next strikes of its hand; beat: units."""
    place = Fraction(played.onset, grid)
    length = (played.release - played.onset) / _ARTICULATION
    step = later[0] - played.onset if later else np.inf
    following = Fraction(later[0], grid) if later else place + _NEVER
    if step <= beat and length < step:
        held = played.pedalled or played.release >= played.onset + _HELD * step
        end = following if held else min(place + _value(place, length / grid), following)
    elif length < beat:
        end = place + _value(place, length / grid)
    else:
        # The strike of the hand or the beat nearest to the end of the note.
        first = (played.onset // beat + 1) * beat
        beats = range(first, int(played.onset + length) + 2 * beat, beat)
        end = Fraction(min((*later, *beats), key=lambda unit: abs(unit - played.onset - length)), grid)
    if played.vague or end - following < Fraction(beat, grid):
        end = min(end, following)  # overlapping legato makes no voice of its own
    return _Written(place, end, following, played.pitch)


def _value(place: Fraction, quarters: float) -> Fraction:
    """The note value nearest to a length, in ratio; in thirds of a beat where the note begins on one."""
    values = _DUPLE_VALUES if place.denominator % 3 else _TRIPLE_VALUES
    return min(values, key=lambda value: abs(np.log(float(value) / max(quarters, 1e-3))))


def _separated(written: list[_Written]) -> list[list[Chord]]:
    """The upper and the lower voice of notes that are sorted by onset."""
    onsets = [note.onset for note in written]
    upper: list[_Written] = []
    lower: list[_Written] = []
    held: list[_Written] = []  # sustained notes of the upper voice
    for note in written:
        held = [other for other in held if other.release > note.onset]
        under = written[bisect_right(onsets, note.onset) : bisect_left(onsets, note.release)] if note.sustained else []
        if under and note.pitch >= np.mean([other.pitch for other in under]):
            upper.append(note)
            held.append(note)
        elif under or any(other.onset < note.onset and other.pitch > note.pitch for other in held):
            lower.append(note)
        else:
            upper.append(note)
    return [_chords(upper), _chords(lower)]


def _chords(notes: Iterable[_Written]) -> list[Chord]:
    """Chords in sequence; each ends at the latest where the next begins."""
    stems = [(onset, list(group)) for onset, group in groupby(sorted(notes, key=_order), key=lambda note: note.onset)]
    chords = []
    for number, (onset, group) in enumerate(stems):
        end = max(note.release for note in group)
        if number + 1 < len(stems):
            end = min(end, stems[number + 1][0])
        chords.append(Chord(onset, end - onset, tuple(note.pitch for note in group)))
    return chords


def _order(note: _Written) -> tuple[Fraction, int]:
    return note.onset, note.pitch
