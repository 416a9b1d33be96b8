"""What sounds in headphones: each beat at its sample, the other hand's notes, and none of the player's."""

from __future__ import annotations

import numpy as np
import pytest

from realtime.contract import FloatArray
from realtime.notes import NoteTable
from realtime.piano.clicks import Accompaniment, Beat, add_clicks
from realtime.piano.playable import open_sound
from realtime.piano.sampler import Sampler, shipped_piano
from realtime.piano.speaker_messages import NO_HEADPHONES, PlaybackFailed
from realtime.practice.play import Round, Rounds
from realtime.practice.score import Bar, Moment, Score, ScoreNote, joined
from realtime.practice.sound import accompaniment as module
from realtime.practice.sound.accompaniment import Accompanist, accompaniment

RATE = 48_000
# A bar of 3/4 at 60, then one at 120; the left hand has a note a bar, with an ornament on the second.
PIECE = Score(
    "Tune",
    joined(
        [
            Moment(0.0, 1, (ScoreNote(48, 0.0, 3.0, "left"), ScoreNote(72, 0.0, 1.0, "right"))),
            Moment(3.0, 2, (ScoreNote(50, 3.0, 3.0, "left"), ScoreNote(52, 3.0, 3.0, "left", optional=True))),
            Moment(4.0, 2, (ScoreNote(74, 4.0, 1.0, "right"),)),
        ]
    ),
    (Bar(1, 0.0, 3.0), Bar(2, 3.0, 3.0)),
    ((0.0, 60.0), (3.0, 120.0)),
)
TIMES = [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 6.5, 7.0]  # a bar of count-in, and the piece


def heard(sound: Accompaniment, start_s: float = 0.0) -> FloatArray:
    """One channel of all of it."""
    return np.concatenate([block[:, 0] for block in open_sound(sound).blocks(start_s, None)])


def test_every_beat_lies_at_its_sample() -> None:
    """A count-in and both bars, the tempo changed on the way; the first of a bar is louder. From anywhere, the same."""
    sound, begin_s = accompaniment(Rounds().first(PIECE, 10.0), None, metronome=True)
    assert begin_s == 10.0
    assert sound.beats == tuple(Beat(time, index % 3 == 0) for index, time in enumerate(TIMES))
    rendered = heard(sound)
    before = np.concatenate([[0.0], rendered[:-1]])
    begins = np.flatnonzero((np.abs(rendered) > 0.2) & (np.abs(before) < 1e-6))
    assert begins.tolist() == [round(time * RATE) for time in TIMES]
    assert [round(float(rendered[at]), 2) for at in begins] == [0.45 if index % 3 == 0 else 0.25 for index in range(9)]
    assert np.array_equal(heard(sound, 2.01), rendered[round(2.01 * RATE) :])


def test_blocks_do_not_move_a_click() -> None:
    """Also where one is cut by their edges."""
    whole = np.zeros(RATE, np.float32)
    add_clicks(whole, 0, RATE, [Beat(0.0, True), Beat(0.5, False)])
    parts = [np.zeros(1_000, np.float32) for _ in range(48)]
    for index, part in enumerate(parts):
        add_clicks(part, 1_000 * index, RATE, [Beat(0.0, True), Beat(0.5, False)])
    assert np.array_equal(np.concatenate(parts), whole)


def test_the_other_hand_sounds_and_the_players_does_not() -> None:
    """Just what the sampled piano makes of the left hand, without its ornaments, at the tempo of the round."""
    part, beside = PIECE.hand("right"), PIECE.hand("left")
    sound, begin_s = accompaniment(Round(part, 20.0, 0.5, counted_in=False), beside, metronome=False)
    assert (begin_s, sound.beats) == (20.0, ())
    assert sound.notes.pitch.tolist() == [48, 50]
    assert sound.notes.onset.tolist() == [0.0, 6.0]
    assert sound.notes.offset.tolist() == [6.0, 9.0]
    expected = Sampler(NoteTable.build([0.0, 6.0], [6.0, 9.0], [48, 50], [62, 62]), shipped_piano()).render()
    np.testing.assert_allclose(heard(sound)[: len(expected)], expected, atol=1e-6)
    assert np.abs(heard(sound)[RATE : 2 * RATE]).max() > 0.01


def test_only_bars_that_are_practised_sound() -> None:
    """The other hand of the bar before is left out."""
    part = PIECE.hand("right").between(2, 2)
    sound, _ = accompaniment(Rounds().first(part, 0.0), PIECE.hand("left"), metronome=False)
    assert (sound.notes.pitch.tolist(), sound.notes.onset.tolist()) == ([50], [1.5])


class FakeSpeaker:
    """Keeps what it is to play."""

    def __init__(self) -> None:
        self.orders: list[object] = []
        self.failed: list[PlaybackFailed] = []

    def prepare(self) -> None: ...

    def close(self) -> None: ...

    def play(self, sound: Accompaniment, at_s: float, due: float, output: str) -> None:
        self.orders.append((len(sound.beats), at_s, due, output))

    def stop(self) -> None:
        self.orders.append("stop")

    def answers(self) -> list[PlaybackFailed]:
        failed, self.failed = self.failed, []
        return failed


def test_each_round_is_heard_when_it_is_due(monkeypatch: pytest.MonkeyPatch) -> None:
    """Once, by the wall clock, in the headphones that were named; headphones that are not there are told once."""
    speaker = FakeSpeaker()
    monkeypatch.setattr(module, "Speaker", lambda: speaker)
    accompanist = Accompanist("Buds", None)
    first = Rounds().first(PIECE, 11.0)
    for time_s in (10.0, 10.1):
        accompanist.follow(first, time_s, 500.0 + time_s)
    assert speaker.orders == [(9, 0.0, 511.0, "Buds")]
    accompanist.metronome = False
    accompanist.follow(first, 12.0, 512.0)
    accompanist.follow(None, 20.0, 520.0)
    accompanist.beside = PIECE
    accompanist.follow(None, 20.1, 520.1)
    assert speaker.orders[1:] == [(0, 0.0, 511.0, "Buds"), "stop"]
    speaker.failed = [PlaybackFailed(1, NO_HEADPHONES(name="Buds"))]
    accompanist.follow(Rounds().first(PIECE, 30.0), 29.0, 529.0)
    assert str(accompanist.problem).startswith("The headphones Buds are not there, so nothing sounds.")
    assert len(speaker.orders) == 3
