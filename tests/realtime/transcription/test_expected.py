"""The detector of expected keys: what counts as struck, what must not pass for it, and when it is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from realtime.clock import Timeline
from realtime.contract import KEYS, Activations, DecoderCalibration, ExpectedCalibration, FloatArray
from realtime.errors import UsageError
from realtime.events import NoteOn
from realtime.transcription.expected import (
    Expect,
    ExpectedEvent,
    ExpectedKeys,
    GroupPassed,
    Heard,
    can_expect,
    listening_delays,
)
from realtime.transcription.model import OnnxStep
from realtime.transcription.model_stage import Outputs
from realtime.transcription.pipeline import Pipeline
from tests.fakes import FAKE_KEYS, FAKE_SPEC, fake_recording

SHIFTS = {"balanced": 3, "accurate": 9, "studio": 28}
CALIBRATED = {
    "balanced": DecoderCalibration(onset=0.4),
    "accurate": DecoderCalibration(onset=0.45),
    "studio": DecoderCalibration(onset=0.5),
}
ASKED = ExpectedCalibration(lowered=1.5, chord=1.0, attempt=1.0, most=3.5, octave=1.5)
SPEC = replace(FAKE_SPEC, calibration=CALIBRATED, expected=ASKED)
# What `accurate` asks for: sigmoid(logit(.45) - 1.5), - 2.5, - 3.5, + 1.5; - 1, - 2
LOWERED, TWICE, LEAST, CLEAR = 0.15438, 0.06295, 0.02413, 0.78571
SECOND, THIRD = 0.23138, 0.09970
SUREST_TWICE, SUREST_CLEAR = 0.07586, 0.81757  # the same of `studio`: sigmoid(-2.5), sigmoid(1.5)
FRAMES = 140
Struck = tuple[int, int, str, float]  # pitch, reference frame, delay, weighted onset there


def sound(strikes: Sequence[Struck], frames: int = FRAMES) -> dict[str, FloatArray]:
    """Onset activations (frames, 88) of all delays, whose weighted onset is the given one in its frame."""
    onsets = {delay: np.zeros((frames, KEYS), np.float32) for delay in SHIFTS}
    for pitch, frame, delay, onset in strikes:
        onsets[delay][frame + SHIFTS[delay], pitch - 21] = 1.5 * onset
    return onsets


def cut(onsets: dict[str, FloatArray], begin: int = 0, end: int = FRAMES) -> dict[str, Activations]:
    """Some frames as the model gives them."""
    zeros = np.zeros((end - begin, KEYS), np.float32)
    return {delay: Activations(onset[begin:end], zeros, zeros, zeros, zeros[:, 0]) for delay, onset in onsets.items()}


def heard(wanted: Expect, *strikes: Struck, spec: object = SPEC) -> list[ExpectedEvent]:
    """What is told of a group that is expected from the begin."""
    detector = ExpectedKeys(spec)  # type: ignore[arg-type]
    return [*detector.expect(wanted), *detector.push(cut(sound(strikes)))]


def passes(wanted: Expect, *strikes: Struck) -> bool:
    return any(isinstance(event, GroupPassed) for event in heard(wanted, *strikes))


PARTNER: Struck = (64, 20, "balanced", 0.6)


def test_a_key_is_told_with_its_time_and_how_surely() -> None:
    """Frame 20's instant lies at 20.5 hops less the tail of 128 samples: 0.197 s. Balanced tells it with frame 23,
    whose hop ends at 0.24 s."""
    wanted = Expect(7, (60,))
    assert heard(wanted, (60, 20, "balanced", 0.41)) == [
        Heard(60, 0.197, 0.24, weak=False),
        GroupPassed(7, 0.197, 0.24, attempts=1),
    ]
    assert heard(Expect(7, (60, 64)), PARTNER, (60, 20, "accurate", 0.2)) == [
        Heard(64, 0.197, 0.24, weak=False),
        Heard(60, 0.197, 0.3, weak=True),
        GroupPassed(7, 0.197, 0.3, attempts=1),
    ]
    assert heard(wanted, (60, 20, "accurate", 0.46))[0] == Heard(60, 0.197, 0.3, weak=False)
    assert heard(Expect(7, (60, 64)), PARTNER, (60, 20, "accurate", 0.42))[1] == Heard(60, 0.197, 0.3, weak=True)


@pytest.mark.parametrize(
    ("delay", "onset", "told"),
    [
        ("balanced", 0.401, True),
        ("balanced", 0.399, False),
        ("accurate", 0.451, True),
        ("accurate", 0.449, False),
        ("studio", 0.501, True),
        ("studio", 0.499, False),
    ],
)
def test_what_each_delay_asks_for(delay: str, onset: float, told: bool) -> None:
    """Of the first key of a group what it is calibrated for: noise must not pass for it."""
    assert passes(Expect(0, (60,)), (60, 20, delay, onset)) is told


def test_the_frame_before_has_a_third_of_the_weight() -> None:
    """As in the decoder: two frames of .41 reach .4, one does not."""
    onsets = sound([])
    onsets["balanced"][23:25, 39] = 0.41
    detector = ExpectedKeys(SPEC)
    detector.expect(Expect(0, (60,)))
    assert detector.push(cut(onsets))[0] == Heard(60, 0.207, 0.25, weak=False)


@pytest.mark.parametrize(("frame", "told"), [(24, False), (25, True)])
def test_strokes_count_from_50_ms_after_the_last_one(frame: int, told: bool) -> None:
    """The last stroke sounded in frame 20, at 0.197 s."""
    assert passes(Expect(0, (60,), since=0.197), (60, frame, "balanced", 0.6)) is told


def test_a_key_that_sounds_on_must_rise_anew() -> None:
    """By half of the threshold."""
    onsets = sound([])
    onsets["balanced"][:, 39] = 0.45
    for top, told in ((0.64, False), (0.66, True)):
        onsets["balanced"][30:32, 39] = top
        detector = ExpectedKeys(SPEC)
        detector.expect(Expect(0, (60,)))
        onsets["balanced"][0, 39] = 0.0  # it began before
        detector.push(cut(onsets, 0, 10))
        again = detector.expect(Expect(1, (60,), since=0.05))
        assert bool([*again, *detector.push(cut(onsets, 10))]) is told


def test_the_same_chord_twice_must_be_struck_twice() -> None:
    """The stroke of the first time does not pass the second."""
    first = [(60, 20, "balanced", 0.6), (64, 22, "balanced", 0.6)]
    detector = ExpectedKeys(SPEC)
    detector.expect(Expect(0, (60, 64)))
    passed = detector.push(cut(sound([*first, (60, 60, "balanced", 0.6), (64, 60, "balanced", 0.6)]), 0, 40))[-1]
    assert passed == GroupPassed(0, 0.217, 0.26, attempts=1)
    assert detector.expect(Expect(1, (60, 64), since=0.217)) == []
    again = detector.push(cut(sound([(60, 60, "balanced", 0.6), (64, 60, "balanced", 0.6)]), 40))
    assert again[-1] == GroupPassed(1, 0.597, 0.64, attempts=1)


@pytest.mark.parametrize(("later", "told"), [(100, True), (101, False)])
@pytest.mark.parametrize(
    ("first", "second"), [("balanced", "balanced"), ("balanced", "studio"), ("studio", "balanced")]
)
def test_a_chord_may_be_rolled_within_a_second(later: int, told: bool, first: str, second: str) -> None:
    """From frame to frame, whichever delay hears a key."""
    found = heard(Expect(0, (60, 64), since=-0.06), (60, 0, first, 0.6), (64, later, second, 0.6))
    assert [type(event) for event in found] == [Heard, Heard, GroupPassed][: 2 + told]


@pytest.mark.parametrize(
    ("keys", "onset", "told"),
    [
        ((60, 64), TWICE + 0.001, True),  # half of the others: the other one
        ((60, 64), TWICE - 0.001, False),
        ((60, 64, 67, 71), LOWERED + 0.001, True),  # one of three is less than half
        ((60, 64, 67, 71), LOWERED - 0.001, False),
        ((60, 64, 67), TWICE + 0.001, True),
    ],
)
def test_less_is_asked_once_half_of_the_others_are_heard(keys: tuple[int, ...], onset: float, told: bool) -> None:
    """1.5 logits less once another key is heard, one more from half of them on; here the key in question is 64."""
    found = heard(Expect(0, keys), (60, 20, "balanced", 0.6), (64, 20, "accurate", onset))
    assert any(isinstance(event, Heard) and event.pitch == 64 for event in found) is told


@pytest.mark.parametrize(("strokes", "alone", "in_chord"), [(1, 0.45, TWICE), (2, SECOND, LEAST), (3, THIRD, LEAST)])
def test_less_is_asked_with_every_stroke_down_to_a_limit(strokes: int, alone: float, in_chord: float) -> None:
    """A further stroke of any key takes a logit; the sum is 3.5 at most."""
    others = [(40, frame, "balanced", 0.6) for frame in (5, 50, 95)][:strokes]
    for onset, told in ((0.001, True), (-0.001, False)):
        assert passes(Expect(0, (60,)), *others, (60, 100, "accurate", alone + onset)) is told
        both = [(64, 95, "balanced", 0.6), (60, 100, "accurate", in_chord + onset)]
        others = [(40, frame, "balanced", 0.6) for frame in (5, 50)][: strokes - 1]
        assert passes(Expect(0, (60, 64)), *others, *both) is told
        others = [(40, frame, "balanced", 0.6) for frame in (5, 50, 95)][:strokes]
    assert heard(Expect(0, (60,)), *others, (60, 100, "accurate", 0.9))[-1].attempts == strokes  # type: ignore[union-attr]


@pytest.mark.parametrize(("second", "attempts"), [(45, 1), (46, 2)])
def test_strokes_within_400_ms_are_one_attempt(second: int, attempts: int) -> None:
    """Counted from the first one of them."""
    found = heard(Expect(0, (60,)), (40, 5, "balanced", 0.6), (40, second, "balanced", 0.6), (60, 90, "balanced", 0.6))
    assert found[-1].attempts == attempts + 1  # type: ignore[union-attr]


@pytest.mark.parametrize("step", [-12, -2, -1, 1, 2, 12])
@pytest.mark.parametrize(("frame", "told"), [(14, False), (20, False), (13, True), (21, True)])
def test_weak_evidence_does_not_count_beside_a_stronger_neighbour(step: int, frame: int, told: bool) -> None:
    """That sounded in the same frame or in the six before it."""
    key, neighbour = (60, 20, "accurate", 0.3), (60 + step, frame, "accurate", 0.31)
    wanted = Expect(0, (60, 64))
    assert passes(wanted, PARTNER, key, neighbour) is told
    assert passes(wanted, PARTNER, key, (60 + step, frame, "accurate", 0.29))
    assert passes(replace(wanted, next_pitches=(60 + step,)), PARTNER, key, neighbour)


def test_strong_evidence_counts_beside_a_neighbour_but_not_beside_an_octave() -> None:
    """Beside a stronger octave balanced does not decide, and accurate must be sure."""
    balanced = [(60, 20, "balanced", 0.6), (61, 20, "balanced", 0.7)]
    assert passes(Expect(0, (60,)), *balanced)
    for step in (-12, 12):
        octave = [(60, 20, "balanced", 0.6), (60 + step, 20, "balanced", 0.7), (60 + step, 20, "accurate", 0.9)]
        assert not passes(Expect(0, (60,)), *octave)
        assert not passes(Expect(0, (60,)), (60, 20, "balanced", 0.8), (60 + step, 20, "balanced", 0.85))
        assert not passes(Expect(0, (60,)), *octave, (60, 20, "accurate", CLEAR - 0.001))
        assert passes(Expect(0, (60,)), *octave, (60, 20, "accurate", CLEAR + 0.001))
        assert passes(Expect(0, (60, 60 + step)), *octave)


def test_the_keyboard_ends() -> None:
    """No neighbour beyond either end, none from the other one."""
    for pitch, far in ((21, 108), (108, 21), (22, 107)):
        assert passes(Expect(0, (pitch, 64)), PARTNER, (pitch, 20, "accurate", 0.3), (far, 20, "accurate", 0.9))


def test_nothing_is_told_of_what_is_not_expected() -> None:
    """Other keys; and any after `stop`, or after the group has passed."""
    assert heard(Expect(0, (60,)), (62, 20, "balanced", 0.6)) == []
    detector = ExpectedKeys(SPEC)
    assert detector.push(cut(sound([(60, 20, "balanced", 0.6)]))) == []
    detector.expect(Expect(0, (60,)))
    detector.stop()
    assert detector.push(cut(sound([(60, 20, "balanced", 0.6)]))) == []
    assert len(heard(Expect(0, (60,)), (60, 20, "balanced", 0.6), (60, 60, "balanced", 0.6))) == 2


def test_without_a_time_strokes_count_from_now() -> None:
    """A stroke that was heard before the group was expected is none of it; one of this moment is."""
    for frame, told in ((49, False), (50, True)):
        detector = ExpectedKeys(SPEC)
        detector.expect(Expect(0, (21,)))
        onsets = sound([(60, frame, "balanced", 0.6)])
        detector.push(cut(onsets, 0, 50))
        detector.expect(Expect(1, (60,)))
        assert bool(detector.push(cut(onsets, 50))) is told


def test_a_drop_out_and_a_closed_gate_strike_no_key() -> None:
    """Nor does the cut at the stream's end."""
    onsets = sound([(60, 20, "balanced", 0.6)])
    gate = {delay: np.ones(FRAMES, np.bool_) for delay in SHIFTS}
    gate["balanced"][23] = False
    detector = ExpectedKeys(SPEC)
    detector.expect(Expect(0, (60,)))
    assert detector.push(cut(onsets), gate) == []
    for end_s, told in ((0.2, False), (0.21, True)):
        ended = ExpectedKeys(SPEC, Timeline(end_s=end_s))
        ended.expect(Expect(0, (60,)))
        assert bool(ended.push(cut(onsets))) is told


