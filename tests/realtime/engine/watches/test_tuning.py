"""The tuning check: stiff strings that are out of tune by known cents, and which notes of a stream are measured."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from realtime.contract import FloatArray
from realtime.engine.messages import Message, Tuned
from realtime.engine.observer import Block
from realtime.engine.observers import TuningObserver
from realtime.engine.watches.tuning import TuningWatch, cents_off, tuning
from realtime.events import NoteOff, NoteOn

RATE = 16_000


def string(pitch: int, cents: float, seconds: float = 0.5, stiffness: float = 3e-4, noise: float = 0.0) -> FloatArray:
    """A stiff string whose lowest partial lies `cents` above equal temperament; its partials fade like a piano's."""
    lowest = 440 * 2 ** ((pitch - 69) / 12 + cents / 1200)
    time = np.arange(round(seconds * RATE)) / RATE
    sound = np.zeros(len(time))
    for n in range(1, 9):
        hertz = n * lowest * np.sqrt((1 + stiffness * n * n) / (1 + stiffness))
        if hertz < RATE / 2:
            sound += 0.6**n * np.exp(-n * time) * np.sin(2 * np.pi * hertz * time + n)
    return (sound + np.random.default_rng(0).normal(0, noise, len(time))).astype(np.float32)


@settings(max_examples=60, deadline=None)
@given(
    pitch=st.sampled_from([36, 48, 57, 60, 67, 72, 84, 96]),
    cents=st.floats(-50, 50),
    stiffness=st.floats(5e-5, 1e-3),
)
def test_a_string_is_measured_to_a_cent(pitch: int, cents: float, stiffness: float) -> None:
    """From C2 to C7, a quarter tone either way."""
    found = cents_off(string(pitch, cents, stiffness=stiffness), RATE, pitch)
    assert found == pytest.approx(cents, abs=1.0)


def test_a_room_that_is_not_silent_does_not_matter() -> None:
    """White noise 26 dB below the string."""
    assert cents_off(string(60, -4.0, noise=0.02), RATE, 60) == pytest.approx(-4.0, abs=1.0)


def test_a_bass_string_is_measured_without_its_lowest_partial() -> None:
    """Small loudspeakers and microphones lose it."""
    sound = string(36, 7.0)
    spectrum = np.fft.rfft(sound)
    spectrum[: round(90 * len(sound) / RATE)] = 0
    assert cents_off(np.fft.irfft(spectrum, len(sound)).astype(np.float32), RATE, 36) == pytest.approx(7.0, abs=1.5)


def test_silence_and_other_notes_are_not_measured() -> None:
    """Where there is no partial there is no tuning."""
    assert cents_off(np.zeros(8_000, np.float32), RATE, 60) is None


def listen(notes: list[NoteOn | NoteOff], sound: FloatArray) -> list[Tuned]:
    """A watch that gets the sound in blocks of 10 ms, and each event when it has happened."""
    watch, tuned, waiting = TuningWatch(RATE), [], sorted(notes, key=lambda note: note.emitted)
    for begin in range(0, len(sound), 160):
        while waiting and waiting[0].emitted <= begin / RATE:
            watch.observe_event(waiting.pop(0))
        found = watch.observe_sound(begin, sound[begin : begin + 160])
        tuned += [] if found is None else [found]
    return tuned


def on(pitch: int, time: float) -> NoteOn:
    return NoteOn(time, time + 0.06, pitch, 64, 0.9)


def test_a_note_that_sounds_alone_is_measured_once() -> None:
    """From the right place in the stream."""
    sound = np.concatenate([np.zeros(3_210, np.float32), string(60, 12.0, 2.0)])
    (tuned,) = listen([on(60, 0.2), NoteOff(1.5, 1.6, 60)], sound)
    assert (tuned.pitch, tuned.cents) == (60, pytest.approx(12.0, abs=1.0))


@pytest.mark.parametrize("other", [on(64, 0.4), NoteOff(0.3, 0.35, 60)])
def test_chords_and_short_notes_are_not_measured(other: NoteOn | NoteOff) -> None:
    """Half a second of one note alone is needed."""
    assert listen([on(60, 0.0), other], string(60, 0.0, 2.0)) == []


def test_the_piano_is_as_its_middle_is() -> None:
    """Tuners stretch bass and treble; a single wrong note does not count."""
    notes = [Tuned(24, -25.0), Tuned(57, -3.0), Tuned(60, -4.0), Tuned(64, -40.0), Tuned(100, 30.0)]
    assert tuning(notes) == -4.0
    assert tuning([Tuned(24, -25.0)]) is None


def test_notes_are_measured_only_while_that_is_enabled() -> None:
    """Off at first, then on, then off again: one Tuned."""
    published: list[Message] = []
    observer = TuningObserver(RATE, published.append, enabled=False)
    hop = RATE // 100
    for number, enabled in enumerate((False, True, False)):
        observer.enable(enabled)
        begin = number * RATE
        observer.observe_event(NoteOn(number, number, 60, 64, 1.0))
        for position, block in enumerate(np.split(string(60, 9.0, seconds=1.0), 100)):
            observer.observe_sound(Block(begin + position * hop, block[:, None], block))
    [tuned] = published
    assert isinstance(tuned, Tuned)
    assert (tuned.pitch, round(tuned.cents)) == (60, 9)
