"""The ring: order, counting, and the dropout in its place, alone and with a thread."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from realtime.audio.ring import DROPOUT_SLOTS, Dropout, Ring
from realtime.contract import FloatArray

CAPACITY = 700
TOTAL = 200_000
STEPS = st.lists(st.tuples(st.booleans(), st.integers(0, 300)), max_size=120)


def after(got: FloatArray | Dropout, position: int, channels: int = 1) -> int:
    """The position in the stream after what was read there, which must be the samples of that position."""
    if isinstance(got, Dropout):
        return position + got.samples
    assert np.array_equal(numbered(position, len(got), channels), got)
    return position + len(got)


def numbered(begin: int, count: int, channels: int = 1) -> FloatArray:
    """Samples that carry their own index; exact in float32 below 2**24."""
    return np.arange(begin * channels, (begin + count) * channels, dtype=np.float32).reshape(count, channels)


@given(steps=STEPS, capacity=st.integers(1, 400), channels=st.integers(1, 3))
def test_every_sample_comes_out_in_order_or_is_counted(
    steps: list[tuple[bool, int]], capacity: int, channels: int
) -> None:
    """Random writes and reads of random sizes: every sample read is the one that the counts say it is."""
    ring, sent, position = Ring(capacity, channels), 0, 0
    for is_write, size in steps:
        if is_write:
            ring.write(numbered(sent, size, channels))
            sent += size
        else:
            position = after(ring.read(size), position, channels)
    for _ in range(2):  # an empty block fits always, and records a loss at the very end
        while (after_read := after(ring.read(capacity), position, channels)) > position:
            position = after_read
        ring.write(numbered(sent, 0, channels))
    assert sent == position


def test_a_full_ring_drops_the_newest_block_whole() -> None:
    """Hand values on the boundary: four of four fit, a fifth does not; the dropout stands where it was lost."""
    ring = Ring(4)
    ring.write(numbered(0, 4))
    ring.write(numbered(4, 1))
    assert (ring.waiting, ring.lost) == (4, 1)
    assert flat(ring.read(3)) == [0, 1, 2]
    ring.write(numbered(5, 4))
    ring.write(numbered(9, 3))
    assert flat(ring.read(10)) == [3]
    assert Dropout(5) == ring.read(10)
    assert flat(ring.read(10)) == [9, 10, 11]
    assert flat(ring.read(10)) == []


def test_unread_dropouts_lose_more_but_never_the_count() -> None:
    """More losses than records: the last one waits until a record is free."""
    ring = Ring(2 * DROPOUT_SLOTS + 4)
    for index in range(3 * DROPOUT_SLOTS):
        ring.write(numbered(0, 2 * DROPOUT_SLOTS + 5))  # never fits
        ring.write(numbered(index, 1))
    read = sum(got.samples for got in drain(ring) if isinstance(got, Dropout))
    ring.write(numbered(0, 0))
    last = ring.read(1)
    assert isinstance(last, Dropout)
    assert ring.lost == read + last.samples


@pytest.mark.parametrize(("capacity", "channels"), [(0, 1), (1, 0)])
def test_a_ring_has_room(capacity: int, channels: int) -> None:
    """A size that holds nothing is refused before any sample is lost."""
    with pytest.raises(ValueError, match="at least 1"):
        Ring(capacity, channels)


@settings(max_examples=5, deadline=None)
@given(seed=st.integers(0, 1000))
def test_a_writing_thread_and_a_reader_agree(seed: int) -> None:
    """The writer never waits, the reader is slow now and then."""
    ring = Ring(CAPACITY)
    writer = threading.Thread(target=write_all, args=(ring, seed))
    writer.start()
    assert read_all(ring, seed, writer.is_alive) == TOTAL
    writer.join()


def write_all(ring: Ring, seed: int) -> None:
    """Write TOTAL numbered samples in random blocks, then one block that records a last loss."""
    random, sent = np.random.default_rng(seed), 0
    while sent < TOTAL:
        size = min(int(random.integers(0, 400)), TOTAL - sent)
        ring.write(numbered(sent, size))
        sent += size
        if random.random() < 0.3:
            time.sleep(0.0002)
    while ring.waiting:
        time.sleep(0.001)
    ring.write(numbered(0, 0))


def read_all(ring: Ring, seed: int, writing: Callable[[], bool]) -> int:
    """Read until the writer is done; every sample must carry the index that the counts give it."""
    random, position = np.random.default_rng(seed + 1), 0
    while True:
        done = not writing()
        got = ring.read(int(random.integers(1, 300)))
        position = after(got, position)
        if done and not isinstance(got, Dropout) and not len(got):
            return position
        if random.random() < 0.1:
            time.sleep(0.0005)


def drain(ring: Ring) -> Iterator[FloatArray | Dropout]:
    """All that waits, in order."""
    while isinstance(got := ring.read(100), Dropout) or len(got):
        yield got


def flat(block: FloatArray | Dropout) -> list[float]:
    """The values of a single channel."""
    assert not isinstance(block, Dropout)
    return [float(value) for value in block[:, 0]]
