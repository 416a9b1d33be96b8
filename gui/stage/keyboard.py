"""The keys of the stage: lit in the frame in which they are struck, fading when they are let go."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from gui.stage.backdrop import KEY_INK, key_label
from gui.stage.block_art import coarse
from gui.stage.chips import Sign
from gui.stage.frame_time import FRAME_S, FrameTime
from gui.stage.geometry import Geometry, Key
from gui.stage.roll import Block
from gui.stage.sprites import Sprites
from gui.stage.surface import pygame
from gui.stage.theme import Palette, Rgb, mix

FADE_S = 0.12
FADE_STEPS = 7
PRESSED_VELOCITY = 80
NO_MARKS: Mapping[int, Sign] = {}
WHITE_REST, BLACK_REST = (246, 247, 250), (34, 38, 46)
PREMULTIPLIED = pygame.BLEND_PREMULTIPLIED


@dataclass
class LitKey:
    """A key that is down, or was a moment ago. block: None for one that is pressed with the mouse; age_s: since it came
    up; share: how much of its light is left, 0-1."""

    colour: Rgb
    block: Block | None
    age_s: float = 0.0

    @property
    def share(self) -> float:
        """In steps, so that few pictures are needed."""
        return -(-(1 - self.age_s / FADE_S) * FADE_STEPS // 1) / FADE_STEPS


class Keyboard:
    """Draws on `target` below the hit line. shown: the pitches that are lit; calm: released keys do not fade."""

    def __init__(
        self,
        target: pygame.Surface,
        geometry: Geometry,
        sprites: Sprites,
        palette: Palette,
        shown: frozenset[int],
        calm: bool,
    ) -> None:
        self.lit: dict[int, LitKey] = {}
        self._target, self._geometry, self._sprites, self._palette = target, geometry, sprites, palette
        self._shown, self._calm = shown, calm
        self._top = geometry.hit + sprites.felt
        self._painted: dict[int, Rgb] = {}
        self._marks: dict[int, Sign] = {}  # what lies on keys
        self._time = FrameTime()

    @property
    def fading(self) -> bool:
        """Whether a key is on its way to rest."""
        return any(lit.age_s > 0 for lit in self.lit.values())

    def draw(
        self, held: Mapping[int, Block], pressed: Collection[int], now: float, marks: Mapping[int, Sign] = NO_MARKS
    ) -> list[pygame.Rect]:
        """Light what is held or pressed, let the rest fade; what has changed. marks: what lies on keys."""
        self._fade(self._time.step(now))
        for pitch in self._shown.intersection(pressed):
            self.lit[pitch] = LitKey(self._palette.colour(pitch, PRESSED_VELOCITY), None)
        for pitch in self._shown.intersection(held):
            block = held[pitch]
            self.lit[pitch] = LitKey(self._palette.colour(pitch, coarse(block.velocity), block.hand), block)
        for pitch in [p for p, lit in self.lit.items() if lit.age_s >= FADE_S or (self._calm and lit.age_s > 0)]:
            del self.lit[pitch]
        wanted = {pitch: self._colour(pitch, lit) for pitch, lit in self.lit.items()}
        changed = {p for p in wanted.keys() | self._painted.keys() if wanted.get(p) != self._painted.get(p)}
        changed |= {p for p in marks.keys() | self._marks.keys() if marks.get(p) != self._marks.get(p)}
        self._painted, self._marks = wanted, dict(marks)
        boxes = [self._paint(self._geometry.key(pitch)) for pitch in changed]
        return [boxes[0].unionall(boxes[1:])] if boxes else []

    def _fade(self, step: float) -> None:
        for lit in self.lit.values():
            # When a key came up within the last frame nobody knows; it has faded for one at most.
            lit.age_s += step if lit.age_s else min(step, FRAME_S)

    def _colour(self, pitch: int, lit: LitKey) -> Rgb:
        rest = BLACK_REST if self._geometry.key(pitch).black else WHITE_REST
        return mix(lit.colour, rest, 1 - lit.share)

    def _paint(self, key: Key) -> pygame.Rect:
        """Draw a key, and what lies below it and over it; its rectangle."""
        height = self._geometry.black_height if key.black else self._geometry.height - self._top
        box = pygame.Rect(key.x, self._top, key.width, height)
        self._target.set_clip(box)
        near = [self._geometry.key(p) for p in range(key.pitch - 1, key.pitch + 2) if p in self._geometry.pitches]
        for other in sorted(near, key=lambda key: key.black):
            self._draw(other)
        self._target.set_clip(None)
        return box

    def _draw(self, key: Key) -> None:
        colour = self._painted.get(key.pitch)
        made = self._sprites.black_key if key.black else self._sprites.white_key
        self._target.blit(made(key.width, colour), (key.x, self._top), special_flags=PREMULTIPLIED)
        ink = KEY_INK if colour is None else mix(KEY_INK, (0, 0, 0), 0.7)
        if (label := key_label(self._geometry, key.pitch, ink)) is not None:
            self._target.blit(*label, special_flags=PREMULTIPLIED)
        if key.pitch in self._marks:
            self._target.blit(*self._marks[key.pitch], special_flags=PREMULTIPLIED)
