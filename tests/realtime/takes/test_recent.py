"""The last minutes of sound and notes, and the takes that are made of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile

from realtime.audio.wav import pcm24
from realtime.events import End, Gap, Kept, NoteOff, NoteOn, Pedal, StreamStarted
from realtime.takes.folder import open_take
from realtime.takes.recent import Past, Recent
from realtime.takes.recorder import TakeSink

RATE = 8_000
STREAM = StreamStarted("m", "fast", 0.03, RATE, "mic", "2026-11-21T10:00:00Z")


def second(level: float) -> np.ndarray:
    return np.full(RATE, level, np.float32)


def on(time: float, pitch: int = 60) -> NoteOn:
    return NoteOn(time, round(time + 0.1, 6), pitch, 70, 0.9)


def kept(past: Past | None, folder: Path) -> tuple[list[float], list[tuple[str, float]]]:
    """The level of each second of the take made of a past, and its events with their times."""
    assert past is not None
    sink = TakeSink(folder, past=past)
    sink.open(past.stream)
    sink.close()
    take = open_take(sink.folder)
    sound, _ = soundfile.read(take.audio)
    levels = [round(float(part.mean()), 3) for part in np.split(sound, range(RATE, len(sound), RATE))]
    return levels, [(event.kind, event.time) for event in take.events]  # type: ignore[union-attr]


def test_only_the_last_seconds_are_kept(tmp_path: Path) -> None:
    """Four of five, with the notes struck in them."""
    recent = Recent(span_s=4.0)
    recent.begin(STREAM)
    for index in range(5):
        recent.observe_sound(index * RATE, second(index / 10))
        recent.observe_event(on(index + 0.5))
        recent.observe_event(NoteOff(index + 0.75, index + 0.8, 60))
        recent.observe_kept(on(index + 0.5, 64))
    past = recent.since()
    assert past is not None
    assert [event.time for event in past.kept] == [1.5, 2.5, 3.5, 4.5]
    levels, events = kept(replace(past, kept=()), tmp_path)
    assert levels == [0.1, 0.2, 0.3, 0.4]
    assert events[:2] == [("note_on", 0.5), ("note_off", 0.75)]
    assert len(events) == 8


def test_both_stages_of_the_last_seconds_are_there(tmp_path: Path) -> None:
    """What was sent and what is kept, each with the pedal as it was, counted over two streams; a take that is made of
    them waits for what is still to come."""
    recent = Recent(span_s=4.0)
    recent.begin(STREAM)
    recent.observe_sound(0, second(0.1))
    recent.observe_event(on(0.2))
    recent.observe_kept(on(0.25))
    recent.observe_kept(End(1.0, 1.0, 1, 0, "stopped"))
    recent.begin(STREAM)
    for index in range(4):
        recent.observe_sound(index * RATE, second(0.2))
    recent.observe_event(Pedal(0.5, 0.6, 127))
    recent.observe_kept(Pedal(0.55, 0.9, 120))
    recent.observe_event(on(1.5, 64))
    recent.observe_kept(on(1.55, 64))
    recent.observe_kept(Gap(1.6, 1.6, 0.1))
    whole, lately = recent.since(), recent.since(1.0)
    assert whole is not None and lately is not None
    assert (whole.begin, whole.end_s) == (0, 4.0)  # the first stream is a second too old
    assert (lately.begin, lately.end_s) == (RATE, 4.0)
    sent, kept = [Pedal(0.5, 0.6, 127), on(1.5, 64)], [Pedal(0.55, 0.9, 120), on(1.55, 64), Gap(1.6, 1.6, 0.1)]
    for past in (whole, lately):
        assert list(past.events_since_begin()) == sent
        assert list(past.kept_since_begin()) == kept
    sink = TakeSink(tmp_path, past=lately)
    sink.open(STREAM)
    sink.send(End(4.0, 4.0, 0, 0, "take ended"))
    sink.keep(Kept(NoteOff(3.9, 4.2, 64)))
    sink.keep(Kept(on(3.95, 66)))
    sink.keep(Kept(on(4.0, 67)))
    sink.keep(Kept(End(4.0, 4.0, 0, 0, "take ended")))
    sink.close()
    assert open_take(sink.folder).events == (
        Pedal(0.0, 0.0, 120),
        on(0.55, 64),
        Gap(0.6, 0.6, 0.1),
        NoteOff(2.9, 3.2, 64),
        on(2.95, 66),
        NoteOff(3.0, 3.0, 66),
        Pedal(3.0, 3.0, 0),
        End(3.0, 3.0, 2, 1, "take ended"),
    )


def test_a_take_can_begin_in_the_past_and_go_on(tmp_path: Path) -> None:
    """From a second before its first note: sound and notes before and after the moment in one."""
    recent = Recent()
    recent.begin(STREAM)
    for index in range(3):
        recent.observe_sound(index * RATE, second(index / 10))
    recent.observe_event(Pedal(0.2, 0.2, 127))
    recent.observe_event(on(0.4, 50))
    recent.observe_event(NoteOff(1.2, 1.3, 50))
    recent.observe_event(on(2.5))
    past = recent.since(1.0)
    sink = TakeSink(tmp_path, 3 * RATE, past=past)
    sink.open(STREAM)
    sink.audio(3 * RATE, second(0.3))
    sink.send(NoteOff(3.5, 3.6, 60))
    sink.close()
    take = open_take(sink.folder)
    sound, _ = soundfile.read(take.audio)
    assert len(sound) == 3 * RATE
    assert sound[[0, RATE, 2 * RATE]] == pytest.approx([0.1, 0.2, 0.3], abs=1e-6)
    assert take.events == (Pedal(0.0, 0.0, 127), NoteOn(1.5, 1.6, 60, 70, 0.9), NoteOff(2.5, 2.6, 60))


def test_a_past_begins_with_the_pedal_as_it_was_and_with_what_falls_on_its_first_sample() -> None:
    """Of three pedals before it the last, and a note at the very beginning; no note struck before."""
    recent = Recent()
    recent.begin(STREAM)
    for index in range(3):
        recent.observe_sound(index * RATE, second(index / 10))
    pedals = [Pedal(0.1, 0.1, 127), Pedal(0.3, 0.3, 0), Pedal(0.6, 0.6, 90)]
    later = [on(1.0), NoteOff(1.4, 1.5, 60), Pedal(1.5, 1.5, 0)]
    for event in [*pedals, on(0.9, 50), *later]:
        recent.observe_event(event)
    past = recent.since(1.0)
    assert past is not None
    assert [pedals[-1], *later] == list(past.events_since_begin())


def test_times_are_not_shifted_in_the_thread_of_the_stream(monkeypatch: pytest.MonkeyPatch) -> None:
    """The thread that writes the take shifts them, however many there are."""
    recent = Recent()
    recent.begin(STREAM)
    recent.observe_sound(0, second(0.1))
    recent.observe_event(on(0.5))
    shifted: list[object] = []
    monkeypatch.setattr("realtime.takes.recent.replace", lambda event, **_new: shifted.append(event) or event)
    past = recent.since(0.0)
    assert past is not None
    assert shifted == []
    assert list(past.events_since_begin()) == shifted == [on(0.5)]


def test_a_pause_is_no_end(tmp_path: Path) -> None:
    """Two streams of one rate are kept as one; times of the first lie before the second."""
    recent = Recent()
    recent.begin(STREAM)
    recent.observe_sound(0, second(0.1))
    recent.observe_event(on(0.5))
    recent.begin(STREAM)
    recent.observe_sound(0, second(0.2))
    recent.observe_event(on(0.25, 64))
    past = recent.since()
    assert past is not None
    assert [event.time for event in past.events_since_begin()] == [-0.5, 0.25]
    levels, events = kept(past, tmp_path)
    assert levels == [0.1, 0.2]
    assert events == [("note_on", 0.5), ("note_on", 1.25)]


def test_another_rate_begins_anew() -> None:
    """Nor is there anything before the first sound."""
    recent = Recent()
    assert recent.since() is None
    recent.begin(STREAM)
    recent.observe_sound(0, second(0.1))
    recent.begin(replace(STREAM, sample_rate=16_000))
    assert recent.since() is None


@pytest.mark.parametrize(("lost_s", "levels"), [(2, [0.1, 0.0, 0.0, 0.2]), (60, [0.0, 0.0, 0.0, 0.2])])
def test_lost_sound_is_silence(tmp_path: Path, lost_s: int, levels: list[float]) -> None:
    """So that times stay true, however long it was."""
    recent = Recent(span_s=4.0)
    recent.begin(STREAM)
    recent.observe_sound(0, second(0.1))
    recent.observe_sound((1 + lost_s) * RATE, second(0.2))
    past = recent.since()
    assert past is not None
    assert past.begin + sum(map(len, past.sound)) // 3 == (2 + lost_s) * RATE
    assert kept(past, tmp_path)[0][-len(levels) :] == levels


def test_high_rates_take_no_more_memory(tmp_path: Path) -> None:
    """At 192 kHz a quarter of the samples is kept, at their times; a take that goes on has all of them."""
    rate, stream = 192_000, replace(STREAM, sample_rate=192_000)
    recent = Recent(span_s=20.0)
    recent.begin(stream)
    for index in range(30):
        recent.observe_sound(index * rate, np.full(rate, index / 100, np.float32))
        recent.observe_event(on(index + 0.5))
    everything, lately = recent.since(), recent.since(27.5)
    assert everything is not None
    assert lately is not None
    assert sum(map(len, everything.sound)) == pytest.approx(20 * 48_000 * 3, rel=0.06)
    fine = recent.since(0.0)
    assert fine is not None
    assert sum(map(len, fine.sound)) == 10 * rate * 3
    sink = TakeSink(tmp_path, past=everything)
    sink.open(everything.stream)
    sink.close()
    take = open_take(sink.folder)
    sound, rate_of_file = soundfile.read(take.audio)
    assert rate_of_file == 48_000
    times = [event.time for event in take.events]  # type: ignore[union-attr]
    assert times[0] == pytest.approx(0.5, abs=0.1) or times[0] == pytest.approx(1.5, abs=0.1)
    # Each in the middle of a second whose level is its number / 100.
    levels = [sound[round(at * 48_000)] for at in times]
    assert levels == pytest.approx(np.arange(30 - len(times), 30) / 100, abs=1e-4)
    assert (lately.stream, lately.begin) == (stream, 27.5 * rate)
    assert sum(map(len, lately.sound)) == 2.5 * rate * 3


def test_high_rates_keep_their_time_over_a_loss() -> None:
    """And over a pause between two streams."""
    rate = 96_000
    recent = Recent()
    for level in (0.1, 0.2):
        recent.begin(replace(STREAM, sample_rate=rate))
        recent.observe_sound(0, np.full(rate + 1, level, np.float32))
        recent.observe_sound(3 * rate, np.full(rate, level, np.float32))
    past = recent.since()
    assert past is not None
    assert past.begin == -4 * 48_000
    levels = np.frombuffer(b"".join(past.sound), np.uint8).reshape(-1, 3)[:, 2].astype(np.int8) / 128
    assert levels[24_000 : 8 * 48_000 : 48_000] == pytest.approx([0.1, 0, 0, 0.1, 0.2, 0, 0, 0.2], abs=0.01)


def test_any_past_is_what_was_heard() -> None:
    """To the sample, wherever it begins, in blocks of any size and over losses of any length."""
    random = np.random.default_rng(7)
    span = 10 * RATE
    recent = Recent(span_s=10.0)
    recent.begin(STREAM)
    heard = np.zeros(0, np.float32)
    for turn in range(60):
        if turn % 7 == 6:
            heard = np.append(heard, np.zeros(random.integers(1, 2 * span), np.float32))
        block = random.uniform(-1, 1, random.integers(1, 6_000)).astype(np.float32)
        recent.observe_sound(len(heard), block)
        heard = np.append(heard, block)
        for wanted in random.integers(max(len(heard) - 11 * RATE, 0), len(heard), 3):
            past = recent.since(wanted / RATE)
            assert past is not None
            assert past.begin == max(wanted, len(heard) - span, 0)
            assert b"".join(past.sound) == pcm24(heard[past.begin :])
