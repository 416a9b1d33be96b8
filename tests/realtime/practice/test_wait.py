"""Wait mode: what it waits for, what it says of wrong keys, hints, skips, loops; and a random player at it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from realtime.events import NoteOn
from realtime.practice.doubt import LATEST_S
from realtime.practice.score import Bar, Group, Score, ScoreNote
from realtime.practice.verdicts import Marked
from realtime.practice.wait import Hint, NotHeard, Passed, Round, Waiting, WaitMode
from realtime.transcription.expected import Expect, ExpectedKeys, GroupPassed, Heard
from realtime.transcription.model import OnnxStep, shipped_model


def score(*groups: tuple[int, ...], optional: int | None = None) -> Score:
    """A group a beat, two to a bar; `optional`: a grace note before the second."""
    made = []
    for index, pitches in enumerate(groups):
        notes = [ScoreNote(pitch, float(index), 1.0, "right") for pitch in pitches]
        if optional is not None and index == 1:
            notes.append(ScoreNote(optional, index - 0.1, 0.1, "right", optional=True))
        made.append(Group(index, float(index), 1 + index // 2, tuple(notes)))
    bars = tuple(Bar(1 + number, 2.0 * number, 2.0) for number in range((len(groups) + 1) // 2))
    return Score("piece", tuple(made), bars, ((0.0, 60.0),))


def on(pitch: int, time: float, velocity: int = 60) -> NoteOn:
    return NoteOn(time, round(time + 0.05, 3), pitch, velocity, 0.9)


def heard(pitch: int, time: float) -> Heard:
    return Heard(pitch, time, round(time + 0.05, 3), weak=False)


def passed(mode: WaitMode, time: float, attempts: int = 1) -> GroupPassed:
    """The answer to what is wanted now."""
    assert mode.wanted is not None
    return GroupPassed(mode.wanted.group, time, round(time + 0.05, 3), attempts)


def test_a_piece_from_the_first_group_to_the_last() -> None:
    """Each group is asked for with the next one's keys and from the last stroke on; its keys were right."""
    mode = WaitMode(score((60, 64), (62,), (65,)))
    assert mode.wanted is None
    assert mode.begin(1.0) == [Waiting(0, 1, (60, 64))]
    assert mode.wanted == Expect(1, (60, 64), (62,), 1.0)
    assert mode.observe(heard(64, 2.02)) == []
    assert mode.observe(heard(60, 2.0)) == []
    assert mode.observe(passed(mode, 2.02, attempts=2)) == [
        Marked(60, 2.0, "right", None, 0, 1),
        Marked(64, 2.02, "right", None, 0, 1),
        Passed(0, 1, 2.02, 2.07, 2),
        Waiting(1, 1, (62,)),
    ]
    assert mode.wanted == Expect(2, (62,), (65,), 2.02)
    mode.observe(heard(62, 3.0))
    assert mode.observe(passed(mode, 3.0))[-1] == Waiting(2, 2, (65,))
    assert mode.wanted == Expect(3, (65,), (), 3.0)
    mode.observe(heard(65, 4.0))
    assert mode.observe(passed(mode, 4.0)) == [
        Marked(65, 4.0, "right", None, 2, 2),
        Passed(2, 2, 4.0, 4.05, 1),
        Round(1),
    ]
    assert (mode.wanted, mode.group, mode.rounds) == (None, None, 1)
    assert mode.observe(on(70, 5.0)) == mode.advance(9.0) == mode.skip(9.0) == []


def test_a_loop_begins_again_and_knows_its_first_keys() -> None:
    """The keys of the first group may be struck ahead of the end."""
    mode = WaitMode(score((60,), (62,)), loop=True)
    mode.begin(0.0)
    mode.observe(passed(mode, 1.0))
    assert mode.wanted == Expect(2, (62,), (60,), 1.0)
    assert mode.observe(passed(mode, 2.0))[1:] == [Round(1), Waiting(0, 1, (60,))]
    assert mode.wanted == Expect(3, (60,), (62,), 2.0)
    mode.observe(passed(mode, 3.0))
    assert mode.observe(passed(mode, 4.0))[1] == Round(2)


def test_answers_to_other_groups_change_nothing() -> None:
    """A pass that was sent before a skip, or a key of the group before."""
    mode = WaitMode(score((60,), (60,), (60,)))
    mode.begin(0.0)
    late = passed(mode, 1.0)
    mode.skip(1.02)
    assert mode.observe(late) == []
    assert mode.wanted == Expect(2, (60,), (), 1.02)
    assert mode.observe(heard(72, 1.5)) == []
    assert mode.observe(passed(mode, 2.0)) == [Passed(1, 1, 2.0, 2.05, 1), Waiting(2, 2, (60,))]


