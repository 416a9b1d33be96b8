"""Pictures of blocks: a released note is put together once, with edge, stripe and name; a held one from its parts."""

from __future__ import annotations

from gui.stage.geometry import Geometry
from gui.stage.lettering import text
from gui.stage.roll import Block
from gui.stage.sprites import LEAST_BLOCK, SHORT_PX, Sprites
from gui.stage.surface import pygame
from gui.stage.theme import Palette, Rgb, rgb
from realtime.notes import NAMES

NAME_WIDTH, NAME_HEIGHT, NAME_TEXT, NAME_TOP = 18, 22, 11, 3
REPEAT_GAP = 2
VELOCITY_STEP = 8
PREMULTIPLIED = pygame.BLEND_PREMULTIPLIED
# A sprite, where its top left corner goes, and the part of it that is drawn.
Drawn = tuple[pygame.Surface, tuple[int, int], tuple[int, int, int, int]]


class BlockSprite:
    """What is known of a block that does not move: its lane, its colour, and the rows of its onset and its release."""

    __slots__ = ("block", "colour", "onset", "picture", "released", "velocity", "width", "x")

    def __init__(self, block: Block, x: int, width: int) -> None:
        self.block, self.x, self.width = block, x, width
        self.onset = self.released = 0
        self.velocity = -1
        self.colour: Rgb = (0, 0, 0)
        self.picture: pygame.Surface | None = None


class BlockArt:
    """Rows are counted from the stream's start. speed: device pixels a second; names: whether blocks bear them."""

    def __init__(self, geometry: Geometry, sprites: Sprites, palette: Palette, speed: float, names: bool) -> None:
        self._geometry, self._sprites, self._palette = geometry, sprites, palette
        self._speed, self._names = speed, names
        self.least = geometry.px(LEAST_BLOCK)
        self._short, self._gap = geometry.px(SHORT_PX), geometry.px(REPEAT_GAP)

    def row(self, time: float) -> int:
        """Rows from the stream's start to a time, in whole device pixels: rounded once, so that lengths stay."""
        return int(time * self._speed // 1)

    def make(self, block: Block) -> BlockSprite:
        """What does not move of a block."""
        made = BlockSprite(block, *self._geometry.lane(block.pitch))
        self.follow(made)
        return made

    def follow(self, made: BlockSprite) -> None:
        """Take over the onset and the loudness of a block that was corrected."""
        block, onset = made.block, self.row(made.block.onset)
        if made.velocity != block.velocity or made.onset != onset:
            colour = self._palette.block_colour(block.pitch, coarse(block.velocity), block.hand)
            if colour != made.colour:
                made.picture = None
            made.velocity, made.onset, made.colour = block.velocity, onset, colour

    def whole(self, made: BlockSprite) -> pygame.Surface:
        """A released note, put together when it is first asked for, when it was corrected, or when it must make way for
        the next one."""
        picture, block = made.picture, made.block
        assert block.release is not None
        made.released = self.row(block.release)
        height = max(made.released - made.onset, self.least) - (self._gap if block.struck_again else 0)
        if picture is None or picture.get_height() != height:
            picture = made.picture = self._picture(made, height)
        return picture

    def growing(self, made: BlockSprite, rows: tuple[int, int], within: tuple[int, int]) -> list[Drawn]:
        """The parts of a note whose length changes, from the first to the second row, as far as they lie `within` some
        rows."""
        top, height = rows[0], rows[1] - rows[0]
        left = self._palette.left(made.block.pitch, made.block.hand)
        parts = self.shape(made.x, made.width, rows, made.colour, left, within)
        name = self._name(made, height)
        if name is not None:
            parts.append((name, self._name_at(name, made.x, made.width, top), (0, 0, *name.get_size())))
        return parts

    def shape(
        self, x: int, width: int, rows: tuple[int, int], colour: Rgb, left: bool, within: tuple[int, int]
    ) -> list[Drawn]:
        """The parts of a rounded block of any height, as far as they lie `within` some rows, the stage's at most."""
        top, height = rows[0], rows[1] - rows[0]
        if height < self._short:
            return [(self._sprites.short_block(width, height, colour, left), (x, top), (0, 0, width, height))]
        body, cap = self._sprites.block(width, colour, left)
        foot = rows[1] - cap.get_height()
        parts: list[Drawn] = [(cap, (x, foot), (0, 0, width, cap.get_height()))]
        begin = max(top, within[0])
        shown = min(min(foot, within[1]) - begin, body.get_height())
        if shown > 0:
            parts.append((body, (x, begin), (0, min(begin - top, body.get_height() - shown), width, shown)))
        return parts

    def _picture(self, made: BlockSprite, height: int) -> pygame.Surface:
        """The whole block with its name; the sprite of the body, as high as the stage, is laid again below itself
        where the note was longer."""
        picture = pygame.Surface((made.width, height), pygame.SRCALPHA)
        parts: list[tuple[pygame.Surface, tuple[int, int]]] = []
        left = self._palette.left(made.block.pitch, made.block.hand)
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
        name = self._name(made, height)
        if name is not None:
            parts.append((name, self._name_at(name, 0, made.width, 0)))
        for part, at in parts:
            picture.blit(part, at, special_flags=PREMULTIPLIED)
        return picture

    def _name(self, made: BlockSprite, height: int) -> pygame.Surface | None:
        px = self._geometry.px
        if not self._names or made.width < px(NAME_WIDTH) or height < px(NAME_HEIGHT):
            return None
        words = NAMES[made.block.pitch % 12].replace("#", "♯")
        return text(words, px(NAME_TEXT), 700, rgb(self._palette.theme.on_block))

    def _name_at(self, name: pygame.Surface, x: int, width: int, top: int) -> tuple[int, int]:
        return x + (width - name.get_width() + 1) // 2, top + self._geometry.px(NAME_TOP)


def faded(parts: list[Drawn], share: float) -> list[Drawn]:
    """The same parts, of which only a share (0-1) is seen."""
    level = round(255 * share)
    fading: list[Drawn] = []
    for picture, at, part in parts:
        copy = picture.subsurface(pygame.Rect(part).clip(picture.get_rect())).copy()
        copy.fill((level, level, level, level), special_flags=pygame.BLEND_RGBA_MULT)
        fading.append((copy, at, (0, 0, *copy.get_size())))
    return fading


def coarse(velocity: int) -> int:
    """Velocities in steps that no eye tells apart, so that few sprites are needed."""
    return min(round(velocity / VELOCITY_STEP) * VELOCITY_STEP, 127)
