"""The whole way from samples to events: times, delays, gaps, changes of delay, and files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from realtime.audio.ring import Dropout
from realtime.contract import DELAY_LIMITS_S, HOP, KEY_HEADS, KEYS, LOWEST_PITCH, FloatArray
from realtime.errors import UsageError
from realtime.events import End, Event, Gap, NoteOff, NoteOn, Pedal, StreamStarted
from realtime.transcription.decoder import DecoderSettings
from realtime.transcription.model import OnnxStep
from realtime.transcription.model_stage import Outputs
from realtime.transcription.pipeline import Pipeline
from realtime.transcription.recording import Losses, transcribe_file
from realtime.words import Said
from tests.fakes import FAKE_KEYS, FAKE_SPEC, fake_recording

A, B, C = FAKE_KEYS[0], FAKE_KEYS[2], FAKE_KEYS[4]
NOTES = [(A, 0.2, 0.5), (B, 0.31, 0.8), (A, 0.65, 0.75), (C, 0.653, 0.9), (B, 0.9, 1.5), (C, 1.05, 1.5)]
DURATION_S = 1.2
DELAYS = list(FAKE_SPEC.shifts)
RATES = [16_000, 48_000, 44_100, 22_050, 12_345]
ONCE = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def transcribe(model: OnnxStep, audio: FloatArray, delay: str = "balanced", rate: int = 16_000) -> list[Event]:
    """Everything in one block, then the end."""
    pipeline = Pipeline(model, delay, input_rate=rate)
    return [*pipeline.push(audio), *pipeline.flush()]


def onsets(events: Iterable[Event]) -> list[tuple[int, float]]:
    """(key, time) of every note."""
    return [(event.pitch - LOWEST_PITCH, event.time) for event in events if isinstance(event, NoteOn)]


@pytest.mark.parametrize("delay", DELAYS)
@pytest.mark.parametrize("rate", RATES)
def test_every_note_has_its_time_and_its_delay(fake_step: OnnxStep, rate: int, delay: str) -> None:
    """The same notes at every rate and delay, within 10 ms; none later than the delay that is promised."""
    events = transcribe(fake_step, fake_recording(NOTES, DURATION_S, rate), delay, rate)
    pipeline = Pipeline(fake_step, delay, input_rate=rate)
    ons = [event for event in events if isinstance(event, NoteOn)]
    assert [event.pitch - LOWEST_PITCH for event in ons] == [key for key, _, _ in NOTES]
    for event, (_, onset_s, _) in zip(ons, NOTES, strict=True):
        assert event.time == pytest.approx(onset_s, abs=0.01)
        assert event.emitted - onset_s <= pipeline.delay_s + 1 / rate
    assert pipeline.delay_s <= DELAY_LIMITS_S[delay]
    assert sum(isinstance(event, NoteOff) for event in events) == len(NOTES)
    assert max(event.time for event in events) == pytest.approx(DURATION_S, abs=1e-4)


@ONCE
@given(
    rate=st.sampled_from(RATES),
    delay=st.sampled_from(DELAYS),
    cuts=st.lists(st.floats(0, 1), max_size=12),
    gate=st.sampled_from([None, -40.0]),
)
def test_blocks_do_not_change_the_events(
    fake_step: OnnxStep, rate: int, delay: str, cuts: list[float], gate: float | None
) -> None:
    """However the driver cuts the stream, the very same events."""
    audio = fake_recording(NOTES, DURATION_S, rate)
    pipeline = Pipeline(fake_step, delay, input_rate=rate, gate_db=gate)
    whole = [*pipeline.push(audio), *pipeline.flush()]
    pipeline.reset()
    parts = [e for block in np.split(audio, sorted(int(c * len(audio)) for c in cuts)) for e in pipeline.push(block)]
    assert [*parts, *pipeline.flush()] == whole


@pytest.mark.parametrize("size", [1, 7, 160, 161])
def test_tiny_blocks(fake_step: OnnxStep, size: int) -> None:
    """Down to single samples."""
    audio = fake_recording([(A, 0.02, 0.1)], 0.15)
    pipeline = Pipeline(fake_step, "fast")
    events = [e for begin in range(0, len(audio), size) for e in pipeline.push(audio[begin : begin + size])]
    assert [*events, *pipeline.flush()] == transcribe(fake_step, audio, "fast")


def test_an_event_leaves_as_soon_as_its_hop_is_full(fake_step: OnnxStep) -> None:
    """Hand value on the boundary: at `fast` the hop that decides an onset at 0 ends with sample 160."""
    audio = fake_recording([(A, 0.0, 1.0)], 0.1)
    pipeline = Pipeline(fake_step, "fast")
    assert pipeline.push(audio[:159]) == []
    (on,) = pipeline.push(audio[159:160])
    assert isinstance(on, NoteOn) and (on.time, on.emitted) == (0.0, 0.01)


@pytest.mark.parametrize("delay", DELAYS)
def test_the_end_gives_the_last_notes_and_no_others(fake_step: OnnxStep, delay: str) -> None:
    """A note just before the end comes out; the cut of a loud sound is no onset; all ends with the audio."""
    audio = fake_recording([(A, 0.3, 9.0), (B, 0.98, 9.0)], 1.0)
    events = transcribe(fake_step, audio, delay)
    assert [key for key, _ in onsets(events)] == [A, B]
    assert [e.time for e in events if isinstance(e, NoteOff)] == [1.0, 1.0]
    assert max(event.emitted for event in events if not isinstance(event, StreamStarted)) == 1.0


def test_after_a_flush_a_new_stream_begins(fake_step: OnnxStep) -> None:
    """Its clock goes on; its events are those of a fresh start, later."""
    audio = fake_recording(NOTES, DURATION_S, 48_000)
    pipeline = Pipeline(fake_step, "accurate", input_rate=48_000)
    first = [*pipeline.push(audio), *pipeline.flush()]
    second = [*pipeline.push(audio), *pipeline.flush()]
    shifted = [replace(e, time=round(e.time + 1.2, 6), emitted=round(e.emitted + 1.2, 6)) for e in first]
    assert second == shifted


@pytest.mark.parametrize("delay", DELAYS)
def test_a_gap_closes_what_sounds_and_moves_the_clock(fake_step: OnnxStep, delay: str) -> None:
    """Held notes end where the loss begins, the loss is a Gap, and what follows has the time of a whole stream."""
    rate = 44_100
    audio = fake_recording([(A, 0.2, 0.6), (B, 0.9, 1.0)], 1.2, rate)
    pipeline = Pipeline(fake_step, delay, input_rate=rate)
    before = pipeline.push(audio[: rate // 2])
    at_gap = pipeline.gap(rate // 4)
    after = [*pipeline.push(audio[3 * rate // 4 :]), *pipeline.flush()]
    assert at_gap[-1] == Gap(0.5, 0.5, 0.25)
    assert onsets([*before, *at_gap]) == [(A, pytest.approx(0.2, abs=0.01))]
    assert [e.time for e in at_gap if isinstance(e, NoteOff)] == [0.5]
    assert onsets(after) == [(B, pytest.approx(0.9, abs=0.01))]
    assert min(e.emitted for e in after if isinstance(e, NoteOn)) > 0.9


@ONCE
@given(
    first=st.sampled_from(DELAYS),
    switches=st.lists(st.tuples(st.integers(0, 19_200), st.sampled_from(DELAYS)), max_size=5),
)
def test_changing_the_delay_loses_and_doubles_nothing(
    fake_step: OnnxStep, first: str, switches: list[tuple[int, str]]
) -> None:
    """While notes are held or on their way: the same notes as with one delay, on time."""
    audio = fake_recording(NOTES, DURATION_S)
    pipeline, done = Pipeline(fake_step, first, changeable=True), 0
    events: list[Event] = []
    for at, delay in sorted(switches):
        events += [*pipeline.push(audio[done:at]), *pipeline.set_delay(delay)]
        done = at
    events += [*pipeline.push(audio[done:]), *pipeline.flush()]
    assert onsets(events) == onsets(transcribe(fake_step, audio))
    assert sum(isinstance(event, NoteOff) for event in events) == len(NOTES)


def test_a_delay_that_the_model_lacks(fake_step: OnnxStep) -> None:
    """Refused at the start and while running, and the stream goes on as it was."""
    with pytest.raises(UsageError, match="fast, balanced, accurate, studio"):
        Pipeline(fake_step, "instant")
    pipeline = Pipeline(fake_step, "fast", changeable=True)
    with pytest.raises(UsageError, match="instant"):
        pipeline.set_delay("instant")
    assert pipeline.delay_s == FAKE_SPEC.delay("fast")


@pytest.mark.parametrize("delay", DELAYS)
def test_the_gate_keeps_soft_notes_out(fake_step: OnnxStep, delay: str) -> None:
    """A note of -9 dBFS passes a gate of -20, one of -26 dBFS only when the gate is moved below it."""
    audio = fake_recording([(A, 0.2, 0.3)], 0.5) + fake_recording([(B, 0.35, 0.45)], 0.5, amplitude=0.07)
    pipeline = Pipeline(fake_step, delay, gate_db=-20.0)
    assert [key for key, _ in onsets([*pipeline.push(audio), *pipeline.flush()])] == [A]
    pipeline.push(fake_recording([(A, 0.0, 0.1)], 0.1))
    pipeline.reset()  # what was loud before does not open the gate
    assert onsets(pipeline.push(fake_recording([(B, 0.0, 0.1)], 0.5, amplitude=0.07))) == []
    pipeline.reset()
    pipeline.set_decoder(DecoderSettings(), gate_db=-50.0)
    assert [key for key, _ in onsets([*pipeline.push(audio), *pipeline.flush()])] == [A, B]


class Scripted:
    """A model that finds one onset of the lowest key, at every delay in the first frame that is about hop `hop`."""

    spec = FAKE_SPEC

    def __init__(self, hop: int) -> None:
        self._hop = hop
        self.reset()

    def reset(self) -> None:
        self._frame = 0

    def step(self, _audio: FloatArray) -> Outputs:
        delays, keys = len(DELAYS), np.zeros((len(DELAYS), KEYS), np.float32)
        outputs = {head: keys.copy() for head in KEY_HEADS} | {"pedal": np.zeros((delays, 1), np.float32)}
        for row, shift in enumerate(FAKE_SPEC.shifts.values()):
            outputs["onset"][row, 0] = self._frame == self._hop + 1 + shift
        self._frame += 1
        return outputs


@pytest.mark.parametrize("delay", DELAYS)
def test_the_gate_remembers_the_hop_in_which_the_onset_fell(delay: str) -> None:
    """The last samples of a hop are seen one frame later, and emitted when the delay has passed; the hop before is too
    early."""
    for loud, count in ((10, 1), (9, 0)):
        audio = np.zeros(60 * HOP, np.float32)
        audio[loud * HOP : (loud + 1) * HOP] = 0.1
        pipeline = Pipeline(Scripted(10), delay, gate_db=-40.0)
        assert len(onsets([*pipeline.push(audio), *pipeline.flush()])) == count


def test_the_pedal(fake_step: OnnxStep) -> None:
    """Down and up at their times after an onset; the settings can switch it off while it is down, which lifts it."""
    audio = fake_recording([(A, 0.05, 0.15)], 1.0)
    audio[4_000:12_000] += 0.5
    audio += np.random.default_rng(0).normal(0, 1e-4, len(audio)).astype(np.float32)  # so that it ends in no zeros
    pedals = [e for e in transcribe(fake_step, audio) if isinstance(e, Pedal)]
    assert [(e.value, pytest.approx(t, abs=0.02)) for e, t in zip(pedals, (0.25, 0.75), strict=True)] == [
        (127, pedals[0].time),
        (0, pedals[1].time),
    ]
    pipeline = Pipeline(fake_step, "balanced")
    pipeline.push(audio[:8_000])
    pipeline.set_decoder(DecoderSettings(pedal=False), None)
    assert [type(e) for e in pipeline.push(audio[8_000:])] == [Pedal]


def test_no_samples_no_events(fake_step: OnnxStep) -> None:
    """An empty stream ends without a word."""
    assert transcribe(fake_step, np.zeros(0, np.float32), "studio", 44_100) == []


def test_a_file_takes_the_same_road(fake_step: OnnxStep, tmp_path: Path) -> None:
    """Begins with what it is, ends with how many; between them what a microphone would have given."""
    path = tmp_path / "a.wav"
    audio = fake_recording(NOTES, DURATION_S, 48_000)
    soundfile.write(path, np.stack((audio, audio), axis=1), 48_000, subtype="FLOAT")
    started, *events, end = transcribe_file(path, fake_step, "accurate", channel=1)
    assert isinstance(started, StreamStarted)
    assert (started.model, started.delay, started.sample_rate, started.source) == (
        "fake",
        "accurate",
        48_000,
        str(path),
    )
    assert started.delay_s == Pipeline(fake_step, "accurate", input_rate=48_000).delay_s
    assert events == transcribe(fake_step, audio, "accurate", 48_000)
    assert end == End(1.2, 1.2, len(NOTES), 0, "end of file")


def test_a_stretch_of_a_file(fake_step: OnnxStep, tmp_path: Path) -> None:
    """Times count from its start; a start after the end is refused with the length."""
    path = tmp_path / "a.wav"
    audio = fake_recording(NOTES, DURATION_S)
    soundfile.write(path, audio, 16_000, subtype="FLOAT")
    _, *events, end = transcribe_file(path, fake_step, "fast", start_s=0.3, end_s=1.0)
    assert events == transcribe(fake_step, audio[4_800:16_000], "fast")
    assert end.time == 0.7
    with pytest.raises(UsageError, match=r"lasts only 1\.2 s"):
        list(transcribe_file(path, fake_step, start_s=1.2))


def test_a_start_beyond_the_end_of_a_file_without_a_length(fake_step: OnnxStep, tmp_path: Path) -> None:
    """Refused before any event, where it is found out only by reading; one just before the end is transcribed."""
    path = tmp_path / "pipe.flac"
    soundfile.write(path, fake_recording(NOTES, DURATION_S), 16_000)
    content = bytearray(path.read_bytes())
    content[21] &= 0xF0  # 36 bits of STREAMINFO: how many samples there are
    content[22:26] = bytes(4)
    path.write_bytes(content)
    with pytest.raises(UsageError, match=r"ends before 1\.2 s\. Give an earlier --start"):
        next(transcribe_file(path, fake_step, start_s=1.2))
    *_, end = transcribe_file(path, fake_step, start_s=1.1)
    assert end.time == 0.1


def detuned(notes: list[tuple[int, float, float]], duration_s: float, rate: int, cents: float) -> FloatArray:
    """`fake_recording` by a piano that lies so many cents off: sound at another rate, notes at the same times."""
    pace = 2 ** (-cents / 1200)
    moved = [(key, onset_s / pace, offset_s / pace) for key, onset_s, offset_s in notes]
    return fake_recording(moved, duration_s / pace, round(rate * pace))


@pytest.mark.parametrize("delay", DELAYS)
@pytest.mark.parametrize("cents", [-40.0, 40.0])
def test_a_piano_out_of_tune_is_transcribed_in_tune_and_on_time(fake_step: OnnxStep, cents: float, delay: str) -> None:
    """Its sound is slowed down or hurried on the way to the model; every note has its time and its delay."""
    rate, top = 48_000, FAKE_KEYS[-1]
    notes = [(top, 0.2, 0.5), (A, 0.6, 0.9), (top, 7.0, 7.4)]
    audio = detuned(notes, 7.5, rate, cents)
    pipeline = Pipeline(fake_step, delay, input_rate=rate, tuning_cents=cents)
    events = [*pipeline.push(audio), *pipeline.flush()]
    assert [key for key, _ in onsets(events)] == [top, A, top]
    ons = [event for event in events if isinstance(event, NoteOn)]
    for event, (_, onset_s, _) in zip(ons, notes, strict=True):
        assert event.time == pytest.approx(onset_s, abs=0.012)
        assert event.emitted - onset_s <= pipeline.delay_s + 0.001
    assert pipeline.delay_s == pytest.approx(Pipeline(fake_step, delay, input_rate=rate).delay_s, rel=0.03)


def test_the_tuning_changes_while_it_plays(fake_step: OnnxStep) -> None:
    """What is held ends there; times go on, before and after, and the end is where the sound ends."""
    rate = 48_000
    audio = fake_recording([(A, 0.2, 0.6), (B, 0.9, 1.2)], 1.2, rate)
    pipeline = Pipeline(fake_step, "balanced", input_rate=rate)
    before = [*pipeline.push(audio[: rate // 2]), *pipeline.set_tuning(-5.0)]
    after = [*pipeline.push(audio[rate // 2 :]), *pipeline.flush()]
    assert [event.time for event in before if isinstance(event, NoteOff)] == [0.5]
    assert onsets(before) == [(A, pytest.approx(0.2, abs=0.01))]
    assert onsets(after)[-1] == (B, pytest.approx(0.9, abs=0.012))
    assert max(event.time for event in after) == pytest.approx(1.2, abs=1e-4)
    assert pipeline.set_tuning(0.0) == []


def test_a_damaged_file_is_transcribed_around_the_damage(fake_step: OnnxStep, tmp_path: Path) -> None:
    """Notes at their times, a Gap in the damage's place, and a sentence that tells from where to where."""
    path = tmp_path / "a.flac"
    notes = [(A, 0.2, 0.5), (A, 2.6, 2.9)]
    soundfile.write(path, fake_recording(notes, 3.0) + 1e-3 * np.random.default_rng(0).standard_normal(48_000), 16_000)
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 200] = b"Z" * 200
    path.write_bytes(content)
    warnings: list[Said] = []
    _, *events, end = transcribe_file(path, fake_step, "balanced", warn=warnings.append)
    assert [round(event.time, 1) for event in events if isinstance(event, NoteOn)] == [0.2, 2.6]
    (gap,) = [event for event in events if isinstance(event, Gap)]
    assert 1.0 < gap.time < 2.0
    assert isinstance(end, End)
    assert (end.time, end.gaps) == (3.0, 1)
    place = f"from {gap.time:.2f} to {gap.time + gap.lost_s:.2f} s"
    assert [str(said) for said in warnings] == [
        f"{path} is damaged {place}. The rest was transcribed; listen whether notes are missing there."
    ]


def test_damage_in_many_places_is_one_sentence() -> None:
    """The first three, and how many more."""
    losses = Losses(10.0, 100)
    for position in (0, 100, 200, 300, 400):
        losses.add(position, Dropout(0 if position else 50))
    assert str(losses.said()) == "from 10.00 to 10.50 s, at 11.00 s, at 12.00 s and at 2 more places, up to 14.00 s"
