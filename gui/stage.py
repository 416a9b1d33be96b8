"""The stage: rising or falling blocks above a keyboard, drawn with pygame into pixels that anyone may show. No Qt.

Everything is placed by stream time: one end of a block is its onset, the other its release, both rounded together with
the scroll, so that all blocks move in step and none changes its length. Only what has moved is drawn again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from gui.backdrop import KEY_INK, backdrop, key_label
from gui.block_painter import BlockPainter, coarse
from gui.chips import TOP, Chips
from gui.chords import Chord
from gui.falling import FallingPainter
from gui.geometry import PITCHES, geometry
from gui.roll import Block, PedalSpan
from gui.sprites import Sprites, felt_line
from gui.surface import Canvas, pygame
from gui.theme import NIGHT, Palette, Rgb, mix, rgb

SPEED, FALL_SPEED = 132.0, 120.0
PEDAL_BAR, PEDAL_INSET = 6, 4
# A released key fades within so many frames; at 60 a second that is 120 ms.
RELEASE_FRAMES = 7
PRESSED_VELOCITY = 80
SPARKS, SPARK_S, SPARK_RISE, SPARK_SPREAD = 9, 0.35, 70.0, 26.0
PREMULTIPLIED, ADD = pygame.BLEND_PREMULTIPLIED, pygame.BLEND_RGB_ADD


@dataclass(frozen=True)
class Look:
    """How the stage is drawn. speed: logical px a second; names: on blocks; calm: no glow and no sparks;
    chips: y of the signs at the top; falling: blocks come down to the keys, and must be known to their end; glow: its
    strength, 0-1; keys: those that are shown; hidden: "left" or "right" for a hand that is not; chords: whether
    they are named; tails: whether what rings on under the pedal is drawn; fit: a replay shows the keys it needs."""

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


class Seen(Protocol):
    """What the stage shows of a moment: a `Roll` while it is played, a `Sight` of a whole performance."""

    @property
    def blocks(self) -> Collection[Block]: ...
    @property
    def held(self) -> Mapping[int, Block]: ...
    @property
    def pedal(self) -> Iterable[PedalSpan]: ...
    @property
    def pedal_down(self) -> bool: ...


class Stage:
    """A stage of width × height device pixels; scale: device pixels per logical pixel."""

    def __init__(self, width: int, height: int, scale: float, look: Look) -> None:
        self.look = look
        self.geometry = geometry(width, height, scale, look.keys)
        self.canvas = Canvas(width, height)
        self._target = self.canvas.surface
        self._palette = look.palette
        self._sprites = Sprites(self.geometry, look.palette.theme, look.glow)
        self.chips = Chips(self.geometry, look.palette, self._sprites, look.chips, look.hidden, look.chords)
        self._shown = frozenset(pitch for pitch in look.keys if look.hidden != look.palette.hand(pitch))
        self._lights = look.palette.theme.glow and look.glow > 0 and not look.calm
        self._speed = look.speed * scale
        scale_of_seconds = None if look.falling else self._speed
        self._rest = backdrop(self.geometry, look.palette.theme, self._sprites, scale_of_seconds).surface
        self._area = pygame.Rect(0, 0, width, self.geometry.hit)
        self._drawn: list[pygame.Rect] = []
        self._lit: dict[int, tuple[Rgb, int]] = {}  # pitch -> colour, frames until it is at rest again
        self._painted_keys: dict[int, Rgb] = {}
        self._still: object = None
        painter = FallingPainter if look.falling else BlockPainter
        self._blocks = painter(
            self._target, self.geometry, self._sprites, look.palette, self._speed, look.names, look.tails
        )
        self._target.blit(self._rest, (0, 0))

    @property
    def sight_s(self) -> float:
        """How many seconds of playing the stage shows at once."""
        return self.geometry.hit / self._speed

    def draw(
        self,
        roll: Seen,
        now: float,
        empty: bool = False,
        chord: Chord | None = None,
        pressed: Collection[int] = (),
    ) -> list[pygame.Rect]:
        """Draw the moment `now` (stream time, s); the rectangles that have changed. empty: nothing heard yet; chord:
        for the badge; pressed: pitches of keys that are lit though no block says so."""
        scroll = int(now * self._speed // 1)
        held = {pitch: block for pitch, block in roll.held.items() if pitch in self._shown}
        changed = self._draw_keys(held, [pitch for pitch in pressed if pitch in self._shown])
        moment = (scroll, len(roll.blocks), tuple(roll.held), roll.pedal_down, empty, chord)
        if moment == self._still:
            return changed
        self._still = moment
        before, self._drawn = self._drawn, []
        self._target.blits([(self._rest, box, box) for box in before], doreturn=False)
        self._target.set_clip(self._area)
        self._draw_pedal(roll, scroll, now)
        oldest = now - self.sight_s - 1.0
        shown = (block for block in roll.blocks if block.pitch in self._shown)
        recent = (block for block in shown if block.damped is None or block.damped > oldest)
        self._drawn += self._blocks.paint(recent, scroll)
        if self._lights:
            self._draw_lights(held.values(), now)
        for sign, box in self.chips.shown(roll.pedal_down, empty, chord):
            self._target.blit(sign, box, special_flags=PREMULTIPLIED)
            self._drawn.append(box)
        self._target.set_clip(None)
        return [*changed, *before, *self._drawn]

    def moving(self, roll: Seen, now: float) -> bool:
        """Whether the next frame will differ from this one if time goes on."""
        top = self.sight_s
        return bool(self._lit) or roll.pedal_down or any(b.damped is None or b.damped > now - top for b in roll.blocks)

    def _draw_pedal(self, roll: Seen, scroll: int, now: float) -> None:
        colour = rgb(self._palette.theme.pedal)
        x, width = self.geometry.px(PEDAL_INSET), self.geometry.px(PEDAL_BAR)
        for span in roll.pedal:
            top, bottom = self._blocks.rows(span, scroll)
            top = min(top, bottom - width)
            if bottom > 0:
                shade = colour if self._blocks.sounds(span, now) else mix(colour, rgb(self._palette.theme.stage), 0.45)
                self._blocks.shape(x, width, top, bottom - top, shade, left=False)
                self._drawn.append(pygame.Rect(x, top, width, bottom - top).clip(self._area))

    def _draw_lights(self, held: Iterable[Block], now: float) -> None:
        for block in held:
            x, width = self.geometry.lane(block.pitch)
            colour = self._palette.colour(block.pitch, block.velocity)
            glow = self._sprites.glow(width, colour)
            box = glow.get_rect(midbottom=(x + width // 2, self.geometry.hit))
            self._target.blit(glow, box, special_flags=ADD)
            self._draw_sparks(block, now, x + width // 2, mix(colour, (255, 255, 255), 0.4))
            self._drawn.append(box.clip(self._area))

    def _draw_sparks(self, block: Block, now: float, x: int, colour: Rgb) -> None:
        """Nine of them, flying up from a key that was just struck; where to, its onset decides."""
        age = now - block.onset
        if not 0 <= age < SPARK_S:
            return
        scale, part = self.geometry.scale, age / SPARK_S
        dot = pygame.Rect(0, 0, self.geometry.px(2), self.geometry.px(2))
        shade = mix(colour, (0, 0, 0), 1 - (1 - part) * self.look.glow)
        seed = block.pitch * 7919 + int(block.onset * 1000)
        for spark in range(SPARKS):
            chance = (seed * 31 + spark * 2654435761) & 0xFFFFFF
            aside = ((chance & 0xFF) / 127.5 - 1) * SPARK_SPREAD * (0.35 + 0.65 * part)
            rise = (0.2 + 0.8 * (chance >> 8 & 0xFF) / 255) * SPARK_RISE * (0.25 + 0.75 * (1 - (1 - part) ** 2))
            dot.center = (x + round(aside * scale), self.geometry.hit - round((8 + rise) * scale))
            self._target.fill(shade, dot, special_flags=ADD)

    def _draw_keys(self, held: Mapping[int, Block], pressed: Collection[int]) -> list[pygame.Rect]:
        """Light the keys that are held or pressed and let released ones fade; what changed of the keyboard."""
        for pitch, (colour, frames) in list(self._lit.items()):
            self._lit[pitch] = (colour, frames - 1)
            if frames <= 1:
                del self._lit[pitch]
        for pitch in pressed:
            self._lit[pitch] = (self._palette.colour(pitch, PRESSED_VELOCITY), RELEASE_FRAMES)
        for pitch, block in held.items():
            self._lit[pitch] = (self._palette.colour(pitch, coarse(block.velocity)), RELEASE_FRAMES)
        wanted = {p: self._key_colour(p, *lit, p in held or p in pressed) for p, lit in self._lit.items()}
        if wanted == self._painted_keys:
            return []
        affected = [self.geometry.key(p) for p in wanted.keys() | self._painted_keys.keys()]
        self._painted_keys = wanted
        left, right = min(key.x for key in affected), max(key.x + key.width for key in affected)
        box = pygame.Rect(left, self.geometry.hit, right - left, self.geometry.keyboard)
        self._target.set_clip(box)
        self._paint_keys(wanted, box)
        self._target.set_clip(None)
        return [box]

    def _key_colour(self, pitch: int, colour: Rgb, frames: int, held: bool) -> Rgb:
        rest = (34, 38, 46) if self.geometry.key(pitch).black else (246, 247, 250)
        return colour if held else mix(colour, rest, 1 - frames / RELEASE_FRAMES)

    def _paint_keys(self, wanted: dict[int, Rgb], box: pygame.Rect) -> None:
        top = self.geometry.hit + self._sprites.felt
        whites_first = sorted(self.geometry.keys, key=lambda key: key.black)
        for key in whites_first:
            if key.x >= box.right or key.x + key.width <= box.left:
                continue
            colour = wanted.get(key.pitch)
            made = self._sprites.black_key if key.black else self._sprites.white_key
            self._target.blit(made(key.width, colour), (key.x, top), special_flags=PREMULTIPLIED)
            ink = KEY_INK if colour is None else mix(KEY_INK, (0, 0, 0), 0.7)
            if (label := key_label(self.geometry, key.pitch, ink)) is not None:
                self._target.blit(*label, special_flags=PREMULTIPLIED)
        felt = felt_line(self._palette.theme, box.width, self._sprites.felt)
        self._target.blit(felt, box.topleft, special_flags=PREMULTIPLIED)
