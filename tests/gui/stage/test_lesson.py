"""A lesson on the stage, pixel by pixel: hands, bar lines with their numbers, rings, keys to be struck, verdicts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest

from gui.stage.lesson import Aim, LessonMarks, Remark
from gui.stage.marks import EARLY, EXTRA, LATE, MISSED, RIGHT, shape_of
from gui.stage.roll import BarLine, Block
from gui.stage.stage import Look, Stage
from gui.stage.theme import DAYLIGHT, NIGHT, Palette, mix, rgb
from gui.takes.whole_roll import RollSnapshot

WIDTH, HEIGHT = 1280, 844
HIT = 694
MIDDLE_C = 16 + 23 * 24
PLAIN = Look(Palette(NIGHT), speed=100.0, names=False, calm=True, falling=True, chords=False, split=False, signs=False)
Pixels = npt.NDArray[np.uint8]


@pytest.fixture
def stage() -> Stage:
    return Stage(WIDTH, HEIGHT, 1.0, PLAIN)


def block(pitch: int, onset: float, end: float, hand: str) -> Block:
    return Block(pitch, 127, onset, end, end, hand=hand)


def at(stage: Stage, x: int, y: int) -> tuple[int, ...]:
    return tuple(int(value) for value in stage.canvas.pixels[y, x, 2::-1])


def changed(stage: Stage, marks: LessonMarks) -> npt.NDArray[np.bool_]:
    """Where the stage differs with these marks on it."""
    rest = stage.canvas.pixels.copy()
    stage.draw(RollSnapshot((), {}, (), False), 0.0, lesson=marks)
    return (stage.canvas.pixels != rest).any(axis=-1)


def test_a_block_has_the_hand_of_the_score(stage: Stage):
    """Whatever the split point says: a C5 of the left hand, with its stripe, and a C3 of the right."""
    blocks = (block(72, 1.0, 3.0, "left"), block(48, 1.0, 3.0, "right"))
    stage.draw(RollSnapshot(blocks, {}, (), False), 0.0)
    left, right = stage.geometry.lane(72)[0], stage.geometry.lane(48)[0]
    assert at(stage, left + 14, HIT - 120) == rgb(NIGHT.left)
    assert at(stage, right + 14, HIT - 120) == rgb(NIGHT.right)
    assert at(stage, left + 4, HIT - 120) != rgb(NIGHT.left)
    assert at(stage, right + 4, HIT - 120) == rgb(NIGHT.right)


def test_a_key_is_lit_in_the_colour_of_its_hand(stage: Stage):
    """As its block."""
    held = {60: block(60, 0.0, 1.0, "left")}
    stage.draw(RollSnapshot((), held, (), False), 0.0)
    assert at(stage, MIDDLE_C + 5, HIT + 14)[2] < 110  # orange has little blue


def test_a_bar_has_a_line_and_its_number(stage: Stage):
    """The line stronger than a beat's, the number just above it at the left; an upbeat is called so."""
    bars = (BarLine(2.0, 7), BarLine(4.0, 0))
    stage.draw(RollSnapshot((), {}, (), False, None, (1.0,), bars), 0.0)
    bar, beat, ground = (at(stage, 700, HIT - row) for row in (200, 100, 150))
    assert ground == rgb(NIGHT.stage)
    assert sum(bar) - sum(ground) == pytest.approx(2.4 * (sum(beat) - sum(ground)), abs=6)
    rows = [row for row in range(HIT - 260, HIT - 202) if at(stage, 45, row) != at(stage, 45, HIT - 150)]
    assert (rows[0], rows[-1]) == (HIT - 226, HIT - 207)


def test_a_number_stays_whole_while_it_comes_down():
    """However far the stage has moved, it is drawn as on a fresh one."""
    bars = (BarLine(2.0, 7),)
    moved, fresh = Stage(WIDTH, HEIGHT, 1.0, PLAIN), Stage(WIDTH, HEIGHT, 1.0, PLAIN)
    snapshot = RollSnapshot((), {}, (), False, "piece", (), bars)
    for step in range(80):
        moved.draw(snapshot, step / 50)
    fresh.draw(snapshot, 79 / 50)
    assert (moved.canvas.pixels == fresh.canvas.pixels).all()


