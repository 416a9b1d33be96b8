"""The keyboard's measures, and the colours that must be distinct."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.stage.geometry import PITCHES, SHIFTS, fitting, geometry
from gui.stage.theme import CONTRAST, DAYLIGHT, NIGHT, THEMES, VELOCITY, Palette, Theme, rgb


def test_the_keyboard_of_the_specification():
    """1280 px wide: white keys of 24 px between margins of 16, 150 px high; A0 first, C8 last."""
    stage = geometry(1280, 844)
    assert (stage.keyboard, stage.hit) == (150, 694)
    assert (stage.key(21).x, stage.key(21).width) == (16, 24)
    assert (stage.key(108).x, stage.key(108).width) == (16 + 51 * 24, 24)
    assert stage.key(60).x == 16 + 23 * 24
    assert (stage.key(61).x, stage.key(61).width) == (16 + 24 * 24 - 9, 14)  # 0.65 of 14 px left of the gap
    assert stage.key(68).x == 16 + 28 * 24 - 7  # G sharp is centred
    assert stage.black_height == 95


def test_a_key_is_hit_from_its_first_pixel_to_its_last():
    """White keys below the black ones, black ones where they lie over them; nothing above the keyboard or beside it."""
    stage = geometry(1280, 844)
    low, c_sharp, black_end = 843, stage.key(61), stage.hit + stage.black_height
    white = {x: stage.pitch_at(x, low) for x in (15, 16, 39, 40, 16 + 51 * 24, 1263, 1264)}
    assert white == {15: None, 16: 21, 39: 21, 40: 23, 16 + 51 * 24: 108, 1263: 108, 1264: None}
    edges = (c_sharp.x - 1, c_sharp.x, c_sharp.x + c_sharp.width - 1, c_sharp.x + c_sharp.width)
    assert [stage.pitch_at(x, black_end - 1) for x in edges] == [60, 61, 61, 62]
    assert stage.pitch_at(c_sharp.x, black_end) == 60
    assert [stage.pitch_at(100, y) for y in (stage.hit - 1, 844)] == [None, None]


@pytest.mark.parametrize(("height", "keyboard"), [(600, 96), (844, 150), (500, 96)])
def test_low_windows_have_low_keys(height: int, keyboard: int):
    """Below a window of 760 px the keyboard takes its least height."""
    assert geometry(1280, height).keyboard == keyboard


@given(st.integers(976, 4000), st.integers(484, 2400), st.sampled_from([1.0, 1.25, 1.5, 2.0]))
def test_keys_tile_the_keyboard(width: int, height: int, scale: float):
    """At any size: white keys touch, black ones lie between their neighbours, all within the stage."""
    stage = geometry(round(width * scale), round(height * scale), scale)
    white = [stage.key(p) for p in PITCHES if not stage.key(p).black]
    assert len(white) == 52
    assert all(a.x + a.width == b.x for a, b in zip(white, white[1:], strict=False))  # noqa: RUF007
    for key in stage.keys:
        assert 0 < key.x < key.x + key.width < stage.width
        if key.black:
            below, above = stage.key(key.pitch - 1), stage.key(key.pitch + 1)
            assert below.x < key.x < above.x < key.x + key.width < above.x + above.width


def luminance(colour: str) -> float:
    linear = [c / 255 / 12.92 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in rgb(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
def test_text_can_be_read(theme: Theme):
    """4.5 to 1 for every text and for the words on blocks; 4.39 for the hands on the stage."""
    for colour in (theme.text, theme.second, theme.third, theme.good, theme.warning, theme.error, theme.accent):
        assert contrast(colour, theme.panel) >= 4.5
    for colour in (theme.left, theme.right):
        assert contrast(colour, theme.stage) >= 4.39
        assert contrast(colour, theme.on_block) >= 4.5


@pytest.mark.parametrize(
    ("velocity", "colour"), [(1, "#55488D"), (32, "#347EC4"), (64, "#09B4BB"), (96, "#75DF8F"), (127, "#F6ED77")]
)
def test_the_velocity_ramp_has_its_steps(velocity: int, colour: str):
    """Exactly at the five velocities of the specification."""
    assert Palette(NIGHT, VELOCITY).colour(60, velocity) == rgb(colour)


@pytest.mark.parametrize("theme", [NIGHT, DAYLIGHT, CONTRAST], ids=lambda theme: theme.name)
def test_the_split_point_is_the_lowest_key_of_the_right_hand(theme: Theme):
    """C4 is right, B3 left."""
    palette = Palette(theme, split=60)
    assert (palette.colour(59, 100), palette.colour(60, 100)) == (rgb(theme.left), rgb(theme.right))
    assert (palette.left(59), palette.left(60)) == (True, False)


def test_soft_notes_are_nearer_to_the_stage():
    """At velocity 127 the colour is pure; at 1 a third of the stage is in it."""
    palette = Palette(NIGHT)
    assert palette.block_colour(60, 127) == rgb(NIGHT.right)
    assert palette.block_colour(60, 1) == (51, 131, 169)


@given(st.sets(st.integers(21, 108), max_size=12))
def test_a_piece_fits_on_its_keys(pitches: set[int]):
    """All of them, from a white key to a white key, no fewer than two octaves, no more than needed by an octave."""
    keys = fitting(pitches)
    assert pitches <= set(keys) <= set(PITCHES)
    assert not {keys[0] % 12, keys[-1] % 12} & set(SHIFTS)
    assert len(keys) >= 25
    if pitches:
        assert len(keys) <= max(25, max(pitches) - min(pitches) + 1) + 2


def test_nothing_fits_on_all_keys():
    """Before a piece is there."""
    assert fitting(set()) == PITCHES
    assert fitting({60}) == range(48, 73)
    assert fitting({21, 108}) == PITCHES
