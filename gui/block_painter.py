"""Blocks and their tails, drawn fast: a released note is put together once and from then on only moved."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from gui.geometry import Geometry
from gui.lettering import text
from gui.roll import Block, PedalSpan
from gui.sprites import LEAST_BLOCK, SHORT_PX, Sprites
from gui.surface import pygame, sprite
from gui.theme import Palette, Rgb, rgb
from realtime.sinks.notes import NAMES

FADE = 130.0
NAME_WIDTH, NAME_HEIGHT, NAME_TEXT, NAME_TOP = 18, 22, 11, 3
REPEAT_GAP = 2
VELOCITY_STEP = 8
PREMULTIPLIED, MULTIPLY = pygame.BLEND_PREMULTIPLIED, pygame.BLEND_RGBA_MULT


class Made:
    """What is known of a block that does not move: its lane, colour and rows counted from the stream's start."""

    __slots__ = ("colour", "onset", "picture", "released", "tail", "tail_x", "width", "x")

    def __init__(self, x: int, width: int, colour: Rgb, onset: int, tail: pygame.Surface) -> None:
        self.x, self.width, self.colour, self.onset = x, width, colour, onset
        self.tail, self.tail_x = tail, x + (width - tail.get_width()) // 2
        self.released = 0
        self.picture: pygame.Surface | None = None


