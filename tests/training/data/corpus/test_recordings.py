"""Recordings with notes beside them: what can be read, and the errors for the rest."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest
import soundfile

from realtime.contract import SAMPLE_RATE
from realtime.errors import FileError
from realtime.notes import NoteTable
from training.data.corpus.midi import read_midi, write_midi
from training.data.corpus.recordings import Recording, RecordingFolder, pairs, read_audio

PLAYED = NoteTable.build([0.5], [1.0], [60], [64])


def test_samples_that_are_no_numbers_are_silence(tmp_path: Path):
    """NaN and Inf become 0 before channels are averaged and the rate is changed: one would spoil what is around it."""
    stereo = np.full((2 * SAMPLE_RATE, 2), 0.25, np.float32)
    stereo[10, 0], stereo[11, 1] = np.nan, np.inf
    soundfile.write(tmp_path / "a.wav", stereo, SAMPLE_RATE, subtype="FLOAT")
    audio = read_audio(tmp_path / "a.wav")
    assert audio[[9, 10, 11, 12]].tolist() == [0.25, 0.125, 0.125, 0.25]
    soundfile.write(tmp_path / "b.wav", stereo, 2 * SAMPLE_RATE, subtype="FLOAT")
    resampled = read_audio(tmp_path / "b.wav")
    assert len(resampled) == SAMPLE_RATE
    assert np.isfinite(resampled).all()


def test_m4a_is_a_recording(tmp_path: Path):
    """AAC beside its notes is found and read."""
    with av.open(str(tmp_path / "a.m4a"), "w") as container:
        stream = container.add_stream("aac", rate=48_000, layout="mono")
        tone = 0.5 * np.sin(2 * np.pi * 440 * np.arange(48_000) / 48_000, dtype=np.float32)
        for start in range(0, 48_000, 1024):
            frame = av.AudioFrame.from_ndarray(tone[None, start : start + 1024], "fltp", "mono")
            frame.rate, frame.pts = 48_000, start
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    write_midi(PLAYED, tmp_path / "a.mid")
    [(audio, midi)] = pairs(tmp_path)
    recording = Recording(audio.stem, read_audio(audio), read_midi(midi))
    assert recording.seconds == pytest.approx(1.0, abs=0.05)
    assert np.sqrt(np.mean(recording.audio**2)) == pytest.approx(0.5 / np.sqrt(2), rel=0.1)


@pytest.mark.parametrize("content", [b"junk", b"", b"fLaC\0\0\0\x22junk"])
def test_broken_audio_is_named(tmp_path: Path, content: bytes):
    """Whatever a decoder trips over: a FileError with the file's name, also where training reads it."""
    path = tmp_path / "a.flac"
    path.write_bytes(content)
    write_midi(PLAYED, tmp_path / "a.mid")
    with pytest.raises(FileError, match=r"a\.flac"):
        read_audio(path)
    with pytest.raises(FileError, match=r"a\.flac"):
        RecordingFolder(tmp_path)[0]


def test_audio_without_samples_is_named(tmp_path: Path):
    """A header alone is not a recording."""
    soundfile.write(tmp_path / "a.wav", np.zeros(0), SAMPLE_RATE)
    with pytest.raises(FileError, match=r"a\.wav holds no sound"):
        read_audio(tmp_path / "a.wav")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is a broken MIDI file"),
        (b"junk", "is a broken MIDI file"),
        (b"MThd\0\0\0\6\0\1\0\1\1\xe0MTrk\0\0\0\4\0\x90\xff\xff", "cannot be read whole: Values beyond 127"),
    ],
    ids=["empty", "junk", "wild bytes"],
)
def test_broken_midi_is_named(tmp_path: Path, content: bytes, words: str):
    """What a listener gets on with is no truth to learn from."""
    path = tmp_path / "a.mid"
    path.write_bytes(content)
    with pytest.raises(FileError, match=rf"a\.mid {words}"):
        read_midi(path)
