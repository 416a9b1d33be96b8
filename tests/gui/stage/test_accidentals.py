"""Sharps and flats are drawn, and stand in one line with the letters beside them."""

from __future__ import annotations

import numpy as np
import pytest

from gui.stage.accidentals import FLAT, SHARP, WIDTHS, accidental
from gui.stage.lettering import text
from gui.stage.surface import pygame

WHITE = (255, 255, 255)


@pytest.mark.parametrize("sign", [SHARP, FLAT])
@pytest.mark.parametrize("size", [11, 30])
def test_a_sign_has_ink_within_its_width(sign: str, size: int):
    """As high as a letter, nothing cut off at either side, thicker when bold."""
    light, bold = (accidental(sign, size, weight, 2 * size, round(1.4 * size)) for weight in (500, 700))
    assert light.shape == (2 * size, round(WIDTHS[sign] * size))
    rows = np.flatnonzero(light.max(axis=1) > 0.2)
    assert 0.7 * size < rows[-1] - rows[0] < 1.1 * size
    assert max(light[:, -1].max(), bold[:, -1].max()) < 0.3
    assert light.sum() < bold.sum()
    assert bold.max() <= 1


def test_words_with_a_sign_are_as_high_as_words_without():
    """And as wide as their parts; the letters after it are where they would be."""
    plain, signed, both = text("B", 30, 700, WHITE), text(SHARP, 30, 700, WHITE), text(f"B{SHARP}B", 30, 700, WHITE)
    assert plain.get_height() == signed.get_height() == both.get_height()
    assert both.get_width() == 2 * plain.get_width() + signed.get_width()
    second = both.subsurface((plain.get_width() + signed.get_width(), 0, plain.get_width(), plain.get_height()))
    np.testing.assert_array_equal(pygame.surfarray.array3d(second), pygame.surfarray.array3d(plain))
