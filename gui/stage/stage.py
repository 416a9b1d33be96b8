"""The stage: rising or falling blocks above a keyboard, drawn with pygame into pixels that anyone may show.

Everything is placed by stream time: one end of a block is its onset, the other its release, both rounded together with
the scroll, so that all blocks move in step and none changes its length. Only what has moved is drawn again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace

from gui.stage.backdrop import Backdrop, veil
from gui.stage.block_painter import BlockStyle, VisibleRoll
from gui.stage.chips import TOP, Chips, Sign
from gui.stage.chords import Chord
from gui.stage.falling import AHEAD, FallingPainter
from gui.stage.geometry import PITCHES, geometry
from gui.stage.keyboard import Keyboard
from gui.stage.lesson import NO_MARKS, LessonMarks, LessonSigns
from gui.stage.lights import Lights
from gui.stage.rising import RisingPainter
from gui.stage.sprites import Sprites
from gui.stage.surface import Canvas, pygame
from gui.stage.theme import NIGHT, Palette

SPEED, FALL_SPEED = 132.0, 120.0
FADE = 130.0
PREMULTIPLIED = pygame.BLEND_PREMULTIPLIED


@dataclass(frozen=True)
class Look:
    """How the stage is drawn. speed: logical px a second; names: on blocks; calm: no glow, no sparks, no fading;
    chips: y of the signs at the top; falling: blocks come down to the keys, and must be known to their end; glow: its
    strength, 0-1; keys: those that are shown; hidden: "left" or "right" for a hand that is not; chords: whether
    they are named; tails: whether what rings on under the pedal is drawn; fit: a replay shows the keys it needs;
    ground: a colour that alone lies behind the blocks, "" for the theme's stage with its lanes; signs: whether there
    are any; split: whether the line between the hands has its mark."""

    palette: Palette = field(default_factory=lambda: Palette(NIGHT))
    speed: float = SPEED
    names: bool = True
    calm: bool = False
    chips: int = TOP
    falling: bool = False
    glow: float = 1.0
    keys: range = PITCHES
    hidden: str = ""
    chords: bool = True
    tails: bool = True
    fit: bool = False
    ground: str = ""
    signs: bool = True
    split: bool = True


class Stage:
    """A stage of width × height device pixels; scale: device pixels per logical pixel."""

    def __init__(self, width: int, height: int, scale: float, look: Look) -> None:
        self.look = look
        self.geometry = geometry(width, height, scale, look.keys)
        self.canvas = Canvas(width, height)
        self._target = self.canvas.surface
        palette = look.palette
        sprites = self._sprites = Sprites(self.geometry, palette.theme, look.glow)
        self.chips = self._make_chips(look)
        shown = frozenset(pitch for pitch in look.keys if look.hidden != palette.hand(pitch))
        self._speed = look.speed * scale
        scale_of_seconds = None if look.falling else self._speed
        self._rest = Backdrop(self.geometry, palette.theme, sprites, scale_of_seconds, look.ground)
        self._veil = veil(self._rest.canvas, self.geometry.px(FADE))
        self._area = pygame.Rect(0, 0, width, self.geometry.hit)
        style = BlockStyle(
            self.geometry, sprites, palette, self._speed, look.names, look.tails, shown, self._rest.ground, look.calm
        )
        self._blocks = FallingPainter(style) if look.falling else RisingPainter(style)
        self._keyboard = Keyboard(self._target, self.geometry, sprites, palette, shown, look.calm)
        glows = palette.theme.glow and look.glow > 0 and not look.calm
        self._lesson = LessonSigns(self.geometry, palette)
        self._lights = Lights(self.geometry, sprites, look.glow) if glows else None
        self._covered: list[pygame.Rect] = []
        self._signs: list[Sign] = []
        self._still: object = None
        self._target.blit(self._rest.canvas.surface, (0, 0))

    def move_signs(self, top: int) -> None:
        """Let the uppermost signs begin at a logical y."""
        look = self.look = replace(self.look, chips=top)
        self.chips = self._make_chips(look)
        self._still = None

    def _make_chips(self, look: Look) -> Chips:
        return Chips(self.geometry, look.palette, self._sprites, look.chips, look.hidden, look.chords, look.split)

    @property
    def sight_s(self) -> float:
        """How many seconds of playing the stage shows at once."""
        return self.geometry.hit / self._speed

    @property
    def ahead_s(self) -> float:
        """How many seconds from now on must be known of what falls."""
        return (self.geometry.hit + AHEAD) / self._speed

    def draw(
        self,
        roll: VisibleRoll,
        now: float,
        empty: str = "",
        chord: Chord | None = None,
        pressed: Collection[int] = (),
        lesson: LessonMarks = NO_MARKS,
    ) -> list[pygame.Rect]:
        """Draw the moment `now` (stream time, s); the rectangles that have changed. empty: words while there is no note
        yet; chord: for the badge; pressed: pitches of keys that are lit though no block says so; lesson: what is to be
        struck."""
        scroll = int(now * self._speed // 1)
        faded = self._keyboard.fading or self._blocks.fading
        keys = self._keyboard.draw(roll.held, pressed, now, self._lesson.on_keys(lesson))
        moment = (scroll, roll.performance, len(roll.blocks), roll.changes, tuple(roll.held), roll.pedal_down)
        if (moment, empty, chord, lesson) == self._still and not (faded or self._keyboard.fading):
            return keys
        self._still = moment, empty, chord, lesson
        covered = self._blocks.advance(roll, scroll, now)
        if self._lights is not None:
            covered += self._lights.advance(self._keyboard.lit, now)
        signs = self.chips.shown(roll.pedal_down, empty, chord) if self.look.signs else []
        signs += self._lesson.shown(lesson)
        boxes = self._boxes([*self._covered, *covered, *self._changed(signs)])
        self._covered, self._signs = covered, signs
        for box in boxes:
            self._compose(box)
        return [*keys, *boxes]

    @property
    def moving(self) -> bool:
        """Whether the next frame will differ from this one if time goes on."""
        return bool(self._covered) or self._keyboard.fading or self._blocks.fading

    def _changed(self, signs: Sequence[Sign]) -> list[pygame.Rect]:
        """Where a sign has come or gone."""
        come = [box for made, box in signs if (made, box) not in self._signs]
        return come + [box for made, box in self._signs if (made, box) not in signs]

    def _boxes(self, covered: Iterable[pygame.Rect]) -> list[pygame.Rect]:
        """Few rectangles that hold all of these: one in the pedal's lane, one right of it."""
        left_end = self.geometry.keys[0].x
        lane: list[pygame.Rect] = []
        rest: list[pygame.Rect] = []
        for box in covered:
            (lane if box.right <= left_end else rest).append(box)
        return [side[0].unionall(side[1:]).clip(self._area) for side in (lane, rest) if side]

    def _compose(self, box: pygame.Rect) -> None:
        """Draw what lies in a rectangle above the hit line."""
        self._target.set_clip(box)
        self._blocks.show_settled(self._target, box)
        self._rest.restore_marks(self.canvas, box)
        self._blocks.show_moving(self._target)
        if box.top < self._veil.get_height():
            self._target.blit(self._veil, box.topleft, box, special_flags=PREMULTIPLIED)
        if self._lights is not None and box.right > self.geometry.keys[0].x:  # none shines on the pedal's lane alone
            self._lights.show(self._target)
        for sign, place in self._signs:
            self._target.blit(sign, place, special_flags=PREMULTIPLIED)
        self._target.set_clip(None)
