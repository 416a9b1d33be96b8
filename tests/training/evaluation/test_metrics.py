"""Scores against values worked out by hand."""

from __future__ import annotations

import mir_eval
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from realtime.notes import NoteTable
from training.evaluation import metrics

Note = tuple[float, float, int, int]


def performance(notes: list[Note], pedal: list[tuple[float, int]] | None = None) -> NoteTable:
    """A performance from (onset, offset, pitch, velocity) rows and (time, CC64) rows."""
    rows = np.array(notes, float).reshape(-1, 4)
    pedals = np.array(pedal or [], float).reshape(-1, 2)
    return NoteTable(
        onset=rows[:, 0],
        offset=rows[:, 1],
        pitch=rows[:, 2].astype(np.int64),
        velocity=rows[:, 3].astype(np.int64),
        pedal_time=pedals[:, 0],
        pedal_value=pedals[:, 1].astype(np.int64),
    )


TWO = [(1.0, 1.5, 60, 40), (2.0, 2.5, 64, 80)]

note_lists = st.lists(
    st.tuples(
        st.integers(0, 400).map(lambda n: n / 100),
        st.integers(1, 100).map(lambda n: n / 100),
        st.integers(58, 62),
        st.integers(1, 127),
    ).map(lambda n: (n[0], n[0] + n[1], n[2], n[3])),
    min_size=1,
    max_size=12,
)


def test_a_perfect_transcription_scores_one_everywhere():
    """The reference itself, emitted 58 ms late, has every share at 1, no false note and that delay."""
    reference = performance([*TWO, (2.1, 2.2, 64, 60)], [(0.5, 100), (0.9, 0)])
    result = metrics.compute_metrics(reference, reference, 3.0, emitted=reference.onset + 0.058)
    shares = (result.onset_p_50, result.onset_r_50, result.onset_f1_50, result.onset_f1_100, result.offset_f1)
    assert shares == (1.0,) * 5
    assert (result.velocity_f1, result.frame_f1, result.pedal_f1, result.repeats) == (1.0, 1.0, 1.0, 1.0)
    assert result.emission_p50_s == pytest.approx(0.058)
    assert (result.false_notes_per_minute, result.notes_true, result.velocity_error) == (0.0, 3, 0.0)


def test_a_semitone_beside_is_wrong():
    """61 for 60 is 100 cents off; MIDI numbers given for Hz would lie 29 cents apart and pass."""
    result = metrics.compute_metrics(performance([(1.0, 1.5, 60, 64)]), performance([(1.0, 1.5, 61, 64)]), 2.0)
    assert result.onset_f1_50 == 0.0
    assert metrics.hertz(np.array([69, 60])) == pytest.approx([440.0, 261.6255653])


def test_precision_recall_and_false_notes_are_counted_by_hand():
    """Two of three estimated notes are right, two of four reference notes are found, in half a minute."""
    reference = performance([*TWO, (3.0, 3.5, 65, 64), (4.0, 4.5, 67, 64)])
    estimated = performance([*TWO, (5.0, 5.5, 70, 64)])
    result = metrics.compute_metrics(reference, estimated, 30.0)
    assert (result.onset_p_50, result.onset_r_50) == (pytest.approx(2 / 3), 0.5)
    assert result.onset_f1_50 == pytest.approx(4 / 7)
    assert result.false_notes_per_minute == pytest.approx(2.0)
    assert (result.emission_p50_s, result.repeats, result.pedal_f1) == (None, None, None)


@pytest.mark.parametrize(
    ("shift_s", "at_50", "at_100"), [(0.050, 1.0, 1.0), (0.051, 0.0, 1.0), (0.100, 0.0, 1.0), (0.101, 0.0, 0.0)]
)
def test_onset_tolerances_hold_on_their_boundary(shift_s: float, at_50: float, at_100: float):
    """50 and 100 ms still count, a millisecond more does not."""
    estimated = performance([(1.0 + shift_s, 1.5, 60, 64)])
    result = metrics.compute_metrics(performance([(1.0, 1.5, 60, 64)]), estimated, 2.0)
    assert (result.onset_f1_50, result.onset_f1_100) == (at_50, at_100)


@pytest.mark.parametrize(("late_s", "expected"), [(0.199, 1.0), (0.201, 0.0)])
def test_an_offset_may_be_wrong_by_a_fifth_of_the_note(late_s: float, expected: float):
    """A note of one second forgives 200 ms."""
    estimated = performance([(1.0, 2.0 + late_s, 60, 64)])
    assert metrics.compute_metrics(performance([(1.0, 2.0, 60, 64)]), estimated, 3.0).offset_f1 == expected


def test_the_pedal_extends_offsets_on_both_sides():
    """Released at 1.2 under a pedal that lifts at 2.0, the note lasts until 2.0, in reference and estimate alike."""
    pedalled = performance([(1.0, 1.2, 60, 64)], [(0.5, 90), (2.0, 20)])
    held = performance([(1.0, 2.0, 60, 64)])
    assert pedalled.pedal_extended(3.0).tolist() == [2.0]
    assert metrics.compute_metrics(pedalled, held, 3.0).offset_f1 == 1.0
    assert metrics.compute_metrics(held, pedalled, 3.0).offset_f1 == 1.0
    assert metrics.compute_metrics(pedalled, held, 3.0).frame_f1 == 1.0
    assert metrics.compute_metrics(performance([(1.0, 1.2, 60, 64)]), held, 3.0).offset_f1 == 0.0


def test_pedal_extension_stops_at_the_next_onset_of_the_key_or_the_end():
    """The first C ends where the second begins; the second one rings to the end of the recording."""
    notes = [(1.0, 1.1, 60, 64), (1.4, 1.5, 60, 64), (1.2, 1.3, 62, 64)]
    assert performance(notes, [(0.0, 127)]).pedal_extended(5.0).tolist() == [1.4, 5.0, 5.0]


