"""The lines of beats and bars that come down with the blocks; a bar's bears its number."""

from __future__ import annotations

import functools

import numpy as np

from gui.stage.geometry import Geometry
from gui.stage.lettering import text, trimmed
from gui.stage.surface import coverage, pygame, rounded, sprite
from gui.stage.theme import Theme, rgb
from gui.translation import tr

BAR_STRENGTH = 2.4  # of a bar's line, as against a beat's
PILL_HEIGHT, PILL_TEXT, PILL_PAD, PILL_ASIDE, PILL_ABOVE = 20, 11, 12, 8, 6
BARS_KEPT = 64
PREMULTIPLIED = pygame.BLEND_PREMULTIPLIED


class BarLines:
    """Pictures for one geometry and theme. left: their first column; beat, bar: as wide as the keyboard."""

    def __init__(self, geometry: Geometry, theme: Theme) -> None:
        self._geometry, self._theme = geometry, theme
        self.left = geometry.keys[0].x
        lanes = np.ones((geometry.px(1), geometry.keys[-1].x + geometry.keys[-1].width - self.left))
        grid = np.asarray(rgb(theme.grid), float)
        self.beat = sprite(grid, theme.beat * lanes)
        self.bar = sprite(grid, min(BAR_STRENGTH * theme.beat, 1.0) * lanes)
        self.pill = functools.lru_cache(BARS_KEPT)(self._pill)

    @property
    def pill_x(self) -> int:
        """First column of a bar's number."""
        return self.left + self._geometry.px(PILL_ASIDE)

    @property
    def pill_above(self) -> int:
        """Rows from a bar's line up to the foot of its number."""
        return self._geometry.px(PILL_ABOVE)

    def _pill(self, number: int) -> pygame.Surface:
        px, theme = self._geometry.px, self._theme
        words = tr("Upbeat") if number == 0 else tr("Bar {}", number)
        label = text(words, px(PILL_TEXT), 600, rgb(theme.second))
        width, height = label.get_width() + 2 * px(PILL_PAD), px(PILL_HEIGHT)
        signed = rounded(width, height, height / 2)
        rim = np.clip(signed + px(1) + 0.5, 0, 1)[:, :, None]
        inside, line = np.asarray(rgb(theme.panel), float), np.asarray(rgb(theme.line), float)
        pill = sprite(inside + (line - inside) * rim, coverage(signed))
        middle = trimmed(text("B", px(PILL_TEXT), 600, rgb(theme.second))).centery
        pill.blit(label, (px(PILL_PAD), height // 2 - middle), special_flags=PREMULTIPLIED)
        return pill
