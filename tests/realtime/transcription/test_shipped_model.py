"""The contract on the very file that ships: causality, state, and independence of the blocks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from realtime.audio.files import open_audio
from realtime.audio.resample import Resampler
from realtime.contract import DELAY_LIMITS_S, DELAYS, HEADS, HOP, KEYS, LIVE, SAMPLE_RATE, FloatArray
from realtime.events import Event, NoteOff, NoteOn
from realtime.transcription.model import OnnxStep, shipped_model
from realtime.transcription.pipeline import Pipeline
from realtime.transcription.stored import activations_of, decode

DURATION_S = 10.0
LARGEST_FILE = 15_000_000
LARGEST_MODEL = 5_000_000


@pytest.fixture(scope="module")
def model() -> OnnxStep:
    """The shipped model, loaded once."""
    return OnnxStep(shipped_model(), device="cpu")


def strings(rate: int = SAMPLE_RATE, duration_s: float = DURATION_S) -> FloatArray:
    """An onset every 130 ms of eight decaying harmonics, in a little noise: near enough to a piano to excite it."""
    random = np.random.default_rng(5)
    time = np.arange(round(duration_s * rate)) / rate
    audio = 1e-4 * random.standard_normal(len(time))
    for onset_s in np.arange(0.1, duration_s, 0.13):
        begin = int(onset_s * rate)
        age = time[begin : begin + rate] - onset_s
        pitch = 27.5 * 2 ** (random.integers(12, 70) / 12)
        for harmonic in range(1, 9):
            wave = np.sin(2 * np.pi * harmonic * pitch * age) * (harmonic * pitch < 7_000)
            audio[begin : begin + len(age)] += 0.15 / harmonic * np.exp(-3 * harmonic**0.5 * age) * wave
    return audio.astype(np.float32)


def run(model: OnnxStep, audio: FloatArray) -> dict[str, FloatArray]:
    """Every head over all frames, (T, D, ...), going on from the model's state."""
    steps = [model.step(hop) for hop in audio.reshape(-1, HOP)]
    return {head: np.stack([step[head] for step in steps]) for head in HEADS}


def same(one: dict[str, FloatArray], other: dict[str, FloatArray], frames: slice = slice(None)) -> bool:
    """Whether all heads are equal to the last bit."""
    return all(np.array_equal(one[head][frames], other[head][frames]) for head in HEADS)


def test_it_keeps_its_promises(model: OnnxStep) -> None:
    """Four delays within their limits at any input rate, each calibrated; size of file and model."""
    spec = model.spec
    assert spec.modes == (*DELAYS, LIVE)
    slowest_resampler = max(Resampler(rate).delay_s for rate in (8_000, 44_100, 48_000, 192_000))
    for delay in DELAYS:
        assert spec.delay(delay, slowest_resampler) <= DELAY_LIMITS_S[delay]
    assert set(spec.calibration) == set(DELAYS)
    assert shipped_model().stat().st_size <= LARGEST_FILE
    assert 0 < spec.parameters <= LARGEST_MODEL
    assert spec.name and spec.corpus and spec.licence


def test_reset_equals_new_and_without_reset_differs(model: OnnxStep) -> None:
    """Four parts: a new step object, the used one after a reset, and once more without."""
    audio = strings(duration_s=2.0)
    fresh = run(OnnxStep(shipped_model(), device="cpu"), audio)
    model.reset()
    run(model, audio[: 30 * HOP])
    model.reset()
    assert same(fresh, run(model, audio))
    assert not same(fresh, run(model, audio), slice(0, 20))


@pytest.mark.parametrize("frame", [0, 37, 150])
def test_the_future_changes_nothing(model: OnnxStep, frame: int) -> None:
    """NaN from the first sample after frame t on: all frames up to t are bit-equal, frame t + 1 is not."""
    audio = strings(duration_s=2.0)
    poisoned = audio.copy()
    poisoned[(frame + 1) * HOP :] = np.nan
    model.reset()
    clean = run(model, audio)
    model.reset()
    outputs = run(model, poisoned)
    assert same(clean, outputs, slice(0, frame + 1))
    assert not same(clean, outputs, slice(frame + 1, frame + 2))
    model.reset()
    assert same(clean, run(model, audio))


@pytest.mark.parametrize(("delay", "rate"), [("fast", 44_100), ("studio", 16_000)])
def test_random_chunkings_equal_the_whole(model: OnnxStep, delay: str, rate: int) -> None:
    """Ten seconds in blocks of random sizes give the very same events."""
    audio = strings(rate)
    pipeline = Pipeline(model, delay, input_rate=rate)
    whole = [*pipeline.push(audio), *pipeline.flush()]
    pipeline.reset()
    parts = [event for block in random_blocks(audio) for event in pipeline.push(block)]
    assert [*parts, *pipeline.flush()] == whole


def random_blocks(audio: FloatArray) -> Iterator[FloatArray]:
    """All of it, in blocks of 0-2,000 samples."""
    random, begin = np.random.default_rng(0), 0
    while begin < len(audio):
        size = int(random.integers(0, 2_000))
        yield audio[begin : begin + size]
        begin += size


@pytest.mark.parametrize("level", [0.0, 1e-30, 1e-6, 1.0, 16.0])
def test_activations_are_activations_at_any_level(model: OnnxStep, level: float) -> None:
    """From digital silence to far beyond full scale: finite, 0-1, of the promised shape."""
    model.reset()
    noise = level * np.random.default_rng(1).standard_normal((50, HOP)).clip(-1, 1)
    outputs = run(model, noise.astype(np.float32).ravel())
    for head in HEADS:
        assert outputs[head].shape == (50, len(DELAYS), 1 if head == "pedal" else KEYS)
        assert np.isfinite(outputs[head]).all()
        assert outputs[head].min() >= 0 and outputs[head].max() <= 1


@pytest.mark.corpus
def test_a_real_recording(model: OnnxStep, data_dir: Path) -> None:
    """Five seconds of a Disklavier: random chunkings equal the whole, stored activations give the same events."""
    recording = open_audio(sorted((data_dir / "maps-dev").glob("*.flac"))[0])
    audio = np.concatenate([block[:, 0] for block in recording.blocks(end_s=5.0)])
    activations = activations_of(model, [audio], recording.rate)
    for delay in model.spec.modes:
        pipeline = Pipeline(model, delay, input_rate=recording.rate)
        events: list[Event] = [event for block in random_blocks(audio) for event in pipeline.push(block)]
        events += pipeline.flush()
        assert events == decode(model.spec, delay, activations, [audio], recording.rate)
        notes = [sum(isinstance(event, kind) for event in events) for kind in (NoteOn, NoteOff)]
        assert notes[0] == notes[1]
