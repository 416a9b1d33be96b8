"""A lesson in play mode sounds in the headphones that the player has named, and nowhere else."""

from __future__ import annotations

import pytest

from gui.practice import lesson_sound
from gui.practice.choices import LessonChoices
from gui.practice.lesson import Lesson
from gui.practice.lesson_sound import LessonSound
from realtime.piano.speaker_messages import NO_HEADPHONES
from realtime.practice.play import Round
from realtime.practice.score import Score
from realtime.practice.sound.accompaniment import LEAD_S
from realtime.words import Said
from tests.gui.practice.pieces import C3, G3, PIECE


class FakeAccompanist:
    """Keeps what it was told; one for each output."""

    made: list[FakeAccompanist]

    def __init__(self, output: str) -> None:
        self.output, self.closed = output, False
        self.beside: Score | None = None
        self.metronome = True
        self.problem: Said | None = None
        self.followed: list[tuple[Round | None, float]] = []
        FakeAccompanist.made.append(self)

    def follow(self, ran: Round | None, time_s: float, _captured: float) -> None:
        self.followed.append((ran, time_s))

    def close(self) -> None:
        self.closed = True


@pytest.fixture(autouse=True)
def fake(monkeypatch: pytest.MonkeyPatch) -> None:
    FakeAccompanist.made = []
    monkeypatch.setattr(lesson_sound, "Accompanist", FakeAccompanist)


def lesson(mode: str, hands: str = "both") -> Lesson:
    return Lesson(PIECE, lambda _wanted: None, LessonChoices(mode, hands))  # type: ignore[arg-type]


def test_the_round_and_the_other_hand_sound() -> None:
    """While it runs; the count-in waits for the device, and the metronome may be silent."""
    sound, one = LessonSound(), lesson("play", "right")
    assert sound.follow(one, "Buds", 0.0) is None
    one.begin(10.0)
    one.choose(10.0, metronome=False)
    sound.follow(one, "Buds", 10.1)
    (made,) = FakeAccompanist.made
    (_, before), (ran, at_s) = made.followed[0], made.followed[-1]
    assert (made.output, before, at_s, made.metronome) == ("Buds", 0.0, 10.1, False)
    assert made.followed[0][0] is None
    assert ran is not None
    assert ran.start_s == 10.0 + LEAD_S + 3.0
    assert made.beside is not None
    assert {pitch for group in made.beside.groups for pitch in group.pitches} == {C3, G3}
    one.pause(11.0, 11.0)
    sound.follow(one, "Buds", 11.0)
    assert made.followed[-1] == (None, 11.0)


@pytest.mark.parametrize(("mode", "output"), [("play", ""), ("wait", "Buds"), ("follow", "Buds")])
def test_else_nothing_sounds(mode: str, output: str) -> None:
    """Without headphones, or without a clock: no process is begun."""
    sound, one = LessonSound(), lesson(mode)
    sound.follow(None, output, 0.0)
    one.begin(1.0)
    sound.follow(one, output, 1.0)
    assert FakeAccompanist.made == []
    assert one.lead_s == (LEAD_S if output else 0.0)


def test_headphones_that_are_gone_are_told_once_and_others_are_tried() -> None:
    """Their process is replaced."""
    sound, one = LessonSound(), lesson("play")
    sound.follow(one, "Buds", 0.0)
    FakeAccompanist.made[0].problem = NO_HEADPHONES(name="Buds")
    assert sound.follow(one, "Buds", 0.1) == NO_HEADPHONES(name="Buds")
    assert sound.follow(one, "Buds", 0.2) is None
    sound.follow(one, "Cans", 0.3)
    assert [(made.output, made.closed) for made in FakeAccompanist.made] == [("Buds", True), ("Cans", False)]
    sound.close()
    assert FakeAccompanist.made[1].closed
