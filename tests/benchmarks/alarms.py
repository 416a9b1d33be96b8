"""`python -m tests.benchmarks.alarms [SECONDS]`: what the watches say of sound that is in order, and of other sound.

Recordings of maps-dev, one after the other, go through a stream with its watches, faster than real time and without
devices: as they are, with drop-outs and other crackle, in noise, spoken over, and in a room where a loudspeaker plays
what is sent, on a sampled piano, `loop_ms` after it was sent. Printed for each: the notices by code, with the time of
the first, and for how long MIDI was paused. A notice is false unless the sound is looped.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

import numpy as np
import soundfile

from realtime.audio.ring import Ring
from realtime.contract import HOP, KEYS, LOWEST_PITCH, SAMPLE_RATE, FloatArray
from realtime.engine.messages import Message, MicrophoneSource, Notice, Start
from realtime.engine.stream import Stream
from realtime.events import Event, NoteOn, StreamStarted
from realtime.notes import NoteTable
from realtime.piano.sampler import Sampler, shipped_piano
from realtime.sinks.fanout import Fanout
from realtime.transcription.model import OnnxStep, shipped_model
from tests.realtime.engine.test_stream import FakeSource
from training.data.corpus.paths import data_folder
from training.data.corpus.recordings import pairs

SECONDS = 60.0
NOTE_S = 0.6
STATUS_HOPS = 5
NOISE_DB = -20.0  # below the music
Change = Callable[[FloatArray], FloatArray]


class Room:
    """A microphone in front of a piano, and a loudspeaker that plays what is sent."""

    def __init__(self, model: OnnxStep, sound: FloatArray, loop_ms: float | None) -> None:
        self.notices: list[tuple[float, str]] = []
        self.paused_s = 0.0
        self._sound, self._at, self._loop = sound.copy(), 0, loop_ms
        self._played: dict[int, FloatArray] = {}
        source = FakeSource()
        source.rate, source.channels, source.ring = SAMPLE_RATE, 1, Ring(4 * SAMPLE_RATE, 1)
        self._source = source
        self._stream = Stream(
            Start(MicrophoneSource(channel="mix")), model, source, self._receive, Fanout(fail), Port()
        )

    def live(self) -> None:
        """Let the sound pass, with a status twenty times a second."""
        for hop in range(len(self._sound) // HOP):
            self._at = (hop + 1) * HOP
            self._source.ring.write(self._sound[self._at - HOP : self._at, None])
            self._stream.pump()
            if hop % STATUS_HOPS == 0:
                self.paused_s += 0.0 if self._stream.sending else STATUS_HOPS * HOP / SAMPLE_RATE
                self._stream.publish_status()

    def _receive(self, message: Message) -> None:
        if isinstance(message, Notice):
            self.notices.append((self._at / SAMPLE_RATE, message.code))
        elif isinstance(message, NoteOn) and self._loop is not None and self._stream.sending:
            begin = self._at + round(self._loop * SAMPLE_RATE / 1000)
            note = self._note(message.pitch)
            end = min(begin + len(note), len(self._sound))
            self._sound[begin:end] += note[: max(end - begin, 0)] * (message.velocity / 80) ** 2

    def _note(self, pitch: int) -> FloatArray:
        if pitch not in self._played:
            columns = (np.array([value]) for value in (0.0, NOTE_S, pitch, 80))
            self._played[pitch] = Sampler(NoteTable.build(*columns), shipped_piano(), SAMPLE_RATE).render()
        return self._played[pitch]


class Port:
    """A port without a receiver."""

    def open(self, stream: StreamStarted) -> None: ...
    def send(self, event: Event) -> None: ...
    def close(self) -> None: ...


def fail(name: str, error: Exception) -> None:
    raise AssertionError(f"{name}: {error}")


def chopped(length_ms: float, every_ms: float, repeated: bool = False) -> Change:
    """Zeros, or the block before once more, every so often."""

    def change(sound: FloatArray) -> FloatArray:
        crackling, length = sound.copy(), round(length_ms * SAMPLE_RATE / 1000)
        for begin in range(SAMPLE_RATE + 37, len(sound) - length, round(every_ms * SAMPLE_RATE / 1000)):
            crackling[begin : begin + length] = sound[begin - length : begin] if repeated else 0.0
        return crackling

    return change


def clicks(sound: FloatArray) -> FloatArray:
    """A sample at full scale, five times a second."""
    crackling = sound.copy()
    crackling[37 :: SAMPLE_RATE // 5] = 0.9
    return crackling


def beside(noise: Callable[[int], FloatArray], below_db: float = NOISE_DB) -> Change:
    """A noise at a level below the music's."""

    def change(sound: FloatArray) -> FloatArray:
        other = noise(len(sound))
        gain = 10 ** (below_db / 20) * np.sqrt(np.mean(sound**2) / np.mean(other**2))
        return (sound + gain * other).astype(np.float32)

    return change


