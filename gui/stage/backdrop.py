"""What does not move: the lanes, the seconds, the names of the octaves and the keyboard at rest, drawn once."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from gui.stage.geometry import Geometry
from gui.stage.lettering import text, trimmed
from gui.stage.sprites import Sprites, felt_line
from gui.stage.surface import Canvas, premultiplied, pygame, sprite
from gui.stage.theme import Rgb, Theme, mix, rgb

C, F = 0, 5
SECOND_LINE = 0.045
LABEL, LABEL_TOP, KEY_LABEL_BOTTOM = 10, 16, 10
KEY_INK = (74, 82, 96)
KEYBED: dict[str, Rgb] = {"night": (16, 19, 25), "daylight": (200, 207, 218), "contrast": (0, 0, 0)}
PREMULTIPLIED = pygame.BLEND_PREMULTIPLIED


class Backdrop:
    """Stage and keyboard without any note. speed: of the scale of seconds, device pixels each; None: without it;
    ground: a colour that alone lies behind the blocks, "" for the lanes of the theme with their names.

    canvas: the picture; ground: uint8 (width, 4) as B G R X, the lanes, in every row of the stage the same; marks:
    where lines and names lie on them, all of which blocks cover.
    """

    def __init__(self, geometry: Geometry, theme: Theme, sprites: Sprites, speed: float | None, ground: str) -> None:
        self.canvas = Canvas(geometry.width, geometry.height)
        plain = replace(theme, stage=ground, lane_c=0.0, lane_f=0.0, lane_black=0.0)
        _lanes(self.canvas, geometry, plain if ground else theme)
        self.ground = self.canvas.pixels[0].copy()
        self.marks: list[pygame.Rect] = []
        if not ground:
            seconds = [] if speed is None else _seconds(self.canvas, geometry, theme, speed)
            self.marks = [*seconds, *_octave_names(self.canvas, geometry, theme)]
        _keyboard(self.canvas, geometry, theme, sprites)

    def restore_marks(self, shown: Canvas, box: pygame.Rect) -> None:
        """Draw lines and names within `box` where nothing lies on the lanes that `shown` shows."""
        ground = self.ground.view(np.uint32)[:, 0]
        below, marked = (canvas.pixels.view(np.uint32)[:, :, 0] for canvas in (shown, self.canvas))
        for index in box.collidelistall(self.marks):
            part = self.marks[index].clip(box)
            area = slice(part.top, part.bottom), slice(part.left, part.right)
            np.copyto(below[area], marked[area], where=below[area] == ground[area[1]])


def veil(rest: Canvas, height: int) -> pygame.Surface:
    """What lies over the top of the stage, so that blocks fade there: nothing at the first row of `rest`, all of the
    block at `height`. Over the stage at rest it changes no pixel, whatever the blending rounds."""
    width = rest.pixels.shape[1]
    covers = np.repeat(1 - np.arange(height)[:, None] / height, width, axis=1)
    left = Canvas(width, height)
    left.pixels[:] = rest.pixels[:height]
    left.surface.blit(sprite(np.zeros(3), covers), (0, 0), special_flags=PREMULTIPLIED)
    return premultiplied((rest.pixels[:height] - left.pixels)[:, :, 2::-1], covers)


def key_label(geometry: Geometry, pitch: int, ink: Rgb = KEY_INK) -> tuple[pygame.Surface, tuple[int, int]] | None:
    """The name on a C key and where it stands; None for other keys."""
    if pitch % 12 != C:
        return None
    name = text(f"C{pitch // 12 - 1}", geometry.px(LABEL), 600, ink)
    key, ink_box = geometry.key(pitch), trimmed(name)
    y = geometry.height - geometry.px(KEY_LABEL_BOTTOM) - ink_box.bottom
    return name, (key.x + (key.width - name.get_width()) // 2, y)


def _lanes(canvas: Canvas, geometry: Geometry, theme: Theme) -> None:
    stage, grid = rgb(theme.stage), rgb(theme.grid)
    columns = np.tile(np.asarray(stage, float), (geometry.width, 1))
    for key in geometry.keys:
        if key.black:
            columns[key.x : key.x + key.width] = mix(stage, grid, theme.lane_black)
    hairline = geometry.px(1)
    for key in geometry.keys:
        strength = {C: theme.lane_c, F: theme.lane_f}.get(key.pitch % 12)
        if strength is not None:
            columns[key.x : key.x + hairline] = mix(stage, grid, strength)
    canvas.pixels[: geometry.hit, :, 2::-1] = np.rint(columns)
    canvas.pixels[:, :, 3] = 255


def _seconds(canvas: Canvas, geometry: Geometry, theme: Theme, speed: float) -> list[pygame.Rect]:
    """A faint line for every second above the hit line, with its name at the right; where they are."""
    marks = []
    left, right = geometry.keys[0].x, geometry.keys[-1].x + geometry.keys[-1].width
    for second in range(1, int((geometry.hit - geometry.px(40)) / speed) + 1):
        y = geometry.hit - round(second * speed)
        row = canvas.pixels[y : y + geometry.px(1), left:right, :3].astype(float)
        row += (np.asarray(rgb(theme.grid)[::-1]) - row) * SECOND_LINE
        canvas.pixels[y : y + geometry.px(1), left:right, :3] = np.rint(row)
        name = text(f"{second} s", geometry.px(LABEL), 600, rgb(theme.third))
        at = (right - name.get_width() - geometry.px(6), y - name.get_height() - geometry.px(1))
        canvas.surface.blit(name, at, special_flags=PREMULTIPLIED)
        marks += [pygame.Rect(left, y, right - left, geometry.px(1)), name.get_rect(topleft=at)]
    return marks


def _octave_names(canvas: Canvas, geometry: Geometry, theme: Theme) -> list[pygame.Rect]:
    """The name above each C; where they are."""
    marks = []
    for key in geometry.keys:
        if key.pitch % 12 == C:
            name = text(f"C{key.pitch // 12 - 1}", geometry.px(LABEL), 600, rgb(theme.third))
            at = (key.x + geometry.px(4), geometry.px(LABEL_TOP) - name.get_height() // 2)
            marks.append(canvas.surface.blit(name, at, special_flags=PREMULTIPLIED))
    return marks


def _keyboard(canvas: Canvas, geometry: Geometry, theme: Theme, sprites: Sprites) -> None:
    canvas.pixels[geometry.hit :, :, 2::-1] = KEYBED[theme.name]
    top = geometry.hit + sprites.felt
    for black in (False, True):
        for key in geometry.keys:
            if key.black != black:
                continue
            picture = sprites.black_key(key.width, None) if black else sprites.white_key(key.width, None)
            canvas.surface.blit(picture, (key.x, top), special_flags=PREMULTIPLIED)
            if (label := key_label(geometry, key.pitch)) is not None:
                canvas.surface.blit(*label, special_flags=PREMULTIPLIED)
    felt = felt_line(theme, geometry.width, sprites.felt)
    canvas.surface.blit(felt, (0, geometry.hit), special_flags=PREMULTIPLIED)
