"""The parts from which the stage is put together: blocks, tails, lights and keys, each drawn once and kept."""

from __future__ import annotations

import functools

import numpy as np

from gui.stage.geometry import Geometry
from gui.stage.surface import FloatImage, coverage, distance, light, premultiplied, pygame, rounded, sprite
from gui.stage.theme import Rgb, Theme, mix, rgb

WHITE, BLACK = (255, 255, 255), (0, 0, 0)
LEAST_BLOCK = 8.0
TOP_LIGHT, TOP_LIGHT_PX = 0.22, 40.0
# Lower blocks are drawn whole: body and cap would meet where the light still fades.
SHORT_PX = 48.0
EDGE_LIGHT = 0.22
STRIPE_FROM, STRIPE_TO, STRIPE_INSET, STRIPE_LIGHT = 3.0, 5.6, 6.0, 0.85
SHADOW_PX, SHADOW_DARK = 1.5, 0.34
HATCH_PITCH, HATCH_DARK = 6.0, 0.55
TAIL_WIDTH, TAIL_FROM, TAIL_TO, TAIL_PX = 0.6, 0.34, 0.13, 260.0
# Soft outlines of a sounding block: reach in px and strength.
OUTLINES = ((12.0, 0.05), (8.0, 0.08), (4.0, 0.14), (2.0, 0.20))
CONE_PX, CONE_SIDE, CONE_LIGHT = 90.0, 56.0, 0.35
HOT_PX, HOT_LIGHT = 46.0, 0.45
WHITE_TOP, WHITE_BOTTOM, WHITE_LIP, KEY_SHADE = (238, 240, 244), (252, 253, 255), (178, 185, 197), (122, 130, 144)
FACE_TOP, FACE_BOTTOM, BODY, GLINT = (30, 34, 41), (46, 51, 61), (9, 11, 15), (92, 99, 112)


