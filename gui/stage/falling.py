"""Falling blocks: the same blocks as the rising ones, time reversed; the onset meets the keyboard first, on the line of
its beat."""

from __future__ import annotations

from gui.stage.bar_lines import BarLines
from gui.stage.block_art import BlockSprite
from gui.stage.block_painter import BlockPainter, BlockStyle, VisibleRoll
from gui.stage.roll import BarLine
from gui.stage.surface import pygame

# So many rows are drawn at once, above the stage, before they come into sight; never more at once than the second.
AHEAD, LONGEST_STRETCH = 32, 256


class FallingPainter(BlockPainter):
    """Draws blocks that are known to their end: the onset below, the release above it, the pedal's tail on top.

    Rows of the buffer grow downward, as those of the stage, so that what is yet to come has the lesser ones.
    """

    def __init__(self, style: BlockStyle) -> None:
        super().__init__(style, 2 * AHEAD)
        self._first = self._scroll = 0  # first row that is drawn; row of the hit line
        self._made: dict[object, BlockSprite] = {}
        self._lines = BarLines(style.geometry, style.palette.theme)

    def advance(self, roll: VisibleRoll, scroll: int, now: float) -> list[pygame.Rect]:
        if roll.performance is not self._performance or not 0 <= scroll - self._scroll < self._hit:
            self._begin(roll.performance, scroll)
            self._made, self._first = {}, -scroll
        self._scroll = scroll
        while self._first > -scroll - self._hit:
            self._stretch(roll)
        return [*self._on_buffer(scroll), *self._sounding_pedal(roll, now)]

    def show_settled(self, target: pygame.Surface, box: pygame.Rect) -> None:
        self._buffer.show(target, -self._scroll - self._hit, box)

    def _stretch(self, roll: VisibleRoll) -> None:
        """Draw the next rows: a few, or many after a jump."""
        wanted = self._first + self._scroll + self._hit
        count = max(min(wanted, LONGEST_STRETCH, self._hit // 2), AHEAD)
        within = self._first - count, self._first
        self._first = within[0]
        self._buffer.clear(*within)
        for beat in roll.beats:
            self._put_picture(self._lines.beat, self._lines.left, -self._art.row(beat), within)
        for bar in roll.bars:
            self._put_bar(bar, within)
        for span in roll.pedal:
            assert span.up is not None
            top, bottom = -self._art.row(span.up), -self._art.row(span.down)
            if top < within[1] and bottom > within[0]:
                self._put(self._span(top, bottom, self._past_pedal, within), within)
                self._pedal_until = max(self._pedal_until, -top)
        known, self._made = self._made, {}
        for block in roll.blocks:
            assert block.damped is not None
            foot, end = -self._art.row(block.onset), -self._art.row(block.damped)
            if block.pitch in self._shown and foot > within[0] and min(end, foot - self._art.least) < within[1]:
                made = self._made[block] = known.get(block) or self._art.make(block)
                self._block(made, end, within)

    def _put_bar(self, bar: BarLine, within: tuple[int, int]) -> None:
        """Draw what of a bar's line and its number lies `within` some rows."""
        row = -self._art.row(bar.time)
        pill = self._lines.pill(bar.number)
        self._put_picture(self._lines.bar, self._lines.left, row, within)
        self._put_picture(pill, self._lines.pill_x, row - self._lines.pill_above - pill.get_height(), within)

    def _put_picture(self, picture: pygame.Surface, x: int, row: int, within: tuple[int, int]) -> None:
        """Draw what of a picture, with its top at `row`, lies `within` some rows."""
        if within[0] - picture.get_height() < row < within[1]:
            self._buffer.put(picture, x, row, within)
            self._buffer.mark(x, picture.get_width(), -row)

    def _block(self, made: BlockSprite, rings_until: int, within: tuple[int, int]) -> None:
        """Draw what of a block and its tail lies `within` some rows."""
        picture = self._art.whole(made)
        bottom = -made.onset
        top = bottom - picture.get_height()
        if self._tails and rings_until < min(-made.released, top):
            tail = self._sprites.upright_tail(made.width, made.colour)
            lower = min(top, within[1])
            # A longer one than the sprite goes on as the sprite ends.
            foot = min(top, max(rings_until, within[0]) + tail.get_height())
            self._buffer.put(
                tail, self._tail_x(made, tail), foot - tail.get_height(), (max(rings_until, within[0]), lower)
            )
        self._buffer.put(picture, made.x, top, within)
        self._buffer.mark(made.x, made.width, -min(rings_until, top))

    def _sounding_pedal(self, roll: VisibleRoll, now: float) -> list[pygame.Rect]:
        """Draw the span that is down now; what it covers."""
        self._drawn = []
        for span in roll.pedal:
            assert span.up is not None
            if span.down <= now < span.up:
                base = self._hit + self._scroll
                rows = base - self._art.row(span.up), base - self._art.row(span.down)
                self._drawn += self._span(*rows, self._pedal_colour, (0, self._hit))
        return [self._pedal_lane] if self._drawn else []