def test_the_latest_delay_hears_the_soft_keys_of_a_chord() -> None:
    """As `accurate` does, from its own threshold, 19 frames later; its guards are its own."""
    wanted = Expect(0, (60, 64))
    assert heard(wanted, PARTNER, (60, 20, "studio", SUREST_TWICE + 0.001)) == [
        Heard(64, 0.197, 0.24, weak=False),
        Heard(60, 0.197, 0.49, weak=True),
        GroupPassed(0, 0.197, 0.49, attempts=1),
    ]
    assert not passes(wanted, PARTNER, (60, 20, "studio", SUREST_TWICE - 0.001))
    assert ExpectedKeys(SPEC).delay_samples == 29 * 160
    for rival, told in (((61, 20, "studio", 0.31), False), ((61, 20, "accurate", 0.31), True)):
        assert passes(wanted, PARTNER, (60, 20, "studio", 0.3), rival) is told
    for onset, told in ((SUREST_CLEAR - 0.001, False), (SUREST_CLEAR + 0.001, True)):
        assert passes(Expect(0, (60,)), (60, 20, "studio", onset), (72, 20, "studio", 0.9)) is told


def test_a_model_may_lack_the_latest_delay() -> None:
    """Then the two others decide."""
    spec = replace(SPEC, shifts={"balanced": 3, "accurate": 9})
    assert can_expect(spec)
    assert listening_delays(spec) == ("accurate", "balanced")
    assert listening_delays(SPEC) == ("studio", "accurate", "balanced")
    late = (60, 20, "studio", 0.6)
    assert heard(Expect(0, (60,)), late, (60, 25, "accurate", 0.5), spec=spec)[0] == Heard(60, 0.247, 0.35, weak=False)
    assert heard(Expect(0, (60,)), late, spec=spec) == []


