"""Hand-written labels on the boundaries of frames."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from realtime.contract import HOP, SAMPLE_RATE
from realtime.notes import NoteTable
from training.fit.config import LossWeights
from training.fit.loss import network_loss
from training.fit.targets import frame_of, make_targets
from training.model.network import Logits

TAIL = 128


def test_an_onset_belongs_to_the_first_frame_that_can_see_it() -> None:
    """The reference instant of frame 4 is (5 * 160 - 128) samples: on it frame 4, one sample later frame 5."""
    instant = (5 * HOP - TAIL) / SAMPLE_RATE
    assert frame_of(np.array([instant, instant + 1 / SAMPLE_RATE, instant - 0.00999]), TAIL).tolist() == [4, 5, 4]


def test_an_onset_at_zero_is_in_the_first_frame() -> None:
    """Sound at sample 0 is seen by the frame that ends at sample 160."""
    assert frame_of(np.array([0.0]), TAIL).tolist() == [0]


def test_rolls_of_two_notes() -> None:
    """Middle C from frame 10 to 15, struck again at frame 17: it sounds while it is held, not while the room rings."""
    at = lambda frame: ((frame + 1) * HOP - TAIL) / SAMPLE_RATE  # noqa: E731
    notes = NoteTable.build([at(10), at(17)], [at(15), at(30)], [60, 60], [40, 80])
    targets = make_targets(notes, np.array([at(20), at(33)]), 40, TAIL)
    key = 60 - 21
    assert np.flatnonzero(targets.onset[:, key]).tolist() == [10, 11, 17, 18]
    assert targets.velocity[targets.onset[:, key] > 0, key].tolist() == [40, 40, 80, 80]
    assert list(range(10, 15)) + list(range(17, 30)) == np.flatnonzero(targets.frame[:, key]).tolist()
    assert np.flatnonzero(targets.keyoff[:, key]).tolist() == [15, 16, 17, 30, 31, 32]
    assert targets.onset.sum() == 4


def test_a_release_under_the_pedal_is_not_asked_for() -> None:
    """The pedal is down from 0.05 s to 0.6 s: a release at 0.3 s makes no sound, one at 0.7 s does."""
    notes = NoteTable.build([0.1, 0.2], [0.3, 0.7], [60, 62], [64, 64], [0.05, 0.6], [127, 0])
    targets = make_targets(notes, np.array([0.65, 0.8]), 100, TAIL)
    assert not targets.keyoff[:, 60 - 21].any()
    assert targets.keyoff[:, 62 - 21].any()
    assert int(targets.pedal.sum()) == 55


def test_the_pedal_is_down_from_the_first_frame_whose_instant_it_has_reached() -> None:
    """The instant of frame 4 is sample 5 * 160 - 128 = 672: a pedal that is pressed there is down in it, one that is
    pressed a sample later is not; frame 7 no longer is one that was lifted a sample before its instant, 1152."""
    for down, up, expected in ((672, 1151, [4, 5, 6]), (673, 1153, [5, 6, 7]), (672, 673, [4]), (673, 674, [])):
        notes = NoteTable.build([0.0], [0.1], [60], [64], [down / 16_000, up / 16_000], [64, 63])
        pedal = make_targets(notes, np.array([0.2]), 12, TAIL).pedal
        assert np.flatnonzero(pedal).tolist() == expected


def test_a_string_that_dies_away_ends_before_its_key_is_released() -> None:
    """A held treble note ends when it is no longer audible, and a restrike ends the sound before it."""
    notes = NoteTable.build([0.1, 0.2], [5.0, 0.9], [96, 50], [64, 64])
    targets = make_targets(notes, np.array([0.5, 0.95]), 100, TAIL)
    assert frame_of(np.array([0.5]), TAIL)[0] - 1 == np.flatnonzero(targets.frame[:, 96 - 21])[-1]


def test_notes_from_before_sound_but_do_not_begin() -> None:
    """A note struck before the segment sounds in it and has no onset there; pitches off the keyboard are ignored."""
    notes = NoteTable.build([-1.0, 0.1], [0.2, 0.3], [60, 20], [64, 64])
    targets = make_targets(notes, np.array([0.25, 0.4]), 50, TAIL)
    assert targets.onset.sum() == 0
    assert targets.frame[:10, 60 - 21].all()
    assert targets.frame.any(0).sum() == 1


@pytest.mark.parametrize("shift", [0, 3])
def test_the_loss_compares_each_delay_with_its_own_frame(shift: int) -> None:
    """Certain and right logits cost nothing when moved by the delay's shift, and much when moved by one frame more."""
    rng = np.random.default_rng(0)
    onset = torch.from_numpy((rng.random((1, 30, 88)) < 0.02).astype(np.uint8))
    targets = {"onset": onset, "frame": onset, "keyoff": onset, "velocity": 64 * onset, "pedal": onset[:, :, 0]}

    def late_logits(frames_late: int) -> Logits:
        moved = torch.roll(onset.float(), frames_late, 1)
        heads = [40 * moved - 20] * 3 + [torch.full_like(moved, float(torch.logit(torch.tensor(64 / 127))))]
        return Logits((torch.stack(heads, 3),), (40 * moved[:, :, 0] - 20)[:, :, None])

    right, _ = network_loss(late_logits(shift), targets, [shift], LossWeights())
    wrong, parts = network_loss(late_logits(shift + 1), targets, [shift], LossWeights())
    assert right < 1e-3
    assert wrong > 1.0
    assert parts["onset"] > 1.0


