"""Blocks that a driver gives twice: instead of a block that it has lost, some give the one before once more.

A microphone never gives the same samples again, so equal stretches are a fact of the signal, as long as nothing has
resampled it. What repeats by itself, as a tone that a program made, goes on doing so; a block that was given twice is
as long as the distance between the two. A driver's blocks have one length: that of the first is learnt, as it is over
when it is known; the following ones are losses from their first samples on.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from realtime.audio.ring import Dropout
from realtime.contract import FloatArray

LONGEST_S = 0.1
SHORTEST = 64  # samples
SPAN, STEP = 20, 64  # so many samples are not alike by chance; one such stretch in every STEP is looked for
CHANCE = 16  # so many samples beside two equal blocks may be alike, too


class Repeats:
    """Blocks (n, channels) as the driver gives them -> the same, in place of what was given twice a Dropout."""

    def __init__(self, rate: int) -> None:
        self._longest = round(LONGEST_S * rate)
        self._sound = np.zeros(0, np.float32)  # sum of the channels of what came last
        self._received = 0
        self._lengths: set[int] = set()  # of blocks that were given twice
        self._length: int | None = None  # of the one that is being given again, if it is one
        self._run = 0  # how many samples of it have come

    def pieces(self, block: FloatArray) -> Iterator[FloatArray | Dropout]:
        """float32 (n, channels) -> the parts of it, in order, with as many samples."""
        begin = 0
        for first, end in self._repeated(block.sum(axis=1)):
            if first > begin:
                yield block[begin:first]
            yield Dropout(end - first)
            begin = end
        if begin < len(block):
            yield block[begin:]

    def _repeated(self, new: FloatArray) -> Iterator[tuple[int, int]]:
        """Which of the newest samples are a loss."""
        before = at = len(self._sound)
        sound = np.concatenate((self._sound, new))
        self._received += len(new)
        while at < len(sound):
            begin = at
            if self._length is None:
                found = self._find(sound, max(at - SPAN + 1, 0))
                if found is None:
                    break
                begin, self._length = found
                self._run = 0
            end = begin + _alike(sound[begin:], sound[begin - self._length :])
            lost_end = min(end, begin + self._length - self._run)
            if self._length in self._lengths and lost_end > max(begin, before):
                yield max(begin, before) - before, lost_end - before
            self._run += end - begin
            if end < len(sound):
                self._learn(self._length)
                self._length = None
            at = end
        self._sound = sound[-(self._longest + SPAN + STEP) :]

    def _find(self, sound: FloatArray, first: int) -> tuple[int, int] | None:
        """Where a stretch begins, of those that end behind `first` + SPAN, that came before, and how long before."""
        for length in self._lengths:
            begin = max(first, length)
            same = sound[begin:] == sound[begin - length : len(sound) - length]
            runs = np.flatnonzero(np.convolve(same, np.ones(SPAN)) == SPAN) - (SPAN - 1)
            if len(runs) and np.ptp(sound[begin + runs[0] : begin + runs[0] + SPAN]) > 0:
                return begin + int(runs[0]), length
        oldest = self._received - len(sound)
        for at in range(first + (-(oldest + first)) % STEP, len(sound) - SPAN + 1, STEP):
            found = self._length_at(sound, at)
            if found is not None:
                back = _alike(sound[at - 1 :: -1], sound[at - found - 1 :: -1]) if at > found else 0
                return at - back, found
        return None

    def _length_at(self, sound: FloatArray, at: int) -> int | None:
        """How long before the stretch from `at` on came once; None if it did not, or several times."""
        stretch = sound[at : at + SPAN]
        oldest = max(at - self._longest, 0)
        if at - oldest < SHORTEST or np.ptp(stretch) == 0:
            return None
        alike = np.flatnonzero(sound[oldest : at - SHORTEST + 1] == stretch[0]) + oldest
        begins = [begin for begin in alike.tolist() if np.array_equal(sound[begin : begin + SPAN], stretch)]
        return at - begins[0] if len(begins) == 1 else None

    def _learn(self, length: int) -> None:
        """A stretch is over that came once before."""
        if length <= self._run <= length + CHANCE:
            self._lengths.add(length)
        elif self._run > length:
            self._lengths.discard(length)


def _alike(sound: FloatArray, other: FloatArray) -> int:
    """How many samples of the first, from its begin on, are those of the second."""
    count = min(len(sound), len(other))
    same = sound[:count] == other[:count]
    return count if same.all() else int(np.argmin(same))
