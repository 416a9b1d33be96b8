"""The stage, pixel by pixel: blocks where their times say, keys that light, and every change of a pixel reported."""

from __future__ import annotations

import gc
import weakref
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest

from gui.stage.chords import name_chord
from gui.stage.geometry import RANGES
from gui.stage.rising import RisingPainter
from gui.stage.stage import Look, Stage
from gui.stage.surface import pygame
from gui.stage.theme import CONTRAST, DAYLIGHT, NIGHT, ONE, PITCH, Palette, rgb
from realtime.events import Event, NoteOff, NoteOn, Pedal
from tests.gui.heard import HeardAtOnce

WIDTH, HEIGHT = 1280, 844
HIT = 694
MIDDLE_C, C_SHARP = 16 + 23 * 24, 583  # left edges of the keys
PLAIN = Look(Palette(NIGHT, ONE), speed=100.0, names=False, calm=True)
SINGLE, STAGE = rgb(NIGHT.single), rgb(NIGHT.stage)


def note(pitch: int, onset: float, release: float | None = None) -> list[Event]:
    struck: list[Event] = [NoteOn(onset, onset, pitch, 127, 0.9)]
    return struck if release is None else [*struck, NoteOff(release, release, pitch)]


def roll(*events: Event) -> HeardAtOnce:
    made = HeardAtOnce()
    for event in events:
        made.apply(event)
    return made


def rgb_at(stage: Stage, x: int, y: int) -> tuple[int, ...]:
    return tuple(int(value) for value in stage.canvas.pixels[y, x, 2::-1])


def rows_of(stage: Stage, x: int, rest: npt.NDArray[np.uint8]) -> tuple[int, int]:
    """First and last row above the hit line, in column x, that differ from the stage at rest."""
    different = np.flatnonzero((stage.canvas.pixels[:HIT, x] != rest[:HIT, x]).any(axis=-1))
    return int(different[0]), int(different[-1])


@pytest.fixture
def stage() -> Stage:
    """A stage of 100 px a second, one colour, without names and lights."""
    return Stage(WIDTH, HEIGHT, 1.0, PLAIN)


def test_a_block_lies_between_its_onset_and_its_release(stage: Stage):
    """At 5 s, a note from 2 to 4 s lies 300 to 100 px above the hit line, in the lane of its key."""
    rest = stage.canvas.pixels.copy()
    stage.draw(roll(*note(60, 2.0, 4.0)), 5.0)
    assert rows_of(stage, MIDDLE_C + 12, rest) == (HIT - 300, HIT - 101)
    columns = np.flatnonzero((stage.canvas.pixels[HIT - 200] != rest[HIT - 200]).any(axis=-1))
    assert (columns[0], columns[-1]) == (MIDDLE_C + 1, MIDDLE_C + 22)
    assert rgb_at(stage, MIDDLE_C + 12, HIT - 200) == SINGLE


def test_a_held_note_reaches_down_to_the_hit_line(stage: Stage):
    """And its key has its colour from the felt on; the key beside it has not."""
    rest = stage.canvas.pixels.copy()
    stage.draw(roll(*note(60, 4.0)), 5.0)
    assert rows_of(stage, MIDDLE_C + 12, rest) == (HIT - 100, HIT - 1)
    red, green, blue = rgb_at(stage, MIDDLE_C + 5, HIT + 110)
    assert blue > green > red
    assert rgb_at(stage, MIDDLE_C + 29, HIT + 110) == tuple(int(v) for v in rest[HIT + 110, MIDDLE_C + 29, 2::-1])


def test_a_black_key_is_lit_over_its_neighbours(stage: Stage):
    """C sharp is lit, C and D beside it are not, and its block is as narrow as the key."""
    rest = stage.canvas.pixels.copy()
    stage.draw(roll(*note(61, 4.0)), 5.0)
    lit = rgb_at(stage, C_SHARP + 7, HIT + 60)
    assert max(abs(a - b) for a, b in zip(lit, SINGLE, strict=True)) < 25
    assert rgb_at(stage, MIDDLE_C + 12, HIT + 120) == tuple(int(v) for v in rest[HIT + 120, MIDDLE_C + 12, 2::-1])
    columns = np.flatnonzero((stage.canvas.pixels[HIT - 50] != rest[HIT - 50]).any(axis=-1))
    assert (columns[0], columns[-1]) == (C_SHARP + 1, C_SHARP + 12)