def test_a_model_without_the_two_delays_cannot() -> None:
    """And says so."""
    assert can_expect(SPEC)
    lacking = replace(SPEC, shifts={"fast": 0, "balanced": 3})
    assert not can_expect(lacking)
    with pytest.raises(KeyError):
        ExpectedKeys(lacking)


STRIKES = st.lists(
    st.tuples(st.integers(55, 75), st.integers(0, FRAMES - 30), st.sampled_from([*SHIFTS]), st.floats(0.0, 0.66)),
    max_size=60,
)
GROUPS = st.lists(st.sets(st.integers(58, 72), min_size=1, max_size=4), min_size=1, max_size=4)


def played(strikes: Sequence[Struck], groups: Sequence[set[int]], ends: Sequence[int]) -> list[object]:
    """What is heard of groups, each expected when the one before has passed and the frames until one of `ends` have
    come. Without the times at which it was known."""
    onsets, detector, told, at = sound(strikes), ExpectedKeys(SPEC), list[object](), 0
    found = detector.expect(Expect(0, tuple(groups[0]), since=-1.0))
    for end in sorted({*ends, FRAMES}):
        found += detector.push(cut(onsets, at, end))
        at = end
        while found:
            told += [replace(event, emitted=0.0) for event in found]
            last = found[-1]
            found = []
            if isinstance(last, GroupPassed) and last.group + 1 < len(groups):
                found = detector.expect(Expect(last.group + 1, tuple(groups[last.group + 1]), since=last.time))
    return told


