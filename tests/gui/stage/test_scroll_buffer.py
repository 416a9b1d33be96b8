"""A buffer shows what was drawn on it, wherever it is wound to, and nothing that was there before."""

from __future__ import annotations

import numpy as np
import pytest

from gui.stage.scroll_buffer import BAND, ScrollBuffer
from gui.stage.surface import Canvas, pygame, sprite

GROUND = np.array([[10, 20, 30, 255]] * 100, np.uint8)
RED = sprite(np.array([200.0, 0.0, 0.0]), np.ones((12, 8)))


def shown(buffer: ScrollBuffer, first: int, rows: int = 40) -> np.ndarray:
    """What a stage of so many rows shows, as (rows, 100): how red it is."""
    target = Canvas(100, rows)
    buffer.show(target.surface, first, pygame.Rect(0, 0, 100, rows))
    return target.pixels[:, :, 2]


@pytest.mark.parametrize("row", [-35, -3, 0, 17, 45, 1000])
def test_a_picture_lies_at_its_row(row: int):
    """Also across the place where the ring closes, and at negative rows."""
    buffer = ScrollBuffer(GROUND, 50)
    buffer.put(RED, 30, row, (row - 10, row + 20))
    seen = shown(buffer, row - 10)
    expected = np.full((40, 100), 30)
    expected[10:22, 30:38] = 200
    np.testing.assert_array_equal(seen, expected)


def test_only_what_is_within_is_drawn():
    """Five rows in the middle of the picture."""
    buffer = ScrollBuffer(GROUND, 50)
    buffer.put(RED, 0, 20, (24, 29))
    assert np.flatnonzero(shown(buffer, 0)[:, 4] == 200).tolist() == [24, 25, 26, 27, 28]


def test_cleared_rows_are_empty_and_the_others_stay():
    """Clearing three rows of a picture leaves nine."""
    buffer = ScrollBuffer(GROUND, 50)
    buffer.put(RED, 0, 45, (0, 100))
    buffer.clear(48, 51)
    assert np.flatnonzero(shown(buffer, 40)[:, 4] == 200).tolist() == [5, 6, 7, 11, 12, 13, 14, 15, 16]


def test_columns_are_known_until_they_have_gone():
    """In bands; the later of two ends counts."""
    buffer = ScrollBuffer(GROUND, 50)
    assert buffer.columns(0) == (0, 0)
    buffer.mark(40, 8, until=100)
    buffer.mark(70, 8, until=60)
    assert buffer.columns(59) == (BAND, 96)
    assert buffer.columns(60) == (BAND, 2 * BAND)
    buffer.mark(40, 8, until=80)
    assert buffer.columns(99) == (BAND, 2 * BAND)
    assert buffer.columns(100) == (0, 0)
