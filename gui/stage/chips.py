"""Small signs that lie over the stage: the chord, "Pedal down", the legend of the hands, and the words before the first
note."""

from __future__ import annotations

import functools

import numpy as np

from gui.stage.chords import Chord
from gui.stage.geometry import Geometry
from gui.stage.lettering import text, trimmed
from gui.stage.sprites import Sprites
from gui.stage.surface import coverage, pygame, rounded, sprite
from gui.stage.theme import HANDS, Palette, mix, rgb
from gui.translation import tr

TOP, SIDE, HEIGHT, GAP = 36, 28, 28, 8
PAD, SWATCH, TEXT = 12, 12, 12
OPACITY, HIDDEN_OPACITY = 0.94, 0.55
BADGE_WIDTH, BADGE_HEIGHT, BADGE_RADIUS, BADGE_PAD, BADGE_GAP = 194, 72, 12, 18, 20
CHORD_TEXT, TITLE_TEXT, TONES_TEXT = 30, 13, 12
CHORDS_KEPT = 64
SPLIT_WIDTH, SPLIT_HEIGHT = 12, 8
EMPTY_TEXT, EMPTY_HEIGHT = 18, 0.45  # px; place of the words, as a share of what lies above the keys
PREMULTIPLIED = pygame.BLEND_PREMULTIPLIED
Sign = tuple[pygame.Surface, pygame.Rect]


