"""Text on the stage: the bundled typeface, rendered once per text, size, weight and colour."""

from __future__ import annotations

import functools
import re
from importlib import resources

import numpy as np

from gui.stage.accidentals import FLAT, SHARP, accidental
from gui.stage.surface import FloatImage, pygame, sprite
from gui.stage.theme import Rgb

SIGNS = re.compile(f"([{SHARP}{FLAT}])")
WEIGHTS = {500: "Inter-Medium.otf", 600: "Inter-SemiBold.otf", 700: "Inter-Bold.otf"}


@functools.lru_cache(maxsize=512)
def text(words: str, size: int, weight: int, colour: Rgb) -> pygame.Surface:
    """The words as a premultiplied sprite. size: px of the em; weight: 500, 600 or 700."""
    parts = [_part(part, size, weight) for part in SIGNS.split(words) if part]
    return sprite(np.asarray(colour, float), np.hstack(parts))


def trimmed(surface: pygame.Surface) -> pygame.Rect:
    """The part of a text sprite that has ink: what must be centred where accents and descenders are missing."""
    return surface.get_bounding_rect()


def _part(words: str, size: int, weight: int) -> FloatImage:
    """Words that the typeface has, or one accidental, as 0-1 of each pixel; all parts have the same rows."""
    font = _font(size, weight)
    if words in (SHARP, FLAT):
        return accidental(words, size, weight, font.get_height(), font.get_ascent())
    drawn = font.render(words, True, (255, 255, 255))
    alpha: FloatImage = pygame.surfarray.array_alpha(drawn).T / 255
    return alpha


@functools.cache
def _font(size: int, weight: int) -> pygame.font.Font:
    pygame.font.init()
    path = resources.files("assets") / "fonts" / WEIGHTS[weight]
    with resources.as_file(path) as file:
        return pygame.font.Font(str(file), size)