def test_ornaments_may_be_played() -> None:
    """They are allowed, not asked for, and never wrong."""
    mode = WaitMode(score((60,), (62, 65), (67,), optional=64))
    mode.begin(0.0)
    mode.observe(passed(mode, 1.0))
    assert mode.wanted == Expect(2, (62, 65), (64, 67), 1.0)
    assert [*mode.observe(on(64, 1.8)), *mode.advance(2.5)] == []


def test_a_wrong_key_is_shown_when_nothing_explains_it() -> None:
    """A quarter of a second after it; the piece waits on."""
    mode = WaitMode(score((60,), (62,)))
    mode.begin(0.0)
    assert mode.observe(on(66, 1.0)) == []
    assert mode.advance(1.249) == []
    assert mode.advance(1.25) == [Marked(66, 1.0, "wrong", None, 0, 1)]
    assert mode.advance(2.0) == []
    assert mode.group is not None
    assert mode.group.index == 0


@pytest.mark.parametrize("pitch", [60 - 12, 60 + 12, 60 + 19, 60 + 24, 60 + 28])
@pytest.mark.parametrize("apart", [-0.07, 0.0, 0.07])
def test_a_ghost_of_a_written_key_is_not_shown(pitch: int, apart: float) -> None:
    """Octaves and strong partials of an expected key, within 80 ms, whether the key is told as a note or only as heard,
    before the ghost or after it."""
    for real in (on(60, 1.0), heard(60, 1.0)):
        for order in ((0, 1), (1, 0)):
            mode = WaitMode(score((60, 64), (62,)))
            mode.begin(0.0)
            messages: Sequence[NoteOn | Heard] = (on(pitch, 1.0 + apart, 127), real)
            for place in order:
                assert mode.observe(messages[place]) == []
            assert mode.advance(3.0) == []


@pytest.mark.parametrize(("pitch", "apart", "shown"), [(72, 0.09, True), (67, 0.0, True), (60, 0.5, False)])
def test_other_keys_are_shown(pitch: int, apart: float, shown: bool) -> None:
    """A fifth; an octave that comes later. A key that has just passed may be heard once more."""
    mode = WaitMode(score((60,), (62,), (65,)))
    mode.begin(0.0)
    mode.observe(heard(60, 1.0))
    mode.observe(passed(mode, 1.0))
    mode.observe(on(pitch, 1.0 + apart))
    assert (mode.advance(3.0) == [Marked(pitch, 1.0 + apart, "wrong", None, 1, 1)]) is shown


def test_what_a_missing_key_may_explain_waits_until_a_soft_one_is_told() -> None:
    """Its octave is no wrong key when the key itself is told 300 ms after its stroke; untold, it is one."""
    for soft in (True, False):
        mode = WaitMode(score((48, 60), (62,)))
        mode.begin(0.0)
        mode.observe(on(72, 1.0))
        mode.observe(on(73, 1.0))
        assert mode.advance(1.3) == [Marked(73, 1.0, "wrong", None, 0, 1)]
        assert mode.advance(1.41) == []
        if soft:
            mode.observe(Heard(60, 1.07, 1.41, weak=True))
        assert mode.advance(1.43) == ([] if soft else [Marked(72, 1.0, "wrong", None, 0, 1)])
        assert mode.advance(3.0) == []


def test_the_model_tells_a_soft_key_in_that_time() -> None:
    """By its last delay, of a key that was struck 80 ms after what it explains; a block of sound is 10 ms."""
    told_s = ExpectedKeys(OnnxStep(shipped_model()).spec).delay_samples / 16_000
    assert told_s + 0.08 + 0.01 <= LATEST_S


def test_the_group_before_may_not_be_struck_again() -> None:
    """Half a second after it has passed its keys are wrong."""
    for time, wrong in ((1.5, False), (1.51, True)):
        mode = WaitMode(score((60,), (62,), (65,)))
        mode.begin(0.0)
        mode.observe(passed(mode, 1.0))
        mode.observe(on(60, time))
        assert bool(mode.advance(time + 0.25)) is wrong


def test_a_key_of_the_next_group_is_never_wrong() -> None:
    """Nor one that is of the next group by the time it is judged."""
    mode = WaitMode(score((60,), (62,), (65,)))
    mode.begin(0.0)
    mode.observe(on(62, 0.9))
    mode.observe(on(65, 0.95))
    mode.observe(passed(mode, 1.0))
    assert mode.advance(3.0) == []