class Sprites:
    """All sprites for one geometry and theme. glow: strength of the light at the hit line, 0-1."""

    def __init__(self, geometry: Geometry, theme: Theme, glow: float = 1.0) -> None:
        self._strength = glow
        self._geometry = geometry
        self._scale = geometry.scale
        self._theme = theme
        white = geometry.key(60).width
        self.radius = geometry.px(6 if white > 30 * geometry.scale else 5)
        self.felt = geometry.px(4)
        # Methods are cached per object: another theme or size makes other sprites.
        self._relief = functools.cache(self._make_relief)
        self.block = functools.cache(self._block)
        self.short_block = functools.cache(self._short_block)
        self.tail = functools.cache(self._tail)
        self.upright_tail = functools.cache(self._upright_tail)
        self.glow = functools.cache(self._glow)
        self.white_key = functools.cache(self._white_key)
        self.black_key = functools.cache(self._black_key)

    def _block(self, width: int, colour: Rgb, left: bool) -> tuple[pygame.Surface, pygame.Surface]:
        """A block as high as the stage, to be cut where it ends, and the rounded cap that closes it below."""
        radius = min(self.radius, width // 2)
        body = self._shape(width, self._geometry.hit + radius, radius, colour, left)
        cap = self._shape(width, self._geometry.px(TOP_LIGHT_PX) + 4 * radius, radius, colour, False)
        height = body.get_height() - radius
        return body.subsurface((0, 0, width, height)), cap.subsurface((0, cap.get_height() - radius, width, radius))

    def _short_block(self, width: int, height: int, colour: Rgb, left: bool) -> pygame.Surface:
        """A block too short for body and cap."""
        return self._shape(width, height, min(self.radius, width // 2, height // 2), colour, left)

    def _shape(self, width: int, height: int, radius: int, colour: Rgb, left: bool) -> pygame.Surface:
        own, white, alpha = self._relief(width, height, radius, left)
        return premultiplied(own * np.asarray(colour, float) + white, alpha)

    def _make_relief(
        self, width: int, height: int, radius: int, left: bool
    ) -> tuple[FloatImage, FloatImage, FloatImage]:
        """A block whatever its colour: (height, width, 1) by which that is multiplied, (height, width, 1) of white that
        is added, both weighed with (height, width) alpha 0-1."""
        aside = SHADOW_PX * self._scale if self._theme.shadow else 0.0
        signed = rounded(width - aside, height - aside, radius, (height, width))
        rows = np.arange(height) + 0.5
        reach = min(TOP_LIGHT_PX * self._scale, height)
        own = np.repeat(1 - TOP_LIGHT * np.clip(1 - rows / reach, 0, 1)[:, None], width, axis=1)
        own *= 1 - np.clip(signed + 1.5 * self._scale, 0, 1) * EDGE_LIGHT
        white = 255 * (1 - own)
        if left:
            own, white = self._mark_left(own, white)
        solid = coverage(signed)
        alpha = solid
        if aside:
            columns = np.arange(width) + 0.5
            below = distance(width - aside, height - aside, radius, columns - aside, rows - aside)
            alpha = solid + SHADOW_DARK * np.clip(0.5 - below / aside, 0, 1) * (1 - solid)
        return (own * solid)[:, :, None], (white * solid)[:, :, None], alpha

    def _mark_left(self, own: FloatImage, white: FloatImage) -> tuple[FloatImage, FloatImage]:
        """The stripe that marks the left hand without colour, and the hatch of the high contrast."""
        height, width = own.shape
        columns, rows = np.arange(width) + 0.5, np.arange(height) + 0.5
        if self._theme.hatch:
            pitch = HATCH_PITCH * self._scale
            light = 1 - HATCH_DARK * ((columns[None, :] + rows[:, None]) % pitch < pitch / 3)
            own, white = own * light, white * light
        inset = min(STRIPE_INSET * self._scale, height / 4)
        across = _band(columns, STRIPE_FROM * self._scale, STRIPE_TO * self._scale)
        along = _band(rows, inset, height - inset)
        stripe = STRIPE_LIGHT * along[:, None] * across[None, :]
        return own * (1 - stripe), white + (255 - white) * stripe

    def _tail(self, width: int, colour: Rgb) -> pygame.Surface:
        """What rings on under the pedal, as high as the stage; narrower than the block, fading from its top."""
        share = np.clip(np.arange(self._geometry.hit) / (TAIL_PX * self._scale), 0, 1)
        alpha = TAIL_FROM + (TAIL_TO - TAIL_FROM) * share
        return sprite(np.asarray(colour, float), np.repeat(alpha[:, None], round(TAIL_WIDTH * width), axis=1))

    def _upright_tail(self, width: int, colour: Rgb) -> pygame.Surface:
        """The tail that stands on a falling block: fading from its foot."""
        return pygame.transform.flip(self.tail(width, colour), False, True)

    def _glow(self, width: int, colour: Rgb, share: float) -> pygame.Surface:
        """Light at the hit line around a lane of `width`: to be added with its bottom on the line, centred. share: of
        its strength, 0-1."""
        scale = self._scale
        side, height = round(CONE_SIDE * scale), round(CONE_PX * scale)
        x, y = np.arange(width + 2 * side) + 0.5 - side, np.arange(height) + 0.5
        from_line = (height - y) / scale
        fall = np.clip(1 - from_line / CONE_PX, 0, 1)[:, None]
        aside = np.maximum(np.abs(x - width / 2) - width / 2, 0)[None, :] / scale
        outlines = sum(share * np.clip(1.5 - aside / reach, 0, 1) for reach, share in OUTLINES) * fall**4
        cone = CONE_LIGHT * np.exp(-((aside / (14 + 22 * fall)) ** 2)) * fall**1.5
        inside = aside == 0
        hot = HOT_LIGHT * inside * np.clip(1 - from_line / HOT_PX, 0, 1)[:, None] ** 1.5
        ends = np.clip((CONE_SIDE - aside) / 12, 0, 1)
        strength = (outlines * (1 - 0.6 * inside) + cone * (1 - 0.4 * inside) + hot) * ends
        return light(mix(colour, WHITE, 0.12), self._strength * share * strength)

    def _white_key(self, width: int, colour: Rgb | None) -> pygame.Surface:
        """A white key below the felt line, `colour` when pressed (then it lies 2 px deeper)."""
        height = self._geometry.keyboard - self.felt
        pressed = colour is not None
        rows = (np.arange(height) + 0.5) / height
        top, bottom = (WHITE_TOP, WHITE_BOTTOM) if colour is None else (colour, mix(colour, WHITE, 0.5))
        image = _gradient(top, bottom, rows)
        shadow = np.clip(1 - np.arange(height) / (9 * self._scale), 0, 1) * (0.5 if pressed else 0.32)
        image *= 1 - shadow[:, None, None]
        lip = self._geometry.px(1 if pressed else 3)
        image[height - lip :] = mix(WHITE_LIP, colour, 0.5) if colour is not None else WHITE_LIP
        image = np.repeat(image, width, axis=1)
        hairline = self._geometry.px(1)
        image[:, width - hairline :] = KEY_SHADE
        radius = 3 * self._scale
        signed = distance(
            width - hairline, height * 2, radius, np.arange(width) + 0.5, np.arange(height) + height + 0.5
        )
        alpha = coverage(signed)
        solid = alpha[:, :, None]
        return sprite(image * solid + np.asarray(KEY_SHADE) * (1 - solid), np.ones((height, width)))

    def _black_key(self, width: int, colour: Rgb | None) -> pygame.Surface:
        """A black key with its soft shadow below, `colour` when pressed."""
        geometry, scale = self._geometry, self._scale
        height = geometry.black_height
        x, y = np.arange(width) + 0.5, np.arange(height) + 0.5
        image = np.broadcast_to(np.asarray(BODY, float), (height, width, 3)).copy()
        side, front = 1.5 * scale, (4.0 if colour is not None else 6.5) * scale
        face = coverage(distance(width - 2 * side, 2 * height - front, 2.2 * scale, x - side, y + height - front / 2))
        top, bottom = (FACE_TOP, FACE_BOTTOM) if colour is None else (mix(colour, BLACK, 0.12), colour)
        drawn = np.repeat(_gradient(top, bottom, y / height), width, axis=1)
        image += (drawn - image) * face[:, :, None]
        if colour is None:
            rim = face * np.clip(1 - np.abs(y - (height - front - 1.2 * scale)) / (1.2 * scale), 0, 1)[:, None]
            image += (np.asarray(GLINT) - image) * (0.7 * rim)[:, :, None]
        shape = distance(width, 2 * height, 2.5 * scale, x, y + height)
        return sprite(image, coverage(shape))


def felt_line(theme: Theme, width: int, height: int) -> pygame.Surface:
    """The felt between stage and keys."""
    rows = (np.arange(height) + 0.5) / height
    image = _gradient(rgb(theme.felt_top), rgb(theme.felt_bottom), rows)
    return sprite(np.repeat(image, width, axis=1), np.ones((height, width)))


def _gradient(top: Rgb, bottom: Rgb, share: FloatImage) -> FloatImage:
    """(n,) shares 0-1 -> (n, 1, 3) colours."""
    first, last = np.asarray(top, float), np.asarray(bottom, float)
    result: FloatImage = (first + (last - first) * share[:, None])[:, None, :]
    return result


def _band(at: FloatImage, begin: float, end: float) -> FloatImage:
    """How much of each pixel centred at `at` lies between `begin` and `end`, 0-1."""
    result: FloatImage = np.clip(np.minimum(at + 0.5, end) - np.maximum(at - 0.5, begin), 0, 1)
    return result
