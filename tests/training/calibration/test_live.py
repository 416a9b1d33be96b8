"""What each delay asks for in mode `live`, on activations made by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.special import logit

from realtime.contract import KEYS, LOWEST_PITCH, Activations, DecoderCalibration
from realtime.notes import NoteTable
from realtime.transcription.decoder import first_threshold
from tests.fakes import FAKE_SPEC
from tests.training.calibration.test_calibrate import noise
from training.calibration.calibrate import CalibrationExample
from training.calibration.live import calibrate_live, onset_f1, raised

SECONDS = 3
# Onset activations of true and of false notes at each delay: surer from one to the next.
HEARD = {"fast": (0.72, 0.62), "balanced": (0.66, 0.52), "accurate": (0.6, 0.2), "studio": (0.6, 0.1)}
SPEC = replace(
    FAKE_SPEC,
    live={},
    calibration={delay: DecoderCalibration(onset=0.4, restrike=0.3) for delay in FAKE_SPEC.shifts},
)


def example(seed: int) -> CalibrationExample:
    """Thirty notes on keys of their own, as many false ones on other keys."""
    random = np.random.default_rng(seed)
    keys = random.permutation(KEYS)
    onsets = np.sort(random.uniform(0.2, 2.5, 30))
    rows = {}
    for delay, shift in FAKE_SPEC.shifts.items():
        frames = 100 * SECONDS + 60
        onset, frame, keyoff, velocity = (np.zeros((frames, KEYS), np.float32) for _ in range(4))
        for reached, struck in zip(HEARD[delay], (keys[:30], keys[30:60]), strict=True):
            for key, at in zip(struck, onsets, strict=True):
                first = round(100 * at) + shift
                onset[first : first + 2, key] = reached
                frame[first : first + 50, key] = 0.9
        rows[delay] = Activations(onset, frame, keyoff, velocity, np.zeros(frames, np.float32))
    notes = NoteTable.build(onsets, onsets + 0.5, keys[:30] + LOWEST_PITCH, [60] * 30, [], [])
    return CalibrationExample(rows, notes, noise(16_000 * SECONDS))


def test_an_early_delay_asks_for_so_much_that_it_tells_hardly_anything_wrong() -> None:
    """Each threshold is the lowest above the false notes of its delay; the slowest one finds what is missing."""
    spec = calibrate_live(SPEC, [example(seed) for seed in range(2)])
    assert list(spec.live) == ["fast", "balanced", "accurate"]
    assert {delay: row.onset for delay, row in spec.live.items()} == {
        "fast": 0.65,
        "balanced": 0.55,
        "accurate": pytest.approx(0.4, abs=0.16),
    }
    assert onset_f1(spec, spec.live, [example(3)]) > 0.97
    assert replace(spec, live={}) == SPEC


def test_a_raised_threshold_raises_that_of_a_key_just_struck_as_much() -> None:
    """In logits; the rest stays."""
    before = DecoderCalibration(onset=0.4, restrike=0.2, keyoff=0.7)
    after = raised(before, 0.8)
    assert (after.onset, after.first, after.keyoff) == (0.8, 0.8, 0.7)
    assert raised(before, 0.45).first == pytest.approx(first_threshold(before), abs=0.001)
    assert logit(after.restrike) - logit(0.2) == pytest.approx(logit(0.8) - logit(0.4), abs=0.01)


def test_a_model_with_one_delay_has_no_such_mode() -> None:
    """Nothing to choose from."""
    spec = replace(SPEC, shifts={"studio": 28})
    assert calibrate_live(spec, []) == spec
