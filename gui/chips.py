"""Small signs that lie over the stage: the legend of the hands, "Pedal down", and the words before the first note."""

from __future__ import annotations

import functools

import numpy as np

from gui.geometry import Geometry
from gui.lettering import text, trimmed
from gui.sprites import Sprites
from gui.surface import coverage, pygame, rounded, sprite
from gui.theme import HANDS, Palette, rgb
from gui.translation import mark, tr

TOP, SIDE, HEIGHT, GAP = 36, 28, 28, 8
PAD, SWATCH, TEXT = 12, 12, 12
OPACITY = 0.94
EMPTY = mark("Play your piano — notes appear here.")
EMPTY_TEXT = 18
PREMULTIPLIED = pygame.BLEND_PREMULTIPLIED
Sign = tuple[pygame.Surface, pygame.Rect]


class Chips:
    """The signs for one geometry and palette, each with its place."""

    def __init__(self, geometry: Geometry, palette: Palette, sprites: Sprites, top: int = TOP) -> None:
        """top: logical y of the uppermost signs."""
        self._top = top
        self._geometry = geometry
        self._palette = palette
        self._theme = palette.theme
        self._sprites = sprites
        self.pedal = functools.cache(self._pedal)
        self.legend = functools.cache(self._legend)
        self.empty = functools.cache(self._empty)

    def shown(self, pedal: bool, empty: bool) -> list[Sign]:
        """The signs of a moment. empty: no note was heard yet."""
        signs = [*self.legend()] if self._palette.mode == HANDS else []
        if pedal:
            signs.append(self.pedal())
        if empty:
            signs.append(self.empty())
        return signs

    def _pedal(self) -> Sign:
        px = self._geometry.px
        size = px(9)
        dot = sprite(np.asarray(rgb(self._theme.pedal), float), coverage(rounded(size, size, size / 2)))
        return self._placed(self._chip(dot, tr("Pedal down")), px(SIDE))

    def _legend(self) -> list[Sign]:
        px = self._geometry.px
        hands = ((tr("Right hand"), self._theme.right, False), (tr("Left hand"), self._theme.left, True))
        right = self._geometry.width - px(SIDE)
        signs = []
        for words, colour, left in hands:
            swatch = self._sprites.short_block(px(SWATCH + 3), px(SWATCH), rgb(colour), left)
            chip = self._chip(swatch, words)
            right -= chip.get_width()
            signs.append(self._placed(chip, right))
            right -= px(GAP)
        return signs

    def _empty(self) -> Sign:
        words = text(tr(EMPTY), self._geometry.px(EMPTY_TEXT), 600, rgb(self._theme.second))
        box = words.get_rect(center=(self._geometry.width // 2, round(self._geometry.hit * 0.45)))
        return words, box

    def _placed(self, chip: pygame.Surface, x: int) -> Sign:
        return chip, chip.get_rect(topleft=(x, self._geometry.px(self._top)))

    def _chip(self, swatch: pygame.Surface, words: str) -> pygame.Surface:
        px = self._geometry.px
        label = text(words, px(TEXT), 600, rgb(self._theme.text))
        width, height = 2 * px(PAD) + swatch.get_width() + px(7) + label.get_width(), px(HEIGHT)
        signed = rounded(width, height, height / 2)
        edge = np.clip(signed + px(1) + 0.5, 0, 1)[:, :, None]
        inside, line = np.asarray(rgb(self._theme.panel), float), np.asarray(rgb(self._theme.line), float)
        chip = sprite(inside + (line - inside) * edge, OPACITY * coverage(signed))
        chip.blit(swatch, (px(PAD), (height - swatch.get_height()) // 2), special_flags=PREMULTIPLIED)
        middle = trimmed(text("H", px(TEXT), 600, rgb(self._theme.text))).centery
        at = (px(PAD) + swatch.get_width() + px(7), height // 2 - middle)
        chip.blit(label, at, special_flags=PREMULTIPLIED)
        return chip
