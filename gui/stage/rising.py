"""Rising blocks: what is being played grows out of the keyboard; what is over is drawn on the buffer and only moved."""

from __future__ import annotations

from gui.stage.block_art import BlockSprite
from gui.stage.block_painter import BlockPainter, BlockStyle, VisibleRoll
from gui.stage.roll import Block, PedalSpan
from gui.stage.surface import pygame

# So long after its end a block may still be shortened by one that follows at once.
SETTLED_S = 0.3
# Rows kept above the stage, so that time may go back a little when the delay changes.
SPARE = 64


class RisingPainter(BlockPainter):
    """Draws blocks of which only the past is known."""

    def __init__(self, style: BlockStyle) -> None:
        super().__init__(style, SPARE)
        self._scroll = self._furthest = 0
        self._moving: list[BlockSprite] = []  # by onset: what may still change
        self._newest: Block | None = None
        self._newest_span: PedalSpan | None = None
        self._lifted: list[PedalSpan] = []  # ended, but maybe later than what is shown

    def advance(self, roll: VisibleRoll, scroll: int, now: float) -> list[pygame.Rect]:
        self._wind(roll, scroll)
        self._admit(roll)
        self._settle_pedal()
        self._settle(now)
        boxes = self._on_buffer(scroll)
        self._drawn = []
        for made in self._moving:
            boxes.append(self._draw(made))
        if down := [*self._lifted, *(span for span in roll.pedal if span.up is None)]:
            span = down[0]
            self._drawn += self._span(self._y(self._art.row(span.down)), self._hit, self._pedal_colour, (0, self._hit))
            boxes.append(self._pedal_lane)
        return boxes

    def show_settled(self, target: pygame.Surface, box: pygame.Rect) -> None:
        self._buffer.show(target, self._scroll - self._hit, box)

    def _y(self, row: int) -> int:
        return row - self._scroll + self._hit

    def _wind(self, roll: VisibleRoll, scroll: int) -> None:
        """Move the buffer on; anew where it cannot be."""
        if roll.performance is not self._performance or not -SPARE <= scroll - self._furthest < self._hit:
            self._begin(roll.performance, scroll)
            self._moving, self._newest = [], None
            self._lifted, self._newest_span = [], None
            self._furthest = scroll
        elif scroll > self._furthest:
            self._buffer.clear(self._furthest, scroll)
            self._furthest = scroll
        self._scroll = scroll

    def _admit(self, roll: VisibleRoll) -> None:
        """Take in blocks that have come since, and pedal spans that have ended."""
        come = []
        for block in reversed(roll.blocks):
            if block is self._newest:
                break
            if block.pitch in self._shown:
                come.append(self._art.make(block))
        self._moving += reversed(come)
        self._newest = roll.blocks[-1] if roll.blocks else None
        lifted = []
        for span in reversed(roll.pedal):
            if span is self._newest_span:
                break
            if span.up is not None:
                lifted.append(span)
        self._lifted += reversed(lifted)
        self._newest_span = next((span for span in reversed(roll.pedal) if span.up is not None), None)

    def _settle_pedal(self) -> None:
        """Draw spans on the buffer that have ended above the hit line; it takes no row below."""
        within = self._scroll - self._hit, self._scroll
        while self._lifted and (bottom := self._art.row(_end(self._lifted[0]))) <= self._scroll:
            span = self._lifted.pop(0)
            self._put(self._span(self._art.row(span.down), bottom, self._past_pedal, within), within)
            self._pedal_until = max(self._pedal_until, bottom + self._hit)

    def _settle(self, now: float) -> None:
        """Draw on the buffer what will not change, unless it lies below a neighbour that may."""
        waiting: set[int] = set()
        moving = []
        for made in self._moving:
            pitch, damped = made.block.pitch, made.block.damped
            if damped is not None and self._art.row(damped) <= self._scroll - self._hit:
                continue  # out of sight, however long a neighbour rings on
            if damped is None or damped > now - SETTLED_S or not waiting.isdisjoint((pitch - 1, pitch, pitch + 1)):
                waiting.add(pitch)
                moving.append(made)
            else:
                self._put_block(made, damped)
        self._moving = moving

    def _put_block(self, made: BlockSprite, damped: float) -> None:
        within = self._scroll - self._hit, self._scroll
        end = self._art.row(damped)
        if end <= within[0]:
            return
        picture = self._art.whole(made)
        if self._tails and end > made.released:
            tail = self._sprites.tail(made.width, made.colour)
            begin = max(made.released, within[0])
            self._buffer.put(tail, self._tail_x(made, tail), begin, (begin, min(end, within[1])))
        self._buffer.put(picture, made.x, self._top(made), within)
        self._buffer.mark(made.x, made.width, max(end, made.released) + self._hit)

    def _top(self, made: BlockSprite) -> int:
        """First row of a released block."""
        return min(made.onset, made.released - self._art.least)

    def _draw(self, made: BlockSprite) -> pygame.Rect:
        """Draw what is not on the buffer yet; what it covers."""
        if made.block.release is None:
            top = min(self._y(made.onset), self._hit - self._art.least)
            self._drawn += self._art.held(made, top, (0, self._hit))
            return pygame.Rect(made.x, top, made.width, self._hit - top).clip(self._area)
        picture = self._art.whole(made)
        bottom, top = self._y(made.released), self._y(self._top(made))
        end = self._hit if made.block.damped is None else self._y(self._art.row(made.block.damped))
        begin = max(bottom, 0)
        if self._tails and end > begin:
            tail = self._sprites.tail(made.width, made.colour)
            self._drawn.append((tail, (self._tail_x(made, tail), begin), (0, 0, tail.get_width(), end - begin)))
        self._drawn.append((picture, (made.x, top), (0, 0, *picture.get_size())))
        return pygame.Rect(made.x, top, made.width, max(end, bottom) - top).clip(self._area)


def _end(span: PedalSpan) -> float:
    """Of a span that has ended."""
    assert span.up is not None
    return span.up
