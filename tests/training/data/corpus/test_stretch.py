"""Stretches of recordings: the right samples at the right time, and no more of the file than that."""

from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st

from realtime.errors import FileError
from training.data.corpus.stretch import read_stretch

SECONDS = 4.0


def write_clicks(path: Path, rate: int) -> Path:
    """Stereo, a smooth 2 ms bump every 0.25 s, its top on the time."""
    time = np.arange(round(SECONDS * rate)) / rate
    from_click = (time + 0.125) % 0.25 - 0.125
    bump = np.where(np.abs(from_click) < 1e-3, np.cos(from_click * np.pi / 2e-3) ** 2, 0)
    soundfile.write(path, np.stack([bump, 0.5 * bump], axis=1), rate, subtype="PCM_24")
    return path


@pytest.fixture(scope="module")
def recordings(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    folder = tmp_path_factory.mktemp("recordings")
    return {rate: write_clicks(folder / f"{rate}.wav", rate) for rate in (16_000, 22_050, 44_100, 48_000)}


@given(rate=st.sampled_from([16_000, 22_050, 44_100, 48_000]), start=st.floats(-0.5, SECONDS + 1))
def test_every_click_lies_at_its_time(recordings: dict[int, Path], rate: int, start: float):
    """From wherever it is read, and at any rate: the tops are at multiples of 0.25 s, within a sample of 16 kHz."""
    audio, begin = read_stretch(recordings[rate], start, 1.0)
    assert audio.shape == (16_000,)
    assert audio.dtype == np.float32
    assert begin == pytest.approx(min(max(0.0, start), SECONDS - 1.0), abs=1.5 / 16_000)
    tops = np.flatnonzero((audio[1:-1] > 0.6) & (audio[1:-1] >= audio[:-2]) & (audio[1:-1] > audio[2:])) + 1
    inside = [t for t in np.arange(0, SECONDS, 0.25) if begin + 0.002 < t < begin + 0.998]
    found = [t for t in begin + tops / 16_000 if begin + 0.002 < t < begin + 0.998]
    assert found == pytest.approx(inside, abs=1 / 16_000)


def test_file_that_is_too_short_is_read_from_its_beginning(recordings: dict[int, Path]):
    """All of it, and no padding."""
    audio, begin = read_stretch(recordings[48_000], 3.0, 9.0)
    assert (len(audio), begin) == (64_000, 0.0)


def test_only_the_stretch_is_read(recordings: dict[int, Path], monkeypatch: pytest.MonkeyPatch):
    """One second and two margins, not the whole concert."""
    asked, read = [], soundfile.SoundFile.read

    def counted(file: soundfile.SoundFile, frames: int = -1, **options: object) -> np.ndarray:
        asked.append(frames)
        return read(file, frames, **options)

    monkeypatch.setattr(soundfile.SoundFile, "read", counted)
    read_stretch(recordings[44_100], 2.0, 1.0)
    assert asked == [44_100 + 2 * 441]


@pytest.mark.parametrize("content", [None, b"", b"no sound at all"])
def test_recording_that_cannot_be_read_is_named(tmp_path: Path, content: bytes | None):
    """Missing, empty, or something else."""
    if content is not None:
        (tmp_path / "a.wav").write_bytes(content)
    with pytest.raises(FileError, match=r"a\.wav"):
        read_stretch(tmp_path / "a.wav", 0.0, 1.0)


def test_recording_without_a_sample_is_named(tmp_path: Path):
    """A header and nothing behind it."""
    soundfile.write(tmp_path / "a.wav", np.zeros((0, 2)), 44_100)
    with pytest.raises(FileError, match="no sound"):
        read_stretch(tmp_path / "a.wav", 0.0, 1.0)
