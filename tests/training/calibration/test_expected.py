"""What the detector of expected keys asks for, on lessons made by hand, whose best values are known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from realtime.contract import KEYS, Activations, DecoderCalibration, ExpectedCalibration
from realtime.transcription.model import OnnxStep
from tests.fakes import FAKE_KEYS, FAKE_SPEC
from tests.training.evaluation.test_practice import KEYS as PITCHES
from tests.training.evaluation.test_practice import Sines, pupil
from training.calibration import expected
from training.calibration.expected import (
    GROUPS,
    Lesson,
    Outcome,
    Stroke,
    calibrate_expected,
    chord_groups,
    cost,
    lesson,
    lessons_of,
    piece_groups,
    replay,
)
from training.data.music.pieces import PIECES
from training.evaluation.practice import CONDITIONS, Condition
from training.evaluation.pupil import Mistake

SHIFTS = {"balanced": 3, "accurate": 9, "studio": 28}
SPEC = replace(FAKE_SPEC, calibration={delay: DecoderCalibration(onset=0.4) for delay in FAKE_SPEC.shifts})


def played(strokes: Sequence[tuple[int, int, Mistake | None, float]], groups: int) -> Lesson:
    """strokes of two keys: hop, group, mistake, and how far below .4 `accurate` has one of them at it, logits."""
    frames = strokes[-1][0] + 40
    onset = {delay: np.zeros((frames, KEYS), np.float32) for delay in SHIFTS}
    for hop, _, _, logits in strokes:
        onset["balanced"][hop + 4, 43] = 0.9  # another key of the group, well heard
        onset["accurate"][hop + 10, 39] = 1.5 / (1 + 1.5 * np.exp(logits))
    zeros = np.zeros((frames, KEYS), np.float32)
    activations = {delay: Activations(onset[delay], zeros, zeros, zeros, zeros[:, 0]) for delay in SHIFTS}
    made = [Stroke(hop, group, hop / 100, mistake) for hop, group, mistake, _ in strokes]
    return Lesson([(60, 64)] * groups, made, activations)


def test_a_replay_tells_at_which_stroke_a_group_passes() -> None:
    """At a mistake, at the first right stroke, at the second, at none; not by the stroke of the group before."""
    one = played(
        [
            (50, 0, "tone", 2.0),
            (110, 0, None, 2.0),
            (200, 1, "tone", 9.0),
            (260, 1, None, 2.0),
            (400, 2, None, 9.0),
            (460, 2, None, 2.0),
            (550, 3, None, 9.0),
        ],
        4,
    )
    outcomes = [*replay(SPEC, one)]
    assert [passed_at for _, passed_at in outcomes] == [0, 1, 1, None]
    assert outcomes[0] == Outcome(one.strokes[:2], 0)
    # Of three groups that are struck rightly two do not pass at once, and one of two mistakes passes.
    assert cost(SPEC, SPEC.expected, [one]) == pytest.approx(2 / 3 + 2 * 1 / 2)


def test_the_values_lie_between_right_strokes_and_mistakes() -> None:
    """Right strokes lie 2.8 logits below the threshold, mistakes 3.3: accurate is lowered by 2 and 1."""
    strokes: list[tuple[int, int, Mistake | None, float]] = []
    for group in range(6):
        if group % 2:
            strokes += [(150 + 200 * group, group, None, 2.8)]
        else:
            strokes += [(50 + 200 * group, group, "semitone", 3.3), (150 + 200 * group, group, None, 2.0)]
    spec = calibrate_expected(SPEC, [played(strokes, 6)])
    assert spec.expected == replace(ExpectedCalibration(), lowered=2.0)
    assert replace(spec, expected=SPEC.expected) == SPEC


def test_without_a_difference_the_usual_values_stay() -> None:
    """Of equal costs the first."""
    assert calibrate_expected(SPEC, []).expected == ExpectedCalibration()


def test_a_lesson_is_played_and_heard(fake_step: OnnxStep) -> None:
    """By a pupil at a piano that the model hears: all right strokes pass, no mistake does."""
    groups = [(PITCHES[1],), (PITCHES[2], PITCHES[5]), (PITCHES[3],)] * 5
    one = lesson(fake_step, groups, pupil(Sines(), 5))
    assert {stroke.group for stroke in one.strokes} == {*range(15)}
    assert any(stroke.mistake for stroke in one.strokes)
    assert len(one.activations["balanced"].onset) >= one.strokes[-1].hop + 40
    assert cost(fake_step.spec, fake_step.spec.expected, [one]) == 0.0
    assert len(FAKE_KEYS) == 8


def test_pupils_are_heard_under_all_conditions(monkeypatch: pytest.MonkeyPatch, fake_step: OnnxStep) -> None:
    """Each for a lesson of chords and one of a piece, at one piano."""
    heard: list[tuple[object, Condition]] = []
    monkeypatch.setattr(expected, "choose_pianos", lambda *_: ["upright", "grand"])
    monkeypatch.setattr(expected, "SampledPiano", lambda folder: folder.name)
    monkeypatch.setattr(expected, "pupil_of", lambda piano, _, condition, __: heard.append((piano, condition)))
    monkeypatch.setattr(expected, "lesson", lambda *_: Lesson([], [], {}))
    source = SimpleNamespace(config=SimpleNamespace(folder={"pianos_folder": Path("pianos")}.get))
    assert len(lessons_of(fake_step, source, 8)) == 8  # type: ignore[arg-type]
    assert Counter(heard) == {("grand", condition): 2 for condition in CONDITIONS}


def test_what_pupils_play() -> None:
    """Pieces from somewhere on, and chords of one to six keys; enough of both."""
    random = np.random.default_rng(0)
    for piece in PIECES:
        assert len(piece_groups(piece, random)) > 10
    chords = chord_groups(random)
    assert len(chords) >= GROUPS
    sizes = {len(group) for group in chords}
    assert {1, 4, 5} <= sizes
    assert all(21 <= key <= 108 for group in chords for key in group)
