"""Drop-outs strike no held key again and end none; what only looks like one changes nothing; no pedal in silence."""

from __future__ import annotations

import numpy as np
import pytest

from realtime.contract import HOP, KEYS, SAMPLE_RATE, Activations, FloatArray
from realtime.events import Event, Gap, NoteOff, NoteOn, Pedal
from realtime.transcription.decoder import Decoder
from realtime.transcription.model import OnnxStep
from realtime.transcription.pipeline import Pipeline, activations_of, decode
from realtime.transcription.silence import Silence
from tests.fakes import FAKE_KEYS, FAKE_SPEC, fake_recording

A, B, C = FAKE_KEYS[0], FAKE_KEYS[2], FAKE_KEYS[4]
DELAYS = list(FAKE_SPEC.shifts)
DURATION_S = 1.5
HELD = [(A, 0.1, 1.3), (B, 0.2, 1.3)]


def transcribe(model: OnnxStep, audio: FloatArray, delay: str, rate: int = SAMPLE_RATE) -> list[Event]:
    pipeline = Pipeline(model, delay, input_rate=rate)
    return [*pipeline.push(audio), *pipeline.flush()]


def times(events: list[Event]) -> list[tuple[type[Event], float, int]]:
    """What began and ended, when, in the order of time."""
    notes = [event for event in events if isinstance(event, NoteOn | NoteOff)]
    return sorted(((type(e), e.time, e.pitch) for e in notes), key=lambda e: (e[1], e[2]))


def crackling(audio: FloatArray, length_s: float, every_s: float, rate: int = SAMPLE_RATE) -> FloatArray:
    """Zeros for `length_s` every `every_s`, while both keys are held."""
    chopped = audio.copy()
    for begin in np.arange(0.35, 1.2 - length_s, every_s):
        chopped[round(begin * rate) : round((begin + length_s) * rate)] = 0
    return chopped


@pytest.mark.parametrize("delay", DELAYS)
@pytest.mark.parametrize(
    ("length_s", "every_s", "rate"),
    [(0.005, 0.15, 44_100), (0.04, 0.15, 16_000), (0.1, 0.4, 16_000), (0.19, 0.6, 16_000)],
)
def test_a_crackling_driver_strikes_no_key_again(
    fake_step: OnnxStep, delay: str, length_s: float, every_s: float, rate: int
) -> None:
    """What is held goes on: the same notes with the same times as without the drop-outs."""
    audio = fake_recording(HELD, DURATION_S, rate)
    expected = times(transcribe(fake_step, audio, delay, rate))
    assert [event[2] for event in expected] == [21 + A, 21 + B, 21 + A, 21 + B]
    assert times(transcribe(fake_step, crackling(audio, length_s, every_s, rate), delay, rate)) == expected


@pytest.mark.parametrize("delay", DELAYS)
def test_a_short_loss_of_the_ring_is_a_drop_out(fake_step: OnnxStep, delay: str) -> None:
    """The loss is a Gap at its place, the clock goes on, and so do the notes."""
    audio = fake_recording(HELD, DURATION_S)
    pipeline = Pipeline(fake_step, delay)
    events = [*pipeline.push(audio[:16_000]), *pipeline.gap(640), *pipeline.push(audio[16_640:]), *pipeline.flush()]
    assert [event for event in events if isinstance(event, Gap)] == [Gap(1.0, 1.0, 0.04)]
    assert times(events) == times(transcribe(fake_step, audio, delay))


