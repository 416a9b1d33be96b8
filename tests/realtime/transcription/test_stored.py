"""One run of the model serves all delays: what is decoded of stored activations is what the program gives."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pytest

from realtime.contract import HOP, Activations, FloatArray
from realtime.events import Event, NoteOff, NoteOn, Pedal
from realtime.transcription.model import OnnxStep
from realtime.transcription.pipeline import Pipeline
from realtime.transcription.stored import activations_of, decode, hops_of
from tests.fakes import FAKE_KEYS, FAKE_SPEC, fake_recording

A, B, C = FAKE_KEYS[0], FAKE_KEYS[2], FAKE_KEYS[4]
DURATION_S = 1.2
NOTES = [(A, 0.2, 0.5), (B, 0.31, 0.8), (A, 0.65, 0.75), (C, 0.653, 0.9), (B, 0.9, 1.5), (A, 1.15, 2.0)]
DELAYS = list(FAKE_SPEC.modes)
RATES = [16_000, 44_100]


def streamed(model: OnnxStep, audio: FloatArray, delay: str, rate: int) -> list[Event]:
    """What the program gives."""
    pipeline = Pipeline(model, delay, input_rate=rate)
    return [*pipeline.push(audio), *pipeline.flush()]


def damaged(audio: FloatArray, rate: int) -> FloatArray:
    """With a drop-out while keys are held, and digital silence after the first second."""
    audio[round(0.4 * rate) : round(0.44 * rate)] = 0
    audio[rate:] = 0
    return audio


def kinds(events: Iterable[Event]) -> set[type[Event]]:
    return {type(event) for event in events}


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("sound", ["whole", "damaged"])
def test_stored_activations_give_the_events_of_a_stream(fake_step: OnnxStep, rate: int, sound: str) -> None:
    """At each delay, to the bit, however the recording is cut; also where it has drop-outs and ends in zeros."""
    audio = fake_recording(NOTES, DURATION_S, rate)
    if sound == "damaged":
        audio = damaged(audio, rate)
    blocks = np.split(audio, [100, 5_000])
    activations = activations_of(fake_step, blocks, rate)
    for delay in DELAYS:
        events = decode(FAKE_SPEC, delay, activations, blocks, rate)
        assert events == streamed(fake_step, audio, delay, rate)
        assert kinds(events) >= {NoteOn, NoteOff}


def test_the_model_gets_what_it_gets_in_a_stream(fake_step: OnnxStep) -> None:
    """Drop-outs are concealed, the rest are the samples themselves; zeros follow until the slowest delay is done."""
    audio = fake_recording(NOTES, DURATION_S)
    audio[6_400:7_040] = 0
    hops = hops_of(FAKE_SPEC, [audio]).reshape(-1)
    lost = np.zeros(len(audio), np.bool_)
    lost[6_380:7_280] = True  # 20 samples before the drop-out are predicted, 240 after it blended
    assert np.array_equal(hops[: len(audio)][~lost], audio[~lost])
    assert np.abs(hops[6_500:6_900]).max() > 0.1 * np.abs(audio[:6_400]).max()
    tail = -(-FAKE_SPEC.tail_samples // HOP)
    assert len(hops) == len(audio) + (tail + FAKE_SPEC.shifts["studio"] + FAKE_SPEC.confirm_frames) * HOP


def pressed(frames: int) -> Activations:
    """One note, and a pedal that is down from the first second on."""
    onset, frame, keyoff, velocity = np.zeros((4, frames, 88), np.float32)
    onset[50:52, A], frame[50:150, A], velocity[50:52, A] = 0.9, 0.9, 0.5
    pedal = np.zeros(frames, np.float32)
    pedal[100:] = 0.9
    return Activations(onset, frame, keyoff, velocity, pedal)


def test_activations_of_digital_silence_press_no_pedal() -> None:
    """Whatever model they are of: the same activations, of sound and of silence."""
    sound = np.random.default_rng(0).normal(0, 0.01, 4 * 16_000).astype(np.float32)
    silence = sound.copy()
    silence[12_000:] = 0
    values = [
        [
            event.value
            for event in decode(FAKE_SPEC, "balanced", {"balanced": pressed(400)}, [audio])
            if isinstance(event, Pedal)
        ]
        for audio in (sound, silence)
    ]
    assert values == [[127, 0], []]


def test_activations_that_end_early_are_followed_by_nothing() -> None:
    """As those of a segment, which end with its sound: what is held ends, nothing begins."""
    sound = np.random.default_rng(0).normal(0, 0.01, 4 * 16_000).astype(np.float32)
    notes = [e for e in decode(FAKE_SPEC, "fast", {"fast": pressed(120)}, [sound]) if not isinstance(e, Pedal)]
    assert kinds(notes) == {NoteOn, NoteOff}
    assert notes[1].time == pytest.approx(1.2, abs=0.03)
