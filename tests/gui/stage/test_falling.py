"""Falling blocks, pixel by pixel: they come down by their times and reach the keys when those sound."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from gui.stage.stage import Look, Stage
from gui.stage.theme import NIGHT, ONE, Palette, rgb
from gui.takes.whole_roll import WholeRoll
from realtime.events import Event, NoteOff, NoteOn, Pedal
from realtime.notes import NoteTable

WIDTH, HEIGHT = 1280, 844
HIT = 694
MIDDLE_C = 16 + 23 * 24
PLAIN = Look(Palette(NIGHT, ONE), speed=100.0, names=False, calm=True, falling=True, chords=False)
SINGLE, STAGE = rgb(NIGHT.single), rgb(NIGHT.stage)


def note(pitch: int, onset: float, release: float) -> list[Event]:
    return [NoteOn(onset, onset, pitch, 127, 0.9), NoteOff(release, release, pitch)]


@pytest.fixture
def stage() -> Stage:
    """A stage of 100 px a second, one colour, without names and lights."""
    return Stage(WIDTH, HEIGHT, 1.0, PLAIN)


def draw(stage: Stage, events: list[Event], now: float) -> npt.NDArray[np.bool_]:
    """Draw a moment; where the picture differs from the stage at rest (height, width)."""
    rest = stage.canvas.pixels.copy()
    stage.draw(WholeRoll(NoteTable.from_events(events)).at(now, stage.ahead_s), now)
    return (stage.canvas.pixels != rest).any(axis=-1)


def rows(different: npt.NDArray[np.bool_], x: int) -> tuple[int, int]:
    """First and last row above the hit line that differ in column x."""
    found = np.flatnonzero(different[:HIT, x])
    return int(found[0]), int(found[-1])


def test_a_block_comes_with_its_onset_below(stage: Stage):
    """At 1 s, a note from 3 to 5 s lies 200 to 400 px above the hit line, in the lane of its key; no key is lit."""
    different = draw(stage, note(60, 3.0, 5.0), 1.0)
    assert rows(different, MIDDLE_C + 12) == (HIT - 400, HIT - 201)
    columns = np.flatnonzero(different[HIT - 300])
    assert (columns[0], columns[-1]) == (MIDDLE_C + 1, MIDDLE_C + 22)
    assert not different[HIT:].any()


@pytest.mark.parametrize(("now", "lit"), [(2.999, False), (3.0, True), (4.999, True), (5.0, False)])
def test_the_key_is_lit_while_its_block_crosses_the_line(stage: Stage, now: float, lit: bool):
    """From the frame of the onset to the one before the release."""
    assert draw(stage, note(60, 3.0, 5.0), now)[HIT + 110, MIDDLE_C + 5] == lit


def test_a_sounding_block_shrinks_into_the_line(stage: Stage):
    """Half a second before its end 50 px are left, and nothing of it is drawn over the keys beside its own."""
    different = draw(stage, note(60, 3.0, 5.0), 4.5)
    assert rows(different, MIDDLE_C + 12) == (HIT - 50, HIT - 1)
    assert not different[HIT:, : MIDDLE_C - 20].any()


@pytest.mark.parametrize("now", [0.5, 0.507, 0.513, 1.999])
def test_a_length_is_never_bent(stage: Stage, now: float):
    """Whatever the moment, the block is as many rows high; what moves is where they are."""
    first, last = rows(draw(stage, note(60, 2.003, 3.999), now), MIDDLE_C + 12)
    assert last - first + 1 == 199
    assert last == HIT - (200 - int(now * 100)) - 1


def test_repeats_of_a_key_have_a_gap(stage: Stage):
    """The earlier one, which is the lower, ends two rows before the next begins."""
    draw(stage, [*note(60, 2.0, 3.0), *note(60, 3.0, 4.0)], 1.0)
    column = [tuple(stage.canvas.pixels[HIT - row, MIDDLE_C + 12, 2::-1]) for row in (198, 199, 200, 201)]
    assert [colour == STAGE for colour in column] == [False, True, True, False]


def test_the_tail_stands_on_its_block(stage: Stage):
    """From key-up to pedal-up, sixty per cent as wide, strongest where the key was released; the pedal's bar beside."""
    events = [Pedal(2.9, 2.9, 127), *note(60, 3.0, 4.0), Pedal(6.0, 6.0, 0)]
    different = draw(stage, events, 1.0)
    lane = np.flatnonzero(different[HIT - 400, 16:]) + 16
    assert (lane[0], lane[-1]) == (MIDDLE_C + 5, MIDDLE_C + 17)
    assert rows(different, MIDDLE_C + 12) == (HIT - 500, HIT - 201)
    assert rows(different, 6) == (HIT - 500, HIT - 191)
    tail = stage.canvas.pixels[[HIT - 301, HIT - 499], MIDDLE_C + 12].astype(int)
    assert (tail[0, :3] > tail[1, :3]).all()


