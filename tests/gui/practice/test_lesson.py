"""A lesson: what it lets the engine listen for, what it counts, and what it shows, in each way to practise."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gui.practice.choices import LessonChoices
from gui.practice.lesson import Lesson
from gui.practice.playing import PlayCourse
from gui.practice.staff_marks import WrongHead
from gui.stage.lesson import Aim, Remark
from gui.stage.marks import EARLY, EXTRA, LATE, MISSED, RIGHT
from gui.stage.roll import Block
from realtime.events import StreamStarted
from realtime.transcription.expected import Expect
from tests.gui.practice.pieces import C3, C4, D4, E4, G3, G4, PIECE, heard, passed, struck

STREAM = StreamStarted("m", "live", 0.06, 48_000, "Mic", "2026-12-01T10:00:00Z")


class Engine:
    """Keeps what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[Expect | None] = []

    @property
    def pitches(self) -> list[tuple[int, ...] | None]:
        return [None if one is None else one.pitches for one in self.asked]


@pytest.fixture
def engine() -> Engine:
    return Engine()


@pytest.fixture
def lesson(engine: Engine) -> Lesson:
    """One that waits; not begun."""
    return Lesson(PIECE, engine.asked.append)


def hear(lesson: Lesson, engine: Engine, at: float, *pitches: int, now: float = 0.0) -> None:
    """The engine hears keys, and that its group is complete when all of them were."""
    wanted = engine.asked[-1]
    assert wanted is not None
    for pitch in pitches:
        lesson.observe(heard(pitch, at), at, now)
    if {*wanted.pitches} <= {*pitches}:
        lesson.observe(passed(wanted.group, at), at, now)


def test_wait_mode_asks_for_one_group_after_the_other(lesson: Lesson, engine: Engine):
    """The keys of a group together; at the end for nothing any more."""
    lesson.begin(0.0)
    for at, pitches in ((1.0, (C3, C4)), (2.0, (D4,)), (3.0, (E4,)), (4.0, (G4, G3)), (5.0, (G4,))):
        hear(lesson, engine, at, *pitches)
    assert engine.pitches == [(C3, C4), (D4,), (E4,), (G3, G4), (G4,), None]
    assert lesson.state == "over"
    assert (lesson.run.share, lesson.run.tally.result.right) == (1.0, 7)
    assert [lesson.run.bar_kind(bar) for bar in (1, 2)] == [RIGHT, RIGHT]
    assert set(lesson.run.heard.values()) == {RIGHT}
    assert len(lesson.run.heard) == 7


def test_a_key_that_was_heard_has_its_check(lesson: Lesson, engine: Engine):
    """The other one keeps its ring; what is waited for is the rest; a check stays a moment when all were heard."""
    lesson.begin(0.0)
    assert lesson.missing == (C3, C4)
    hear(lesson, engine, 1.0, C3, now=10.0)
    assert lesson.marks(10.0).aims == (Aim(C3, "left", True), Aim(C4, "right"))
    assert lesson.missing == (C4,)
    hear(lesson, engine, 1.2, C3, C4, now=10.2)
    assert lesson.marks(10.3).aims == (Aim(C3, "left", True), Aim(C4, "right", True), Aim(D4, "right"))
    assert lesson.marks(10.61).aims == (Aim(D4, "right"),)


def test_a_wrong_key_is_shown_and_counts_for_nothing(lesson: Lesson, engine: Engine):
    """On the stage for a moment, on the staff until its group is played again; the share stays whole."""
    lesson.begin(0.0)
    hear(lesson, engine, 1.0, C3, C4)
    lesson.observe(struck(66, 2.0), 2.06, 20.0)
    lesson.tick(2.5, 20.4)
    assert lesson.marks(20.5).remarks == (Remark(66, EXTRA, "F♯4"),)
    assert lesson.staff_marks().wrong == (WrongHead(66, f"n{D4}-1", D4),)
    assert lesson.run.share == 1.0
    assert lesson.run.bar_kind(1) == EXTRA
    assert lesson.marks(21.26).remarks == ()


def test_after_four_seconds_the_keys_are_lit_and_can_be_passed_over(lesson: Lesson, engine: Engine):
    """What was passed over counts as not heard, and the next group is waited for."""
    lesson.begin(0.0)
    hear(lesson, engine, 1.0, C3)
    lesson.tick(2.01, 0.0)
    assert lesson.missing == (C3, C4)  # the keys of a chord are struck within a second
    hear(lesson, engine, 3.8, C3)
    lesson.tick(3.9, 0.0)
    assert not lesson.stubborn
    lesson.tick(4.0, 0.0)
    assert lesson.stubborn
    assert lesson.marks(0.0).aims == (Aim(C3, "left", True), Aim(C4, "right", False, hint=True))
    lesson.skip(4.5, 30.0)
    assert engine.pitches[-1] == (D4,)
    assert not lesson.stubborn
    assert lesson.run.heard == {f"n{C4}-0": MISSED}
    assert lesson.marks(30.0).remarks == (Remark(C4, MISSED, "C4 not heard"),)
    assert lesson.run.tally.result.missed == 1


