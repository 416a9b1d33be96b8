"""How soon `live` told its right notes, and by which delay."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from realtime.notes import NoteTable
from training.evaluation.estimated import Estimated
from training.evaluation.stages import Stages, stages_of

ONSETS = np.array([1.0, 2.0, 3.0])


def table(onsets: np.ndarray, pitch: int = 60) -> NoteTable:
    return NoteTable.build(onsets, onsets + 0.5, [pitch] * len(onsets), [64] * len(onsets))


def test_right_notes_are_counted_by_time_and_by_delay():
    """30, 60 and 130 ms after the string by three delays; the fourth, false one counts nowhere."""
    heard = NoteTable.build([*ONSETS, 4.0], [*(ONSETS + 0.5), 4.5], [60] * 4, [64] * 4)
    told_by = ("fast", "balanced", "accurate", "fast")
    stages = stages_of(table(ONSETS), Estimated(heard, np.array([1.03, 2.06, 3.13, 4.02]), told_by))
    assert stages == Stages(3, Counter({35: 1, 65: 2, 125: 2}), Counter({"fast": 1, "balanced": 1, "accurate": 1}))
    assert stages.as_json() == {
        "right": 3,
        "within_35_ms": pytest.approx(1 / 3),
        "within_65_ms": pytest.approx(2 / 3),
        "within_125_ms": pytest.approx(2 / 3),
        "told_by": {"fast": pytest.approx(1 / 3), "balanced": pytest.approx(1 / 3), "accurate": pytest.approx(1 / 3)},
    }


def test_a_single_delay_has_no_stages():
    """Its events do not say who told them."""
    assert stages_of(table(ONSETS), Estimated(table(ONSETS), ONSETS + 0.03, (None,) * 3)) is None


def test_stages_add_up():
    """Counts of two recordings; without any right note shares are 0."""
    one = Stages(2, Counter({35: 1}), Counter({"fast": 2}))
    assert one + one == Stages(4, Counter({35: 2}), Counter({"fast": 4}))
    assert Stages().as_json()["within_35_ms"] == 0
