"""Long pauses inside a take, for instance while the player was away, which all measures leave out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np

from realtime.contract import Float64Array
from realtime.notes import PAUSE_S, NoteTable

Notes = TypeVar("Notes", bound=NoteTable)
# Sums of the same times in another order differ by less than this.
ROUNDING_S = 1e-6


@dataclass(frozen=True, eq=False)
class Splices:
    """The clock of a take, and a shorter one on which no strike follows later than PAUSE_S after the one before.

    begin, length: (P,) s of the take's clock: the spans that the shorter clock leaves out.
    """

    begin: Float64Array
    length: Float64Array

    @staticmethod
    def between(struck: Float64Array) -> Splices:
        """Both clocks for strikes at (N,) s, rising."""
        step = np.diff(struck)
        far = np.flatnonzero(step > PAUSE_S)
        return Splices(struck[far] + PAUSE_S, step[far] - PAUSE_S)

    def shorter(self, time: Float64Array) -> Float64Array:
        """(T,) s of the take -> (T,) s of the shorter clock; times left out lie at their splice."""
        after = np.searchsorted(self.begin, time)
        ends = np.append(-np.inf, self.begin + self.length)
        return np.asarray(time - self._left_out[after] + np.maximum(ends[after] - time, 0.0), np.float64)

    def back(self, time: Float64Array) -> Float64Array:
        """(T,) s of the shorter clock -> (T,) s of the take; a splice lies where the next strike is."""
        splices = self.begin - self._left_out[:-1] - ROUNDING_S
        return np.asarray(time + self._left_out[np.searchsorted(splices, time, side="right")], np.float64)

    @property
    def _left_out(self) -> Float64Array:
        """(P + 1,) s left out before the first splice (0), before the second, and so on."""
        return np.concatenate([[0.0], np.cumsum(self.length)])


def closed_up(notes: Notes) -> tuple[Notes, Splices]:
    """A take's notes and pedal on the shorter clock, and both clocks."""
    clocks = Splices.between(notes.onset)
    if not len(clocks.begin):
        return notes, clocks
    onset, offset, pedal_time = (clocks.shorter(time) for time in (notes.onset, notes.offset, notes.pedal_time))
    return replace(notes, onset=onset, offset=offset, pedal_time=pedal_time), clocks