def test_the_picture_runs_to_the_next_group_and_stands_there(lesson: Lesson, engine: Engine):
    """At the chosen tempo; who is faster than it is caught up with."""
    lesson.choose(0.0, tempo=50)
    lesson.begin(0.0)
    hear(lesson, engine, 0.0, C3, C4)
    for now_s, place in ((0.5, 0.25), (1.0, 0.5), (2.0, 1.0), (5.0, 1.0)):
        lesson.tick(now_s, 0.0)
        assert lesson.place == pytest.approx(place)
    hear(lesson, engine, 5.0, D4)
    hear(lesson, engine, 5.1, E4)
    for tenth in range(51, 58):
        lesson.tick(tenth / 10, 0.0)
    assert 2.0 <= lesson.place <= 2.6  # bar 2 begins at 3.0; E4, which was struck, lies at 2.0


def test_a_new_stream_is_asked_again(lesson: Lesson, engine: Engine):
    """An engine that died has forgotten: the same group, from the new stream's begin on."""
    lesson.begin(0.0)
    hear(lesson, engine, 7.0, C3, C4)
    lesson.observe(STREAM, 0.0, 0.0)
    assert engine.pitches == [(C3, C4), (D4,), (D4,)]
    assert engine.asked[-1] is not None
    assert engine.asked[-1].since == 0.0
    hear(lesson, engine, 0.5, D4)
    assert engine.pitches[-1] == (E4,)


def test_a_pause_asks_for_nothing_and_goes_on_where_it_was(lesson: Lesson, engine: Engine):
    """What is played meanwhile counts for nothing."""
    lesson.begin(0.0)
    hear(lesson, engine, 1.0, C3, C4)
    lesson.pause(1.5, 0.0)
    lesson.observe(struck(66, 2.0), 2.06, 0.0)
    lesson.begin(9.0)
    assert engine.pitches == [(C3, C4), (D4,), None, (D4,)]
    assert lesson.run.tally.result.wrong == 0


def test_one_hand_and_a_loop(lesson: Lesson, engine: Engine):
    """The left hand of the second bar, round and round."""
    lesson.choose(0.0, hands="left")
    lesson.set_flag("A", 3.5, 0.0)
    assert lesson.choices == LessonChoices(hands="left", first_bar=2, last_bar=2, looping=True)
    lesson.begin(0.0)
    hear(lesson, engine, 1.0, G3)
    hear(lesson, engine, 2.0, G3)
    assert engine.pitches == [(G3,), (G3,), (G3,)]
    assert (lesson.run.number, lesson.state, lesson.bar.number) == (3, "running", 2)


def test_a_choice_while_it_runs_goes_on_at_its_bar(lesson: Lesson, engine: Engine):
    """The right hand alone, from the bar that was reached; what was counted begins anew with another part."""
    lesson.begin(0.0)
    for at, pitches in ((1.0, (C3, C4)), (2.0, (D4,)), (3.0, (E4,))):
        hear(lesson, engine, at, *pitches)
        lesson.tick(at + 1.2, 0.0)
    lesson.choose(5.0, hands="right")
    assert engine.pitches[-2:] == [None, (G4,)]
    assert lesson.run.empty
    lesson.choose(6.0, tempo=80)
    assert engine.pitches[-2:] == [None, (G4,)]


def test_a_choice_after_the_end_begins_at_the_begin(lesson: Lesson, engine: Engine):
    """Who has played to the end and wants to play along is not left in the last bar."""
    lesson.begin(0.0)
    for at in range(1, 6):
        lesson.tick(float(at), 0.0)
        lesson.skip(float(at), 0.0)
    assert (lesson.state, lesson.bar.number) == ("over", 2)
    lesson.choose(7.0, mode="follow")
    assert (lesson.state, lesson.bar.number, lesson.place) == ("ready", 1, 0.0)


def test_what_cannot_be_practised_is_told(engine: Engine):
    """A hand that has no notes: nothing changes."""
    right = replace(PIECE.hand("right"), title="Right")
    lesson = Lesson(right, engine.asked.append)
    lesson.choose(0.0, hands="left")
    assert str(lesson.problem) == "Right has no notes for the left hand. Practise it with both."
    assert lesson.choices.hands == "both"
    assert Lesson(right, engine.asked.append, LessonChoices(hands="left")).choices == LessonChoices()


def test_a_seek_goes_to_the_begin_of_a_bar(lesson: Lesson, engine: Engine):
    """And waits for its first group; to the start counts anew."""
    lesson.begin(0.0)
    hear(lesson, engine, 1.0, C3, C4)
    lesson.seek(4.7, 2.0)
    assert (engine.pitches[-1], lesson.bar.number) == ((G3, G4), 2)
    assert lesson.run.tally.result.right == 2
    lesson.restart(3.0)
    assert (lesson.state, engine.pitches[-1], lesson.bar.number, lesson.run.empty) == ("ready", None, 1, True)


