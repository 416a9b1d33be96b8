"""Rising blocks: what is being played grows out of the keyboard; what will not change is drawn on the buffer and only
moved. What is corrected changes quietly: a block that is added or withdrawn fades, an end glides to its place."""

from __future__ import annotations

from dataclasses import dataclass

from gui.stage.block_art import BlockSprite, Drawn, faded
from gui.stage.block_painter import BlockPainter, BlockStyle, VisibleRoll
from gui.stage.frame_time import FrameTime
from gui.stage.roll import Block, PedalSpan
from gui.stage.surface import pygame

# In which a correction is made.
QUIET_S = 0.2
# A block that comes so long after its onset is a correction.
LATE_S = 0.1
# Rows kept above the stage, so that time may go back a little when the delay changes.
SPARE = 64


@dataclass(eq=False)
class _Moving:
    """A block that is not on the buffer. share: how much of it is seen, 0-1; foot: row of its end as it is seen, which
    glides to where it is, for another `glides_s`."""

    made: BlockSprite
    share: float = 1.0
    foot: float | None = None
    goal: int = 0
    glides_s: float = 0.0

    @property
    def block(self) -> Block:
        return self.made.block

    @property
    def at_rest(self) -> bool:
        return self.share >= 1.0 and self.glides_s <= 0.0

    def glide(self, goal: int, step: float, calm: bool) -> None:
        """Move the end on its way to row `goal`: at once when it has just come, or where all is calm."""
        if self.foot is None or calm:
            self.foot, self.goal, self.glides_s = goal, goal, 0.0
        elif goal != self.goal:
            self.goal, self.glides_s = goal, QUIET_S
        if self.glides_s > 0.0:
            self.foot += (goal - self.foot) * min(step / self.glides_s, 1.0)
            self.glides_s -= step