@settings(max_examples=150, deadline=None)
@given(STRIKES, GROUPS, st.lists(st.integers(0, FRAMES), max_size=10))
def test_cuts_change_nothing(strikes: list[Struck], groups: list[set[int]], ends: list[int]) -> None:
    """However the frames are cut, the same keys are heard in the same frames."""
    assert played(strikes, groups, ends) == played(strikes, groups, range(FRAMES))


@settings(max_examples=150, deadline=None)
@given(STRIKES, st.sets(st.integers(58, 72), min_size=1, max_size=4), st.integers(0, FRAMES))
def test_a_late_expectation_hears_what_an_early_one_does(strikes: list[Struck], keys: set[int], late: int) -> None:
    """To the bit, but for when it was told."""
    onsets, wanted = sound(strikes), Expect(0, tuple(keys), since=-1.0)
    early, later = ExpectedKeys(SPEC), ExpectedKeys(SPEC)
    later.expect(Expect(9, (21,)))  # it listens
    first = [*early.expect(wanted), *early.push(cut(onsets))]
    second = [*later.push(cut(onsets, 0, late)), *later.expect(wanted), *later.push(cut(onsets, late))]
    assert [replace(event, emitted=0.0) for event in first] == [replace(event, emitted=0.0) for event in second]


@settings(max_examples=100, deadline=None)
@given(STRIKES, st.sets(st.integers(58, 72), min_size=1, max_size=4))
def test_a_group_passes_once_with_all_of_its_keys(strikes: list[Struck], keys: set[int]) -> None:
    """Each told within the second before; nothing is told after it."""
    found = heard(Expect(3, tuple(keys)), *strikes)
    *before, last = found or [None]
    assert not any(isinstance(event, GroupPassed) for event in before)
    if isinstance(last, GroupPassed):
        latest = {event.pitch: event.time for event in before if isinstance(event, Heard)}
        assert {*latest} == keys
        assert last.time == max(latest.values())
        assert min(latest.values()) >= last.time - 1.0