@pytest.mark.parametrize("delay", DELAYS)
@pytest.mark.parametrize("pause_s", [0.1, 0.25])
def test_zeros_between_notes_are_no_drop_out(fake_step: OnnxStep, delay: str, pause_s: float) -> None:
    """Staccato with digital silence between: the very events that the activations give, and no note is missing."""
    onsets = np.arange(0.2, 1.2, 0.15 + pause_s)
    audio = staccato(onsets)
    for begin in np.round(onsets * SAMPLE_RATE).astype(int):  # a release of 10 ms, which is a damper's
        audio[begin + 2240 : begin + 2400] *= np.linspace(1, 0, 160, dtype=np.float32)
    plain = decode(FAKE_SPEC, delay, activations_of(fake_step, [audio], SAMPLE_RATE), DURATION_S)
    assert times(transcribe(fake_step, audio, delay)) == times(plain)
    assert sum(isinstance(event, NoteOn) for event in plain) == len(onsets)


def staccato(onsets: FloatArray) -> FloatArray:
    """Notes of 0.15 s that are cut off, with an attack of 5 ms."""
    audio = fake_recording([(A, at, at + 0.15) for at in onsets], DURATION_S)
    for begin in np.round(onsets * SAMPLE_RATE).astype(int):
        audio[begin : begin + 80] *= np.linspace(0, 1, 80, dtype=np.float32) ** 2
    return audio


@pytest.mark.parametrize("delay", DELAYS)
def test_a_note_that_is_cut_off_ends_there(delay: str, fake_step: OnnxStep) -> None:
    """Zeros that last are taken for a drop-out for 0.2 s; then the note has ended where they began."""
    onsets = np.array([0.2, 0.6, 1.0])
    events = times(transcribe(fake_step, staccato(onsets), delay))
    expected = sorted([*onsets, *(onsets + 0.15)])
    assert [time for _, time, _ in events] == pytest.approx(expected, abs=0.02)
    assert [kind for kind, _, _ in events] == 3 * [NoteOn, NoteOff]


@pytest.mark.parametrize("delay", DELAYS)
def test_a_new_key_sounds_after_a_drop_out(fake_step: OnnxStep, delay: str) -> None:
    """One that was not held is struck in the middle of the zeros."""
    audio = fake_recording([*HELD, (C, 1.02, 1.3)], DURATION_S)
    audio[16_000:16_640] = 0
    struck = [event.pitch - 21 for event in transcribe(fake_step, audio, delay) if isinstance(event, NoteOn)]
    assert struck == [A, B, C]


