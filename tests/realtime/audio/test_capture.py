"""The microphone, with a fake PortAudio whose callbacks the tests make: blocks, overruns, and a device that goes."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from realtime.audio import capture, live_reader
from realtime.audio.capture import Microphone
from realtime.audio.ring import Dropout
from realtime.audio.source import Losses
from realtime.contract import FloatArray
from realtime.errors import AudioDeviceError
from tests.waiting import wait_until

RATE = 8_000
BLOCK = 80


class FakePortAudioError(Exception):
    pass


class FakeStream:
    """An input stream; a test calls `deliver`, PortAudio's part."""

    def __init__(self, system: FakeSystem, **options: Any) -> None:
        if system.refuses:
            raise FakePortAudioError("Illegal combination of I/O devices")
        self.options = options
        self.aborted = self.closed = False
        system.streams.append(self)

    def start(self) -> None:
        pass

    def abort(self, ignore_errors: bool) -> None:
        self.aborted = True

    def close(self, ignore_errors: bool) -> None:
        self.closed = True

    def deliver(self, value: float, samples: int = BLOCK) -> None:
        block = np.full((samples, self.options["channels"]), value, np.float32)
        times = SimpleNamespace(currentTime=0.0, inputBufferAdcTime=0.0)  # as PulseAudio has them
        self.options["callback"](block, samples, times, None)


class FakeSystem:
    """A PortAudio with one stereo input."""

    def __init__(self) -> None:
        self.streams: list[FakeStream] = []
        self.refuses = False
        self.restarts = 0
        self.names = ["Scarlett"]

    @property
    def module(self) -> SimpleNamespace:
        return SimpleNamespace(
            InputStream=lambda **options: FakeStream(self, **options),
            PortAudioError=FakePortAudioError,
            query_devices=self._devices,
            query_hostapis=lambda: [{"name": "ALSA", "default_input_device": 0}],
            _terminate=lambda: None,
            _initialize=self._restart,
        )

    def _devices(self) -> list[dict[str, Any]]:
        shared = {"hostapi": 0, "max_input_channels": 2, "default_samplerate": float(RATE)}
        return [{"name": name, **shared} for name in self.names]

    def _restart(self) -> None:
        self.restarts += 1


@pytest.fixture
def system(monkeypatch: pytest.MonkeyPatch) -> FakeSystem:
    system = FakeSystem()
    monkeypatch.setitem(sys.modules, "sounddevice", system.module)
    for name, value in {"SILENCE_LIMIT_S": 0.15, "FIRST_BLOCK_LIMIT_S": 0.3, "RETRY_S": 0.1, "POLL_S": 0.01}.items():
        monkeypatch.setattr(capture, name, value)
    return system


@pytest.fixture
def microphone(system: FakeSystem) -> Iterator[Microphone]:
    microphone = Microphone(None)
    yield microphone
    microphone.close()


def sound(read: FloatArray | Dropout) -> FloatArray:
    assert not isinstance(read, Dropout)
    return read


def test_blocks_come_as_the_driver_delivers_them(system: FakeSystem, microphone: Microphone) -> None:
    """Ten milliseconds a block, two channels, the device's own rate; nothing to read is an empty block."""
    (stream,) = system.streams
    assert (microphone.rate, microphone.channels, stream.options["blocksize"]) == (RATE, 2, BLOCK)
    assert sound(microphone.read(100)).shape == (0, 2)
    stream.deliver(0.25)
    stream.deliver(0.5)
    assert sound(microphone.read(100))[:, 0].tolist() == [0.25] * 80 + [0.5] * 20
    assert len(sound(microphone.read(100))) == 60
    wait_until(lambda: microphone.state == "running")