def test_a_key_to_be_struck_has_its_ring_and_its_mark(stage: Stage):
    """The ring above its lane, the mark near the front of its key, both in the colour of the hand; heard, the mark is
    gone."""
    seen = changed(stage, LessonMarks((Aim(60, "left"),)))
    rows, columns = np.nonzero(seen[:HIT])
    assert (columns.min() + columns.max()) / 2 == pytest.approx(MIDDLE_C + 12, abs=1.5)
    assert HIT - 44 <= rows.min() < rows.max() <= HIT - 4
    assert at(stage, MIDDLE_C + 12, HIT - 34) == rgb(NIGHT.left)
    assert seen[HIT + 100 :].any()
    again = changed(stage, LessonMarks((Aim(60, "left", heard=True),)))
    assert again[HIT + 100 :].any()
    assert at(stage, MIDDLE_C + 12, HIT - 34) == rgb(NIGHT.good)


def test_a_hint_lights_all_of_the_key(stage: Stage):
    """Up to the felt, where otherwise only its front has a mark."""
    middle = HIT + 50
    assert not changed(stage, LessonMarks((Aim(60, "right"),)))[HIT + 12 : HIT + 40].any()
    stage.draw(RollSnapshot((), {}, (), False), 0.0, lesson=LessonMarks((Aim(60, "right", hint=True),)))
    assert at(stage, MIDDLE_C + 5, middle) == mix((255, 255, 255), rgb(NIGHT.right), 0.6)


def test_rings_of_neighbours_do_not_cover_each_other(stage: Stage):
    """The next one stands higher."""
    signs = stage._lesson.shown(LessonMarks((Aim(60, "right"), Aim(62, "right"), Aim(72, "right"))))
    boxes = [box for _, box in signs]
    assert [boxes[0].colliderect(other) for other in boxes[1:]] == [False, False]
    assert (boxes[1].bottom, boxes[2].bottom) == (boxes[0].top, boxes[0].bottom)


def test_a_verdict_stands_above_its_key_and_fades(stage: Stage):
    """In its colour; a quarter of it is left, then nothing."""
    ((_, box),) = stage._lesson.shown(LessonMarks(remarks=(Remark(60, LATE, "C4 58 ms late"),)))
    assert (box.centerx, box.bottom) == (MIDDLE_C + 12, HIT - 52)
    whole, faint, gone = (
        changed(Stage(WIDTH, HEIGHT, 1.0, PLAIN), LessonMarks(remarks=(Remark(60, LATE, "late", left),))).sum()
        for left in (1.0, 0.3, 0.0)
    )
    assert whole >= faint > 0 == gone


def test_a_remark_beside_the_stage_stays_on_it(stage: Stage):
    """That of the lowest key is moved to the right."""
    _, box = stage._lesson.shown(LessonMarks(remarks=(Remark(21, MISSED, "A0 not heard at all"),)))[0]
    assert box.left == 4


def test_what_lies_outside_the_keys_is_left_out():
    """A piece may be practised on fewer keys than it has."""
    small = Stage(WIDTH, HEIGHT, 1.0, replace(PLAIN, keys=range(60, 85)))
    marks = LessonMarks((Aim(48, "left"),), (Remark(100, EXTRA, "E7"),))
    assert not changed(small, marks).any()


@pytest.mark.parametrize("kind", [RIGHT, EARLY, LATE, EXTRA, MISSED])
def test_each_kind_has_its_own_shape(kind: str):
    """Without colour, too: a quarter of the square at most is like any other's."""
    shapes = {other: shape_of(other, 24) > 0.5 for other in (RIGHT, EARLY, LATE, EXTRA, MISSED)}
    assert 40 < shapes[kind].sum() < 300
    for other, shape in shapes.items():
        assert other == kind or (shape != shapes[kind]).sum() > 60


def test_the_marks_have_the_colours_of_the_theme():
    """In Daylight, too."""
    stage = Stage(WIDTH, HEIGHT, 1.0, replace(PLAIN, palette=Palette(DAYLIGHT)))
    stage.draw(RollSnapshot((), {}, (), False), 0.0, lesson=LessonMarks((Aim(60, "right"),)))
    assert at(stage, MIDDLE_C + 12, HIT - 34) == rgb(DAYLIGHT.right)