class Chips:
    """The signs for one geometry and palette, each with its place."""

    def __init__(
        self,
        geometry: Geometry,
        palette: Palette,
        sprites: Sprites,
        top: int = TOP,
        hidden: str = "",
        chords: bool = True,
        split: bool = True,
    ) -> None:
        """top: logical y of the uppermost signs; hidden: the hand that is not shown, "left" or "right"; chords:
        whether a badge may come, for which room is left; split: whether the line between the hands has its mark."""
        self._marks_split = split
        self._pedal_below = BADGE_HEIGHT + GAP if chords else 0
        self._top = top
        self._hidden = hidden
        self._geometry = geometry
        self._palette = palette
        self._theme = palette.theme
        self._sprites = sprites
        self.pedal = functools.cache(self._pedal)
        self.legend = functools.cache(self._legend)
        self.empty = functools.lru_cache(1)(self._empty)
        self.split = functools.cache(self._split)
        self.badge = functools.lru_cache(CHORDS_KEPT)(self._badge)

    def shown(self, pedal: bool, empty: str, chord: Chord | None = None) -> list[Sign]:
        """The signs of a moment. empty: words while no note has come yet, "" for none."""
        signs = [*self.split(), *self.legend().values()]
        if pedal:
            signs.append(self.pedal())
        if chord is not None:
            signs.append(self.badge(chord))
        if empty:
            signs.append(self.empty(empty))
        return signs

    def hand_at(self, x: int, y: int) -> str:
        """The hand whose chip of the legend lies at a device pixel, "" where there is none."""
        return next((hand for hand, (_, box) in self.legend().items() if box.collidepoint(x, y)), "")

    def _badge(self, chord: Chord) -> Sign:
        """Name, long name and tones; without a name the tones alone, larger."""
        px, theme = self._geometry.px, self._theme
        tones = "  ".join(chord.tones)
        if chord.name:
            name = text(chord.name, px(CHORD_TEXT), 700, rgb(theme.text))
            lines = [text(chord.title, px(TITLE_TEXT), 600, rgb(theme.text))]
            lines.append(text(tones, px(TONES_TEXT), 500, rgb(theme.second)))
        else:
            name, lines = text(tones, px(TITLE_TEXT), 600, rgb(theme.text)), []
        aside = px(BADGE_GAP) + max(line.get_width() for line in lines) if lines else 0
        width = max(px(BADGE_WIDTH), 2 * px(BADGE_PAD) + name.get_width() + aside)
        card = self._card(width, px(BADGE_HEIGHT), px(BADGE_RADIUS))
        middle = card.get_height() // 2
        ink = trimmed(name)
        card.blit(name, (px(BADGE_PAD) - ink.left, middle - ink.centery), special_flags=PREMULTIPLIED)
        x = px(BADGE_PAD) + name.get_width() + px(BADGE_GAP)
        for line, y in zip(lines, (middle - px(18), middle + px(3)), strict=False):
            card.blit(line, (x, y), special_flags=PREMULTIPLIED)
        return self._placed(card, px(SIDE))

    def _pedal(self) -> Sign:
        px = self._geometry.px
        size = px(9)
        dot = sprite(np.asarray(rgb(self._theme.pedal), float), coverage(rounded(size, size, size / 2)))
        # Below the place of the badge, so that it stays where it is as chords come and go.
        return self._placed(self._chip(dot, tr("Pedal down")), px(SIDE), self._pedal_below)

    @property
    def split_x(self) -> int | None:
        """The column between the hands, None where they are not distinguished or it is out of sight."""
        split, pitches = self._palette.split, self._geometry.pitches
        if not self._marks_split or self._palette.mode != HANDS or split not in pitches[1:]:
            return None
        return self._geometry.key(split).x

    def _split(self) -> list[Sign]:
        """A triangle that points to the line between the hands."""
        if self.split_x is None:
            return []
        width, height = self._geometry.px(SPLIT_WIDTH), self._geometry.px(SPLIT_HEIGHT)
        across = np.abs(np.arange(width) + 0.5 - width / 2)[None, :]
        reach = (width / 2) * (1 - (np.arange(height) + 0.5) / height)[:, None]
        mark = sprite(np.asarray(rgb(self._theme.text), float), np.clip(reach - across + 0.5, 0, 1))
        return [(mark, mark.get_rect(midbottom=(self.split_x, self._geometry.hit)))]

    def _legend(self) -> dict[str, Sign]:
        """HandChip -> its chip; nothing where hands are not distinguished."""
        px, theme = self._geometry.px, self._theme
        hands = (("right", tr("Right hand"), theme.right), ("left", tr("Left hand"), theme.left))
        right = self._geometry.width - px(SIDE)
        signs: dict[str, Sign] = {}
        for hand, words, colour in hands if self._palette.mode == HANDS else ():
            shown = hand != self._hidden
            shade = rgb(colour) if shown else mix(rgb(colour), rgb(theme.panel), 1 - HIDDEN_OPACITY)
            swatch = self._sprites.short_block(px(SWATCH + 3), px(SWATCH), shade, hand == "left")
            chip = self._chip(swatch, words if shown else tr("{} hidden", words), theme.text if shown else theme.third)
            right -= chip.get_width()
            signs[hand] = self._placed(chip, right)
            right -= px(GAP)
        return signs

    def _empty(self, said: str) -> Sign:
        words = text(said, self._geometry.px(EMPTY_TEXT), 600, rgb(self._theme.second))
        box = words.get_rect(center=(self._geometry.width // 2, round(self._geometry.hit * EMPTY_HEIGHT)))
        return words, box

    def _placed(self, chip: pygame.Surface, x: int, below: int = 0) -> Sign:
        return chip, chip.get_rect(topleft=(x, self._geometry.px(self._top + below)))

    def _card(self, width: int, height: int, radius: float) -> pygame.Surface:
        """The ground of a sign, with its edge."""
        signed = rounded(width, height, radius)
        edge = np.clip(signed + self._geometry.px(1) + 0.5, 0, 1)[:, :, None]
        inside, line = np.asarray(rgb(self._theme.panel), float), np.asarray(rgb(self._theme.line), float)
        return sprite(inside + (line - inside) * edge, OPACITY * coverage(signed))

    def _chip(self, swatch: pygame.Surface, words: str, colour: str = "") -> pygame.Surface:
        px = self._geometry.px
        label = text(words, px(TEXT), 600, rgb(colour or self._theme.text))
        width, height = 2 * px(PAD) + swatch.get_width() + px(7) + label.get_width(), px(HEIGHT)
        chip = self._card(width, height, height / 2)
        chip.blit(swatch, (px(PAD), (height - swatch.get_height()) // 2), special_flags=PREMULTIPLIED)
        middle = trimmed(text("H", px(TEXT), 600, rgb(self._theme.text))).centery
        at = (px(PAD) + swatch.get_width() + px(7), height // 2 - middle)
        chip.blit(label, at, special_flags=PREMULTIPLIED)
        return chip
