"""Light at the hit line: a cone above each key that sounds, sparks from one that was just struck."""

from __future__ import annotations

import functools
from collections.abc import Mapping

import numpy as np

from gui.stage.geometry import Geometry
from gui.stage.keyboard import LitKey
from gui.stage.roll import Block
from gui.stage.sprites import Sprites
from gui.stage.surface import light, pygame
from gui.stage.theme import Rgb, mix

SPARKS, SPARK_S, SPARK_RISE, SPARK_SPREAD, SPARK_SIZE = 9, 0.35, 70.0, 26.0, 2
SPARK_STEPS = 12
PATHS_KEPT = 128  # more notes than sparks fly from at once
WHITE, BLACK = (255, 255, 255), (0, 0, 0)
ADD = pygame.BLEND_RGB_ADD


class Lights:
    """glow: their strength, 0-1."""

    def __init__(self, geometry: Geometry, sprites: Sprites, glow: float) -> None:
        self._geometry, self._sprites, self._glow = geometry, sprites, glow
        self._area = pygame.Rect(0, 0, geometry.width, geometry.hit)
        self._shown: list[tuple[pygame.Surface, tuple[int, int]]] = []
        self._spark = functools.cache(self._make_spark)
        self._paths = functools.lru_cache(PATHS_KEPT)(self._make_paths)

    def advance(self, lit: Mapping[int, LitKey], now: float) -> list[pygame.Rect]:
        """Go to the moment `now` (stream time, s) at which these keys are lit; the rectangles that light covers."""
        self._shown = []
        boxes = []
        for pitch, key in lit.items():
            if key.block is None:
                continue
            x, width = self._geometry.lane(pitch)
            glow = self._sprites.glow(width, key.colour, key.share)
            box = glow.get_rect(midbottom=(x + width // 2, self._geometry.hit))
            self._shown.append((glow, box.topleft))
            self._add_sparks(key.block, now, x + width // 2, key.colour)
            boxes.append(box.clip(self._area))
        return boxes

    def show(self, target: pygame.Surface) -> None:
        """Add the light to what `target` shows."""
        target.fblits(self._shown, ADD)

    def _add_sparks(self, block: Block, now: float, x: int, colour: Rgb) -> None:
        """Nine of them, flying up from a key that was just struck; where to, its place among all notes decides."""
        if not 0 <= now - block.onset < SPARK_S:
            return
        part = (now - block.onset) / SPARK_S
        spark = self._spark(colour, int(part * SPARK_STEPS))
        spread = 0.35 + 0.65 * part
        rise = 0.25 + 0.75 * (1 - (1 - part) ** 2)
        foot = self._geometry.hit - self._geometry.px(8)
        for aside, above in self._paths(block.pitch * 7919 + block.order * 104729):
            self._shown.append((spark, (x + round(aside * spread), foot - round(above * rise))))

    def _make_spark(self, colour: Rgb, step: int) -> pygame.Surface:
        size = self._geometry.px(SPARK_SIZE)
        left = self._glow * (1 - step / SPARK_STEPS)
        return light(mix(mix(colour, WHITE, 0.4), BLACK, 1 - left), np.ones((size, size)))

    def _make_paths(self, seed: int) -> list[tuple[float, float]]:
        """How far aside and upward each spark flies, device pixels."""
        chances = [(seed * 31 + spark * 2654435761) & 0xFFFFFF for spark in range(SPARKS)]
        scale = self._geometry.scale
        return [
            (
                ((chance & 0xFF) / 127.5 - 1) * SPARK_SPREAD * scale,
                (0.2 + 0.8 * (chance >> 8 & 0xFF) / 255) * SPARK_RISE * scale,
            )
            for chance in chances
        ]
