"""A loudspeaker beside the microphone, in simulated time: the loop is noticed, and when it feeds itself it is cut."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from realtime.contract import LOWEST_PITCH, FloatArray
from realtime.engine.messages import Configured, Message, MicrophoneSource, Notice, Start
from realtime.engine.settings import StreamSettings
from realtime.engine.stream import Stream
from realtime.events import NoteOn
from realtime.sinks.fanout import Fanout
from realtime.transcription.model import OnnxStep
from tests.fakes import FAKE_KEYS, fake_recording
from tests.realtime.engine.test_stream import FakeSource

RATE = 8_000
HOP = RATE // 100
NOTE_S = 0.1
SETTINGS = StreamSettings(delay="balanced")
LENGTH_S = 7.0
FLOOR = 1e-4


class Room:
    """The sound in it: what is played, and what a synthesiser makes of each note that is sent, `loop_s` later."""

    def __init__(self, model: OnnxStep, played: FloatArray, loop_s: float) -> None:
        self.sound = np.concatenate([played, np.zeros(RATE, np.float32)])
        # No microphone is digitally silent: its zeros are drop-outs.
        self.sound += np.random.default_rng(0).normal(0, FLOOR, len(self.sound)).astype(np.float32)
        self.loop = round(loop_s * RATE)
        self.messages: list[Message] = []
        self.position = 0
        self.source = FakeSource()
        self.source.rate = RATE
        self.source.channels = 1
        self.source.ring = type(self.source.ring)(4 * RATE, 1)
        start = Start(MicrophoneSource(channel="mix"), settings=SETTINGS)
        self.stream = Stream(start, model, self.source, self.receive, Fanout(fail), Silent())

    def receive(self, message: Message) -> None:
        """A message of the stream; a note is sent as long as the port gets it."""
        self.messages.append(message)
        if isinstance(message, NoteOn) and self.stream.sending:
            begin = self.position + self.loop
            sound = fake_recording([(message.pitch - LOWEST_PITCH, 0.0, NOTE_S)], NOTE_S, RATE, 0.1)
            end = min(begin + len(sound), len(self.sound))
            self.sound[begin:end] += sound[: max(end - begin, 0)]

    def live(self) -> None:
        """Let time pass, with a look at the faults twenty times a second."""
        for begin in range(0, len(self.sound) - HOP, HOP):
            self.position = begin + HOP
            self.source.ring.write(self.sound[begin : begin + HOP, None])
            self.stream.pump()
            if begin % (5 * HOP) == 0:
                self.stream.publish_status()


class Silent:
    """A port without a receiver."""

    def open(self, _stream: object) -> None: ...
    def send(self, _event: object) -> None: ...
    def close(self) -> None: ...


def fail(name: str, error: Exception) -> None:
    raise AssertionError(f"{name}: {error}")


def melody(step_s: float, length_s: float, seed: int = 0) -> FloatArray:
    """All keys that the model knows, in an order and at times that vary."""
    draw = np.random.default_rng(seed)
    times = np.arange(0.1, length_s - 0.5, step_s)
    keys = [FAKE_KEYS[index] for index in np.concatenate([draw.permutation(8) for _ in range(len(times) // 8 + 1)])]
    notes = [(keys[i], at + draw.uniform(0, 0.1), at + 0.1 + NOTE_S) for i, at in enumerate(times)]
    return fake_recording(notes, length_s, RATE, 0.1)


def codes(room: Room) -> list[str]:
    return [message.code for message in room.messages if isinstance(message, Notice)]


def test_a_loop_that_feeds_itself_is_reported_and_cut(fake_step: OnnxStep) -> None:
    """Without headphones every note comes again and again, until the port is left alone; then the room falls silent."""
    room = Room(fake_step, melody(0.3, LENGTH_S), 0.12)
    room.live()
    assert codes(room)[0] == "echo"
    assert codes(room).count("midi_paused") == 1
    assert not room.stream.sending
    paused = next(i for i, m in enumerate(room.messages) if isinstance(m, Notice) and m.code == "midi_paused")
    assert room.messages[paused + 1] == Configured(SETTINGS, replace(SETTINGS, send_midi=False))
    at = max(m.time for m in room.messages[:paused] if isinstance(m, NoteOn))
    late = [m for m in room.messages if isinstance(m, NoteOn) and m.time > at + 1.0]
    assert len(late) <= (LENGTH_S - at) / 0.3 + 1


def test_with_headphones_the_same_playing_is_left_alone(fake_step: OnnxStep) -> None:
    """Nothing comes back."""
    room = Room(fake_step, melody(0.3, LENGTH_S), 100.0)
    room.live()
    assert codes(room) == []
    assert room.stream.sending


@pytest.mark.parametrize("sending", [True, False])
def test_what_was_paused_can_be_sent_again(fake_step: OnnxStep, monkeypatch: pytest.MonkeyPatch, sending: bool) -> None:
    """And paused twice is paused; when it is sent again, the watch for loops begins anew."""
    room = Room(fake_step, melody(0.3, 1.0), 100.0)
    resumed: list[bool] = []
    monkeypatch.setattr(room.stream._watches, "resume", lambda: resumed.append(True))
    for wanted in (False, False, sending):
        room.stream.configure(replace(SETTINGS, send_midi=wanted))
    assert room.stream.sending is sending
    assert resumed == [True] * sending


def test_the_watches_follow_what_the_stream_is_set_to(fake_step: OnnxStep) -> None:
    """From the start, and at each change: own notes are left out or not; what is not sent cannot come back."""
    room = Room(fake_step, melody(0.3, 1.0), 100.0)
    watches = room.stream._watches
    assert (watches.own.wanted, watches.sending) == (False, True)
    for ignore_own, send_midi in ((True, True), (True, False), (False, False), (False, True)):
        room.stream.configure(replace(SETTINGS, ignore_own=ignore_own, send_midi=send_midi))
        assert (watches.own.wanted, watches.sending) == (ignore_own, send_midi)
