"""Verdicts against a clock: by hand, and for any playing."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from realtime.events import NoteOn
from realtime.practice.score import Bar, Moment, Score, ScoreNote, joined
from realtime.practice.trainer import Trainer
from realtime.practice.verdicts import Marked, Missed
from realtime.transcription.expected import Expect, Heard

# At 60 a minute a beat is a second: two bars of a tune with a chord under each.
TUNE = (60, 62, 64, 65, 67, 69, 71, 72)
PIECE = Score(
    "Tune",
    joined(
        Moment(
            float(beat),
            1 + beat // 4,
            (
                ScoreNote(pitch, float(beat), 1.0, "right"),
                *([ScoreNote(pitch - 17, float(beat), 4.0, "left")] if beat % 4 == 0 else []),
            ),
        )
        for beat, pitch in enumerate(TUNE)
    ),
    (Bar(1, 0.0, 4.0), Bar(2, 4.0, 4.0)),
    ((0.0, 60.0),),
)
WRITTEN = [(note.beat, note.pitch) for group in PIECE.groups for note in group.notes]


def on(time_s: float, pitch: int, velocity: int = 70) -> NoteOn:
    return NoteOn(time_s, time_s, pitch, velocity, 0.9)


def verdicts(notes: list[NoteOn], until_s: float = 9.0, trainer: Trainer | None = None) -> list[Marked | Missed]:
    """What is told of some notes when nobody answers."""
    one = trainer or Trainer(PIECE, lambda beat: beat, asks=False)
    told = []
    events = sorted(notes, key=lambda note: note.emitted)
    for step in range(int(until_s * 100) + 1):
        while events and events[0].emitted <= step / 100:
            told += one.note(events.pop(0))
        told += one.advance(step / 100)
    told += one.finish(until_s)
    return [one for one in told if not isinstance(one, Expect)]


def played(*without: int) -> list[NoteOn]:
    """The piece in time, without some of its notes."""
    return [on(beat, pitch) for index, (beat, pitch) in enumerate(WRITTEN) if index not in without]


def test_perfect_playing_is_all_right() -> None:
    """Each note once, with its time, group and bar."""
    assert verdicts(played()) == [
        Marked(pitch, beat, "right", 0.0, int(beat), 1 + int(beat) // 4) for beat, pitch in WRITTEN
    ]


def test_early_and_late_by_hand() -> None:
    """50 ms are in time; after 350 ms it is no longer the same note."""
    notes = [on(0.0, 43), on(0.05, 60), on(1.051, 62), on(1.949, 64), on(3.349, 65)]
    assert [(one.pitch, one.verdict, one.ms) for one in verdicts(notes, 3.5) if isinstance(one, Marked)] == [
        (43, "right", 0.0),
        (60, "right", 50.0),
        (62, "late", 51.0),
        (64, "early", -51.0),
        (65, "late", 349.0),
    ]
    too_late = verdicts([*played(4), on(3.36, 65)])
    assert Missed(3, 1, (65,)) in too_late
    assert [one.verdict for one in too_late if isinstance(one, Marked) and one.pitch == 65] == ["extra"]


@given(off_ms=st.lists(st.integers(-300, 300), min_size=len(WRITTEN), max_size=len(WRITTEN)))
@settings(deadline=None, max_examples=25)
def test_each_note_has_its_own_lateness(off_ms: list[int]) -> None:
    """Whatever the order in which they come."""
    notes = [on(beat + off / 1000 + 1, pitch) for (beat, pitch), off in zip(WRITTEN, off_ms, strict=True)]
    told = verdicts(notes, 10.0, Trainer(PIECE, lambda beat: beat + 1, asks=False))
    expected = {
        (pitch, "right" if abs(off) <= 50 else "late" if off > 0 else "early", off)
        for (_, pitch), off in zip(WRITTEN, off_ms, strict=True)
    }
    assert {(one.pitch, one.verdict, round(one.ms or 0)) for one in told if isinstance(one, Marked)} == expected
    assert len(told) == len(WRITTEN)


@given(without=st.sets(st.integers(0, len(WRITTEN) - 1)))
@settings(deadline=None, max_examples=25)
def test_every_written_note_is_right_or_missed(without: set[int]) -> None:
    """Exactly those that were left out are missed, by groups."""
    told = verdicts(played(*without))
    missed = Counter((one.group, pitch) for one in told if isinstance(one, Missed) for pitch in one.pitches)
    assert missed == Counter((int(WRITTEN[index][0]), WRITTEN[index][1]) for index in without)
    assert [one.verdict for one in told if isinstance(one, Marked)] == ["right"] * (len(WRITTEN) - len(without))


def test_another_key_in_the_place_of_a_written_one_is_wrong() -> None:
    """And the written one is not missed, too; a key far from all is extra, and the written one is missed."""
    slip = verdicts([*played(3), on(2.1, 66)])
    assert [one for one in slip if one != Marked(64, 2.0, "right", 0.0, 2, 1)] == [
        *(one for one in verdicts(played(3)) if isinstance(one, Marked) and one.time < 3),
        Marked(66, 2.1, "wrong", 100.0, 2, 1),
        *(one for one in verdicts(played(3)) if isinstance(one, Marked) and one.time >= 3),
    ]
    far = verdicts([*played(3), on(2.1, 100)])
    assert Missed(2, 1, (64,)) in far
    assert Marked(100, 2.1, "extra", None, 2, 1) in far


def test_a_wrong_key_that_was_corrected_is_wrong_and_right() -> None:
    """The right key came 200 ms later."""
    told = verdicts([*played(3), on(2.0, 66), on(2.2, 64)])
    assert Marked(66, 2.0, "wrong", 0.0, 2, 1) not in told
    assert Marked(66, 2.0, "extra", None, 2, 1) in told
    assert Marked(64, 2.2, "late", 200.0, 2, 1) in told


def test_what_the_ear_makes_up_is_not_held_against_the_player() -> None:
    """An octave and a twelfth with a note, and the same key again."""
    ghosts = [on(2.0, 76), on(3.03, 84), on(4.3, 67, 30)]
    assert verdicts([*played(), *ghosts]) == verdicts(played())


def test_an_unexpected_note_of_which_the_ear_is_not_sure_is_none() -> None:
    """From .8 on it is sure; a written note is right however unsure it is."""
    unsure, sure = (NoteOn(2.5, 2.5, 100, 70, p) for p in (0.799, 0.8))
    assert verdicts([*played(), unsure]) == verdicts(played())
    assert Marked(100, 2.5, "extra", None, 2, 1) in verdicts([*played(), sure])
    assert verdicts([NoteOn(note.time, note.emitted, note.pitch, 70, 0.1) for note in played()]) == verdicts(played())


def test_repeated_notes_share_the_time_between_them() -> None:
    """Two strokes of one key 200 ms apart: one that is 120 ms after the first is the second."""
    notes = [ScoreNote(60, beat, 0.2, "right") for beat in (0.0, 0.2)]
    score = Score("Two", joined(Moment(n.beat, 1, (n,)) for n in notes), (Bar(1, 0.0, 4.0),), ((0.0, 60.0),))
    told = verdicts([on(0.12, 60)], 3.0, Trainer(score, lambda beat: beat, asks=False))
    assert told == [Marked(60, 0.12, "early", -80.0, 1, 1), Missed(0, 1, (60,))]


def test_optional_notes_and_the_other_hand_are_neither_right_nor_extra() -> None:
    """A trill of the right hand, and the left hand while the right one is practised."""
    trill = ScoreNote(74, 1.0, 1.0, "right", optional=True)
    first, second = (ScoreNote(pitch, beat, 1.0, "right") for pitch, beat in ((60, 0.0), (72, 1.0)))
    bars = (Bar(1, 0.0, 4.0),)
    score = Score("Trill", joined([Moment(0.0, 1, (first,)), Moment(1.0, 1, (second, trill))]), bars, ((0.0, 60.0),))
    left = Score("Left", joined([Moment(0.0, 1, (ScoreNote(41, 0.0, 4.0, "left"),))]), bars, ((0.0, 60.0),))
    notes = [on(0.0, 60), on(0.0, 41), on(1.0, 72), on(1.3, 74), on(1.9, 74)]
    trainer = Trainer(score, lambda beat: beat, beside=left, asks=False)
    assert [(one.pitch, one.verdict) for one in verdicts(notes, 4.0, trainer) if isinstance(one, Marked)] == [
        (60, "right"),
        (72, "right"),
    ]


def test_what_was_not_heard_is_asked_for_and_may_be_answered() -> None:
    """A key of the first chord: asked 170 ms after it was due, with what else may be struck then."""
    trainer = Trainer(PIECE, lambda beat: beat)
    assert trainer.note(on(0.0, 60)) == [Marked(60, 0.0, "right", 0.0, 0, 1)]
    assert trainer.advance(0.16) == []
    assert trainer.advance(0.17) == [Expect(0, (43, 60), (), -0.35)]
    assert trainer.advance(0.3) == []
    assert trainer.answer(Heard(43, 0.01, 0.31, weak=True)) == [Marked(43, 0.01, "right", 10.0, 0, 1)]
    assert trainer.note(on(0.06, 43)) == []
    assert trainer.advance(5.0)[0] == Expect(1, (62,), (), 0.65)


def test_it_is_asked_twice_and_then_missed() -> None:
    """When it was due, and when it can no longer come; the verdict follows the answer's time."""
    trainer = Trainer(PIECE, lambda beat: beat)
    trainer.note(on(0.0, 60))
    told = [(step / 100, one) for step in range(100) for one in trainer.advance(step / 100)]
    assert [(at, type(one)) for at, one in told] == [(0.17, Expect), (0.52, Expect), (0.67, Missed)]
    assert told[-1][1] == Missed(0, 1, (43,))


def test_what_is_due_at_the_end_of_the_sound_is_asked_for() -> None:
    """And is missed if there is no answer; what comes later is not."""
    trainer = Trainer(PIECE, lambda beat: beat)
    assert trainer.closing(1.05) == [Expect(0, (43, 60), (), -0.35), Expect(1, (62,), (), 0.65)]
    trainer.answer(Heard(62, 1.0, 1.1, weak=False))
    assert trainer.finish(1.05) == [Missed(0, 1, (43, 60))]


def test_two_notes_of_one_key_at_once_are_one() -> None:
    """Both hands have it."""
    both = tuple(ScoreNote(60, 0.0, 1.0, hand) for hand in ("left", "right"))
    score = Score("One", joined([Moment(0.0, 1, both)]), (Bar(1, 0.0, 4.0),), ((0.0, 60.0),))
    assert verdicts([on(0.0, 60)], 3.0, Trainer(score, lambda beat: beat, asks=False)) == [
        Marked(60, 0.0, "right", 0.0, 0, 1)
    ]
    with pytest.raises(ValueError, match="at least one group"):
        Score("None", (), (Bar(1, 0.0, 4.0),), ((0.0, 60.0),))
