"""What a lesson shows at the felt line: the keys to strike, those that were heard, and what is said of strokes."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from gui.stage.accidentals import SHARP
from gui.stage.chips import Sign
from gui.stage.geometry import Geometry
from gui.stage.lettering import text, trimmed
from gui.stage.marks import EARLY, EXTRA, LATE, MISSED, RIGHT, shape_of
from gui.stage.surface import FloatImage, coverage, pygame, rounded, sprite
from gui.stage.theme import Palette, Rgb, Theme, mix, rgb
from realtime.notes import note_name

RADIUS, RIM, HALO, ABOVE_LINE, APART = 16, 3, 6, 3, 4
CHECK, NAME_TEXT, LONG_NAME_TEXT, LONG_NAME = 14, 11, 9, 3
MARK_ASIDE, MARK_HEIGHT, MARK_BELOW, MARK_NAME_WIDTH = 4, 46, 8, 18
CHIP_HEIGHT, CHIP_TEXT, CHIP_PAD, CHIP_MARK, CHIP_GAP, CHIP_ABOVE = 26, 12, 10, 11, 6, 52
MARK_TINT, HINT_TINT = 0.22, 0.6
HALO_LIGHT, OPACITY, FADE_STEPS, KEPT = 0.2, 0.96, 4, 256
PREMULTIPLIED = pygame.BLEND_PREMULTIPLIED


@dataclass(frozen=True)
class Aim:
    """A key that is to be struck now. hand: "left" or "right"; heard: it was; hint: it is lit, as nothing came."""

    pitch: int
    hand: str
    heard: bool = False
    hint: bool = False


@dataclass(frozen=True)
class Remark:
    """What is said of a stroke, above its key. kind: one of `marks`; left: how much of it is still seen, 0-1."""

    pitch: int
    kind: str
    words: str
    left: float = 1.0


@dataclass(frozen=True)
class LessonMarks:
    """All of a moment; remarks: the oldest first."""

    aims: tuple[Aim, ...] = ()
    remarks: tuple[Remark, ...] = ()


NO_MARKS = LessonMarks()


def remark_colour(kind: str, theme: Theme) -> str:
    """The colour that goes with a kind of remark."""
    return {RIGHT: theme.good, EARLY: theme.warning, LATE: theme.warning, EXTRA: theme.error, MISSED: theme.error}[kind]


class LessonSigns:
    """Makes signs for one geometry and palette."""

    def __init__(self, geometry: Geometry, palette: Palette) -> None:
        self._geometry, self._palette, self._theme = geometry, palette, palette.theme
        self._ring = functools.lru_cache(KEPT)(self._make_ring)
        self._chip = functools.lru_cache(KEPT)(self._make_chip)
        self._key_mark = functools.lru_cache(KEPT)(self._make_key_mark)

    def shown(self, marks: LessonMarks) -> list[Sign]:
        """Rings at the felt line, chips above them; what would cover another stands higher."""
        px = self._geometry.px
        pitches = self._geometry.pitches
        rings = [
            (self._ring(aim.pitch, aim.hand, aim.heard), self._middle(aim.pitch))
            for aim in sorted(marks.aims, key=lambda aim: aim.pitch)
            if aim.pitch in pitches
        ]
        chips = [
            (self._chip(one.kind, one.words, round(one.left * FADE_STEPS)), self._middle(one.pitch))
            for one in reversed(marks.remarks)
            if one.pitch in pitches and one.left > 0
        ]
        foot = self._geometry.hit - px(ABOVE_LINE)
        return [*self._stacked(rings, foot), *self._stacked(chips, self._geometry.hit - px(CHIP_ABOVE))]

    def on_keys(self, marks: LessonMarks) -> dict[int, Sign]:
        """Pitch -> what lies on its key, of those that are still to be struck."""
        pitches = self._geometry.pitches
        return {
            aim.pitch: self._key_mark(aim.pitch, aim.hand, aim.hint)
            for aim in marks.aims
            if not aim.heard and aim.pitch in pitches
        }

    def _middle(self, pitch: int) -> int:
        x, width = self._geometry.lane(pitch)
        return x + width // 2

    def _stacked(self, pictures: Iterable[tuple[pygame.Surface, int]], foot: int) -> list[Sign]:
        """Each picture centred on its column, with its foot at a row, or above those that it would cover."""
        signs: list[Sign] = []
        gap = self._geometry.px(APART)
        for picture, middle in pictures:
            box = picture.get_rect(midbottom=(middle, foot))
            box.clamp_ip(pygame.Rect(gap, 0, self._geometry.width - 2 * gap, foot))
            while (under := box.collidelist([other for _, other in signs])) >= 0:
                box.bottom = signs[under][1].top
            signs.append((picture, box))
        return signs

    def _make_ring(self, pitch: int, hand: str, heard: bool) -> pygame.Surface:
        """A disc with the note's name, or a check, and a rim in the colour of its hand."""
        px, theme = self._geometry.px, self._theme
        colour = rgb(theme.good) if heard else self._palette.colour(pitch, 127, hand)
        size, radius = 2 * px(RADIUS + HALO), px(RADIUS)
        signed = self._disc(size, radius)
        rim = np.clip(signed + px(RIM) + 0.5, 0, 1)[:, :, None]
        inside = np.asarray(rgb(theme.panel), float)
        shape = coverage(signed)
        halo = HALO_LIGHT * np.clip(1 - signed / px(HALO), 0, 1) * (1 - shape)
        body = np.where(shape[:, :, None] > 0, inside + (np.asarray(colour, float) - inside) * rim, colour)
        picture = sprite(body, shape + halo)
        if heard:
            side = px(CHECK)
            check = sprite(np.asarray(colour, float), shape_of(RIGHT, side))
            picture.blit(check, ((size - side) // 2, (size - side) // 2), special_flags=PREMULTIPLIED)
        else:
            name = key_name(pitch)
            _write(picture, name, px(NAME_TEXT if len(name) < LONG_NAME else LONG_NAME_TEXT), colour)
        # The halo reaches below the line: what is there belongs to the keyboard.
        return picture.subsurface((0, 0, size, size - px(HALO)))

    def _disc(self, size: int, radius: int) -> FloatImage:
        centres = np.arange(size) + 0.5 - size / 2
        signed: FloatImage = np.hypot(centres[None, :], centres[:, None]) - radius
        return signed

    def _make_chip(self, kind: str, words: str, step: int) -> pygame.Surface:
        """A pill with the sign and the words of a verdict. step: of its fading."""
        px, theme = self._geometry.px, self._theme
        colour = rgb(remark_colour(kind, theme))
        label = text(words, px(CHIP_TEXT), 600, colour)
        side, height = px(CHIP_MARK), px(CHIP_HEIGHT)
        width = 2 * px(CHIP_PAD) + side + px(CHIP_GAP) + label.get_width()
        signed = rounded(width, height, height / 2)
        rim = np.clip(signed + px(1) + 0.5, 0, 1)[:, :, None]
        inside = np.asarray(rgb(theme.panel), float)
        chip = sprite(inside + (np.asarray(colour, float) - inside) * rim, OPACITY * coverage(signed))
        sign = sprite(np.asarray(colour, float), shape_of(kind, side))
        chip.blit(sign, (px(CHIP_PAD), (height - side) // 2), special_flags=PREMULTIPLIED)
        middle = trimmed(text("H", px(CHIP_TEXT), 600, colour)).centery
        at = (px(CHIP_PAD) + side + px(CHIP_GAP), height // 2 - middle)
        chip.blit(label, at, special_flags=PREMULTIPLIED)
        if step < FADE_STEPS:
            share = 255 * step // FADE_STEPS
            chip.fill((share, share, share, share), special_flags=pygame.BLEND_RGBA_MULT)
        return chip

    def _make_key_mark(self, pitch: int, hand: str, hint: bool) -> Sign:
        """What lies on a key that is to be struck: a tinted card with its name, and where it lies. hint: all of it."""
        px, key = self._geometry.px, self._geometry.key(pitch)
        colour = self._palette.colour(pitch, 127, hand)
        length = self._geometry.black_height if key.black else self._geometry.keyboard
        below = px(MARK_BELOW)
        width, height = key.width - px(MARK_ASIDE), length - 2 * below if hint else min(px(MARK_HEIGHT), length // 3)
        signed = rounded(width, height, px(3))
        rim = np.clip(signed + px(2) + 0.5, 0, 1)[:, :, None]
        ground = np.asarray(mix((255, 255, 255), colour, HINT_TINT if hint else MARK_TINT), float)
        card = sprite(ground + (np.asarray(colour, float) - ground) * rim, coverage(signed))
        if width >= px(MARK_NAME_WIDTH) and not key.black:
            foot = card.subsurface((0, max(height - px(MARK_HEIGHT), 0), width, min(px(MARK_HEIGHT), height)))
            _write(foot, key_name(pitch), px(NAME_TEXT), mix(colour, (0, 0, 0), 0.7))
        return card, card.get_rect(midbottom=(key.x + key.width // 2, self._geometry.hit + length - below))


def key_name(pitch: int) -> str:
    """The name of a key as it is drawn: "F♯4"."""
    return note_name(pitch).replace("#", SHARP)


def _write(picture: pygame.Surface, words: str, size: int, colour: Rgb) -> None:
    """Words in the middle of a picture. size: px of the em."""
    label = text(words, size, 700, colour)
    ink = trimmed(label)
    at = (picture.get_width() // 2 - ink.centerx, picture.get_height() // 2 - ink.centery)
    picture.blit(label, at, special_flags=PREMULTIPLIED)
