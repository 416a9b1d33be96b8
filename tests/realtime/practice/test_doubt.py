"""Which unexpected notes are held against the player."""

from __future__ import annotations

from realtime.practice.doubt import Doubts, Stroke, Unexpected

WRITTEN = Stroke(0.0, 60, 70, written=True)


def doubtful(*strokes: Stroke) -> list[bool]:
    """Of each of some strokes beside a written one."""
    doubts = Doubts()
    for stroke in (WRITTEN, *strokes):
        doubts.add(stroke)
    return [doubts.doubtful(stroke) for stroke in strokes]


def test_octaves_and_partials_of_a_written_note_are_doubtful_within_80_ms() -> None:
    """However loud; a semitone further and a millisecond later they are not."""
    assert doubtful(*(Stroke(0.08, 60 + step, 100, written=False) for step in (-12, 12, 19, 24, 28))) == [True] * 5
    assert doubtful(*(Stroke(-0.08, 60 + step, 100, written=False) for step in (-12, 12, 19, 24, 28))) == [True] * 5
    assert doubtful(*(Stroke(0.0, 60 + step, 1, written=False) for step in (-11, -13, 11, 13, 18, 20, 27, 7))) == (
        [False] * 8
    )
    assert doubtful(Stroke(0.081, 72, 1, written=False)) == [False]
    assert doubtful(Stroke(-0.081, 72, 1, written=False)) == [False]


def test_of_two_unexpected_notes_the_softer_is_doubtful() -> None:
    """A wrong key and its octave are one wrong key; of two that are equally loud neither explains the other."""
    assert doubtful(Stroke(0.0, 62, 70, written=False), Stroke(0.0, 74, 50, written=False)) == [False, True]
    assert doubtful(Stroke(0.0, 62, 50, written=False), Stroke(0.0, 74, 70, written=False)) == [True, False]
    assert doubtful(Stroke(0.0, 62, 60, written=False), Stroke(0.0, 74, 60, written=False)) == [False, False]


def test_a_key_that_was_struck_in_the_last_half_second_may_sound_on() -> None:
    """Not the stroke itself, and not what came later."""
    assert doubtful(Stroke(0.5, 60, 90, written=False)) == [True]
    assert doubtful(Stroke(0.501, 60, 90, written=False)) == [False]
    assert doubtful(Stroke(-0.1, 60, 90, written=False)) == [False]


def test_unexpected_notes_wait_for_what_explains_them() -> None:
    """What comes later than its ghost still explains it; what nothing explains is told once."""
    unexpected = Unexpected(0.4)
    ghost, wrong = Stroke(-0.05, 72, 60, written=False), Stroke(0.0, 66, 60, written=False)
    for stroke in (ghost, wrong, WRITTEN):
        unexpected.add(stroke)
    assert unexpected.certain(0.3999) == []
    assert unexpected.certain(0.4) == [wrong]
    assert unexpected.certain(9.0) == []