class BlockPainter:
    """Draws on `target` above the hit line. speed: device pixels a second; names: whether blocks bear them; tails:
    whether it is drawn what rings on under the pedal."""

    def __init__(
        self,
        target: pygame.Surface,
        geometry: Geometry,
        sprites: Sprites,
        palette: Palette,
        speed: float,
        names: bool,
        tails: bool = True,
    ) -> None:
        self._target = target
        self._geometry = geometry
        self._sprites = sprites
        self._palette = palette
        self._speed = speed
        self._names = names
        self._tails = tails
        self._hit = geometry.hit
        self._area = pygame.Rect(0, 0, geometry.width, geometry.hit)
        self._least, self._short, self._gap = (geometry.px(size) for size in (LEAST_BLOCK, SHORT_PX, REPEAT_GAP))
        self._fade = geometry.px(FADE)
        self._scratch = pygame.Surface((geometry.key(60).width * 2, self._fade), pygame.SRCALPHA)
        share = np.repeat((np.arange(self._fade) / self._fade)[:, None], self._scratch.get_width(), axis=1)
        self._mask = sprite(np.full(3, 255.0), share)
        self._made: dict[Block, Made] = {}

    def row(self, time: float) -> int:
        """Rows from the stream's start to a time, in whole device pixels: rounded once, so that lengths stay."""
        return int(time * self._speed // 1)

    def paint(self, blocks: Iterable[Block], scroll: int) -> list[pygame.Rect]:
        """Draw blocks when the hit line is at row `scroll`; the rectangles that they and their tails cover."""
        known, self._made = self._made, {}
        base = self._hit - scroll
        boxes = []
        for block in blocks:
            end = self._hit if block.damped is None else base + self.row(block.damped)
            if end <= 0:
                continue
            made = self._made[block] = known.get(block) or self._make(block)
            if block.release is None:
                top = min(base + made.onset, self._hit - self._least)
                self._held(block, made, top)
            else:
                top = self._moved(block, made, base, end)
            boxes.append(pygame.Rect(made.x, top, made.width, max(end, top + self._least) - top).clip(self._area))
        return boxes

    def rows(self, span: PedalSpan, scroll: int) -> tuple[int, int]:
        """First row of a pedal span, and the one below it."""
        base = self._hit - scroll
        return base + self.row(span.down), self._hit if span.up is None else base + self.row(span.up)

    def sounds(self, span: PedalSpan, now: float) -> bool:
        """Whether the pedal of a span is down at `now`."""
        return span.up is None

    def shape(self, x: int, width: int, top: int, height: int, colour: Rgb, left: bool) -> None:
        """Draw a rounded block of any height."""
        if height < self._short:
            self._fading(self._sprites.short_block(width, height, colour, left), x, top, height)
            return
        body, cap = self._sprites.block(width, colour, left)
        skipped = max(-top, 0)  # what is above the stage; also keeps a long block within its sprite
        shown = min(height - cap.get_height() - skipped, body.get_height())
        self._fading(body, x, top + skipped, shown, min(skipped, max(body.get_height() - shown, 0)))
        self._fading(cap, x, top + height - cap.get_height(), cap.get_height())

    def _make(self, block: Block) -> Made:
        x, width = self._geometry.lane(block.pitch)
        colour = self._palette.block_colour(block.pitch, coarse(block.velocity))
        return Made(x, width, colour, self.row(block.onset), self._tail(width, colour))

    def _tail(self, width: int, colour: Rgb) -> pygame.Surface:
        return self._sprites.tail(width, colour)

    def _held(self, block: Block, made: Made, top: int) -> None:
        """A note that still grows."""
        height = self._hit - top
        self.shape(made.x, made.width, top, height, made.colour, self._palette.left(block.pitch))
        name = self._name(block, made.width, height)
        if name is not None:
            self._fading(name, *self._name_at(name, made.x, made.width, top), name.get_height())

    def _moved(self, block: Block, made: Made, base: int, end: int) -> int:
        """A released note, with its tail; its top."""
        picture = self._whole(block, made)
        bottom = base + made.released
        top = min(base + made.onset, bottom - self._least)
        if self._tails and end > bottom:
            begin = max(bottom, 0)
            self._fading(made.tail, made.tail_x, begin, min(end, self._hit) - begin)
        self._fading(picture, made.x, top, picture.get_height())
        return top

    def _whole(self, block: Block, made: Made) -> pygame.Surface:
        """A released note, put together when it is first asked for, or when it must make way for the next one."""
        picture = made.picture
        if picture is None or block.struck_again:
            assert block.release is not None
            made.released = self.row(block.release)
            height = max(made.released - made.onset, self._least) - (self._gap if block.struck_again else 0)
            if picture is None or picture.get_height() != height:
                picture = made.picture = self._picture(block, made, height)
        return picture

    def _picture(self, block: Block, made: Made, height: int) -> pygame.Surface:
        """The whole block with its name; the sprite of the body, as high as the stage, is laid again below itself
        where the note was longer."""
        picture = pygame.Surface((made.width, height), pygame.SRCALPHA)
        parts: list[tuple[pygame.Surface, tuple[int, int]]] = []
        left = self._palette.left(block.pitch)
        if height < self._short:
            parts.append((self._sprites.short_block(made.width, height, made.colour, left), (0, 0)))
        else:
            body, cap = self._sprites.block(made.width, made.colour, left)
            rest = height - cap.get_height()
            step = body.get_height() // 2
            lower = body.subsurface((0, step, made.width, body.get_height() - step))
            above = body.subsurface((0, 0, made.width, min(rest, body.get_height())))
            parts.append((above, (0, 0)))
            parts += [
                (lower.subsurface((0, 0, made.width, min(lower.get_height(), rest - begin))), (0, begin))
                for begin in range(body.get_height(), rest, lower.get_height())
            ]
            parts.append((cap, (0, rest)))
        name = self._name(block, made.width, height)
        if name is not None:
            parts.append((name, self._name_at(name, 0, made.width, 0)))
        for part, at in parts:
            picture.blit(part, at, special_flags=PREMULTIPLIED)
        return picture

    def _name(self, block: Block, width: int, height: int) -> pygame.Surface | None:
        px = self._geometry.px
        if not self._names or width < px(NAME_WIDTH) or height < px(NAME_HEIGHT):
            return None
        words = NAMES[block.pitch % 12].replace("#", "♯")
        return text(words, px(NAME_TEXT), 700, rgb(self._palette.theme.on_block))

    def _name_at(self, name: pygame.Surface, x: int, width: int, top: int) -> tuple[int, int]:
        return x + (width - name.get_width() + 1) // 2, top + self._geometry.px(NAME_TOP)

    def _fading(self, picture: pygame.Surface, x: int, y: int, height: int, skip: int = 0) -> None:
        """Blit `height` rows of a sprite from its row `skip` on, weaker the nearer they are to the stage's top."""
        if y >= self._fade:
            if height > 0:
                part = (0, skip, picture.get_width(), height)
                self._target.blit(picture, (x, y), part, special_flags=PREMULTIPLIED)
            return
        if y < 0:
            skip, height, y = skip - y, height + y, 0
        faded = min(self._fade - y, height)
        if faded <= 0:
            return
        area = pygame.Rect(0, 0, picture.get_width(), faded)
        self._scratch.fill((0, 0, 0, 0), area)
        self._scratch.blit(picture, (0, 0), (0, skip, area.width, faded), special_flags=PREMULTIPLIED)
        self._scratch.blit(self._mask, (0, 0), (0, y, area.width, faded), special_flags=MULTIPLY)
        self._target.blit(self._scratch, (x, y), area, special_flags=PREMULTIPLIED)
        if faded < height:
            part = (0, skip + faded, area.width, height - faded)
            self._target.blit(picture, (x, y + faded), part, special_flags=PREMULTIPLIED)


def coarse(velocity: int) -> int:
    """Velocities in steps that no eye tells apart, so that few sprites are needed."""
    return min(round(velocity / VELOCITY_STEP) * VELOCITY_STEP, 127)