class RisingPainter(BlockPainter):
    """Draws blocks of which only the past is known."""

    def __init__(self, style: BlockStyle) -> None:
        super().__init__(style, SPARE)
        self._calm = style.calm
        self._time = FrameTime()
        self._scroll = self._furthest = 0
        self._forget()

    def advance(self, roll: VisibleRoll, scroll: int, now: float) -> list[pygame.Rect]:
        step = self._time.step(now)
        begun = self._wind(roll, scroll)
        self._admit(roll, now, fades=not begun and not self._calm)
        self._correct(step)
        self._settle_pedal(roll)
        self._settle(now)
        boxes = self._on_buffer(scroll)
        self._drawn = []
        boxes += [self._draw(moving) for moving in (*self._leaving, *self._moving)]
        for span in self._spans:
            self._draw_span(span)
        return [*boxes, self._pedal_lane] if self._spans else boxes

    @property
    def fading(self) -> bool:
        """Whether a correction is being made."""
        return bool(self._leaving) or not all(moving.at_rest for moving in self._moving)

    def show_settled(self, target: pygame.Surface, box: pygame.Rect) -> None:
        self._buffer.show(target, self._scroll - self._hit, box)

    def _y(self, row: int) -> int:
        return row - self._scroll + self._hit

    def _forget(self) -> None:
        self._moving: list[_Moving] = []  # by onset: what may still change
        self._leaving: list[_Moving] = []  # withdrawn, and fading
        self._newest = 0  # order of the last block that was admitted
        self._changes = -1
        self._spans: list[PedalSpan] = []  # what is not on the buffer
        self._newest_span: PedalSpan | None = None  # on the buffer

    def _wind(self, roll: VisibleRoll, scroll: int) -> bool:
        """Move the buffer on; anew where it cannot be. Whether it was anew."""
        begun = roll.performance is not self._performance or not -SPARE <= scroll - self._furthest < self._hit
        if begun:
            self._begin(roll.performance, scroll)
            self._forget()
            self._furthest = scroll
        elif scroll > self._furthest:
            self._buffer.clear(self._furthest, scroll)
            self._furthest = scroll
        self._scroll = scroll
        return begun

    def _admit(self, roll: VisibleRoll, now: float, fades: bool) -> None:
        """Take in blocks that have come since; of those that were withdrawn take leave."""
        for block in reversed(roll.blocks):
            if block.order <= self._newest:
                break
            if block.pitch in self._shown:
                late = fades and now - block.onset > LATE_S
                self._moving.append(_Moving(self._art.make(block), 0.0 if late else 1.0))
        if roll.blocks:
            self._newest = max(self._newest, roll.blocks[-1].order)
        if roll.changes != self._changes:
            self._changes = roll.changes
            if not self._calm:
                self._leaving += [moving for moving in self._moving if moving.block.withdrawn]
            self._moving = [moving for moving in self._moving if not moving.block.withdrawn]
            self._moving.sort(key=lambda moving: (moving.block.onset, moving.block.pitch))

    def _correct(self, step: float) -> None:
        """Make what was corrected a little more as it is."""
        for moving in self._moving:
            self._art.follow(moving.made)
            moving.share = min(moving.share + step / QUIET_S, 1.0)
            if moving.block.release is not None:
                moving.glide(self._art.row(moving.block.release), step, self._calm)
        for moving in self._leaving:
            moving.share -= step / QUIET_S
        self._leaving = [moving for moving in self._leaving if moving.share > 0.0]

    def _settle_pedal(self, roll: VisibleRoll) -> None:
        """Draw spans on the buffer that have ended above the hit line; it takes no row below."""
        within = self._scroll - self._hit, self._scroll
        later = []
        for span in reversed(roll.pedal):
            if span is self._newest_span:
                break
            later.append(span)
        self._spans = []
        for span in reversed(later):
            bottom = self._scroll + 1 if span.up is None else self._art.row(span.up)
            if span.settled and bottom <= self._scroll and not self._spans:
                self._put(self._span(self._art.row(span.down), bottom, self._past_pedal, within), within)
                self._pedal_until = max(self._pedal_until, bottom + self._hit)
                self._newest_span = span
            else:
                self._spans.append(span)

    def _settle(self, now: float) -> None:
        """Draw on the buffer what will not change, unless it lies below a neighbour that may."""
        waiting: set[int] = set()
        rest = []
        for moving in self._moving:
            block = moving.block
            pitch, damped = block.pitch, block.damped
            if damped is not None and self._art.row(damped) <= self._scroll - self._hit:
                continue  # out of sight, however long a neighbour rings on
            over = damped is not None and damped <= now and block.settled and moving.at_rest
            if damped is None or not over or not waiting.isdisjoint((pitch - 1, pitch, pitch + 1)):
                waiting.add(pitch)
                rest.append(moving)
            else:
                self._put_block(moving.made, damped)
        self._moving = rest

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

    def _draw(self, moving: _Moving) -> pygame.Rect:
        """Draw what is not on the buffer yet; what it covers."""
        made, block = moving.made, moving.block
        parts: list[Drawn] = []
        if block.release is None or moving.foot is None or moving.glides_s > 0.0:
            bottom = self._hit if block.release is None or moving.foot is None else self._y(round(moving.foot))
            top = min(self._y(made.onset), bottom - self._art.least)
            parts += self._art.growing(made, (top, bottom), (0, self._hit))
        else:
            picture = self._art.whole(made)
            bottom, top = self._y(made.released), self._y(self._top(made))
            parts.append((picture, (made.x, top), (0, 0, *picture.get_size())))
        end = self._hit if block.damped is None else self._y(self._art.row(block.damped))
        begin = max(bottom, 0)
        if self._tails and block.damped != block.release and end > begin:
            tail = self._sprites.tail(made.width, made.colour)
            parts.insert(0, (tail, (self._tail_x(made, tail), begin), (0, 0, tail.get_width(), end - begin)))
        self._drawn += parts if moving.share >= 1.0 else faded(parts, moving.share)
        return pygame.Rect(made.x, top, made.width, max(end, bottom) - top).clip(self._area)

    def _draw_span(self, span: PedalSpan) -> None:
        """Draw a span of the pedal that is not on the buffer yet: to the hit line while it is seen to be down."""
        bottom = self._hit if span.up is None else min(self._y(self._art.row(span.up)), self._hit)
        colour = self._pedal_colour if bottom == self._hit else self._past_pedal
        self._drawn += self._span(self._y(self._art.row(span.down)), bottom, colour, (0, self._hit))