def test_a_missed_onset_weighs_twice_a_false_one() -> None:
    """One onset in 88 keys and 1 frame, logits 0 everywhere: 87 times log 2, and 2 times log 2 for the one."""
    onset = torch.zeros(1, 1, 88, dtype=torch.uint8)
    onset[0, 0, 40] = 1
    targets = dict.fromkeys(("onset", "frame", "keyoff"), onset) | {"velocity": onset, "pedal": onset[:, :, 0]}
    zeros = Logits((torch.zeros(1, 1, 88, 4),), torch.zeros(1, 1, 1))
    _, parts = network_loss(zeros, targets, [0], LossWeights(onset_positive=2.0))
    assert float(parts["onset"]) == pytest.approx(89 * np.log(2), rel=1e-5)
    assert float(parts["frame"]) == pytest.approx(88 * np.log(2), rel=1e-5)


def test_onsets_of_sparse_segments_weigh_more() -> None:
    """Two equal segments with logits of 0, one of them of lone notes: (1 + 3) / 2 of what both weigh as music."""
    roll = torch.zeros(2, 4, 88, dtype=torch.uint8)
    targets = dict.fromkeys(("onset", "frame", "keyoff", "velocity"), roll) | {"pedal": roll[:, :, 0]}
    zeros = Logits((torch.zeros(2, 4, 88, 4),), torch.zeros(2, 4, 1))
    plain = network_loss(zeros, targets, [0], LossWeights(sparse=3.0))[1]
    sparse = network_loss(zeros, {**targets, "sparse": torch.tensor([1, 0])}, [0], LossWeights(sparse=3.0))[1]
    assert float(sparse["onset"] / plain["onset"]) == pytest.approx(2.0)
    assert sparse["frame"] == plain["frame"]


def test_only_the_frames_after_a_stroke_weigh_as_restrikes() -> None:
    """A key struck at frame 5 and taught on 5 and 6: its frames 7 to 27 weigh three times as much, others do not."""
    onset = torch.zeros(1, 60, 88, dtype=torch.uint8)
    onset[0, 5:7, 40] = 1
    targets = dict.fromkeys(("onset", "frame", "keyoff"), onset) | {"velocity": onset, "pedal": onset[:, :, 0]}

    def loss_with_a_mistake_at(frame: int, key: int) -> float:
        logits = 40.0 * onset.float() - 20
        logits[0, frame, key] = 0.0
        heads = torch.stack([logits] + [40.0 * onset.float() - 20] * 3, 3)
        _, parts = network_loss(Logits((heads,), torch.zeros(1, 60, 1)), targets, [0], LossWeights(restrike=3.0))
        return float(parts["onset"]) * 60

    heavy = [f for f in range(60) if f not in (5, 6) and loss_with_a_mistake_at(f, 40) > 2 * np.log(2)]
    assert heavy == list(range(7, 28))
    assert loss_with_a_mistake_at(5, 40) == pytest.approx(2 * np.log(2), rel=1e-3)  # onset_positive
    assert loss_with_a_mistake_at(10, 41) == pytest.approx(np.log(2), rel=1e-3)


def test_a_velocity_on_its_label_costs_nothing() -> None:
    """v / 127 for v of 1 to 126, one on each key and frame; an error of one step on all costs its square."""
    velocity = torch.arange(1, 127).reshape(1, 6, 21)
    onset = torch.zeros(1, 6, 88, dtype=torch.uint8)
    onset[..., :21] = 1
    rolls = torch.zeros(1, 6, 88)
    rolls[..., :21] = velocity
    targets = dict.fromkeys(("onset", "frame", "keyoff"), onset) | {"velocity": rolls, "pedal": onset[:, :, 0]}
    for step, cost in ((0, 0.0), (0.5, (0.5 / 127) ** 2)):
        velocities = torch.full((1, 6, 88), 0.5)
        velocities[..., :21] = (velocity + step) / 127
        heads = torch.stack([torch.zeros_like(velocities)] * 3 + [velocities.logit()], 3)
        _, parts = network_loss(Logits((heads,), torch.zeros(1, 6, 1)), targets, [0], LossWeights(velocity_level=1.0))
        assert float(parts["velocity"]) == pytest.approx(cost, rel=1e-3, abs=1e-9)


def test_the_velocity_that_a_segment_misses_as_a_whole_weighs_less_than_what_it_mixes_up() -> None:
    """Two segments of two notes: one 0.1 too loud throughout, one 0.2 too loud and 0.2 too soft."""
    onset = torch.zeros(2, 2, 88, dtype=torch.uint8)
    onset[:, :, 40] = 1
    velocities = torch.full((2, 2, 88), 0.5)
    velocities[0, :, 40] += 0.1
    velocities[1, 0, 40] += 0.2
    velocities[1, 1, 40] -= 0.2
    velocity = onset.float() * 63.5
    logits = torch.stack([torch.zeros_like(velocities)] * 3 + [velocities.logit()], 3)
    targets = dict.fromkeys(("onset", "frame", "keyoff"), onset) | {"velocity": velocity, "pedal": onset[:, :, 0]}
    for level, expected in ((1.0, (0.01 + 0.01 + 0.04 + 0.04) / 4), (0.2, (0.2 * 0.02 + 0.08) / 4)):
        weights = LossWeights(velocity_level=level)
        _, parts = network_loss(Logits((logits,), torch.zeros(2, 2, 1)), targets, [0], weights)
        assert float(parts["velocity"]) == pytest.approx(expected, rel=1e-5)


def test_a_key_without_a_damper_has_no_release() -> None:
    """F6 (89) rings on when its key comes up; E6 does not."""
    notes = NoteTable.build([0.1, 0.1], [0.3, 0.3], [88, 89], [64, 64])
    targets = make_targets(notes, np.array([0.4, 0.9]), 100, TAIL)
    assert targets.keyoff[:, 88 - 21].any()
    assert not targets.keyoff[:, 89 - 21].any()