ONCE = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
NOTES = [(FAKE_KEYS[1], 0.3, 0.6), (FAKE_KEYS[4], 0.33, 0.6), (FAKE_KEYS[2], 0.9, 1.1)]
LOW, HIGH, LAST = (21 + FAKE_KEYS[number] for number in (1, 4, 2))
RATE = 44_100
RECORDED = fake_recording(NOTES, 1.12, RATE)


def through(pipeline: Pipeline, blocks: Sequence[FloatArray]) -> tuple[list[object], list[ExpectedEvent]]:
    """Notes, and what was heard of two groups, the second expected when the first has passed."""
    pipeline.expect(Expect(0, (LOW, HIGH), (LAST,)))
    notes, found = list[object](), list[ExpectedEvent]()
    for block in blocks:
        notes += pipeline.push(block)
        for event in pipeline.heard():
            found.append(event)
            if isinstance(event, GroupPassed) and event.group == 0:
                pipeline.expect(Expect(1, (LAST,), since=event.time))
    notes += pipeline.flush()
    return notes, [*found, *pipeline.heard()]


@ONCE
@given(cuts=st.lists(st.integers(0, len(RECORDED)), max_size=12), mode=st.sampled_from(FAKE_SPEC.modes))
def test_a_pipeline_hears_beside_its_notes(fake_step: OnnxStep, cuts: list[int], mode: str) -> None:
    """In every mode, to the end of the sound, however it is cut; the notes are those without expectations."""
    places = [0, *sorted(cuts), len(RECORDED)]
    blocks = [RECORDED[begin:end] for begin, end in pairwise(places)]
    notes, found = through(Pipeline(fake_step, mode, input_rate=RATE), blocks)
    plain = Pipeline(fake_step, mode, input_rate=RATE)
    assert notes == [*plain.push(RECORDED), *plain.flush()]
    assert [(type(event), getattr(event, "pitch", None)) for event in found] == [
        (Heard, LOW),
        (Heard, HIGH),
        (GroupPassed, None),
        (Heard, LAST),
        (GroupPassed, None),
    ]
    times = {note.pitch: note.time for note in notes if isinstance(note, NoteOn)}
    assert all(abs(event.time - times[event.pitch]) <= 0.0101 for event in found if isinstance(event, Heard))


