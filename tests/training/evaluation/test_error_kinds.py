"""Which notes go wrong, on a few notes made by hand."""

from __future__ import annotations

import numpy as np
import pytest

from realtime.notes import NoteTable
from training.evaluation.error_kinds import MatchedNotes, error_rows, since_last, sounding_at_onset
from training.evaluation.metrics import compute_metrics
from training.evaluation.plots import WIDEST, class_metrics, interval_shares
from training.evaluation.results import FileResult

# C4 held from 1 s under a pedal that lifts at 3 s, E4 with it, C5 an octave above at 4 s, C4 again at 4.1 s.
TRUTH = NoteTable.build(
    [1.0, 1.0, 4.0, 4.0, 4.1],
    [1.2, 1.5, 4.5, 4.05, 4.4],
    [60, 64, 72, 60, 60],
    [70, 20, 90, 60, 60],
    [0.5, 3.0],
    [127, 0],
)
RIGHT = [(1.01, 60), (4.02, 60), (4.02, 72)]


def result(*false: tuple[float, int]) -> FileResult:
    """Three of the five reference notes are found, and these besides."""
    onset, pitch = np.array([*RIGHT, *false]).T
    p = np.where(np.isin(onset, [o for o, _ in false]), 0.4, 0.9)
    estimated = NoteTable.build(onset, onset + 0.1, pitch, np.full(len(onset), 64), confidence=p)
    return FileResult("a", "fast", 6.0, compute_metrics(TRUTH, estimated, 6.0), TRUTH, estimated)


@pytest.mark.parametrize(
    ("false", "kind"),
    [
        ((1.2, 64), "mistimed"),
        ((1.31, 64), "alone"),
        ((2.9, 60), "double"),
        ((3.2, 60), "alone"),
        ((1.02, 72), "octave"),
        ((1.02, 41), "twelfth"),
        ((4.03, 71), "semitone"),
        ((4.03, 67), "with others"),
        ((2.0, 67), "alone"),
    ],
)
def test_a_false_note_is_of_the_first_kind_that_fits(false: tuple[float, int], kind: str):
    """E4 was missed at 1.0, so 1.2 is late and 1.31 is no longer it; C4 sounds until the pedal lifts at 3 s."""
    assert MatchedNotes.of(result(false)).false_kinds == [kind]


def test_true_notes_know_what_surrounds_them():
    """Two keys down, both under the pedal; the C4 of 4.1 s comes 100 ms after the one of 4.0."""
    assert sounding_at_onset(TRUTH, 6.0).tolist() == [2, 2, 2, 2, 2]
    assert since_last(TRUTH).round(3).tolist() == [np.inf, np.inf, 3.0, np.inf, 0.1]
    classes = MatchedNotes.of(result()).classes
    assert classes["again after ms 75-150"].tolist() == [False, False, False, False, True]
    assert classes["pedal down"].tolist() == [True, True, False, False, False]
    assert classes["octave or twelfth above another"].tolist() == [False, False, False, True, False]
    assert classes["velocity 1-31"].tolist() == [False, True, False, False, False]
    assert classes["register C5-B5"].tolist() == [False, False, False, True, False]


def test_rows_give_recall_of_classes_and_share_of_kinds():
    """Of four estimated notes one is a false octave; the soft note is missed; classes without a note have no row."""
    rows = {row["what"]: row for row in error_rows([result((1.02, 72))])}
    assert rows["false, octave"] == {"delay": "fast", "what": "false, octave", "notes": 1, "share": 0.25}
    assert rows["recall, velocity 1-31"]["share"] == 0.0
    assert rows["recall, register C4-B4"] == {
        "delay": "fast",
        "what": "recall, register C4-B4",
        "notes": 4,
        "share": 0.5,
    }
    assert "recall, register A0-B1" not in rows
    assert list(error_rows([])) == []


def test_metrics_of_a_class_count_the_notes_estimated_in_it():
    """Twelve files: in C4-B4 two of four are found and two estimated are right; in C5-B5 a false note beside a
    right one."""
    notes = [MatchedNotes.of(result((1.02, 72)))] * 12
    found = class_metrics(notes, "pitch", {"C4-B4": (60, 72), "C5-B5": (72, 84), "C7-C8": (96, 109)})
    assert found[0].tolist() == pytest.approx([1.0, 0.5, 2 / 3])
    assert found[1].tolist() == pytest.approx([0.5, 1.0, 2 / 3])
    assert np.isnan(found[2]).all()


def test_intervals_are_counted_from_keys_struck_together():
    """The false C5 lies 12 above the C4 and 8 above the E4; the right C4 and C5 of 4 s are each other's octave."""
    notes = [MatchedNotes.of(result((1.02, 72)))]
    false, right = interval_shares(notes, right=False), interval_shares(notes, right=True)
    assert np.flatnonzero(false).tolist() == [WIDEST + 8, WIDEST + 12]
    assert right[WIDEST + 12] == right[WIDEST - 12] == pytest.approx(1 / 3)
    assert right[WIDEST] == 0
