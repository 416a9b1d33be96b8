"""Takes on the loudspeaker: what is played from where, and the answers about it."""

from __future__ import annotations

import itertools
import os
import threading
import time
from collections.abc import Iterator
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st

from realtime.audio import devices
from realtime.contract import FloatArray
from realtime.errors import AudioDeviceError
from realtime.events import NoteOff, NoteOn, StreamStarted
from realtime.notes import NoteTable
from realtime.piano import speaker as speaker_module
from realtime.piano import speaker_process
from realtime.piano.playable import endless, open_sound
from realtime.piano.speaker import Speaker
from realtime.piano.speaker_messages import (
    NO_ANSWER,
    NO_SPEAKER,
    Answer,
    PlaybackFailed,
    PlaybackPosition,
    StartPlayback,
    StopPlayback,
)
from realtime.piano.speaker_process import Player
from realtime.takes.notes import TakeNotes
from realtime.words import plain
from tests.waiting import WAIT_S, wait_until

RATE = 8_000


class Ramp:
    """Two seconds in which each sample is its own index."""

    rate = 1_000

    def blocks(self, start_s: float, end_s: float | None) -> Iterator[FloatArray]:
        end = 2_000 if end_s is None else min(round(end_s * 1000), 2_000)
        for begin in range(round(start_s * 1000), end, 7):
            yield np.repeat(np.arange(begin, min(begin + 7, end), dtype=np.float32)[:, None], 2, axis=1)


def first(blocks: Iterator[FloatArray], count: int) -> list[int]:
    """The first `count` samples of the left channel."""
    flat = (int(sample) for block in blocks for sample in block[:, 0])
    return list(itertools.islice(flat, count))


def test_without_a_loop_silence_follows() -> None:
    """From the requested time to the end, then nothing but zeros."""
    assert first(endless(Ramp(), 1.5, None), 600) == [*range(1500, 2000), *[0] * 100]