def silences(audio: FloatArray) -> Silence:
    silence = Silence(FAKE_SPEC)
    for hop in audio[: len(audio) // HOP * HOP].reshape(-1, HOP):
        silence.push(hop)
    return silence


def test_a_key_struck_in_the_zeros_may_begin() -> None:
    """All of the spectrum is louder than before, as a hammer makes it; a tone that only goes on is not struck."""
    audio = fake_recording(HELD, DURATION_S)
    audio[16_000:17_600] = 0
    struck = audio.copy()
    struck[17_600:18_100] += np.random.default_rng(0).normal(0, 0.03, 500).astype(np.float32)
    for sound, lost in ((audio, True), (struck, False)):
        every = np.ones(KEYS, np.bool_)
        for held in (every, ~every):
            assert silences(sound[:18_080]).lost_onsets(17_680, held, ~held).tolist() == KEYS * [lost]


@pytest.mark.parametrize("phase", [0.0, 0.25, 0.5, 0.75])
def test_a_bass_is_cut_off_at_its_level_wherever_its_wave_is(phase: float) -> None:
    """Two milliseconds of a loud 25 Hz may lie in its zero crossing; a treble goes on beside it."""
    time = np.arange(SAMPLE_RATE) / SAMPLE_RATE - 0.5
    sound = 0.3 * np.sin(2 * np.pi * (25 * time + phase)) + 0.005 * np.sin(2 * np.pi * 1000 * time)
    sound[8_000:8_640] = 0  # a whole wave: it comes back at the same place of the next
    assert silences(sound.astype(np.float32)[:9_600]).loses_offset(8_400)


@pytest.mark.parametrize(("pause_s", "struck"), [(0.4, 1), (2.9, 1), (3.1, 2)])
def test_a_key_released_lately_is_not_struck_at_a_drop_out(pause_s: float, struck: int) -> None:
    """The activations say so where the sound is back, of it and of a key that was silent: that one begins."""
    cut, end = 4 * SAMPLE_RATE, 4 * SAMPLE_RATE + 640
    audio = fake_recording([(B, 0.0, 5.0)], 5.0)
    audio[cut:end] = 0
    silence = Silence(FAKE_SPEC)
    decoder = Decoder(FAKE_SPEC, "fast", silence=silence)
    released, back = (int(position + FAKE_SPEC.tail_samples) // HOP for position in (end - pause_s * SAMPLE_RATE, end))
    events = []
    for frame, hop in enumerate(audio.reshape(-1, HOP)):
        silence.push(hop)
        now = Activations(*(np.zeros(KEYS, np.float32) for _ in range(4)), np.float32(0))  # type: ignore[arg-type]
        now.velocity[:] = 0.5
        now.frame[A] = released - 20 <= frame < released
        now.onset[A] = frame in (released - 20, released - 19, back + 1, back + 2)
        now.onset[C] = frame in (back + 1, back + 2)
        events += decoder.frame(now, allowed=True)
    begun = [event.pitch - 21 for event in events if isinstance(event, NoteOn)]
    assert (begun.count(A), begun.count(C)) == (struck, 1)


def test_soft_and_coarse_sound_has_no_drop_outs() -> None:
    """A fade into zeros; sound of few steps, most of which are zeros."""
    time = np.arange(SAMPLE_RATE) / SAMPLE_RATE
    fading = 0.1 * np.sin(2 * np.pi * 440 * time) * np.maximum(1 - time / 0.5, 0)
    coarse = np.round(0.6 * np.sin(2 * np.pi * 30 * time)) / 32_768
    for audio in (fading, coarse):
        silence = silences(audio.astype(np.float32))
        assert not any(silence.loses_offset(position) for position in range(0, SAMPLE_RATE, 40))


@pytest.mark.parametrize("delay", DELAYS)
@pytest.mark.parametrize("floor_db", [None, -95.0, -70.0])
def test_the_pedal_is_up_in_digital_silence(fake_step: OnnxStep, delay: str, floor_db: float | None) -> None:
    """It goes up a second after the last sound and is not pressed again; above the floor of a microphone it may be."""
    audio = fake_recording([(A, 0.05, 0.5)], 2.0)
    if floor_db is not None:
        audio += np.random.default_rng(0).normal(0, 10 ** (floor_db / 20), len(audio)).astype(np.float32)
    pipeline = Pipeline(PedalAt(fake_step, 0.3), delay)
    pedals = [event for event in [*pipeline.push(audio), *pipeline.flush()] if isinstance(event, Pedal)]
    assert [event.value for event in pedals] == [127, 0]
    assert pedals[1].time == pytest.approx(2.0 if floor_db == -70.0 else 1.56, abs=0.03)
    pipeline = Pipeline(PedalAt(fake_step, 0.7), delay)
    pedals = [event for event in [*pipeline.push(audio), *pipeline.flush()] if isinstance(event, Pedal)]
    assert [event.value for event in pedals] == ([127, 0] if floor_db == -70.0 else [])


class PedalAt:
    """A model whose pedal is down from a moment on, at every delay."""

    spec = FAKE_SPEC

    def __init__(self, model: OnnxStep, begin_s: float) -> None:
        self._model, self._begin = model, begin_s
        self.reset()

    def reset(self) -> None:
        self._model.reset()
        self._hop = 0

    def step(self, audio: FloatArray) -> dict[str, FloatArray]:
        """The other heads as they are."""
        self._hop += 1
        shifts = np.array(list(FAKE_SPEC.shifts.values()))[:, None]
        down = (self._hop - shifts) * HOP / SAMPLE_RATE >= self._begin
        return self._model.step(audio) | {"pedal": down.astype(np.float32)}
