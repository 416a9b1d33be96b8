"""The ring between the audio driver and the inference thread: one writer, one reader, no lock between them.

All positions are 64-bit counters that only grow, so `written - read` is what waits and nothing wraps.
A block that does not fit is dropped whole and counted; the loss is recorded at its place in the stream,
where the reader gets it as one `Dropout`. Writer and reader are threads of one process, as capture and inference are;
the memory is allocated once, when the ring is made.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass

import numpy as np

from realtime.contract import FloatArray

WRITTEN, READ, LOST, DROPOUTS_WRITTEN, DROPOUTS_READ, COUNTERS = range(6)
DROPOUT_SLOTS = 16


@dataclass(frozen=True)
class Dropout:
    """`samples` samples (per channel) were lost here."""

    samples: int


class Ring:
    """Float32 samples of `channels` channels, passed from one writing thread to one reading thread.

    Counts are samples per channel.
    """

    def __init__(self, capacity_samples: int, channels: int = 1) -> None:
        """Raises ValueError when a size is not positive."""
        if capacity_samples < 1 or channels < 1:
            raise ValueError(f"ring of {capacity_samples} samples x {channels} channels: both must be at least 1")
        self._counters = np.zeros(COUNTERS, np.int64)
        self._dropouts = np.zeros((DROPOUT_SLOTS, 2), np.int64)  # (position, samples lost before it)
        self._samples = np.zeros((capacity_samples, channels), np.float32)
        self._capacity = capacity_samples
        self._pending = 0  # lost samples that are in no record yet; only the writer uses it
        self._private = threading.Lock()

    @property
    def waiting(self) -> int:
        """Samples that wait to be read."""
        return int(self._counters[WRITTEN] - self._counters[READ])

    @property
    def channels(self) -> int:
        """Columns of a block."""
        return int(self._samples.shape[1])

    @property
    def received(self) -> int:
        """Samples that were written or lost since the ring was made."""
        return int(self._counters[WRITTEN] + self._counters[LOST])

    @property
    def lost(self) -> int:
        """Samples lost since the ring was made, also those whose `Dropout` has not been read yet."""
        return int(self._counters[LOST])

    def write(self, block: FloatArray) -> None:
        """Writer's side: append a block (n, channels), or drop it whole when it does not fit. Never waits."""
        block = block.reshape(-1, self._samples.shape[1])
        written = int(self._counters[WRITTEN])
        if len(block) > self._capacity - (written - int(self._counters[READ])) or not self._note_dropout(written):
            self._pending += len(block)
            self._counters[LOST] += len(block)
            return
        begin = written % self._capacity
        first = min(len(block), self._capacity - begin)
        self._samples[begin : begin + first] = block[:first]
        self._samples[: len(block) - first] = block[first:]
        self._fence()
        self._counters[WRITTEN] = written + len(block)

    def read(self, max_samples: int) -> FloatArray | Dropout:
        """Reader's side: a copy of the next samples (0 .. max_samples, channels), or the `Dropout` that comes first."""
        read, dropouts_read = int(self._counters[READ]), int(self._counters[DROPOUTS_READ])
        end = min(int(self._counters[WRITTEN]), read + max_samples)
        self._fence()
        if dropouts_read < int(self._counters[DROPOUTS_WRITTEN]):
            position, lost = (int(value) for value in self._dropouts[dropouts_read % DROPOUT_SLOTS])
            if position == read:
                self._counters[DROPOUTS_READ] = dropouts_read + 1
                return Dropout(lost)
            end = min(end, position)
        begin, first = read % self._capacity, min(end - read, self._capacity - read % self._capacity)
        block = np.empty((end - read, self._samples.shape[1]), np.float32)
        block[:first] = self._samples[begin : begin + first]
        block[first:] = self._samples[: end - read - first]
        self._fence()
        self._counters[READ] = end
        return block

    def _note_dropout(self, written: int) -> bool:
        """Record the loss that precedes position `written`, if any; False when all records wait to be read."""
        if not self._pending:
            return True
        noted = int(self._counters[DROPOUTS_WRITTEN])
        if noted - int(self._counters[DROPOUTS_READ]) == DROPOUT_SLOTS:
            return False
        self._dropouts[noted % DROPOUT_SLOTS] = written, self._pending
        self._fence()
        self._counters[DROPOUTS_WRITTEN] = noted + 1
        self._pending = 0
        return True

    def _fence(self) -> None:
        """Keep memory accesses before this line before those after it, on every processor.

        x86 does so by itself. ARM may not; there a release followed by an acquire is a full barrier.
        Only this side takes the lock, so it is always free and nobody waits for it.
        """
        for _ in range(2):
            with self._private:
                pass
