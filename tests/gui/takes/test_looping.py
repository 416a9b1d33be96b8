"""Loops of a replay: they loop at once, wherever it is, and their tempo may grow."""

from __future__ import annotations

import pytest

from gui.takes.replay import Ramp, Replay
from tests.gui.takes.test_replay import FakeLoudspeaker, piece


@pytest.fixture
def replay() -> Replay:
    """A piece of six seconds."""
    replay = Replay(FakeLoudspeaker())
    replay.load(piece())
    return replay


def orders(replay: Replay) -> list[object]:
    assert isinstance(replay._loudspeaker, FakeLoudspeaker)
    return list(replay._loudspeaker.orders)


def test_b_jumps_to_a_at_once(replay: Replay):
    """Both flags are set while it plays; the sound begins anew at A and stays within."""
    replay.play(100.0, audible=False)
    replay.set_flag("A", 101.0)
    assert replay.position(103.0) == 3.0
    replay.set_flag("B", 103.0)
    assert [replay.position(at) for at in (103.0, 104.5, 105.5)] == [1.0, 2.5, 1.5]


def test_the_loudspeaker_is_told_of_the_loop_and_its_begin(replay: Replay):
    """By sound as well: never from the end of the loop on, which would play to the end of the piece."""
    replay.play(100.0)
    replay.seek(2.0, 100.0)
    replay.set_flag("B", 100.0)
    assert orders(replay) == [(0.0, None), (2.0, None), (0.0, (0.0, 2.0))]


@pytest.mark.parametrize(
    ("place", "heard"), [(1.5, 1.5), (2.999, 2.999), (3.0, 1.0), (5.0, 1.0), (99.0, 1.0), (0.5, 0.5)]
)
def test_seeking_beyond_the_end_goes_to_the_begin(replay: Replay, place: float, heard: float):
    """While it plays, and when it is begun there; a place before the loop leads into it."""
    replay.set_loop(1.0, 3.0, 100.0)
    replay.seek(place, 100.0)
    replay.play(100.0, audible=False)
    here = 0.0 if place == 99.0 else heard  # at the end of the piece, play means from its begin
    assert replay.position(100.0) == here
    replay.seek(place, 100.0)
    assert replay.position(100.0) == heard


@pytest.mark.parametrize("begin", [0.0, 4.0, 5.9, 6.0])
def test_a_loop_at_the_end_goes_on(replay: Replay, begin: float):
    """However late it begins; it is half a second long at least, and within the piece."""
    replay.play(100.0, audible=False)
    replay.seek(6.0, 100.0)
    replay.set_loop(begin, 6.0, 100.0)
    loop = replay.loop
    assert loop == (min(begin, 5.5), 6.0)
    for at in (100.0, 103.3, 110.0, 1000.0):
        replay.tick(at)
        assert loop[0] <= replay.position(at) < loop[1]
    assert replay.playing


def test_the_end_of_a_loop_that_is_switched_off_ends_the_piece(replay: Replay):
    """It plays to the end from where it is, and stops."""
    replay.play(100.0, audible=False)
    replay.set_loop(1.0, 3.0, 100.0)
    replay.toggle_loop(104.0)
    assert replay.position(104.0) == 2.0
    replay.tick(108.0)
    assert (replay.playing, replay.position(108.0)) == (False, 6.0)


def test_a_loop_is_put_in_order_and_in_range(replay: Replay):
    """Whatever the mouse said."""
    for given, there in (((-1.0, 9.0), (0.0, 6.0)), ((2.0, 2.1), (2.0, 2.5)), ((7.0, 8.0), (5.5, 6.0))):
        replay.set_loop(*given, 100.0)
        assert replay.loop == there


def tempos(replay: Replay, ramp: Ramp, until: int) -> list[tuple[int, int]]:
    """When, in tenths of a second, the tempo became what."""
    replay.set_loop(0.0, 2.0, 100.0)
    replay.set_tempo(80, 100.0)
    replay.ramp = ramp
    replay.play(100.0, audible=False)
    changes = [(0, 80)]
    for tenth in range(until):
        replay.tick(100.0 + tenth / 10)
        if replay.tempo != changes[-1][1]:
            changes.append((tenth, replay.tempo))
    return changes


def test_the_tempo_grows_after_each_round(replay: Replay):
    """2.5 s at 80 %, 2.36 s at 85 %, 2.23 s at 90 %; then the limit, though a step would go beyond it."""
    assert tempos(replay, Ramp(1, 92), 150) == [(0, 80), (25, 85), (49, 90), (71, 92)]


def test_the_tempo_grows_after_some_rounds(replay: Replay):
    """Two of them; a loop without a ramp stays as it is."""
    assert tempos(replay, Ramp(2, 100), 100) == [(0, 80), (50, 85), (98, 90)]
    replay.load(None)
    replay.load(piece("other"))
    assert replay.ramp == Ramp()
    assert tempos(replay, Ramp(), 100) == [(0, 80)]


def test_a_place_before_the_loop_is_no_round(replay: Replay):
    """The way to the loop does not count."""
    replay.set_loop(4.0, 6.0, 100.0)
    replay.ramp = Ramp(1, 200)
    replay.play(100.0, audible=False)
    replay.tick(105.9)
    assert replay.tempo == 100
    replay.tick(106.0)
    assert replay.tempo == 105
