"""What does not move: the lanes, the seconds, the names of the octaves and the keyboard at rest, drawn once."""

from __future__ import annotations

import numpy as np

from gui.geometry import Geometry
from gui.lettering import text, trimmed
from gui.sprites import Sprites, felt_line
from gui.surface import Canvas, pygame
from gui.theme import Rgb, Theme, mix, rgb

C, F = 0, 5
SECOND_LINE = 0.045
LABEL, LABEL_TOP, KEY_LABEL_BOTTOM = 10, 16, 10
KEY_INK = (74, 82, 96)
KEYBED: dict[str, Rgb] = {"night": (16, 19, 25), "daylight": (200, 207, 218), "contrast": (0, 0, 0)}
PREMULTIPLIED = pygame.BLEND_PREMULTIPLIED


def backdrop(geometry: Geometry, theme: Theme, sprites: Sprites, speed: float | None) -> Canvas:
    """Stage and keyboard without any note. speed: of the scale of seconds, device pixels each; None: without it."""
    canvas = Canvas(geometry.width, geometry.height)
    _lanes(canvas, geometry, theme)
    if speed is not None:
        _seconds(canvas, geometry, theme, speed)
    _octave_names(canvas, geometry, theme)
    _keyboard(canvas, geometry, theme, sprites)
    return canvas


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


def _seconds(canvas: Canvas, geometry: Geometry, theme: Theme, speed: float) -> None:
    """A faint line for every second above the hit line, with its name at the right."""
    left, right = geometry.keys[0].x, geometry.keys[-1].x + geometry.keys[-1].width
    for second in range(1, int((geometry.hit - geometry.px(40)) / speed) + 1):
        y = geometry.hit - round(second * speed)
        row = canvas.pixels[y : y + geometry.px(1), left:right, :3].astype(float)
        row += (np.asarray(rgb(theme.grid)[::-1]) - row) * SECOND_LINE
        canvas.pixels[y : y + geometry.px(1), left:right, :3] = np.rint(row)
        name = text(f"{second} s", geometry.px(LABEL), 600, rgb(theme.third))
        at = (right - name.get_width() - geometry.px(6), y - name.get_height() - geometry.px(1))
        canvas.surface.blit(name, at, special_flags=PREMULTIPLIED)


def _octave_names(canvas: Canvas, geometry: Geometry, theme: Theme) -> None:
    for key in geometry.keys:
        if key.pitch % 12 == C:
            name = text(f"C{key.pitch // 12 - 1}", geometry.px(LABEL), 600, rgb(theme.third))
            at = (key.x + geometry.px(4), geometry.px(LABEL_TOP) - name.get_height() // 2)
            canvas.surface.blit(name, at, special_flags=PREMULTIPLIED)


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