def test_a_pipeline_begins_afresh_after_a_loss(fake_step: OnnxStep) -> None:
    """A key that was heard before a long loss must be struck again, on the clock that goes on."""
    pipeline = Pipeline(fake_step, "balanced", input_rate=RATE)
    pipeline.expect(Expect(0, (LOW, HIGH)))
    pipeline.push(fake_recording([(FAKE_KEYS[1], 0.3, 0.6)], 0.7, RATE))
    pipeline.gap(RATE)
    pipeline.push(fake_recording([(FAKE_KEYS[4], 0.1, 0.3)], 0.5, RATE))
    assert [event.pitch for event in pipeline.heard()] == [LOW, HIGH]  # type: ignore[union-attr]
    pipeline.push(fake_recording([(FAKE_KEYS[1], 0.1, 0.3)], 0.5, RATE))
    low, passed = pipeline.heard()
    assert isinstance(passed, GroupPassed)
    assert passed.time == low.time == pytest.approx(2.3, abs=0.01)


def test_a_pipeline_waits_no_more(fake_step: OnnxStep) -> None:
    """After `stop_expecting` nothing is heard; a reset forgets what was."""
    pipeline = Pipeline(fake_step, "balanced", input_rate=RATE)
    pipeline.expect(Expect(0, (LOW, LAST)))
    pipeline.push(RECORDED[: RATE // 2])
    pipeline.reset()
    assert pipeline.heard() == []
    pipeline.push(RECORDED)
    assert [type(event) for event in pipeline.heard()] == [Heard, Heard, GroupPassed]
    pipeline.expect(Expect(0, (LOW,)))
    pipeline.stop_expecting()
    pipeline.push(RECORDED)
    assert pipeline.heard() == []


class Lacking:
    """A model of one delay."""

    def __init__(self, model: OnnxStep) -> None:
        self._model = model
        self.spec = replace(model.spec, shifts={"fast": 0}, live={})

    def step(self, audio: FloatArray) -> Outputs:
        return self._model.step(audio)

    def reset(self) -> None:
        self._model.reset()


def test_a_pipeline_whose_model_cannot_says_so(fake_step: OnnxStep) -> None:
    """In a sentence; without expectations it transcribes."""
    pipeline = Pipeline(Lacking(fake_step), "fast")
    with pytest.raises(UsageError, match="lacks the delays balanced and accurate"):
        pipeline.expect(Expect(0, (60,)))
    pipeline.stop_expecting()
    assert pipeline.push(np.zeros(1600, np.float32)) == []
    assert pipeline.flush() == []
