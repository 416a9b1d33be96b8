"""Drop-outs strike no held key again and end none; what only looks like one changes nothing; no pedal in silence."""

from __future__ import annotations

import numpy as np
import pytest

from realtime.clock import Timeline
from realtime.contract import HOP, KEYS, SAMPLE_RATE, Activations, FloatArray
from realtime.events import Event, Gap, NoteOff, NoteOn, Pedal
from realtime.transcription.decoder import Decoder
from realtime.transcription.delays import DelayDecoders
from realtime.transcription.model import OnnxStep
from realtime.transcription.model_stage import ModelStage
from realtime.transcription.pipeline import Pipeline
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
    plain = unguarded(fake_step, audio, delay)
    assert times(transcribe(fake_step, audio, delay)) == times(plain)
    assert sum(isinstance(event, NoteOn) for event in plain) == len(onsets)


def unguarded(model: OnnxStep, audio: FloatArray, delay: str) -> list[Event]:
    """What the decoder makes of the model's activations where nothing is known of silence and drop-outs."""
    model.reset()
    stage = ModelStage(model, [delay])
    decoder = Decoder(FAKE_SPEC, delay, timeline=Timeline(end_s=len(audio) / SAMPLE_RATE))
    padded = np.concatenate([audio, np.zeros(FAKE_SPEC.shifts[delay] * HOP + 3 * HOP, np.float32)])
    hops = padded[: len(padded) // HOP * HOP].reshape(-1, HOP)
    return [*[event for hop in hops for event in decoder.push(stage.push(hop)[delay])], *decoder.flush()]


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


def edges(before_db: float, after_db: float) -> FloatArray:
    """A wave whose slope has one level; 2 ms before zeros, and all behind them, it has another."""
    audio = np.resize([0.1, -0.1], 20_000).astype(np.float32)
    audio[16_000 - 33 : 16_000] *= 10 ** (before_db / 20)
    audio[16_000:17_600] = 0
    audio[17_600:] *= 10 ** (after_db / 20)
    return audio


@pytest.mark.parametrize(
    ("before_db", "after_db", "certain"),
    [
        (-9.0, 0.0, True),
        (-11.0, 0.0, False),
        (0.0, -15.5, True),
        (0.0, -16.5, False),
        (0.0, 11.5, True),
        (0.0, 12.5, False),
    ],
)
def test_a_drop_out_is_cut_off_and_comes_back_at_its_level(before_db: float, after_db: float, certain: bool) -> None:
    """Not after a fade by 10 dB, nor if it comes back softer by 16 dB or louder by 12 dB."""
    latest = silences(edges(before_db, after_db)).latest
    assert (latest is not None and latest.certain) is certain


def lost(audio: FloatArray, position: float, activation: float, held: bool, struck: float = -np.inf) -> set[bool]:
    """Whether onsets of this activation are lost, of keys that are held or were released lately."""
    keys = np.full(KEYS, held)
    onset = np.full(KEYS, activation, np.float32)
    return set(silences(audio).lost_onsets(position, keys, ~keys, np.full(KEYS, struck), onset).tolist())


def cut_noise(period: int) -> FloatArray:
    """The same noise again and again, with zeros from 16,000 to 17,600, so that what is compared across these, 2,280
    samples apart, or before them, 400 apart, is alike."""
    noise = np.random.default_rng(0).normal(0, 0.05, period)
    audio = np.resize(noise, 20_000).astype(np.float32)
    audio[16_000:17_600] = 0
    return audio


@pytest.mark.parametrize("held", [True, False])
def test_a_key_struck_in_the_zeros_may_begin(held: bool) -> None:
    """Where it is louder than before and the model sure of it: more so for a held key than for one released lately."""
    for rise_db, activation, expected in ((0, 0.9, True), (9, 0.5, True), (9, 0.8, held), (9, 0.95, False)):
        sound = cut_noise(760)
        sound[17_610:] *= np.float32(10 ** (rise_db / 20))
        assert lost(sound[:18_400], 17_680, activation, held) == {expected}, (rise_db, activation)


def test_an_onset_before_the_zeros_is_not_seen_again_behind_them() -> None:
    """However sure: no hammer strikes twice within 60 ms of the cut."""
    sound = cut_noise(760)
    sound[17_610:] *= 3
    for struck, expected in ((16_000 - 961, False), (16_000 - 959, True), (16_800, True)):
        assert lost(sound[:18_400], 17_680, 0.99, held=True, struck=struck) == {expected}


def test_short_zeros_ask_for_less() -> None:
    """The same doubtful onset, at the same level: 5 ms of zeros ask for 15 dB less than 20."""
    for length, expected in ((80, False), (320, True)):
        sound = np.resize(np.random.default_rng(0).normal(0, 0.05, 40), 20_000).astype(np.float32)
        sound[16_000 : 16_000 + length] = 0
        assert lost(sound[: 16_800 + length], 16_080 + length, 0.7, held=True) == {expected}


def test_less_of_the_sound_behind_the_zeros_must_tell_more() -> None:
    """The same rise is believed once 40 ms have come, and not after 20."""
    sound = cut_noise(760)
    sound[17_610:] *= 2
    assert lost(sound[:17_920], 17_680, 0.97, held=True) == {True}
    assert lost(sound[:18_400], 17_680, 0.97, held=True) == {False}


def test_ten_milliseconds_behind_the_zeros_must_have_come() -> None:
    """Less tells nothing, however sure the model is: a bass has no whole wave in it. Here 140 samples, then 300; keys
    at whose partials there is something are louder by 9.5 dB."""
    sound = cut_noise(20)
    sound[17_610:] *= 3
    assert lost(sound[:17_760], 17_680, 0.99, held=False) == {True}
    assert False in lost(sound[:17_920], 17_680, 0.99, held=False)
    sound[17_600:17_755] = 0  # of what follows 145 samples are compared with the next hop, 305 with that after it
    early, later = silences(sound[:17_920]).latest, silences(sound[:18_080]).latest
    assert early is not None and later is not None
    assert (bool(early.rises_db.any()), bool(later.rises_db.any())) == (False, True)


@pytest.mark.parametrize("held", [True, False])
def test_a_key_struck_just_before_the_zeros_may_begin(held: bool) -> None:
    """Where it had become louder; in the last 15 ms before them, and at their begin, an edge looks the same."""
    audio = cut_noise(400)
    struck = audio.copy()
    struck[15_650:16_000] *= 3
    softly = audio.copy()
    softly[15_650:16_000] *= 2
    tried = ((audio, 400, True), (softly, 400, True), (struck, 400, False), (struck, 239, True), (struck, -79, True))
    for sound, before, expected in tried:
        assert lost(sound[:18_400], 16_000 - before, 0.97, held) == {expected}
    assert lost(audio[:18_400], 16_000 - 481, 0.5, held) == {False}


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


@pytest.mark.parametrize("known_to_balanced", [True, False])
def test_a_key_that_another_delay_has_told_is_not_struck_at_a_drop_out(known_to_balanced: bool) -> None:
    """In mode `live` `fast` has missed the first onset, and sees one where the sound is back."""
    audio = cut_noise(760)
    silence, first, back = Silence(FAKE_SPEC), 50, 111
    decoders = DelayDecoders(FAKE_SPEC, "live", silence=silence)
    onsets: list[float] = []
    for frame, hop in enumerate(audio.reshape(-1, HOP)):
        silence.push(hop)
        rows = {}
        for delay in decoders.delays:
            now = Activations(*np.zeros((4, 1, KEYS), np.float32), np.zeros(1, np.float32))
            now.velocity[:], now.frame[:, A] = 0.5, 0.9
            seen = frame - FAKE_SPEC.shifts[delay]
            now.onset[:, A] = 0.9 * (delay == "balanced" and known_to_balanced and seen in (first, first + 1))
            now.onset[:, B] = 0.9 * (seen in (first, first + 1))  # so that there is no silence
            now.onset[:, A] += 0.9 * (delay == "fast" and seen in (back, back + 1))
            rows[delay] = now
        onsets += [e.time for e in decoders.push(rows) if isinstance(e, NoteOn) and e.pitch == 21 + A]
    ((onset_s),) = onsets
    assert (onset_s < 1.0) == known_to_balanced


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