def test_a_pedal_at_63_is_up_and_at_64_is_down():
    """The border of CC64, at the very time of the release."""
    notes = [(1.0, 1.1, 60, 64)]
    assert performance(notes, [(1.1, 63), (2.0, 0)]).pedal_extended(5.0).tolist() == [1.1]
    assert performance(notes, [(1.1, 64), (2.0, 63)]).pedal_extended(5.0).tolist() == [2.0]


def test_frames_are_instants_10_ms_apart():
    """A note over [20, 50) ms sounds at the instants 20, 30 and 40 ms, whatever the last bit of its times."""
    roll = metrics.sounding(performance([(0.02, 0.05, 21, 64)]), 0.1)
    assert roll.shape == (10, 88)
    assert np.flatnonzero(roll[:, 0]).tolist() == [2, 3, 4]
    assert not roll[:, 1:].any()


def test_frame_f1_by_hand():
    """Three estimated instants, four reference ones, two in common: P 2/3, R 1/2."""
    reference, estimated = performance([(0.00, 0.04, 60, 64)]), performance([(0.02, 0.05, 60, 64)])
    assert metrics.compute_metrics(reference, estimated, 0.1).frame_f1 == pytest.approx(4 / 7)


def test_pedal_f1_by_hand():
    """Reference pedal 0-40 ms, estimated 20-50 ms; None for a reference without pedal."""
    reference, estimated = performance(TWO, [(0.0, 64), (0.04, 0)]), performance(TWO, [(0.02, 127), (0.05, 0)])
    assert metrics.compute_metrics(reference, estimated, 3.0).pedal_f1 == pytest.approx(4 / 7)
    assert metrics.compute_metrics(performance(TWO, [(0.0, 10)]), estimated, 3.0).pedal_f1 is None


def test_emission_is_measured_from_the_true_onset_of_matched_notes():
    """Heard 10 ms early and sent 60 ms after its own time: 50 ms after the string; the false note does not count."""
    estimated = performance([(0.99, 1.5, 60, 64), (1.7, 1.8, 72, 64)])
    result = metrics.compute_metrics(performance(TWO), estimated, 3.0, emitted=np.array([1.05, 9.0]))
    assert result.emission_p50_s == pytest.approx(0.05)
    assert result.emission_p95_s == pytest.approx(0.05)
    assert result.onset_error_s == pytest.approx(-0.01)


def test_repeats_need_both_notes():
    """Of two pairs 100 ms apart one is complete; a pair 160 ms apart is not a repeat in this sense."""
    times = [1.0, 1.1, 2.0, 2.1, 3.0, 3.16]
    reference = performance([(t, t + 0.05, 60, 64) for t in times])
    estimated = performance([(t, t + 0.05, 60, 64) for t in times if t != 2.1])
    assert metrics.compute_metrics(reference, estimated, 4.0).repeats == 0.5


@pytest.mark.parametrize(("gap_s", "pairs"), [(0.074, None), (0.075, 1.0), (0.150, 1.0), (0.151, None)])
def test_repeat_gaps_include_their_borders(gap_s: float, pairs: float | None):
    """75 and 150 ms belong to the repeats."""
    reference = performance([(1.0, 1.02, 60, 64), (1.0 + gap_s, 1.3, 60, 64)])
    assert metrics.compute_metrics(reference, reference, 2.0).repeats == pairs


def test_velocity_forgives_a_line_but_not_a_wrong_note():
    """Half of every velocity is a line; one note louder than that line by a third of the range is wrong."""
    reference = [(float(i), i + 0.5, 60, 20 + 10 * i) for i in range(9)]
    halved = [(on, off, pitch, velocity // 2) for on, off, pitch, velocity in reference]
    result = metrics.compute_metrics(performance(reference), performance(halved), 10.0)
    assert result.velocity_f1 == 1.0
    assert result.velocity_error == pytest.approx(30.0)
    halved[4] = (4.0, 4.5, 60, 64)
    assert metrics.compute_metrics(performance(reference), performance(halved), 10.0).velocity_f1 < 1.0


@given(reference=note_lists, estimated=note_lists)
def test_onset_metrics_are_those_of_mir_eval(reference: list[Note], estimated: list[Note]):
    """Counting matches gives what mir_eval's own summary gives."""
    ours = metrics.compute_metrics(performance(reference), performance(estimated), 6.0)
    reference, estimate = performance(reference), performance(estimated)
    theirs = mir_eval.transcription.precision_recall_f1_overlap(
        np.stack([reference.onset, reference.offset], 1),
        mir_eval.util.midi_to_hz(reference.pitch),
        np.stack([estimate.onset, estimate.offset], 1),
        mir_eval.util.midi_to_hz(estimate.pitch),
        offset_ratio=None,
    )
    assert (ours.onset_p_50, ours.onset_r_50, ours.onset_f1_50) == pytest.approx(theirs[:3])


@given(notes=note_lists)
def test_an_empty_estimate_scores_zero_and_breaks_nothing(notes: list[Note]):
    """No estimated notes, and a reference without notes, give metrics and no error."""
    silent = metrics.compute_metrics(performance(notes), performance([]), 6.0, emitted=np.zeros(0))
    assert (silent.onset_f1_50, silent.offset_f1, silent.velocity_f1, silent.frame_f1) == (0.0,) * 4
    assert silent.emission_p50_s is None
    imagined = metrics.compute_metrics(performance([]), performance(notes), 6.0)
    assert imagined.onset_f1_50 == 0.0
    assert imagined.false_notes_per_minute == pytest.approx(10.0 * len(notes))
