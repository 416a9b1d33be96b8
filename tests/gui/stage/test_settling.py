"""What is seen of a stream while it goes on: as it was told at first, in the end as it is kept."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gui.stage.roll import Block, PedalSpan, Roll
from gui.stage.settling import SettlingRoll
from gui.stage.stage import Look, Stage
from gui.stage.theme import NIGHT, ONE, PITCH, Palette
from realtime.events import End, Event, NoteOff, NoteOn, Pedal, StreamStarted
from realtime.notes import Sounding

TOLD_S, KEPT_S = 0.12, 0.32  # how long after its time an event comes, at the latest
FRAME_S, STATUS_S = 0.02, 0.05
LENGTH_S = 3.0
LOOK = Look(Palette(NIGHT, PITCH), speed=100.0, names=False)
CALM = replace(LOOK, calm=True)
WIDTH, HEIGHT = 640, 422
PLACES = (1.32, 1.36, 1.4, 1.44, 1.48, 1.52, 1.56, 1.6, 1.64)  # between two ends of a note


def on(pitch: int, time: float, velocity: int = 80) -> NoteOn:
    return NoteOn(time, time + TOLD_S, pitch, velocity, 0.9)


def off(pitch: int, time: float) -> NoteOff:
    return NoteOff(time, time + TOLD_S, pitch)


def pedal(time: float, value: int) -> Pedal:
    return Pedal(time, time + TOLD_S, value)


Seen = tuple[float, int, int, float | None, float | None, bool]


def by_onset(roll: SettlingRoll | Roll) -> list[Block]:
    """Its blocks, however they came."""
    return sorted(roll.blocks, key=lambda block: (block.onset, block.pitch))


def seen(roll: SettlingRoll | Roll) -> list[Seen]:
    """Its notes."""
    return [(b.onset, b.pitch, b.velocity, b.release, b.damped, b.struck_again) for b in by_onset(roll)]


@dataclass
class Strokes:
    """Notes and pedal of one stage -> its events, by time; per pitch on and off alternate, and all ends."""

    notes: list[tuple[int, float, float, int]]  # pitch, onset, length, velocity
    pedal: list[float] = field(default_factory=list)  # when it moves

    def events(self) -> list[Event]:
        raw: list[tuple[float, int, Event]] = []
        for pitch in {note[0] for note in self.notes}:
            mine = sorted(note for note in self.notes if note[0] == pitch)
            for number, (_, onset, length, velocity) in enumerate(mine):
                following = mine[number + 1][1] if number + 1 < len(mine) else LENGTH_S
                if following <= onset:
                    continue
                raw += [(onset, 1, on(pitch, onset, velocity))]
                raw += [(end := min(onset + length, following), 0, off(pitch, end))]
        raw += [(time, 0, pedal(time, 127 * (index % 2 == 0))) for index, time in enumerate(sorted(self.pedal))]
        events = [event for *_, event in sorted(raw, key=lambda item: item[:2])]
        left = Sounding()
        for event in events:
            left.observe_event(event)
        return [*events, *left.releases(LENGTH_S)]


def streamed(told: list[Event], kept: list[Event]) -> list[tuple[float, str, Event | None]]:
    """When each event comes, and a status twenty times a second; then the End of the kept stage."""
    times = [(event.time + TOLD_S, "told", event) for event in told]  # type: ignore[union-attr]
    times += [(event.time + KEPT_S, "kept", event) for event in kept]  # type: ignore[union-attr]
    last_s = LENGTH_S + KEPT_S
    statuses = [(number * STATUS_S, "status", None) for number in range(int(last_s / STATUS_S))]
    ordered = sorted([*times, *statuses], key=lambda item: (item[0], item[1] != "kept"))
    return [*ordered, (last_s + FRAME_S, "kept", End(LENGTH_S, LENGTH_S, 0, 0, "stopped"))]


def bring(roll: SettlingRoll, at: float, kind: str, event: Event | None) -> None:
    """One of these things."""
    if kind == "status":
        roll.kept_until(at - KEPT_S)
    elif kind == "told":
        roll.apply(event)  # type: ignore[arg-type]
    else:
        roll.keep(event)  # type: ignore[arg-type]


def strokes(draw: st.DrawFn, known: list[tuple[int, float, float, int]] | None = None) -> Strokes:
    """Notes at random, or others like those that are known: moved, of other lengths, without some, with some more."""
    millis = st.integers(0, 1000 * (int(LENGTH_S) - 1)).map(lambda value: value / 1000)
    note = st.tuples(st.integers(60, 63), millis, st.integers(20, 900).map(lambda v: v / 1000), st.integers(1, 127))
    notes = []
    for pitch, onset, length, velocity in known or []:
        if draw(st.integers(0, 5)):
            moved = max(onset + draw(st.integers(-60, 60)) / 1000, 0.0)
            notes.append((pitch, moved, max(length + draw(st.integers(-200, 200)) / 1000, 0.02), velocity))
    notes += draw(st.lists(note, max_size=2 if known else 10))
    return Strokes(notes, draw(st.lists(millis, max_size=6, unique=True)))


@st.composite
def two_stages(draw: st.DrawFn) -> tuple[list[Event], list[Event]]:
    kept = strokes(draw)
    return strokes(draw, kept.notes).events(), kept.events()


def of(kept: list[Event]) -> Roll:
    """The roll of what is kept alone."""
    roll = Roll()
    for event in kept:
        roll.apply(event)
    return roll


@given(two_stages())
@settings(deadline=None)
def test_in_the_end_the_roll_is_what_is_kept(stages: tuple[list[Event], list[Event]]):
    """Exactly, notes, tails and pedal, whatever was told; all of it is settled, and nothing sounds. What is settled
    before is so already, and is all that is over."""
    roll, kept = SettlingRoll(), of(stages[1])
    for at, kind, event in streamed(*stages):
        bring(roll, at, kind, event)
        held = {block.pitch for block in roll.blocks if block.release is None}
        assert roll.held.keys() == held
        assert roll.notes == len(roll.blocks)
        assert all(not block.withdrawn for block in roll.blocks)
        if kind == "status":
            whole = {note for block, note in zip(by_onset(roll), seen(roll), strict=True) if block.settled}
            over = {note for note in seen(kept) if note[4] is not None and note[4] < at - KEPT_S - FRAME_S}
            assert over <= whole <= set(seen(kept))
    assert seen(roll) == seen(kept)
    assert [(span.down, span.up) for span in roll.pedal] == [(span.down, span.up) for span in kept.pedal]
    assert all(block.settled for block in roll.blocks)
    assert all(span.settled for span in roll.pedal)
    assert not roll.held
    assert not roll.sounding


@given(two_stages())
@settings(deadline=None, max_examples=20)
def test_in_the_end_the_picture_is_that_of_what_is_kept(stages: tuple[list[Event], list[Event]]):
    """To the pixel: a stage that followed all corrections, and one that is given what is kept alone."""
    coming = streamed(*stages)
    roll, kept = SettlingRoll(), SettlingRoll()
    for event in (*stages[1], coming[-1][2]):
        kept.keep(event)  # type: ignore[arg-type]
    following = Stage(WIDTH, HEIGHT, 0.5, LOOK)
    last_s = LENGTH_S + KEPT_S + 1.0
    for frame in range(int(last_s * 50)):
        now = frame / 50
        while coming and coming[0][0] <= now:
            bring(roll, *coming.pop(0))
        following.draw(roll, now - 0.05)
    fresh = Stage(WIDTH, HEIGHT, 0.5, LOOK)
    fresh.draw(kept, now - 0.05)
    np.testing.assert_array_equal(following.canvas.pixels, fresh.canvas.pixels)
    assert not following._blocks.fading


def test_a_note_is_seen_as_it_is_known():
    """As it was told until a part of it is kept: onset and loudness first, then its end."""
    roll = SettlingRoll()
    roll.apply(on(60, 1.0, 80))
    (block,) = roll.blocks
    assert (block.onset, block.velocity, block.release, roll.held) == (1.0, 80, None, {60: block})
    roll.keep(on(60, 0.99, 84))
    assert (block.onset, block.velocity, block.release, roll.held) == (0.99, 84, None, {60: block})
    roll.apply(off(60, 1.4))
    assert (block.release, block.damped, block.settled, roll.held) == (1.4, 1.4, False, {})
    roll.keep(off(60, 1.5))
    assert (block.release, block.damped, block.settled) == (1.5, 1.5, False)
    roll.kept_until(1.51)
    assert not block.settled
    roll.kept_until(1.52)
    assert block.settled
    assert list(roll.blocks) == [block]


def test_what_is_kept_first_ends_first():
    """The surest ear hears the end before the one that tells it: the key comes up, and what is told later is old."""
    roll = SettlingRoll()
    for event in (on(60, 1.0), on(64, 1.0)):
        roll.apply(event)
        roll.keep(event)
    roll.keep(off(60, 1.2))
    assert list(roll.held) == [64]
    roll.apply(off(60, 1.6))
    assert [block.release for block in roll.blocks] == [1.2, None]


def test_a_ghost_goes_and_a_missed_note_comes():
    """The told note that is not kept, once no kept one can be it; the kept one that was not told, at its onset."""
    roll = SettlingRoll()
    roll.apply(on(60, 1.0))
    ghost = roll.blocks[0]
    roll.kept_until(1.11)
    assert not ghost.withdrawn
    roll.kept_until(1.13)
    assert ghost.withdrawn
    assert (list(roll.blocks), roll.held, roll.notes) == ([], {}, 0)
    roll.apply(off(60, 1.3))
    roll.keep(on(62, 1.05, 70))
    (missed,) = roll.blocks
    assert (missed.onset, missed.velocity, roll.held, roll.notes) == (1.05, 70, {62: missed}, 1)


def test_a_note_that_is_told_late_is_no_second_one():
    """As after a change of the delay: it was kept already, or it is known not to be kept."""
    roll = SettlingRoll()
    roll.keep(on(60, 1.0))
    roll.kept_until(1.1)
    roll.apply(on(60, 1.03))
    assert seen(roll) == [(1.0, 60, 80, None, None, False)]
    roll.kept_until(1.4)
    roll.apply(on(61, 1.2))
    assert [block.pitch for block in roll.blocks] == [60]


def test_a_stream_that_breaks_off_keeps_what_is_seen():
    """Nothing is withdrawn that nobody has denied; every key comes up; another stream begins with nothing, and what the
    last one might have corrected is of no concern."""
    roll = SettlingRoll()
    for event in (on(60, 1.0), pedal(1.1, 127), on(62, 1.2), off(62, 1.3)):
        roll.apply(event)
    roll.keep(on(64, 1.0))
    roll.end(1.5)
    assert seen(roll) == [
        (1.0, 60, 80, 1.5, 1.5, False),
        (1.0, 64, 80, 1.5, 1.5, False),
        (1.2, 62, 80, 1.3, 1.5, False),
    ]
    assert list(roll.pedal) == [PedalSpan(1.1, 1.5, True)]
    assert (roll.held, roll.pedal_down) == ({}, False)
    assert all(block.settled for block in roll.blocks)
    before = roll.performance
    roll.apply(StreamStarted("fake", "live", 0.1, 48_000, "microphone", "2026-11-21T10:00:00Z"))
    assert (list(roll.blocks), list(roll.pedal), roll.notes) == ([], [], 0)
    assert roll.performance is not before
    roll.apply(on(60, 0.1))
    roll.kept_until(0.2)
    assert len(roll.blocks) == 1


def test_the_pedal_is_seen_as_it_is_told_then_as_it_is_kept():
    """A span that is not kept goes; one whose end is kept elsewhere moves."""
    roll = SettlingRoll()
    roll.apply(pedal(1.0, 127))
    assert roll.pedal_down
    roll.keep(pedal(0.98, 127))
    assert [(span.down, span.up) for span in roll.pedal] == [(0.98, None)]
    roll.apply(pedal(1.5, 0))
    assert [(span.down, span.up, span.settled) for span in roll.pedal] == [(0.98, 1.5, False)]
    roll.keep(pedal(1.6, 0))
    assert [(span.down, span.up, span.settled) for span in roll.pedal] == [(0.98, 1.6, True)]
    roll.apply(pedal(2.0, 127))
    roll.kept_until(2.1)
    assert roll.pedal_down
    roll.kept_until(2.13)
    assert not roll.pedal_down
    assert len(roll.pedal) == 1


def test_old_notes_are_forgotten():
    """In every stage, once they are over."""
    roll = SettlingRoll()
    for event in (on(60, 1.0), off(60, 1.2), pedal(1.3, 127), pedal(1.4, 0), on(62, 2.0)):
        roll.apply(event)
        roll.keep(event)
    roll.kept_until(2.0)
    roll.forget(1.9)
    assert ([block.pitch for block in roll.blocks], list(roll.pedal)) == ([62], [])
    assert [len(stage.blocks) for stage in (roll._told, roll._kept)] == [1, 1]


class Watched:
    """A stage whose picture shows one key, and how much of its block is seen."""

    def __init__(self, look: Look) -> None:
        self.roll = SettlingRoll()
        self.stage = Stage(1280, 844, 1.0, replace(look, palette=Palette(NIGHT, ONE), glow=0.0))
        self.stage.draw(self.roll, 0.0)
        self.rest = self.stage.canvas.pixels.astype(int)

    def light(self, pitch: int, now: float, at: float) -> int:
        """How far the lane of a key differs from the empty stage where the time `at` lies, after a frame at `now`."""
        self.stage.draw(self.roll, now)
        return self.shown(pitch, now, at)

    def shown(self, pitch: int, now: float, at: float) -> int:
        """The same of the last frame."""
        x, width = self.stage.geometry.lane(pitch)
        y = self.stage.geometry.hit - int(now * 100) + int(at * 100)
        spot = self.stage.canvas.pixels[y, x + width // 2, :3].astype(int) - self.rest[y, x + width // 2, :3]
        return int(abs(spot).sum())


@pytest.mark.parametrize("calm", [False, True])
def test_a_ghost_fades(calm: bool):
    """Within a fifth of a second, darker from frame to frame; with reduced motion in the next one. Its key goes out."""
    watched = Watched(CALM if calm else LOOK)
    watched.roll.apply(on(60, 1.0))
    watched.light(60, 1.01, 1.0)
    watched.roll.apply(off(60, 1.3))
    whole = watched.light(60, 1.5, 1.15)
    assert whole > 100
    watched.roll.kept_until(1.2)
    levels = [watched.light(60, 1.5 + frame / 60, 1.15) for frame in range(1, 15)]
    if calm:
        assert levels == [0] * 14
    else:
        assert levels == sorted(levels, reverse=True)
        assert len(set(levels[:11])) == 11
        assert whole > levels[0] > 0.8 * whole
        assert levels[-2:] == [0, 0]
    assert not watched.stage._blocks.fading


@pytest.mark.parametrize("calm", [False, True])
def test_a_missed_note_appears_at_its_onset(calm: bool):
    """Where it would be had it been told: not before its onset, brighter from frame to frame; at once with reduced
    motion. What is told in time does not fade."""
    watched = Watched(CALM if calm else LOOK)
    watched.roll.apply(on(64, 1.0))
    watched.light(64, 1.05, 1.02)
    assert watched.light(64, 1.06, 1.02) > 100
    watched.light(64, 1.29, 1.02)
    watched.roll.keep(on(60, 1.0))
    levels = [watched.light(60, 1.3 + frame / 60, 1.1) for frame in range(15)]
    assert levels[-1] > 100
    assert watched.light(60, 1.55, 0.98) == 0
    if calm:
        assert min(levels) > 0.97 * levels[-1]
    else:
        assert levels[:12] == sorted(levels[:12])
        assert len(set(levels[:11])) == 11
        assert levels[0] < 0.2 * levels[-1]


@pytest.mark.parametrize("calm", [False, True])
def test_an_end_glides_to_its_place(calm: bool):
    """No faster than in a fifth of a second, never back; at once with reduced motion."""
    watched = Watched(CALM if calm else LOOK)
    watched.roll.apply(on(60, 1.0))
    watched.light(60, 1.01, 1.1)
    watched.roll.apply(off(60, 1.3))
    assert watched.light(60, 2.0, 1.32) == 0
    watched.roll.keep(on(60, 1.0))
    watched.roll.keep(off(60, 1.7))
    filled = []
    for now in (2.0 + frame / 60 for frame in range(1, 15)):
        watched.stage.draw(watched.roll, now)
        filled.append(sum(watched.shown(60, now, place) > 100 for place in PLACES))
    if calm:
        assert filled == 14 * [len(PLACES)]
    else:
        assert filled == sorted(filled)
        assert filled[0] <= 1
        assert filled[-1] == len(PLACES)
        assert len(set(filled)) >= 6


def test_a_correction_is_made_though_time_stands_still():
    """As when no more sound comes: the ghost fades, and then the stage rests."""
    watched = Watched(LOOK)
    watched.roll.apply(on(60, 1.0))
    watched.light(60, 1.01, 1.0)
    watched.roll.apply(off(60, 1.3))
    watched.light(60, 1.5, 1.15)
    watched.roll.kept_until(9.0)
    levels = [watched.light(60, 1.5, 1.15) for _ in range(20)]
    assert levels[0] > levels[5] > levels[-1] == 0
    assert watched.stage.draw(watched.roll, 1.5) == []
    assert not watched.stage.moving


def test_every_changed_pixel_of_a_correction_is_reported():
    """Ghosts, late notes and other lengths: what `draw` does not give has not changed."""
    kept = Strokes([(60, 0.2, 0.5, 90), (61, 0.4, 0.6, 60), (64, 0.9, 0.4, 100), (67, 1.5, 0.4, 30)], [0.5, 1.3])
    told = Strokes([(60, 0.22, 0.2, 70), (64, 0.9, 0.9, 100), (63, 0.7, 0.3, 80), (67, 1.5, 0.4, 90)], [0.6, 1.1])
    coming, roll = streamed(told.events(), kept.events()), SettlingRoll()
    stage = Stage(WIDTH, HEIGHT, 0.5, LOOK)
    stage.draw(roll, 0.0)
    for frame in range(240):
        now = frame / 60
        while coming and coming[0][0] <= now:
            bring(roll, *coming.pop(0))
        before = stage.canvas.pixels.view(np.uint32)[:, :, 0].copy()
        untold = np.ones(before.shape, bool)
        for box in stage.draw(roll, now - 0.05):
            untold[box.top : box.bottom, box.left : box.right] = False
        assert not ((stage.canvas.pixels.view(np.uint32)[:, :, 0] != before) & untold).any()


def test_a_stage_that_is_opened_later_shows_no_fading():
    """A second screen shows at once what is there."""
    roll = SettlingRoll()
    for event in (on(60, 1.0), off(60, 1.3)):
        roll.keep(event)
    stage = Stage(1280, 844, 1.0, LOOK)
    stage.draw(roll, 2.0)
    assert not stage._blocks.fading
    assert isinstance(roll.blocks[0], Block)