@pytest.mark.parametrize(("due", "expected"), [(100.75, [*[0] * 250, 500]), (100.5, [500]), (99.5, [1500])])
def test_a_sound_is_heard_when_it_is_due(due: float, expected: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    """At 100.5 the device sounds: silence until then, or further on where it is late."""
    monkeypatch.setattr(speaker_process, "wall_clock", lambda: 100.3)
    player = Player(Pipe()[0])
    player._device = SimpleNamespace(latency=0.2)
    blocks = player._due(StartPlayback(1, None, 0.5, due=due), Ramp())
    assert first(blocks, len(expected)) == expected


def test_only_the_named_output_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """By its name before a part of one, and never the loudspeaker in its place, also after a look anew."""
    outputs = [("Mic", 0), ("My Buds Pro", 2), ("Buds", 2), ("Mono", 1)]
    listed = [{"name": name, "max_output_channels": channels} for name, channels in outputs]
    monkeypatch.setattr(
        devices, "portaudio", lambda: SimpleNamespace(query_devices=lambda: listed, PortAudioError=OSError)
    )
    assert [devices.output_named(name) for name in ("buds", "pro", "mic", "mono")] == [2, 1, None, None]
    looked: list[bool] = []
    monkeypatch.setattr(speaker_process, "restart_portaudio", lambda jack: looked.append(jack))
    with pytest.raises(AudioDeviceError, match="The headphones AirPods are not there"):
        speaker_process.open_speaker(48_000, "AirPods")
    assert looked == [False]


@settings(max_examples=25, deadline=None)
@given(start=st.integers(0, 1_500), begin=st.integers(0, 1_400), length=st.integers(1, 900))
def test_a_loop_goes_round_to_the_sample(start: int, begin: int, length: int) -> None:
    """Every round has its length, silence where the sound is shorter; a start behind the loop never enters it."""
    end = begin + length
    expected = [place if place < 2_000 else 0 for place in range(start, end)]
    while len(expected) < 3_000:
        expected += [place if place < 2_000 else 0 for place in range(begin, end)]
    if start >= end:
        expected = [*range(start, 2_000), *[0] * 3_000]
    played = first(endless(Ramp(), start / 1000, (begin / 1000, end / 1000)), 3_000)
    assert played == expected[:3_000]


def test_one_channel_sounds_on_both_sides(tmp_path: Path) -> None:
    """And of many channels the first two sound."""
    soundfile.write(tmp_path / "mono.wav", np.full(RATE, 0.5), RATE)
    soundfile.write(tmp_path / "four.wav", np.tile([0.1, 0.2, 0.3, 0.4], (RATE, 1)), RATE)
    (mono,) = {tuple(row) for row in np.concatenate(list(open_sound(tmp_path / "mono.wav").blocks(0.5, None)))}
    four = next(open_sound(tmp_path / "four.wav").blocks(0.0, None))
    assert mono == (0.5, 0.5)
    assert four[0] == pytest.approx([0.1, 0.2], abs=1e-3)


def test_notes_sound_on_a_piano() -> None:
    """Silence before the note, sound after it."""
    stream = StreamStarted("m", "fast", 0.03, RATE, "mic", "2026-11-21T10:00:00Z")
    notes = TakeNotes.of_stream(stream, [NoteOn(0.5, 0.5, 60, 90, 1.0), NoteOff(1.0, 1.0, 60)], "one note")
    sound = np.concatenate(list(open_sound(notes).blocks(0.0, 1.0)))
    assert len(sound) == 48_000
    assert np.abs(sound[:20_000]).max() == 0
    assert np.abs(sound[24_000:30_000]).max() > 0.05


class Device:
    """A loudspeaker with 10 ms of buffer."""

    latency = 0.01
    samplerate = RATE
    system = ""

    def __init__(self) -> None:
        self.blocks: list[FloatArray] = []
        self.closed = False

    def write(self, block: FloatArray) -> None:
        self.blocks.append(block)

    def start(self) -> None: ...

    def abort(self, ignore_errors: bool) -> None: ...

    def close(self, ignore_errors: bool) -> None:
        self.closed = True


@pytest.fixture
def device(monkeypatch: pytest.MonkeyPatch) -> Device:
    device = Device()
    monkeypatch.setattr(speaker_process, "open_speaker", lambda _rate, _output: device)
    return device


def answers(pipe: Connection) -> list[Answer]:
    found = []
    while pipe.poll():
        found.append(pipe.recv())
    return found


def test_the_player_answers_how_much_was_heard(device: Device, tmp_path: Path) -> None:
    """Without what the device still holds; a request without a sound repeats the last one; stopping closes the
    device."""
    soundfile.write(tmp_path / "a.wav", np.full(RATE, 0.5), RATE)
    ours, theirs = Pipe()
    player = Player(theirs)
    ours.send(StartPlayback(1, tmp_path / "a.wav", 0.0))
    for _ in range(3):
        player.step()
    assert [answer.played_s for answer in answers(ours) if isinstance(answer, PlaybackPosition)] == pytest.approx(
        [0.01, 0.03]
    )
    ours.send(StartPlayback(2, None, 0.9, (0.5, 0.95)))
    for _ in range(4):
        player.step()
    assert {answer.number for answer in answers(ours)} == {2}
    ours.send(StopPlayback())
    player.step()
    assert device.closed
    assert all((block == 0.5).all() for block in device.blocks)


def test_requests_that_were_overtaken_are_skipped(
    device: Device, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With an arrow key held down only the last position plays; the sound is that of the request that named one."""
    soundfile.write(tmp_path / "a.wav", np.full(RATE, 0.5), RATE)
    opened: list[int] = []
    monkeypatch.setattr(speaker_process, "open_speaker", lambda rate, _output: opened.append(rate) or device)
    ours, theirs = Pipe()
    player = Player(theirs)
    for request in (
        StartPlayback(1, tmp_path / "a.wav", 0.0),
        StopPlayback(),
        StartPlayback(2, None, 0.1),
        StartPlayback(3, None, 0.2),
    ):
        ours.send(request)
    for _ in range(3):
        player.step()
    assert {answer.number for answer in answers(ours)} == {3}
    assert opened == [RATE]
    for request in (
        StartPlayback(4, tmp_path / "gone.wav", 0.0),
        StartPlayback(5, tmp_path / "a.wav", 0.0),
        StopPlayback(),
    ):
        ours.send(request)
    player.step()
    ours.send(StartPlayback(6, None, 0.0))
    for _ in range(3):
        player.step()
    assert {answer.number for answer in answers(ours)} == {6}


def test_a_missing_sound_fails_once(device: Device, tmp_path: Path) -> None:
    """Then the player waits for the next request."""
    ours, theirs = Pipe()
    player = Player(theirs)
    ours.send(StartPlayback(1, tmp_path / "gone.wav", 0.0))
    player.step()
    (failed,) = answers(ours)
    assert isinstance(failed, PlaybackFailed)
    assert "gone.wav" in str(failed.problem)
    ours.send(StopPlayback())
    player.step()
    ours.close()
    with pytest.raises(EOFError):
        player.step()


def test_no_loudspeaker(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """One sentence with a way out."""

    def none(_rate: int, _output: str) -> None:
        raise AudioDeviceError("No loudspeaker.")

    monkeypatch.setattr(speaker_process, "open_speaker", none)
    soundfile.write(tmp_path / "a.wav", np.full(RATE, 0.5), RATE)
    ours, theirs = Pipe()
    player = Player(theirs)
    ours.send(StartPlayback(7, tmp_path / "a.wav", 0.0))
    player.step()
    assert answers(ours) == [PlaybackFailed(7, plain("No loudspeaker."))]


class Sounds:
    """PortAudio with some host systems; like it, it refuses the settings of one system at a device of another."""

    class PortAudioError(Exception): ...

    class WasapiSettings:
        def __init__(self, auto_convert: bool) -> None:
            assert auto_convert

    def __init__(self, **systems: int) -> None:
        self.systems = [{"name": name.replace("_", " "), "default_output_device": at} for name, at in systems.items()]

    def query_hostapis(self) -> list[dict[str, object]]:
        return self.systems

    def OutputStream(self, device: int | None = None, extra_settings: object = None, **_rest: object) -> Device:  # noqa: N802
        at = self.systems[0]["default_output_device"] if device is None else device
        system = next(system["name"] for system in self.systems if system["default_output_device"] == at)
        if extra_settings is not None and system != "Windows WASAPI":
            raise self.PortAudioError("Incompatible host API specific stream info")
        opened = Device()
        opened.system = str(system)
        return opened


@pytest.mark.parametrize(
    ("systems", "used"),
    [
        ({"MME": 3, "Windows_WASAPI": 7}, "Windows WASAPI"),
        ({"MME": 3, "Windows_WASAPI": -1}, "MME"),
        ({"ALSA": 0, "OSS": -1}, "ALSA"),
    ],
)
@pytest.mark.parametrize("platform", ["win32", "linux"])
def test_the_loudspeaker_opens_on_every_system(
    monkeypatch: pytest.MonkeyPatch, systems: dict[str, int], used: str, platform: str
) -> None:
    """Windows' first system is MME, whose devices take none of WASAPI's settings."""
    monkeypatch.setattr("sys.platform", platform)
    monkeypatch.setattr(speaker_process, "portaudio", lambda: Sounds(**systems))
    assert speaker_process.open_speaker(48_000).system == used


def test_a_process_that_dies_is_a_failure(tmp_path: Path) -> None:
    """The picture must not wait for it for ever; the next request starts another. Headphones are named."""
    speaker = Speaker()
    soundfile.write(tmp_path / "a.wav", np.full(RATE, 0.5), RATE)
    for output, why in (("", NO_SPEAKER()), ("Buds", NO_ANSWER(name="Buds"))):
        speaker.play(tmp_path / "a.wav", 0.0, output=output)
        assert speaker._process is not None
        speaker._process.kill()
        found: list[Answer] = []
        wait_until(lambda found=found: found.extend(speaker.answers()) or found)  # type: ignore[misc]
        assert [answer.problem for answer in found if isinstance(answer, PlaybackFailed)] == [why]
        assert speaker.answers() == []
    speaker.close()


class Busy:
    """A loudspeaker's process that is still loading libraries, and reads no requests yet."""

    def __init__(self, requests: Connection) -> None:
        self.requests = Connection(os.dup(requests.fileno()))

    def terminate(self) -> None:
        self.requests.close()

    def join(self, patience_s: float) -> None:
        time.sleep(patience_s)

    def is_alive(self) -> bool:
        return False


def test_sending_a_long_take_does_not_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its notes are more than a pipe takes at once; they arrive whole, in order, and closing does not wait."""
    busy: list[Busy] = []
    monkeypatch.setattr(
        speaker_module.process, "spawn", lambda _body, _name, theirs: busy.append(Busy(theirs)) or busy[-1]
    )
    threads = threading.active_count()
    onsets = np.arange(200_000) / 10
    take = TakeNotes.of(NoteTable.build(onsets, onsets + 0.05, np.full(200_000, 60), np.full(200_000, 64)))
    speaker = Speaker()
    begin = time.monotonic()
    speaker.play(take, 0.0)
    speaker.stop()
    speaker.play(take, 7.0)
    assert time.monotonic() - begin < WAIT_S  # who waited for the pipe would wait for ever
    requests = [busy[0].requests.recv() for _ in range(3)]
    assert len(requests[0].sound) == 200_000
    assert requests[1:] == [StopPlayback(), StartPlayback(3, None, 7.0)]
    speaker.play(TakeNotes.of(NoteTable.build(onsets, onsets + 0.05, np.full(200_000, 60), np.full(200_000, 64))), 0.0)
    begin = time.monotonic()
    speaker.close()
    assert time.monotonic() - begin < WAIT_S
    while threading.active_count() > threads:
        assert time.monotonic() - begin < WAIT_S
        time.sleep(0.01)
