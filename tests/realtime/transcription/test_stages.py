"""The stages of the chain, one by one: hops, gate, model, and the delay that they add up to."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from realtime.contract import HOP, KEYS, SAMPLE_RATE, FloatArray
from realtime.transcription.decoder import Decoder
from realtime.transcription.gate import Gate
from realtime.transcription.hops import Hops
from realtime.transcription.model import OnnxStep
from realtime.transcription.model_stage import ModelStage, Outputs
from realtime.transcription.pipeline import Pipeline
from tests.fakes import FAKE_SPEC

DELAYS = list(FAKE_SPEC.shifts)


class Counting:
    """A model whose n-th frame says n in the row of the first delay, n + 100 in the second, and so on."""

    spec = FAKE_SPEC

    def __init__(self) -> None:
        self.reset()

    def step(self, audio: FloatArray) -> Outputs:
        self._steps += 1
        column = np.array([[self._steps + 100 * row] for row in range(len(DELAYS))], np.float32)
        keys: dict[str, Any] = {head: np.repeat(column, KEYS, 1) for head in ("onset", "frame", "keyoff", "velocity")}
        return {**keys, "pedal": column}

    def reset(self) -> None:
        self._steps = 0


def silence_after(hops: Hops, delays: list[str]) -> FloatArray:
    """The hops that are pushed after the end of the input."""
    return hops.push(np.zeros(hops.silence(FAKE_SPEC, delays), np.float32))


def test_a_hop_comes_out_with_its_last_sample() -> None:
    """Hand values on the boundary: 159 samples are no hop, 160 are one, 321 are two and one sample over."""
    audio = np.arange(1, 322, dtype=np.float32)
    hops = Hops()
    assert hops.push(audio[:159]).tolist() == []
    assert hops.push(audio[159:160]).tolist() == [audio[:160].tolist()]
    assert hops.push(audio[160:]).tolist() == [audio[160:320].tolist()]
    assert hops.push(np.zeros(159, np.float32))[:, :2].tolist() == [[321.0, 0.0]]


@settings(max_examples=20, deadline=None)
@given(
    rate=st.sampled_from([16_000, 44_100, 48_000]),
    cents=st.sampled_from([0.0, -30.0]),
    cuts=st.lists(st.integers(0, 4_000), max_size=8),
)
def test_blocks_do_not_change_the_hops(rate: int, cents: float, cuts: list[int]) -> None:
    """Whole, in parts, and in parts again after a reset: the same bits; without a reset others."""
    audio = np.random.default_rng(0).normal(size=4_000).astype(np.float32)

    def pushed(hops: Hops, parts: list[FloatArray]) -> bytes:
        pushed_hops = b"".join(hops.push(part).tobytes() for part in parts)
        return pushed_hops + silence_after(hops, DELAYS).tobytes()

    hops = Hops(rate, cents)
    whole = pushed(Hops(rate, cents), [audio])
    parts = np.split(audio, sorted(cuts))
    assert pushed(hops, parts) == whole
    hops.push(audio[:100])
    assert pushed(hops, parts) != whole
    hops.reset()
    assert pushed(hops, parts) == whole


@pytest.mark.parametrize(("delay", "after"), list(FAKE_SPEC.shifts.items()))
def test_the_silence_after_the_end_is_enough_for_the_last_onset(delay: str, after: int) -> None:
    """An onset in the last sample of hop 9 is seen `tail_samples` later, emitted `shift` frames on, and confirmed."""
    hops = Hops()
    hops.push(np.ones(10 * HOP, np.float32))
    tail = -(-FAKE_SPEC.tail_samples // HOP)
    assert silence_after(hops, [delay]).tolist() == np.zeros((tail + after + FAKE_SPEC.confirm_frames, HOP)).tolist()
    hops.reset()
    hops.push(np.ones(10 * HOP, np.float32))
    longest = max(FAKE_SPEC.shifts.values())
    assert len(silence_after(hops, DELAYS)) == tail + longest + FAKE_SPEC.confirm_frames


@pytest.mark.parametrize("delay", DELAYS)
def test_a_gate_opens_at_its_level_and_looks_back_as_far_as_the_delay(delay: str) -> None:
    """A hop of RMS 0.01 lies at -40 dBFS; it counts for the frames that may be about it, and for none after."""
    gate = Gate(FAKE_SPEC, -40.001)

    def is_open() -> bool:
        opened = gate.open(DELAYS)
        assert opened is not None
        return bool(opened[delay][0])

    assert not is_open()
    gate.push(np.full(HOP, 0.01, np.float32))
    window = FAKE_SPEC.shifts[delay] + -(-FAKE_SPEC.tail_samples // HOP) + 1
    opened = []
    for _ in range(window + 1):
        opened.append(is_open())
        gate.push(np.zeros(HOP, np.float32))
    assert opened == [True] * window + [False]
    gate.push(np.full(HOP, 0.01, np.float32))
    gate.threshold_db = -39.99
    assert not is_open()
    gate.reset()
    gate.threshold_db = -120.0  # the level of a gate after reset: the level itself is loud enough
    assert is_open()
    gate.threshold_db = None
    assert gate.open(DELAYS) is None


def test_the_model_stage_gives_the_rows_of_its_delays() -> None:
    """By name, hop for hop, however many were asked for; reset forgets; a delay that the model lacks is refused."""
    stage = ModelStage(Counting(), ["accurate", "fast"])
    hop, row = np.zeros(HOP, np.float32), 100.0 * DELAYS.index("accurate")
    for number in (1.0, 2.0):
        activations = stage.push(hop)
        assert {delay: float(frame.onset[0, 87]) for delay, frame in activations.items()} == {
            "accurate": row + number,
            "fast": number,
        }
        assert [len(head) for head in activations["fast"]] == [1] * 5
    stage.reset()
    assert float(stage.push(hop)["accurate"].pedal[0]) == row + 1
    with pytest.raises(KeyError, match="instant"):
        ModelStage(Counting(), ["instant"])


@pytest.mark.parametrize("delay", DELAYS)
def test_the_stages_add_up_to_the_delay_that_is_promised(fake_step: OnnxStep, delay: str) -> None:
    """At 16 kHz; at another rate the resampler's comes before."""
    stages = (Hops(), Gate(FAKE_SPEC, None), ModelStage(fake_step, [delay]), Decoder(FAKE_SPEC, delay))
    assert sum(stage.delay_samples for stage in stages) == FAKE_SPEC.delay_samples(delay)
    assert Pipeline(fake_step, delay).delay_s == FAKE_SPEC.delay_samples(delay) / SAMPLE_RATE
    resampler = Hops(48_000).resampler
    assert Pipeline(fake_step, delay, input_rate=48_000).delay_s == round(FAKE_SPEC.delay(delay, resampler.delay_s), 6)