def play(lesson: Lesson, until_s: float, *strokes: tuple[int, float]) -> None:
    """Let time go by in hundredths; each key is told 60 ms after it was struck."""
    told = [(pitch, at, round(100 * (at + 0.06))) for pitch, at in strokes]
    for hundredth in range(round(100 * until_s) + 1):
        for pitch, at, when in told:
            if when == hundredth:
                lesson.observe(struck(pitch, at), hundredth / 100, hundredth / 100)
        lesson.tick(hundredth / 100, hundredth / 100)


def test_play_mode_gives_verdicts(engine: Engine):
    """After three quarters of count-in at 60: right, 80 ms early and late, one missed, and the end."""
    lesson = Lesson(PIECE, engine.asked.append, LessonChoices(mode="play"))
    lesson.begin(0.0)
    strokes = ((C3, 3.0), (C4, 3.02), (D4, 3.92), (E4, 5.08), (G3, 6.0), (G4, 6.01))
    play(lesson, 6.3, *strokes)
    assert lesson.place == pytest.approx(3.3)
    assert lesson.run.heard == {
        f"n{C3}-0": RIGHT,
        f"n{C4}-0": RIGHT,
        f"n{D4}-1": EARLY,
        f"n{E4}-2": LATE,
        f"n{G3}-3": RIGHT,
        f"n{G4}-3": RIGHT,
    }
    assert lesson.run.lateness_ms == pytest.approx([0.0, 20.0, -80.0, 80.0, 0.0, 10.0])
    assert [one.words for one in lesson.marks(6.3).remarks] == ["On time"]
    lesson.begin(20.0)
    play(lesson, 40.0)
    assert lesson.state == "over"
    assert engine.asked[-1] is None


def test_play_mode_says_by_how_much(engine: Engine):
    """The latest of each key, in whole milliseconds."""
    lesson = Lesson(PIECE, engine.asked.append, LessonChoices(mode="play"))
    lesson.begin(0.0)
    play(lesson, 4.2, (D4, 4.08))
    assert [(one.pitch, one.kind, one.words) for one in lesson.marks(4.2).remarks][-1] == (D4, LATE, "D4 80 ms late")


def test_play_mode_from_the_middle_of_a_loop(engine: Engine):
    """From the second bar, counted in; its notes have their verdicts, and the next round is a whole one."""
    lesson = Lesson(PIECE, engine.asked.append, LessonChoices(mode="play", looping=True))
    lesson.seek(4.2, 0.0)
    lesson.begin(0.0)
    play(lesson, 7.5, (G3, 3.0), (G4, 3.1), (G4, 4.0))
    assert lesson.run.heard == {f"n{G3}-3": RIGHT, f"n{G4}-3": LATE, f"n{G4}-4": RIGHT}
    assert (lesson.run.bar_kind(1), lesson.run.bar_kind(2), lesson.run.number) == ("", LATE, 2)
    course = lesson.course
    assert isinstance(course, PlayCourse)
    assert course.round is not None
    assert len(course.round.score.groups) == len(PIECE.groups)
    assert lesson.running


def test_follow_mode_goes_where_the_player_is(engine: Engine):
    """No clock: the picture is at the group that was struck, and goes back with the player."""
    lesson = Lesson(PIECE, engine.asked.append, LessonChoices(mode="follow"))
    lesson.begin(0.0)
    play(lesson, 2.5, (C3, 1.0), (C4, 1.0), (D4, 1.6), (E4, 2.1))
    assert lesson.course.group is not None
    assert lesson.course.group.index == 3
    assert 1.9 <= lesson.place <= 2.9
    assert set(lesson.run.heard.values()) == {RIGHT}


def test_held_keys_have_the_hand_of_the_score(lesson: Lesson):
    """A C4 is the right hand's here, whatever the split point says; what is not written has none."""
    lesson.begin(0.0)
    held = lesson.picture(4.0, {C3: Block(C3, 80, 1.0), 50: Block(50, 80, 1.0)}).held
    assert {pitch: block.hand for pitch, block in held.items()} == {C3: "left", 50: ""}


def test_a_run_that_is_broken_off_has_the_tempo_that_was_chosen(engine: Engine):
    """Also where it was changed on the way; who is waited for keeps none."""
    lesson = Lesson(PIECE, engine.asked.append, LessonChoices(mode="play", tempo=80))
    lesson.begin(0.0)
    play(lesson, 4.0, (C3, 3.75), (C4, 3.75))
    assert lesson.run.kept is not None
    assert lesson.run.kept.tempo == 0.8
    lesson.choose(4.0, tempo=50)
    assert lesson.run.kept.tempo == 0.5
    waiting = Lesson(PIECE, engine.asked.append, LessonChoices(tempo=80))
    waiting.begin(0.0)
    waiting.observe(heard(C3, 1.0), 1.0, 1.0)
    waiting.observe(heard(C4, 1.0), 1.0, 1.0)
    waiting.observe(passed(1, 1.0), 1.0, 1.0)
    assert waiting.run.kept is not None
    assert waiting.run.kept.tempo == 0.0