def test_a_tail_falls_on_below_the_line(stage: Stage):
    """Its block has sunk into the keyboard; what still rings is seen until the pedal comes up."""
    events = [Pedal(2.9, 2.9, 127), *note(60, 3.0, 4.0), Pedal(30.0, 30.0, 0)]
    different = draw(stage, events, 20.0)
    first, last = rows(different, MIDDLE_C + 12)
    assert first <= 4  # at the very top it has faded away
    assert last == HIT - 1
    assert not draw(Stage(WIDTH, HEIGHT, 1.0, PLAIN), events, 30.0).any()


def test_the_pedal_sign_stands_while_it_is_down(stage: Stage):
    """Not yet while its bar only comes."""
    events = [Pedal(3.0, 3.0, 127), *note(60, 3.0, 4.0), Pedal(6.0, 6.0, 0)]
    sign = (slice(36, 64), slice(28, 60))
    assert not draw(stage, events, 1.0)[sign].any()
    assert draw(stage, events, 3.5)[sign].any()


def test_only_what_is_reported_has_changed():
    """Every pixel that changes lies in a rectangle that `draw` gave, and afterwards nothing is left."""
    stage = Stage(WIDTH // 2, HEIGHT // 2, 0.5, Look(Palette(NIGHT), speed=120.0, falling=True))
    stage.draw(WholeRoll(NoteTable()).at(0.0, 1.0), 0.0)
    rest = stage.canvas.pixels.copy()
    events = [Pedal(5.5, 5.5, 127), *note(60, 5.6, 5.9), *note(61, 6.0, 6.1), *note(36, 6.2, 7.6), Pedal(7.8, 7.8, 0)]
    whole = WholeRoll(NoteTable.from_events(events))
    for frame in range(20, 490):
        now = frame / 60
        before = stage.canvas.pixels.view(np.uint32)[:, :, 0].copy()
        untold = np.ones(before.shape, bool)
        for box in stage.draw(whole.at(now, stage.ahead_s), now):
            untold[box.top : box.bottom, box.left : box.right] = False
        assert not ((stage.canvas.pixels.view(np.uint32)[:, :, 0] != before) & untold).any()
    np.testing.assert_array_equal(stage.canvas.pixels, rest)


def test_a_seek_shows_what_playing_there_would(stage: Stage):
    """Any moment, reached from any other, looks the same."""
    whole = WholeRoll(NoteTable.from_events([*note(60, 3.0, 5.0), *note(64, 4.0, 4.2), *note(55, 8.0, 12.0)]))
    for now in (0.0, 9.0, 4.5, 2.0):
        stage.draw(whole.at(now, stage.ahead_s), now)
        for _ in range(8):  # released keys fade
            stage.draw(whole.at(now, stage.ahead_s), now)
        fresh = Stage(WIDTH, HEIGHT, 1.0, PLAIN)
        fresh.draw(whole.at(now, fresh.ahead_s), now)
        np.testing.assert_array_equal(stage.canvas.pixels, fresh.canvas.pixels)


def test_beats_are_lines_on_which_blocks_stand(stage: Stage):
    """Across all lanes, right below the block that begins with the beat; blocks cover them."""
    rest = stage.canvas.pixels.copy()
    whole = WholeRoll(NoteTable.from_events([*note(60, 3.0, 5.0)]), beats=[2.0, 3.0, 4.0, 50.0])
    stage.draw(whole.at(1.0, stage.ahead_s), 1.0)
    different = (stage.canvas.pixels != rest).any(axis=-1)
    assert np.flatnonzero(different[:HIT, MIDDLE_C + 36]).tolist() == [HIT - 300, HIT - 200, HIT - 100]
    assert different[HIT - 200, 20:1260].all()
    assert rows(different, MIDDLE_C + 12) == (HIT - 400, HIT - 100)
    assert not different[HIT - 199, MIDDLE_C + 12]
    assert (stage.canvas.pixels[HIT - 300, MIDDLE_C + 12] == stage.canvas.pixels[HIT - 299, MIDDLE_C + 12]).all()


def test_light_fades_also_while_the_replay_stands():
    """Paused just after a key came up: in the end there is no light left."""
    look = Look(Palette(NIGHT, ONE), speed=100.0, names=False, falling=True, chords=False)
    stage, fresh = Stage(WIDTH, HEIGHT, 1.0, look), Stage(WIDTH, HEIGHT, 1.0, look)
    whole = WholeRoll(NoteTable.from_events(note(60, 3.0, 5.0)))
    for now in (4.99, *[5.0] * 10):
        stage.draw(whole.at(now, stage.ahead_s), now)
    fresh.draw(whole.at(5.0, fresh.ahead_s), 5.0)
    np.testing.assert_array_equal(stage.canvas.pixels, fresh.canvas.pixels)