@pytest.mark.parametrize("now", [4.5, 4.507, 4.513, 5.999])
def test_a_length_is_never_bent(stage: Stage, now: float):
    """Whatever the moment, the block is as many rows high; what moves is where they are."""
    rest = stage.canvas.pixels.copy()
    stage.draw(roll(*note(60, 2.003, 3.999)), now)
    first, last = rows_of(stage, MIDDLE_C + 12, rest)
    assert last - first + 1 == 199
    assert first == HIT - (int(now * 100) - 200)


def test_the_shortest_note_is_eight_rows_high(stage: Stage):
    """And does not cross the hit line."""
    rest = stage.canvas.pixels.copy()
    stage.draw(roll(*note(60, 4.99, 5.0)), 5.0)
    assert rows_of(stage, MIDDLE_C + 12, rest) == (HIT - 8, HIT - 1)


def test_a_block_may_be_longer_than_the_stage(stage: Stage):
    """Twenty seconds, held and afterwards: one colour from edge to edge, and the rounded end at its place."""
    stage.draw(roll(*note(60, 0.0)), 20.0)
    assert {rgb_at(stage, MIDDLE_C + 12, y) for y in range(140, HIT - 2)} == {SINGLE}
    stage.draw(roll(*note(60, 0.0, 20.0)), 22.0)
    assert {rgb_at(stage, MIDDLE_C + 12, y) for y in range(140, HIT - 202)} == {SINGLE}
    assert rgb_at(stage, MIDDLE_C + 12, HIT - 198) == STAGE


def test_repeats_of_a_key_have_a_gap(stage: Stage):
    """Two rows of stage between a note and the next one, which began as it ended."""
    stage.draw(roll(*note(60, 2.0, 3.0), *note(60, 3.0, 4.0)), 5.0)
    column = [rgb_at(stage, MIDDLE_C + 12, HIT - row) for row in (205, 202, 201, 199)]
    assert [colour == STAGE for colour in column] == [False, True, True, False]


def test_what_rings_under_the_pedal_has_a_tail(stage: Stage):
    """Sixty per cent as wide, from key-up to pedal-up, with the pedal's own bar in the margin."""
    rest = stage.canvas.pixels.copy()
    events = [Pedal(1.9, 1.9, 127), *note(60, 2.0, 3.0), Pedal(4.0, 4.0, 0)]
    stage.draw(roll(*events), 5.0)
    columns = np.flatnonzero((stage.canvas.pixels[HIT - 150] != rest[HIT - 150]).any(axis=-1))
    lane = columns[columns > 16]
    assert (lane[0], lane[-1]) == (MIDDLE_C + 5, MIDDLE_C + 17)
    assert (columns[0], columns[columns < 16][-1]) == (4, 9)
    assert rows_of(stage, MIDDLE_C + 12, rest) == (HIT - 300, HIT - 101)
    assert rows_of(stage, 6, rest) == (HIT - 310, HIT - 101)


def test_blocks_fade_near_the_top(stage: Stage):
    """Half way through the last 130 px half of the colour is left; at the top none."""
    stage.draw(roll(*note(60, 0.0)), 20.0)
    half = rgb_at(stage, MIDDLE_C + 12, 65)
    assert half == pytest.approx([(a + b) / 2 for a, b in zip(SINGLE, STAGE, strict=True)], abs=2)
    assert rgb_at(stage, MIDDLE_C + 12, 0) == STAGE


def test_the_left_hand_has_a_stripe(stage: Stage):
    """White, inside the left edge; the right hand has none."""
    stage = Stage(WIDTH, HEIGHT, 1.0, Look(Palette(DAYLIGHT), speed=100.0, names=False, calm=True))
    stage.draw(roll(*note(48, 2.0, 4.0), *note(72, 2.0, 4.0)), 5.0)
    left, right = stage.geometry.key(48).x + 5, stage.geometry.key(72).x + 5
    assert min(rgb_at(stage, left, HIT - 200)) > 200
    assert rgb_at(stage, right, HIT - 200) == rgb(DAYLIGHT.right)


