"""What a click on the stage means, by its place."""

from __future__ import annotations

import pytest

from gui.stage.geometry import RANGES
from gui.stage.hit_test import HandChip, KeyTarget, SplitMark, split_at, target_at
from gui.stage.stage import Look, Stage
from gui.stage.theme import HANDS, NIGHT, ONE, Palette

WIDTH, HEIGHT = 1280, 844
HIT = 694
MIDDLE_C, C_SHARP = 16 + 23 * 24, 583


@pytest.fixture
def stage() -> Stage:
    return Stage(WIDTH, HEIGHT, 1.0, Look(Palette(NIGHT, HANDS, 60), calm=True))


def pitch(stage: Stage, x: int, y: int) -> int | None:
    found = target_at(stage, x, y)
    return found.pitch if isinstance(found, KeyTarget) else None


def test_black_keys_lie_over_white_ones(stage: Stage):
    """C sharp where it is, C and D beside and before it; nothing above the keys and beside them."""
    assert pitch(stage, MIDDLE_C + 3, HIT + 20) == 60
    assert pitch(stage, C_SHARP + 7, HIT + 20) == 61
    assert pitch(stage, MIDDLE_C + 23, HIT + 140) == 60
    assert pitch(stage, MIDDLE_C + 25, HIT + 140) == 62
    assert target_at(stage, MIDDLE_C + 60, HIT - 30) is None
    assert target_at(stage, 5, HIT + 100) is None


def test_the_front_of_a_key_is_loud(stage: Stage):
    """Nearer to the player, louder; always a velocity that can be sent."""
    velocities = [target_at(stage, MIDDLE_C + 3, HIT + y) for y in range(0, 150, 10)]
    loud = [key.velocity for key in velocities if isinstance(key, KeyTarget)]
    assert loud == sorted(loud)
    assert (loud[0], len(loud)) == (40, 15)
    assert 100 < loud[-1] < 127


def test_the_split_mark_can_be_taken_and_set_down(stage: Stage):
    """It stands at the left edge of C4; beside it is nothing, over D4 it is at D4."""
    assert target_at(stage, MIDDLE_C, HIT - 3) == SplitMark()
    assert target_at(stage, MIDDLE_C + 30, HIT - 3) is None
    assert split_at(stage, MIDDLE_C + 25) == 62
    assert split_at(stage, MIDDLE_C + 11) == 61
    one_colour = Stage(WIDTH, HEIGHT, 1.0, Look(Palette(NIGHT, ONE)))
    assert target_at(one_colour, MIDDLE_C, HIT - 3) is None


def test_the_chips_of_the_hands(stage: Stage):
    """At the top right; nowhere else."""
    chips = {hand: box for hand, (_, box) in stage.chips.legend().items()}
    assert target_at(stage, *chips["left"].center) == HandChip("left")
    assert target_at(stage, *chips["right"].center) == HandChip("right")
    assert target_at(stage, 400, chips["left"].centery) is None


@pytest.mark.parametrize("number", RANGES)
def test_every_key_of_a_smaller_keyboard_is_found(number: int):
    """At its front edge for white keys, at its back for black ones, in every range."""
    stage = Stage(WIDTH, HEIGHT, 1.0, Look(keys=RANGES[number]))
    geometry = stage.geometry
    assert len(geometry.keys) == number
    assert [geometry.keys[0].black, geometry.keys[-1].black] == [False, False]
    for key in geometry.keys:
        y = geometry.hit + 5 if key.black else geometry.height - 3
        assert pitch(stage, key.x + key.width // 2, y) == key.pitch
    last = geometry.keys[-1]
    assert (geometry.keys[0].x, last.x + last.width) == (16, WIDTH - 16)
