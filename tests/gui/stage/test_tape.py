"""A tape shows what was drawn on it, wherever it is wound to, and nothing that was there before."""

from __future__ import annotations

import numpy as np
import pytest

from gui.stage.surface import Canvas, pygame, sprite
from gui.stage.tape import BAND, Tape

GROUND = np.array([[10, 20, 30, 255]] * 100, np.uint8)
RED = sprite(np.array([200.0, 0.0, 0.0]), np.ones((12, 8)))


def shown(tape: Tape, first: int, rows: int = 40) -> np.ndarray:
    """What a stage of so many rows shows, as (rows, 100): how red it is."""
    target = Canvas(100, rows)
    tape.show(target.surface, first, pygame.Rect(0, 0, 100, rows))
    return target.pixels[:, :, 2]


@pytest.mark.parametrize("row", [-35, -3, 0, 17, 45, 1000])
def test_a_picture_lies_at_its_row(row: int):
    """Also across the place where the ring closes, and at negative rows."""
    tape = Tape(GROUND, 50)
    tape.put(RED, 30, row, (row - 10, row + 20))
    seen = shown(tape, row - 10)
    expected = np.full((40, 100), 30)
    expected[10:22, 30:38] = 200
    np.testing.assert_array_equal(seen, expected)


def test_only_what_is_within_is_drawn():
    """Five rows in the middle of the picture."""
    tape = Tape(GROUND, 50)
    tape.put(RED, 0, 20, (24, 29))
    assert np.flatnonzero(shown(tape, 0)[:, 4] == 200).tolist() == [24, 25, 26, 27, 28]


def test_cleared_rows_are_empty_and_the_others_stay():
    """Clearing three rows of a picture leaves nine."""
    tape = Tape(GROUND, 50)
    tape.put(RED, 0, 45, (0, 100))
    tape.clear(48, 51)
    assert np.flatnonzero(shown(tape, 40)[:, 4] == 200).tolist() == [5, 6, 7, 11, 12, 13, 14, 15, 16]


def test_columns_are_known_until_they_have_gone():
    """In bands; the later of two ends counts."""
    tape = Tape(GROUND, 50)
    assert tape.columns(0) == (0, 0)
    tape.mark(40, 8, until=100)
    tape.mark(70, 8, until=60)
    assert tape.columns(59) == (BAND, 96)
    assert tape.columns(60) == (BAND, 2 * BAND)
    tape.mark(40, 8, until=80)
    assert tape.columns(99) == (BAND, 2 * BAND)
    assert tape.columns(100) == (0, 0)