def hiss(length: int) -> FloatArray:
    """White noise."""
    return np.random.default_rng(1).standard_normal(length).astype(np.float32)


def hum(length: int) -> FloatArray:
    """Mains, 50 Hz and its multiples."""
    time = np.arange(length) / SAMPLE_RATE
    return sum(np.sin(2 * np.pi * 50 * k * time) / k for k in range(1, 8)).astype(np.float32)  # type: ignore[union-attr]


def fan(length: int) -> FloatArray:
    """Noise that falls towards high frequencies, with the tone of the blades."""
    spectrum = np.fft.rfft(np.random.default_rng(2).standard_normal(length))
    hertz = np.fft.rfftfreq(length, 1 / SAMPLE_RATE)
    noise = np.fft.irfft(spectrum / np.maximum(hertz, 40) ** 0.6, length)
    blades = np.sin(2 * np.pi * 98.6 * np.arange(length) / SAMPLE_RATE)
    return (noise / noise.std() + 0.5 * blades).astype(np.float32)


def speech(length: int) -> FloatArray:
    """People of the noise clips for development."""
    import json

    clips = json.loads((data_folder() / "noise-dev" / "noise-dev.json").read_text())
    clips = clips["clips"] if isinstance(clips, dict) else clips
    sound, _ = soundfile.read(data_folder() / "noise-dev" / "noise-dev.ogg", dtype="float32")
    spoken = [sound[c["start"] : c["start"] + c["frames"]] for c in clips if "speech" in c["cls"]]
    return np.resize(np.concatenate(spoken), length).astype(np.float32)


CONDITIONS: dict[str, tuple[Change, float | None]] = {
    "clean": (lambda sound: sound, None),
    "zeros, 5 ms every 150": (chopped(5, 150), None),
    "zeros, 40 ms every 150": (chopped(40, 150), None),
    "zeros, 100 ms every 400": (chopped(100, 400), None),
    "zeros, 190 ms every 800": (chopped(190, 800), None),
    "a block twice, 20 ms every 150": (chopped(20, 150, repeated=True), None),
    "clicks, 5 a second": (clicks, None),
    "hiss": (beside(hiss), None),
    "hum": (beside(hum), None),
    "fan": (beside(fan), None),
    "spoken over": (beside(speech, -10.0), None),
    "loop of 40 ms": (lambda sound: sound, 40.0),
    "loop of 120 ms": (lambda sound: sound, 120.0),
    "loop of 300 ms": (lambda sound: sound, 300.0),
}


def music(seconds: float) -> FloatArray:
    """The recordings of maps-dev, one after the other."""
    recordings = [soundfile.read(audio, dtype="float32")[0] for audio, _ in pairs(data_folder() / "maps-dev")]
    return np.resize(np.concatenate(recordings), round(seconds * SAMPLE_RATE)).astype(np.float32)


def main(seconds: float) -> None:
    """Print the table."""
    assert KEYS + LOWEST_PITCH <= 128
    model, sound = OnnxStep(shipped_model(), "cpu"), music(seconds)
    print(f"| sound, {seconds:.0f} s | notices, first at | MIDI paused, s |\n| --- | --- | --- |", flush=True)
    for name, (change, loop_ms) in CONDITIONS.items():
        room = Room(model, change(sound), loop_ms)
        room.live()
        codes = dict.fromkeys(code for _, code in room.notices)
        first = {code: min(time for time, other in room.notices if other == code) for code in codes}
        count = {code: sum(other == code for _, other in room.notices) for code in codes}
        said = ", ".join(f"{count[code]} {code} ({first[code]:.1f} s)" for code in codes) or "none"
        print(f"| {name} | {said} | {room.paused_s:.1f} |", flush=True)


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS)
