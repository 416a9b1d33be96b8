"""The places of a score as columns: what a follower asks of every place at each note."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from realtime.contract import BoolArray, Float64Array, IntArray
from realtime.practice.score import Score

PITCHES = 128
DECIMALS = 4  # of a beat, by which the notes of one place agree
BAR_LINE = 1e-3  # beats by which a place may lie before its bar line
MOST_BITS = 62  # that tell the notes of a place apart; in a larger cluster the highest share one


@dataclass(frozen=True, eq=False)
class Places:
    """G places of a score, each with the notes that are struck together there.

    beats: (G,). bars: (G,) index of the bar. bit: (128, G) the bit that marks a pitch of a place as struck, 0 where it
    is not written there. required: (G,) the bits that must be struck. notes: per place and pitch the indices of the
    score's notes. optional: those that may be left out, or come more than once.
    """

    beats: Float64Array
    bars: IntArray
    bit: IntArray
    required: IntArray
    notes: tuple[dict[int, list[int]], ...]
    optional: frozenset[int] = frozenset()

    @staticmethod
    def of_score(score: Score) -> Places:
        """Place i is group i of the score; its notes count through the groups."""
        notes = [(group.beat, note) for group in score.groups for note in group.notes]
        return Places.of(
            [beat for beat, _ in notes],
            [note.pitch for _, note in notes],
            [bar.beat for bar in score.bars],
            [index for index, (_, note) in enumerate(notes) if note.optional],
        )

    @staticmethod
    def of(
        onset_beats: npt.ArrayLike, pitches: npt.ArrayLike, bar_beats: npt.ArrayLike, optional: Collection[int] = ()
    ) -> Places:
        """Of notes in any order, and the beats of the bar lines. Raises ValueError without notes."""
        onsets, keys = np.asarray(onset_beats, np.float64), np.asarray(pitches, np.int64)
        if not len(onsets):
            raise ValueError("a score without notes has no places")
        beats, place_of = np.unique(onsets.round(DECIMALS), return_inverse=True)
        notes: tuple[dict[int, list[int]], ...] = tuple({} for _ in beats)
        for note, (place, pitch) in enumerate(zip(place_of.tolist(), keys.tolist(), strict=True)):
            notes[place].setdefault(pitch, []).append(note)
        may_miss = frozenset(optional)
        bit, required = _bits(notes, may_miss)
        bar_lines = np.sort(np.asarray(bar_beats, np.float64))
        bars = np.searchsorted(bar_lines, beats + BAR_LINE)
        return Places(beats, bars, bit, required, notes, may_miss)

    def __len__(self) -> int:
        return len(self.beats)

    @cached_property
    def begins(self) -> BoolArray:
        """(G,) whether it is the first place of a bar."""
        return np.append(True, np.diff(self.bars) > 0)

    @cached_property
    def written(self) -> BoolArray:
        """(128, G) whether a pitch is written there."""
        return self.bit > 0

    @cached_property
    def sizes(self) -> IntArray:
        """(G,) number of notes that must be struck."""
        return np.bitwise_count(self.required).astype(np.int64)

    @cached_property
    def sizes_before(self) -> IntArray:
        """(G + 1,) number of notes that must be struck before each place."""
        return np.concatenate([[0], np.cumsum(self.sizes)])

    def at(self, shift: int) -> BoolArray:
        """(128, G) whether a pitch is written so many places later; earlier for a negative shift."""
        moved = np.zeros_like(self.written)
        if shift >= 0:
            moved[:, : len(self) - shift] = self.written[:, shift:]
        else:
            moved[:, -shift:] = self.written[:, :shift]
        return moved

    def off(self, semitones: int) -> BoolArray:
        """(128, G) whether the pitch so many semitones lower is written there."""
        moved = np.zeros_like(self.written)
        if semitones >= 0:
            moved[semitones:] = self.written[: PITCHES - semitones]
        else:
            moved[:semitones] = self.written[-semitones:]
        return moved


def _bits(notes: Sequence[dict[int, list[int]]], optional: frozenset[int]) -> tuple[IntArray, IntArray]:
    """The columns `bit` and `required`."""
    bit, required = np.zeros((PITCHES, len(notes)), np.int64), np.zeros(len(notes), np.int64)
    for place, here in enumerate(notes):
        for position, pitch in enumerate(sorted(here)):
            bit[pitch, place] = 1 << min(position, MOST_BITS - 1)
            if not optional.issuperset(here[pitch]):
                required[place] |= bit[pitch, place]
    return bit, required
