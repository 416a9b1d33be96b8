"""Falling blocks: the same blocks as the rising ones, time reversed; the onset meets the keyboard first."""

from __future__ import annotations

from collections.abc import Iterable

from gui.block_painter import BlockPainter, Made
from gui.roll import Block, PedalSpan
from gui.surface import pygame
from gui.theme import Rgb


class FallingPainter(BlockPainter):
    """Draws blocks that are known to their end: the onset below, the release above it, the pedal's tail on top."""

    def paint(self, blocks: Iterable[Block], scroll: int) -> list[pygame.Rect]:
        known, self._made = self._made, {}
        boxes = []
        for block in blocks:
            made = self._made[block] = known.get(block) or self._make(block)
            box = self._fallen(block, made, self._hit + scroll).clip(self._area)
            if box.height > 0:
                boxes.append(box)
        return boxes

    def rows(self, span: PedalSpan, scroll: int) -> tuple[int, int]:
        assert span.up is not None
        base = self._hit + scroll
        return base - self.row(span.up), base - self.row(span.down)

    def sounds(self, span: PedalSpan, now: float) -> bool:
        return span.down <= now and (span.up is None or now < span.up)

    def _tail(self, width: int, colour: Rgb) -> pygame.Surface:
        return self._sprites.upright_tail(width, colour)

    def _fallen(self, block: Block, made: Made, base: int) -> pygame.Rect:
        """Draw one block and its tail; what they cover."""
        assert block.damped is not None
        picture = self._whole(block, made)
        bottom = base - made.onset
        top = bottom - picture.get_height()
        rings_until = base - self.row(block.damped)
        if self._tails and rings_until < min(base - made.released, top):
            self._draw_tail(made, rings_until, top)
        if bottom > 0 and top < self._hit:
            self._fading(picture, made.x, top, picture.get_height())
        over = min(rings_until, top)
        return pygame.Rect(made.x, over, made.width, bottom - over)

    def _draw_tail(self, made: Made, top: int, bottom: int) -> None:
        """What rings on above a block, from the pedal's release at `top` down to the key's at `bottom`."""
        lower = min(bottom, self._hit)
        shown = lower - max(top, 0)
        if shown <= 0 or lower <= 0:
            return
        height = made.tail.get_height()
        below = min(bottom - lower, height - shown)
        self._fading(made.tail, made.tail_x, lower - shown, shown, height - shown - below)
