"""Text on the stage: the bundled typeface, rendered once per text, size, weight and colour."""

from __future__ import annotations

import functools
from importlib import resources

import numpy as np

from gui.surface import pygame, sprite
from gui.theme import Rgb

WEIGHTS = {500: "Inter-Medium.otf", 600: "Inter-SemiBold.otf", 700: "Inter-Bold.otf"}


@functools.lru_cache(maxsize=512)
def text(words: str, size: int, weight: int, colour: Rgb) -> pygame.Surface:
    """The words as a premultiplied sprite. size: px of the em; weight: 500, 600 or 700."""
    drawn = _font(size, weight).render(words, True, (255, 255, 255))
    alpha = pygame.surfarray.array_alpha(drawn).T / 255
    return sprite(np.asarray(colour, float), alpha)


def trimmed(surface: pygame.Surface) -> pygame.Rect:
    """The part of a text sprite that has ink: what must be centred where accents and descenders are missing."""
    return surface.get_bounding_rect()


@functools.cache
def _font(size: int, weight: int) -> pygame.font.Font:
    pygame.font.init()
    path = resources.files("assets") / "fonts" / WEIGHTS[weight]
    with resources.as_file(path) as file:
        return pygame.font.Font(str(file), size)
