"""The WAV recorder: whole at every second, true to time, readable after any end."""

from __future__ import annotations

import errno
import io
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st

from realtime.audio import wav
from realtime.audio.wav import WavRecorder, pcm24, repair_wav
from realtime.contract import FloatArray
from realtime.errors import FileError
from realtime.events import StreamStarted

RATE = 8_000
STREAM = StreamStarted("m", "fast", 0.03, RATE, "mic", "2026-11-21T10:00:00Z")


def opened(path: Path) -> WavRecorder:
    recorder = WavRecorder(path)
    recorder.open(STREAM)
    return recorder


def tone(samples: int) -> FloatArray:
    return (0.5 * np.sin(np.arange(samples) / 10)).astype(np.float32)


@settings(max_examples=20, deadline=None)
@given(cuts=st.lists(st.integers(1, 3000), min_size=1, max_size=8))
def test_what_is_written_is_what_was_pushed(tmp_path_factory: pytest.TempPathFactory, cuts: list[int]) -> None:
    """However the sound was cut, another library reads the same samples, to 24 bits."""
    path = tmp_path_factory.mktemp("wav") / "a.wav"
    recorder = opened(path)
    sound = tone(sum(cuts))
    position = 0
    for cut in cuts:
        recorder.audio(position, sound[position : position + cut])
        position += cut
    recorder.close()
    read, rate = soundfile.read(path)
    assert rate == RATE
    assert np.abs(read - sound).max() <= 2**-23
    assert soundfile.info(path).subtype == "PCM_24"


def test_samples_at_and_beyond_full_scale() -> None:
    """Hand values, little-endian; beyond full scale it clips instead of wrapping."""
    assert pcm24(np.array([1, -1, 1.5, 0], np.float32)).hex(" ", 3) == "ffff7f 010080 ffff7f 000000"


def test_lost_samples_become_silence(tmp_path: Path) -> None:
    """What comes after a gap lies at its own time."""
    recorder = opened(tmp_path / "a.wav")
    recorder.audio(0, tone(100))
    recorder.audio(100_100, tone(50))
    recorder.close()
    read, _ = soundfile.read(tmp_path / "a.wav")
    assert len(read) == 100_150
    assert not read[100:100_100].any()
    assert np.abs(read[100_100:] - tone(50)).max() <= 2**-23


def test_the_header_is_true_to_the_second_while_recording(tmp_path: Path) -> None:
    """A program that looks at the file before it is closed finds all but the last second."""
    recorder = opened(tmp_path / "a.wav")
    for position in range(0, 3 * RATE + 400, 400):
        recorder.audio(position, tone(400))
    assert 2 * RATE < soundfile.info(tmp_path / "a.wav").frames <= 3 * RATE + 400
    recorder.close()
    assert soundfile.info(tmp_path / "a.wav").frames == 3 * RATE + 400


def test_a_killed_recording_is_repaired_to_its_last_sample(tmp_path: Path) -> None:
    """The header fits what is there; a sample that was half written is left out; a whole file is left alone."""
    path = tmp_path / "a.wav"
    recorder = opened(path)
    recorder.audio(0, tone(500))
    with path.open("ab") as file:
        file.write(b"\x01\x02")
    assert soundfile.info(path).frames != 500
    assert repair_wav(path)
    assert soundfile.info(path).frames == 500
    assert not repair_wav(path)
    (tmp_path / "other").write_bytes(b"no wav")
    assert not repair_wav(tmp_path / "other")


def test_a_full_disk_keeps_what_fitted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sentence says so, and after close the file is as long as what was written."""
    written = 0

    def scarce(file: object, data: bytes) -> None:
        nonlocal written
        written += len(data)
        if written > 2000:
            file.write(data[:100])  # type: ignore[attr-defined]
            raise OSError(errno.ENOSPC, "No space left on device")
        file.write(data)  # type: ignore[attr-defined]

    monkeypatch.setattr(wav, "write_all", scarce)
    recorder = opened(tmp_path / "a.wav")
    with pytest.raises(FileError, match="the disk is full"):
        for position in range(0, 1000, 100):
            recorder.audio(position, tone(100))
    recorder.close()
    assert soundfile.info(tmp_path / "a.wav").frames == ((tmp_path / "a.wav").stat().st_size - 44) // 3 == 633


def test_a_disk_that_is_pulled_out_is_one_sentence(tmp_path: Path) -> None:
    """Also where it shows first as the header is written; the file is let go all the same."""
    recorder = opened(tmp_path / "a.wav")
    recorder.audio(0, tone(100))
    assert recorder._file is not None
    recorder._file.close()
    gone = recorder._file = Gone(tmp_path / "a.wav")
    with pytest.raises(FileError, match="cannot be written"):
        recorder.audio(100, tone(RATE))
    with pytest.raises(FileError, match="cannot be written"):
        recorder.close()
    assert gone.closed


class Gone(io.FileIO):
    """Takes what is written, and cannot go back."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "r+")

    def seek(self, *_place: int) -> int:
        raise OSError(errno.EIO, "Input/output error")