def test_a_reader_that_comes_too_late_gets_a_dropout(system: FakeSystem, microphone: Microphone) -> None:
    """What the four seconds of the ring could not hold is a dropout in its place."""
    (stream,) = system.streams
    for _ in range(4 * RATE // BLOCK + 3):
        stream.deliver(0.1)
    assert len(sound(microphone.read(10 * RATE))) == 4 * RATE
    stream.deliver(0.2)
    assert Dropout(3 * BLOCK) == microphone.read(100)
    assert microphone.losses == Losses(slow=3 * BLOCK)
    assert pytest.approx(float(sound(microphone.read(100))[0, 0])) == 0.2


def test_a_lost_device_is_dropouts_until_it_is_back(system: FakeSystem, microphone: Microphone) -> None:
    """The clock goes on with the wall; PortAudio is restarted; the first new block comes after its dropout."""
    (stream,) = system.streams
    stream.deliver(0.1)
    begun = time.monotonic()
    assert len(sound(microphone.read(1000))) == BLOCK
    system.refuses = True
    wait_until(lambda: microphone.state == "lost")
    lost = 0
    while time.monotonic() < begun + 0.5:
        read = microphone.read(1000)
        lost += read.samples if isinstance(read, Dropout) else 0
        time.sleep(0.002)
    assert stream.aborted
    assert stream.closed
    assert lost > 0.2 * RATE
    system.refuses = False
    wait_until(lambda: len(system.streams) == 2)
    system.streams[1].deliver(0.7)
    back = time.monotonic()
    read = microphone.read(1000)
    assert isinstance(read, Dropout)
    lost += read.samples
    assert sound(microphone.read(1000))[:, 0].tolist() == pytest.approx([0.7] * BLOCK)
    assert (back - begun - 0.01) * RATE == pytest.approx(lost, abs=0.05 * RATE)
    assert system.restarts >= 2
    wait_until(lambda: microphone.state == "running")


def test_a_loss_is_exact_to_the_sample(system: FakeSystem, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the last block before it to the beginning of the first block after it, on a clock that the test moves."""
    clock = SimpleNamespace(now=100.0)
    monkeypatch.setattr(capture, "time", SimpleNamespace(monotonic=lambda: clock.now))
    for module in (capture, live_reader):
        monkeypatch.setattr(module, "wall_clock", lambda: clock.now)
    microphone = Microphone(None)
    try:
        clock.now = 100.1
        system.streams[0].deliver(0.1)
        assert len(sound(microphone.read(1000))) == BLOCK
        wait_until(lambda: microphone.state == "running")
        system.refuses = True
        clock.now = 101.35
        wait_until(lambda: microphone.state == "lost")
        assert Dropout(round(1.25 * RATE)) == microphone.read(1000)
        system.refuses = False
        wait_until(lambda: len(system.streams) == 2)
        clock.now = 101.6
        system.streams[1].deliver(0.7)
        assert Dropout(round((0.25 - 0.01) * RATE)) == microphone.read(
            1000
        )  # the block that comes at 101.6 began before
        assert sound(microphone.read(1000))[:, 0].tolist() == pytest.approx([0.7] * BLOCK)
        # The last sample before the loss was captured at 100.1, the first one after it at 101.59.
        captured = [microphone.captured(position) for position in (BLOCK, BLOCK + round(1.49 * RATE))]
        assert captured == pytest.approx([100.1, 101.59])
        assert microphone.losses == Losses()
    finally:
        microphone.close()


def test_an_input_that_goes_on_is_not_opened_again(system: FakeSystem, microphone: Microphone) -> None:
    """Blocks for three times as long as the silence that would be a loss."""
    (stream,) = system.streams
    end = time.monotonic() + 3 * capture.SILENCE_LIMIT_S
    while time.monotonic() < end:
        stream.deliver(0.1)
        time.sleep(0.005)
    assert microphone.state == "running"
    assert system.streams == [stream]


def test_an_input_that_never_delivers_is_opened_again(system: FakeSystem, microphone: Microphone) -> None:
    """No first block within its limit is a loss, too."""
    wait_until(lambda: len(system.streams) >= 2)
    assert system.streams[0].closed


def test_only_the_same_device_is_taken_back(system: FakeSystem, microphone: Microphone) -> None:
    """Another microphone does not take its place by itself."""
    system.streams[0].deliver(0.1)
    system.names = ["Webcam"]
    wait_until(lambda: microphone.state == "lost" and system.restarts >= 2)
    assert len(system.streams) == 1
    system.names = ["Webcam", "Scarlett"]
    wait_until(lambda: len(system.streams) == 2)
    assert system.streams[1].options["device"] == 1


def test_a_channel_that_the_device_lacks(system: FakeSystem) -> None:
    """One sentence; the last channel that it has can be opened."""
    with pytest.raises(AudioDeviceError, match=r'Input "Scarlett" has no channel 3, only 2\.'):
        Microphone(None, last_channel=3)
    Microphone(None, last_channel=2).close()


def test_a_device_that_cannot_be_opened(system: FakeSystem) -> None:
    """At the start that is an error at once."""
    system.refuses = True
    with pytest.raises(AudioDeviceError, match=r'Input "Scarlett" cannot be opened; it may be in use or unplugged\.'):
        Microphone(None)
