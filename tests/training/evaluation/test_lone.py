"""Counts of lone notes, by hand and against the plain rule."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from realtime.notes import NoteTable
from training.evaluation.lone import LoneCount, are_lone, count_lone


def notes(*struck: tuple[float, int]) -> NoteTable:
    """Notes of half a second."""
    onsets, pitches = [onset for onset, _ in struck], [pitch for _, pitch in struck]
    return NoteTable.build(onsets, np.array(onsets) + 0.5, pitches, [64] * len(struck))


PLAYED = notes((1.0, 60), (5.0, 40), (9.0, 72))


def test_every_note_is_found_false_or_doubled():
    """The first stroke is found and doubled, the second has only its octave, the third came too late; what sounds
    before the first stroke counts to it, and what comes 90 ms before a stroke counts to that one."""
    heard = notes((0.2, 90), (1.05, 60), (1.4, 60), (4.91, 52), (5.2, 52), (9.11, 72))
    assert count_lone(PLAYED, heard) == LoneCount(strokes=3, found=1, false=3, doubled=2)


def test_a_stroke_is_found_within_a_tenth_of_a_second():
    """At its very edge, and not a hundredth beyond."""
    assert count_lone(notes((1.0, 60)), notes((1.09, 60))).found == 1
    assert count_lone(notes((1.0, 60)), notes((0.89, 60))) == LoneCount(1, 0, 0, 1)


def test_only_strokes_far_apart_are_lone():
    """Half a second apart is a tune, a chord is none either; a single note is alone."""
    assert are_lone(PLAYED)
    assert are_lone(notes((1.0, 60)))
    assert not are_lone(notes((1.0, 60), (1.5, 62)))
    assert not are_lone(notes((1.0, 60), (1.0, 64)))


@given(st.lists(st.tuples(st.integers(0, 1200), st.sampled_from([40, 52, 60, 72])), max_size=12))
def test_nothing_is_counted_twice_or_left_out(drawn: list[tuple[int, int]]):
    """Whatever is heard is found, false or doubled."""
    heard = notes(*sorted((at / 100, pitch) for at, pitch in drawn))
    count = count_lone(PLAYED, heard)
    assert count.found + count.false + count.doubled == len(heard.onset)