def test_a_hint_comes_once_after_four_seconds() -> None:
    """With the keys that are missing: those that were not heard in the last second."""
    mode = WaitMode(score((60, 64, 67), (62,)))
    mode.begin(10.0)
    mode.observe(heard(60, 12.9))
    mode.observe(heard(64, 13.0))
    assert mode.advance(13.999) == []
    assert mode.advance(14.0) == [Hint(0, 1, (60, 67))]
    assert mode.advance(30.0) == []
    mode.observe(passed(mode, 31.0))
    assert mode.advance(34.99) == []
    assert mode.advance(35.0) == [Hint(1, 1, (62,))]


def test_a_group_that_is_passed_over_was_not_heard() -> None:
    """Never wrong; strokes before that moment do not count for the next one."""
    mode = WaitMode(score((60, 64), (62,)))
    mode.begin(0.0)
    mode.observe(heard(60, 4.5))
    assert mode.skip(5.0) == [NotHeard(0, 1, (64,), 5.0), Waiting(1, 1, (62,))]
    assert mode.wanted == Expect(2, (62,), (), 5.0)
    assert mode.skip(6.0) == [NotHeard(1, 1, (62,), 6.0), Round(1)]


def test_a_stream_that_begins_anew_goes_on_with_its_group() -> None:
    """Its clock begins at 0, and what was heard is forgotten; or with another group."""
    mode = WaitMode(score((60,), (62, 64), (65,)))
    mode.begin(0.0)
    mode.observe(passed(mode, 50.0))
    mode.observe(on(70, 51.0))
    mode.observe(heard(62, 51.0))
    assert mode.begin(0.0) == [Waiting(1, 1, (62, 64))]
    assert mode.wanted == Expect(3, (62, 64), (65,), 0.0)
    mode.observe(on(69, 1.0))
    assert mode.advance(3.9) == [Marked(69, 1.0, "wrong", None, 1, 1)]
    assert mode.advance(4.0) == [Hint(1, 1, (62, 64))]
    assert mode.begin(7.0, index=2) == [Waiting(2, 2, (65,))]
    mode.stop()
    assert mode.wanted is None
    assert mode.begin(8.0) == [Waiting(2, 2, (65,))]


PITCHES = st.integers(58, 64)
DEEDS = st.lists(st.sampled_from(["heard", "passed", "stale", "note", "wait", "skip"]), max_size=60)


@settings(max_examples=200, deadline=None)
@given(
    groups=st.lists(st.sets(PITCHES, min_size=1, max_size=3), min_size=1, max_size=5),
    loop=st.booleans(),
    deeds=DEEDS,
    data=st.data(),
)
def test_whatever_happens_groups_follow_each_other(
    groups: list[set[int]], loop: bool, deeds: list[str], data: st.DataObject
) -> None:
    """Only a pass or a skip goes on, by one group; what is wanted is what was announced last, under a number that was
    never used before; a key of the group is never wrong; a hint comes once a group; every pass has been asked for."""
    piece = score(*(tuple(sorted(group)) for group in groups))
    mode, now = WaitMode(piece, loop), 0.0
    events = mode.begin(now)
    used: list[int] = []
    index, hinted = 0, False
    for deed in deeds:
        if mode.wanted is None:
            break
        wanted, now = mode.wanted, round(now + data.draw(st.sampled_from([0.01, 0.2, 1.5])), 3)
        if wanted.group not in used:
            used.append(wanted.group)
        match deed:
            case "heard":
                events = mode.observe(heard(data.draw(PITCHES), now))
            case "passed":
                events = mode.observe(passed(mode, now))
            case "stale":
                events = mode.observe(replace(passed(mode, now), group=wanted.group - 1))
            case "note":
                events = mode.observe(on(data.draw(PITCHES), now))
            case "wait":
                events = mode.advance(now)
            case _:
                events = mode.skip(now)
        went_on = deed in ("passed", "skip")
        assert any(isinstance(event, Passed) for event in events) is (deed == "passed")
        assert any(isinstance(event, NotHeard) for event in events) is (deed == "skip")
        assert any(isinstance(event, Waiting) for event in events) is (went_on and mode.wanted is not None)
        for event in events:
            if isinstance(event, Marked) and event.verdict == "wrong":
                assert event.pitch not in piece.groups[index].pitches
            if isinstance(event, Hint):
                assert not hinted
                hinted = True
        if went_on:
            index, hinted = (index + 1) % len(groups), False
            if mode.wanted is None:
                assert (index, loop, events[-1]) == (0, False, Round(1))
            else:
                assert mode.wanted.group not in used
                assert mode.wanted.pitches == piece.groups[index].pitches
                assert mode.group == piece.groups[index]
        else:
            assert mode.wanted == wanted