def test_light_is_only_at_the_hit_line():
    """At night a held key lights its surroundings there; by day, in high contrast or with reduced motion nothing."""
    beside, above = (MIDDLE_C - 6, HIT - 10), (MIDDLE_C - 6, HIT - 150)
    for look, lit in (
        (Look(Palette(NIGHT, ONE)), True),
        (Look(Palette(NIGHT, ONE), calm=True), False),
        (Look(Palette(DAYLIGHT, ONE)), False),
        (Look(Palette(CONTRAST, ONE)), False),
    ):
        stage = Stage(WIDTH, HEIGHT, 1.0, look)
        before = rgb_at(stage, *beside), rgb_at(stage, *above)
        stage.draw(roll(*note(60, 1.0)), 3.0)
        assert (rgb_at(stage, *beside) != before[0]) == lit
        assert rgb_at(stage, *above) == before[1]


def test_only_what_is_reported_has_changed():
    """Every pixel that changes lies in a rectangle that `draw` gave, and afterwards nothing is left."""
    stage = Stage(WIDTH // 2, HEIGHT // 2, 0.5, Look(Palette(NIGHT)))
    stage.draw(HeardAtOnce(), 0.0)
    rest = stage.canvas.pixels.copy()
    playing = [Pedal(0.5, 0.5, 127), *note(60, 0.6, 0.9), *note(61, 0.7, 0.8), *note(36, 0.7, 1.6), Pedal(1.8, 1.8, 0)]
    made = HeardAtOnce()
    for frame in range(40, 500):
        now = frame / 60
        while playing and playing[0].time <= now:  # type: ignore[union-attr]
            made.apply(playing.pop(0))
        before = stage.canvas.pixels.view(np.uint32)[:, :, 0].copy()
        untold = np.ones(before.shape, bool)
        for box in stage.draw(made, now):
            untold[box.top : box.bottom, box.left : box.right] = False
        assert not ((stage.canvas.pixels.view(np.uint32)[:, :, 0] != before) & untold).any()
    assert not stage.moving
    np.testing.assert_array_equal(stage.canvas.pixels, rest)


def test_nothing_is_drawn_when_nothing_moves(stage: Stage):
    """The same moment again costs nothing."""
    made = roll(*note(60, 2.0, 4.0))
    assert stage.draw(made, 5.0)
    assert stage.draw(made, 5.001) == []


def test_a_released_key_fades_and_comes_to_rest():
    """Within 120 ms, however many frames those are."""
    stage = Stage(WIDTH, HEIGHT, 1.0, replace(PLAIN, calm=False))
    rest = stage.canvas.pixels.copy()
    made = roll(*note(60, 1.0))
    stage.draw(made, 1.2)
    made.apply(NoteOff(1.3, 1.3, 60))
    spot = (slice(HIT + 5, HEIGHT), slice(MIDDLE_C, MIDDLE_C + 24))
    stage.draw(made, 1.31)
    assert (stage.canvas.pixels[spot] != rest[spot]).any()
    stage.draw(made, 1.36)
    assert (stage.canvas.pixels[spot] != rest[spot]).any()
    assert stage.moving
    stage.draw(made, 1.44)
    np.testing.assert_array_equal(stage.canvas.pixels[spot], rest[spot])


def test_with_reduced_motion_a_released_key_is_at_rest_at_once(stage: Stage):
    """In the next frame."""
    rest = stage.canvas.pixels.copy()
    made = roll(*note(60, 1.0))
    stage.draw(made, 1.2)
    made.apply(NoteOff(1.3, 1.3, 60))
    stage.draw(made, 1.31)
    np.testing.assert_array_equal(stage.canvas.pixels[HIT:], rest[HIT:])


def test_a_silent_stage_is_not_drawn():
    """Time goes on, with the signs of both hands in sight, and no pixel is reported as changed."""
    stage, silent = Stage(WIDTH, HEIGHT, 1.0, Look(Palette(NIGHT))), HeardAtOnce()
    stage.draw(silent, 0.0, empty="Play")
    for tenth in range(1, 30):
        assert stage.draw(silent, tenth / 10, empty="Play") == []
        assert not stage.moving


@pytest.mark.parametrize("scale", [1.25, 2.0])
def test_everything_grows_with_the_screen(scale: float):
    """At another pixel ratio a block of one second is as many times higher."""
    stage = Stage(round(WIDTH * scale), round(HEIGHT * scale), scale, PLAIN)
    rest = stage.canvas.pixels.copy()
    stage.draw(roll(*note(60, 3.0, 4.0)), 5.0)
    x, hit = stage.geometry.key(60).x + stage.geometry.key(60).width // 2, stage.geometry.hit
    different = np.flatnonzero((stage.canvas.pixels[:hit, x] != rest[:hit, x]).any(axis=-1))
    assert (hit - different[0], hit - different[-1] - 1) == (200 * scale, 100 * scale)


def test_what_lies_beside_a_smaller_keyboard_is_not_drawn():
    """49 keys end at C6: of a note above nothing is seen, one within stands over its wider key."""
    stage = Stage(WIDTH, HEIGHT, 1.0, replace(PLAIN, keys=RANGES[49]))
    rest = stage.canvas.pixels.copy()
    stage.draw(roll(*note(100, 4.0), *note(24, 2.0, 3.0)), 5.0)
    np.testing.assert_array_equal(stage.canvas.pixels, rest)
    stage.draw(roll(*note(72, 2.0, 4.0)), 5.0)
    key = stage.geometry.key(72)
    assert key.width > 40
    assert rgb_at(stage, key.x + key.width // 2, stage.geometry.hit - 200) == SINGLE


def test_a_hidden_hand_is_neither_drawn_nor_lit():
    """The other one is."""
    stage = Stage(WIDTH, HEIGHT, 1.0, Look(Palette(NIGHT, split=60), hidden="left", calm=True, names=False))
    stage.draw(roll(), 5.0)
    rest = stage.canvas.pixels.copy()
    stage.draw(roll(*note(48, 4.0)), 5.0)
    np.testing.assert_array_equal(stage.canvas.pixels, rest)
    stage.draw(roll(*note(60, 4.0)), 5.0)
    assert rgb_at(stage, MIDDLE_C + 12, HIT - 50) == rgb(NIGHT.right)


def test_a_pressed_key_is_lit_without_a_block(stage: Stage):
    """As long as it is pressed; then it fades."""
    rest = stage.canvas.pixels.copy()
    stage.draw(roll(), 5.0, pressed={60})
    np.testing.assert_array_equal(stage.canvas.pixels[:HIT], rest[:HIT])
    red, green, blue = rgb_at(stage, MIDDLE_C + 5, HIT + 110)
    assert blue > green > red
    for _ in range(8):
        stage.draw(roll(), 5.0)
    np.testing.assert_array_equal(stage.canvas.pixels, rest)


def light_above(glow: float, calm: bool = False) -> int:
    """How much brighter than at rest the stage is beside a key that was just struck."""
    stage = Stage(WIDTH, HEIGHT, 1.0, Look(Palette(NIGHT, ONE), glow=glow, calm=calm, names=False))
    rest = stage.canvas.pixels.astype(int)
    stage.draw(roll(*note(60, 4.9)), 5.0)
    beside = slice(MIDDLE_C - 40, MIDDLE_C - 4)
    return int((stage.canvas.pixels[HIT - 80 : HIT, beside, :3] - rest[HIT - 80 : HIT, beside, :3]).sum())


def test_the_glow_has_a_strength():
    """Half is half as bright, none and reduced motion are dark."""
    whole, half = light_above(1.0), light_above(0.5)
    assert 0.4 < half / whole < 0.6
    assert light_above(0.0) == 0
    assert light_above(1.0, calm=True) == 0


def test_the_badge_shows_the_chord_and_goes_with_it(stage: Stage):
    """At its place below the names of the octaves; afterwards everything is as before."""
    before = stage.canvas.pixels.copy()
    chord = name_chord((48, 52, 55, 58))
    changed = stage.draw(roll(), 5.0, chord=chord)
    different = np.argwhere((stage.canvas.pixels != before).any(axis=-1))
    (top, left), (bottom, right) = different.min(axis=0), different.max(axis=0)
    assert (top, left, bottom - top + 1) == (36, 28, 72)
    assert right - left + 1 >= 194
    assert any(box.collidepoint(int(right), int(bottom)) for box in changed)
    stage.draw(roll(), 5.0)
    np.testing.assert_array_equal(stage.canvas.pixels, before)


def test_daylight_blocks_cast_a_shadow():
    """At the right and below, darker than the stage and lighter than the block; other themes cast none."""
    for theme, casts in ((DAYLIGHT, True), (NIGHT, False)):
        stage = Stage(WIDTH, HEIGHT, 1.0, Look(Palette(theme, ONE), speed=100.0, names=False, calm=True))
        stage.draw(roll(*note(60, 2.0, 4.0)), 5.0)
        edge = sum(rgb_at(stage, MIDDLE_C + 22, HIT - 200))
        assert (sum(rgb(theme.single)) + 60 < edge < sum(rgb(theme.stage)) - 60) == casts


def test_tails_can_be_left_out():
    """What rings on under the pedal is drawn or not; the block is the same."""
    events = [Pedal(1.0, 1.0, 127), *note(60, 2.0, 3.0)]
    drawn = {}
    for tails in (True, False):
        stage = Stage(WIDTH, HEIGHT, 1.0, replace(PLAIN, tails=tails))
        rest = stage.canvas.pixels.copy()
        stage.draw(roll(*events), 5.0)
        drawn[tails] = rows_of(stage, MIDDLE_C + 12, rest)
    assert drawn == {True: (HIT - 300, HIT - 1), False: (HIT - 300, HIT - 201)}


def test_a_stage_that_followed_shows_what_a_new_one_does():
    """Blocks that were drawn while they sounded, and under the pedal, lie where they do when drawn at once."""
    look = Look(Palette(DAYLIGHT), speed=100.0)
    events = [Pedal(0.5, 0.5, 127), *note(60, 0.6, 0.9), *note(64, 0.7, 0.8), Pedal(1.3, 1.3, 0), *note(60, 1.4, 1.45)]
    events += [*note(36, 1.4, 4.6), Pedal(1.6, 1.6, 127), *note(67, 2.0, 2.4), *note(67, 2.41, 2.9), *note(72, 3.2)]
    events.sort(key=lambda event: event.time)  # type: ignore[union-attr]
    following, made, pending = Stage(WIDTH, HEIGHT, 1.0, look), HeardAtOnce(), list(events)
    for frame in range(300):
        now = frame / 60
        while pending and pending[0].time <= now:  # type: ignore[union-attr]
            made.apply(pending.pop(0))
        following.draw(made, now)
    fresh = Stage(WIDTH, HEIGHT, 1.0, look)
    fresh.draw(made, 299 / 60)
    for _ in range(9):
        following.draw(made, 299 / 60)
    np.testing.assert_array_equal(following.canvas.pixels, fresh.canvas.pixels)


def test_time_may_go_back_a_little(stage: Stage):
    """As it does when the delay grows: nothing is lost at the top, nothing is drawn twice."""
    made = roll(*note(60, 0.0, 3.0), *note(64, 3.2, 3.4))
    for now in (6.5, 7.0, 6.7):
        stage.draw(made, now)
    fresh = Stage(WIDTH, HEIGHT, 1.0, PLAIN)
    fresh.draw(made, 6.7)
    np.testing.assert_array_equal(stage.canvas.pixels, fresh.canvas.pixels)


def test_signs_make_room_at_once():
    """Moved down, they look as on a stage that was made so; where they were, nothing is left."""
    moved = Stage(WIDTH, HEIGHT, 1.0, Look(Palette(NIGHT)))
    moved.draw(roll(*note(60, 2.0, 4.0)), 5.0)
    moved.move_signs(66)
    made = roll(*note(60, 2.0, 4.0))
    assert moved.draw(made, 5.0)
    fresh = Stage(WIDTH, HEIGHT, 1.0, Look(Palette(NIGHT), chips=66))
    fresh.draw(made, 5.0)
    np.testing.assert_array_equal(moved.canvas.pixels, fresh.canvas.pixels)


def test_the_light_of_a_released_key_fades():
    """Over 120 ms, darker from frame to frame; then the stage is as at rest but for the block."""
    stage = Stage(WIDTH, HEIGHT, 1.0, Look(Palette(NIGHT, ONE), names=False))
    rest = stage.canvas.pixels.astype(int)
    made = roll(*note(60, 1.0))
    beside = (slice(HIT - 80, HIT), slice(MIDDLE_C - 40, MIDDLE_C - 4))
    levels = []
    stage.draw(made, 3.0)
    made.apply(NoteOff(3.001, 3.001, 60))
    for frame in range(1, 10):
        stage.draw(made, 3.0 + frame / 60)
        levels.append(int((stage.canvas.pixels[beside] - rest[beside]).sum()))
    assert levels == sorted(levels, reverse=True)
    assert len(set(levels[:6])) == 6
    assert levels[0] > levels[5] > 0 == levels[8]


def test_what_lies_over_what_never_flips():
    """A black key that is struck while its white neighbour is held lies over it: while both sound, when it alone has
    ended, when both have, and long after."""
    palette = Palette(NIGHT, PITCH)
    stage, made = Stage(WIDTH, HEIGHT, 1.0, Look(palette, speed=100.0, names=False, calm=True)), HeardAtOnce()
    pending = sorted([*note(60, 1.0, 4.0), *note(61, 2.0, 2.6)], key=lambda event: event.time)  # type: ignore[union-attr]
    both = C_SHARP + 4  # a column of both lanes
    for frame in range(135, 440):
        now = frame / 60
        while pending and pending[0].time <= now:  # type: ignore[union-attr]
            made.apply(pending.pop(0))
        stage.draw(made, now)
        seen = rgb_at(stage, both, HIT - round((now - 2.2) * 100))
        assert max(abs(a - b) for a, b in zip(seen, palette.colour(61, 127), strict=True)) < 30
        assert rgb_at(stage, both, HIT - round((now - 1.8) * 100)) == palette.colour(60, 127)


def test_a_pedal_that_comes_up_early_leaves_a_whole_bar(stage: Stage):
    """Its event may come before the picture is there: until then the bar reaches the hit line."""
    made = roll(Pedal(0.5, 0.5, 127), Pedal(1.05, 1.05, 0))
    stage.draw(made, 1.0)
    assert min(rgb_at(stage, 7, HIT - 1)) > 100
    for now in (1.02, 1.2):
        stage.draw(made, now)
    fresh = Stage(WIDTH, HEIGHT, 1.0, PLAIN)
    fresh.draw(made, 1.2)
    np.testing.assert_array_equal(stage.canvas.pixels, fresh.canvas.pixels)


def test_what_is_out_of_sight_costs_nothing_while_a_neighbour_rings(stage: Stage, monkeypatch: pytest.MonkeyPatch):
    """Under a pedal that is held for minutes, the keys beside a note that rings on are struck again and again."""
    made = roll(Pedal(0.0, 0.0, 127), *note(60, 0.1, 0.2))
    for strike in range(300):
        for event in note(61, 1 + strike / 5, 1.1 + strike / 5):
            made.apply(event)
    drawn: list[object] = []
    monkeypatch.setattr(RisingPainter, "_draw", lambda _painter, block: drawn.append(block) or pygame.Rect(0, 0, 1, 1))
    stage.draw(made, 61.0)
    assert len(drawn) <= 2 + 5 * HIT / 100


def test_light_of_a_stage_that_was_left_goes_with_it():
    """Each change of the window's size makes another one."""
    left = Stage(WIDTH, HEIGHT, 1.0, Look())
    left.draw(roll(*note(60, 1.0)), 1.1)
    lights = weakref.ref(left._lights)
    del left
    gc.collect()
    assert lights() is None
