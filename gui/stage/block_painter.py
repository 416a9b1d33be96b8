"""What rising and falling blocks have in common: pictures, a buffer for what no longer changes, the pedal's lane."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from gui.stage.block_art import BlockArt, BlockSprite, Drawn
from gui.stage.geometry import Geometry
from gui.stage.roll import BarLine, Block, PedalSpan
from gui.stage.scroll_buffer import ScrollBuffer
from gui.stage.sprites import Sprites
from gui.stage.surface import pygame
from gui.stage.theme import Palette, Rgb, mix, rgb

PEDAL_BAR, PEDAL_INSET = 6, 4
PAST_PEDAL = 0.45
PREMULTIPLIED = pygame.BLEND_PREMULTIPLIED


class VisibleRoll(Protocol):
    """What the stage shows at a moment: a `SettlingRoll` of what is played, a `RollSnapshot` of a whole performance."""

    @property
    def blocks(self) -> Sequence[Block]: ...
    @property
    def held(self) -> Mapping[int, Block]: ...
    @property
    def pedal(self) -> Sequence[PedalSpan]: ...
    @property
    def pedal_down(self) -> bool: ...
    @property
    def beats(self) -> Sequence[float]: ...
    @property
    def bars(self) -> Sequence[BarLine]: ...
    @property
    def performance(self) -> object:
        """The same as long as blocks come, go and are corrected."""
        ...

    @property
    def changes(self) -> int:
        """Counts corrections."""
        ...


@dataclass(frozen=True)
class BlockStyle:
    """How blocks are drawn. speed: device pixels a second; names: whether blocks bear them; tails: whether it is drawn
    what rings on under the pedal; shown: the pitches whose blocks are; ground: of the buffer; calm: nothing fades."""

    geometry: Geometry
    sprites: Sprites
    palette: Palette
    speed: float
    names: bool
    tails: bool
    shown: frozenset[int]
    ground: npt.NDArray[np.uint8]
    calm: bool = False


class BlockPainter(ABC):
    """Draws above the hit line. spare: rows that the buffer has beyond those of the stage."""

    def __init__(self, style: BlockStyle, spare: int) -> None:
        geometry, sprites, palette = style.geometry, style.sprites, style.palette
        self._sprites, self._tails, self._shown = sprites, style.tails, style.shown
        self._width, self._hit = geometry.width, geometry.hit
        self._area = pygame.Rect(0, 0, geometry.width, geometry.hit)
        self._art = BlockArt(geometry, sprites, palette, style.speed, style.names)
        self._buffer = ScrollBuffer(style.ground, geometry.hit + spare)
        self._pedal_lane = pygame.Rect(geometry.px(PEDAL_INSET), 0, geometry.px(PEDAL_BAR), geometry.hit)
        self._pedal_until = 0  # the scroll at which the last span on the buffer has gone
        self._pedal_colour = rgb(palette.theme.pedal)
        self._past_pedal = mix(self._pedal_colour, rgb(palette.theme.stage), PAST_PEDAL)
        self._performance: object = None
        self._drawn: list[Drawn] = []  # what is not on the buffer

    @abstractmethod
    def advance(self, roll: VisibleRoll, scroll: int, now: float) -> list[pygame.Rect]:
        """Go to the moment `now`, when the hit line is at row `scroll`; the rectangles that blocks and pedal cover."""

    @abstractmethod
    def show_settled(self, target: pygame.Surface, box: pygame.Rect) -> None:
        """Draw the lanes, and what no longer changes on them, in `box`."""

    @property
    def fading(self) -> bool:
        """Whether the next frame differs although time stands still."""
        return False

    def show_moving(self, target: pygame.Surface) -> None:
        """Draw the rest."""
        target.blits([(*drawn, PREMULTIPLIED) for drawn in self._drawn], doreturn=False)

    def _on_buffer(self, scroll: int) -> list[pygame.Rect]:
        """Where the stage shows something of the buffer: the pedal's lane, and the lanes of the keys."""
        left, right = self._buffer.columns(scroll)
        boxes = [pygame.Rect(left, 0, right - left, self._hit)] if right else []
        return [*boxes, self._pedal_lane] if self._pedal_until > scroll else boxes

    def _put(self, parts: list[Drawn], within: tuple[int, int]) -> None:
        """Draw on the buffer what lies `within` these rows."""
        for picture, (x, row), part in parts:
            self._buffer.put(picture.subsurface(part), x, row, within)

    def _span(self, top: int, bottom: int, colour: Rgb, within: tuple[int, int]) -> list[Drawn]:
        """A bar of the pedal's lane from row `top` to the one before `bottom`."""
        rows = min(top, bottom - self._pedal_lane.width), bottom
        return self._art.shape(self._pedal_lane.x, self._pedal_lane.width, rows, colour, False, within)

    def _begin(self, performance: object, scroll: int) -> None:
        """Begin anew, with an empty buffer."""
        self._performance = performance
        self._buffer.forget()
        self._pedal_until = scroll

    @staticmethod
    def _tail_x(made: BlockSprite, tail: pygame.Surface) -> int:
        return made.x + (made.width - tail.get_width()) // 2
