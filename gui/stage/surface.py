"""pygame surfaces over numpy pixels: what pygame draws can be shown by Qt or encoded as video without a copy.

Sprites are premultiplied: colour already weighed with alpha, which pygame blends fastest.
"""

from __future__ import annotations

import os
from typing import Any

import numpy as np
import numpy.typing as npt

os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")  # importing must say nothing

import pygame

from gui.stage.theme import Rgb

__all__ = ["Canvas", "FloatImage", "coverage", "distance", "light", "premultiplied", "pygame", "rounded", "sprite"]
FloatImage = npt.NDArray[np.floating[Any]]


class Canvas:
    """A picture to draw on. pixels: uint8 (height, width, 4) as B G R X; surface: pygame's view of the same memory."""

    def __init__(self, width: int, height: int) -> None:
        self.pixels: npt.NDArray[np.uint8] = np.zeros((height, width, 4), np.uint8)
        self.surface = pygame.image.frombuffer(self.pixels, (width, height), "BGRA")  # type: ignore[arg-type]
        self.surface.set_alpha(None)


def sprite(colour: FloatImage, alpha: FloatImage) -> pygame.Surface:
    """Premultiplied sprite. colour: 0-255, broadcast to (height, width, 3) as R G B; alpha: 0-1 (height, width)."""
    return premultiplied(np.broadcast_to(colour, (*alpha.shape, 3)) * alpha[:, :, None], alpha)


def premultiplied(weighed: FloatImage | npt.NDArray[np.uint8], alpha: FloatImage) -> pygame.Surface:
    """As `sprite`, of colours (height, width, 3) that are weighed with alpha already."""
    height, width = alpha.shape
    pixels = np.empty((height, width, 4), np.uint8)
    pixels[:, :, 2::-1] = np.rint(weighed)
    pixels[:, :, 3] = np.rint(255 * alpha)
    return pygame.image.frombuffer(pixels.tobytes(), (width, height), "BGRA")


def light(colour: Rgb, strength: FloatImage) -> pygame.Surface:
    """Sprite to be added: colour weighed with strength 0-1 (height, width). Alpha is 0, so adding keeps it."""
    height, width = strength.shape
    pixels = np.zeros((height, width, 4), np.uint8)
    pixels[:, :, 2::-1] = np.rint(np.asarray(colour) * np.clip(strength, 0, 1)[:, :, None])
    return pygame.image.frombuffer(pixels.tobytes(), (width, height), "BGRA")


def rounded(width: float, height: float, radius: float, shape: tuple[int, int] | None = None) -> FloatImage:
    """Signed distance in px from the edge of a rounded rectangle, negative inside: (rows, columns) of pixel centres.

    The rectangle lies at 0, 0; shape: rows and columns of the result, by default just those that it covers.
    """
    rows, columns = shape or (round(height), round(width))
    return distance(width, height, radius, np.arange(columns) + 0.5, np.arange(rows) + 0.5)


def distance(width: float, height: float, radius: float, x: FloatImage, y: FloatImage) -> FloatImage:
    """As `rounded`, at the columns `x` and rows `y`."""
    dx = np.abs(x - width / 2) - (width / 2 - radius)
    dy = np.abs(y - height / 2) - (height / 2 - radius)
    outside = np.hypot(np.maximum(dx, 0)[None, :], np.maximum(dy, 0)[:, None])
    inside = np.minimum(np.maximum(dx[None, :], dy[:, None]), 0)
    result: FloatImage = outside + inside - radius
    return result


def coverage(signed: FloatImage) -> FloatImage:
    """Signed distance -> how much of each pixel is covered, 0-1."""
    result: FloatImage = np.clip(0.5 - signed, 0, 1)
    return result
