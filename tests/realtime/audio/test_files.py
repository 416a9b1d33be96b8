"""Audio files of every kind, and the clear sentences for those that are none."""

from __future__ import annotations

import os
import socket
import struct
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile

from realtime.audio.audio_file import AudioFile
from realtime.audio.files import open_audio
from realtime.contract import FloatArray
from realtime.errors import FileError

FORMATS = [
    ("WAV", "PCM_16", 44_100, 1e-4),
    ("WAV", "PCM_24", 192_000, 1e-6),
    ("WAV", "FLOAT", 22_050, 0.0),
    ("FLAC", "PCM_16", 48_000, 1e-4),
    ("OGG", "VORBIS", 44_100, 0.05),
    ("OGG", "OPUS", 48_000, 0.05),
    ("MP3", "MPEG_LAYER_III", 44_100, 0.05),
    ("AIFF", "PCM_16", 8_000, 1e-4),
]


def tones(rate: int, channels: int = 2, duration_s: float = 1.0) -> FloatArray:
    """Another soft tone in each channel, (n, channels)."""
    time = np.arange(round(duration_s * rate)) / rate
    return np.stack([0.3 * np.sin(2 * np.pi * 200 * (c + 1) * time) for c in range(channels)], 1).astype(np.float32)


def read(audio: AudioFile, start_s: float = 0.0, end_s: float | None = None) -> FloatArray:
    """All blocks of a stretch in one."""
    empty = np.zeros((0, audio.channels), np.float32)
    return np.concatenate([empty, *audio.blocks(start_s, end_s)])


@pytest.mark.parametrize(("container", "subtype", "rate", "tolerance"), FORMATS)
def test_what_libsndfile_writes(tmp_path: Path, container: str, subtype: str, rate: int, tolerance: float) -> None:
    """Rate, channels, length and sound, for every format that it writes."""
    path = tmp_path / f"a.{container.lower()}"
    soundfile.write(path, tones(rate), rate, format=container, subtype=subtype)
    audio = open_audio(path)
    samples = read(audio)
    assert (rate, 2) == (audio.rate, audio.channels)
    assert audio.samples in (None, len(samples))
    assert abs(len(samples) - rate) <= (0 if container != "OGG" or subtype == "OPUS" else 256)
    assert np.float32 == samples.dtype
    settled = slice(rate // 4, 3 * rate // 4)
    assert np.abs(tones(rate)[settled] - samples[settled]).max() <= tolerance


@pytest.mark.parametrize(("suffix", "codec"), [("m4a", "aac"), ("mp4", "aac"), ("mka", "ac3"), ("webm", "libopus")])
def test_other_containers_through_ffmpeg(tmp_path: Path, suffix: str, codec: str) -> None:
    """The sound of what phones record; a codec may add padding at the ends."""
    path = tmp_path / f"a.{suffix}"
    write_av(path, codec, tones(48_000))
    audio = open_audio(path)
    samples = read(audio)
    assert (audio.rate, audio.channels) == (48_000, 2)
    assert 48_000 <= len(samples) <= 48_000 + 4_096
    assert audio.samples is None or abs(audio.samples - len(samples)) <= 4_096
    spectrum = np.abs(np.fft.rfft(samples[8_000:40_000], axis=0))
    assert [round(int(np.argmax(column)) * 1.5) for column in spectrum.T] == [200, 400]


@pytest.mark.parametrize("suffix", ["wav", "flac", "ogg", "mp3", "m4a"])
def test_a_stretch_is_exact(tmp_path: Path, suffix: str) -> None:
    """start and end cut the same samples out of the whole, across block borders."""
    path = tmp_path / f"a.{suffix}"
    if suffix == "m4a":
        write_av(path, "aac", tones(48_000, duration_s=3.0))
    else:
        soundfile.write(path, tones(48_000, duration_s=3.0), 48_000)
    audio = open_audio(path)
    whole = read(audio)
    assert np.array_equal(whole[4_800:120_000], read(audio, 0.1, 2.5))
    assert np.allclose(whole[120_000:], read(audio, 2.5), atol=1e-5)  # MP3 keeps a trace of its past
    assert len(read(audio, 60.0)) == 0


def test_three_channels(tmp_path: Path) -> None:
    """Any channel count."""
    soundfile.write(tmp_path / "a.wav", tones(16_000, 3), 16_000)
    assert read(open_audio(tmp_path / "a.wav")).shape == (16_000, 3)


def test_what_is_no_recording(tmp_path: Path) -> None:
    """One clear sentence each, and the file's name in it."""
    (tmp_path / "empty.wav").touch()
    os.mkfifo(tmp_path / "pipe.wav")
    header = struct.pack("<4sI4s4sIHHIIHH", b"RIFF", 0, b"WAVE", b"fmt ", 16, 1, 1, 1, 2, 2, 16)
    (tmp_path / "slow.wav").write_bytes(header + b"data" + struct.pack("<I", 20_000) + bytes(20_000))
    (tmp_path / "fast.wav").write_bytes(header[:24] + struct.pack("<I", 2**30) + header[28:] + b"data\x10'\0\0" * 1_250)
    soundfile.write(tmp_path / "silent.wav", np.zeros((0, 1)), 16_000)
    (tmp_path / "text.wav").write_text("This is not sound.")
    (tmp_path / "raw.raw").write_bytes(bytes(range(256)))
    (tmp_path / "noise.m4a").write_bytes(np.random.default_rng(0).bytes(5_000))
    for name, sentence in {
        "missing.wav": "There is no file",
        ".": "is a folder",
        "empty.wav": "holds no sound",
        "pipe.wav": "is a pipe or a device",
        "slow.wav": "no audio that Liszten can read",
        "fast.wav": "no audio that Liszten can read",
        "silent.wav": "holds no sound",
        "text.wav": "no audio that Liszten can read",
        "raw.raw": "no audio that Liszten can read",
        "noise.m4a": "no audio that Liszten can read",
    }.items():
        with pytest.raises(FileError, match=sentence) as caught:
            open_audio(tmp_path / name)
        assert str(tmp_path / name) in str(caught.value)


def test_a_film_without_sound(tmp_path: Path) -> None:
    """A container that opens, with no audio in it."""
    with av.open(str(tmp_path / "a.mp4"), "w") as container:
        stream = container.add_stream("mpeg4", rate=10)
        stream.width = stream.height = 64
        frame = av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), format="rgb24")
        container.mux([*stream.encode(frame), *stream.encode(None)])
    with pytest.raises(FileError, match="no audio"):
        open_audio(tmp_path / "a.mp4")


def test_a_playlist_is_not_followed(tmp_path: Path) -> None:
    """A file that names an address on the network is refused before anybody calls there."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/a.ts"
        (tmp_path / "a.m3u8").write_text(f"#EXTM3U\n#EXTINF:10,\n{address}\n#EXT-X-ENDLIST\n")
        with pytest.raises(FileError, match="no audio"):
            open_audio(tmp_path / "a.m3u8")
        with pytest.raises(TimeoutError):
            server.accept()


def test_a_file_that_breaks_off_gives_what_it_has(tmp_path: Path) -> None:
    """Half of a FLAC file: the sound so far, and no error."""
    path = tmp_path / "a.flac"
    soundfile.write(path, np.random.default_rng(0).uniform(-0.5, 0.5, 48_000), 48_000)
    path.write_bytes(path.read_bytes()[:40_000])
    audio = open_audio(path)
    whole = np.random.default_rng(0).uniform(-0.5, 0.5, 48_000).astype(np.float32)
    got = read(audio)[:, 0]
    assert audio.length_s == 1.0
    assert 16_384 < len(got) < 48_000
    assert np.abs(whole[: len(got)] - got).max() < 1e-4


def test_a_flac_without_a_length(tmp_path: Path) -> None:
    """As programs write it into a pipe: no length at all instead of millions of years, and all of the sound."""
    path = tmp_path / "pipe.flac"
    soundfile.write(path, tones(48_000), 48_000)
    content = bytearray(path.read_bytes())
    content[21] &= 0xF0  # 36 bits of STREAMINFO: how many samples there are
    content[22:26] = bytes(4)
    path.write_bytes(content)
    audio = open_audio(path)
    assert audio.samples is None
    assert len(read(audio)) == 48_000
    assert len(read(audio, 0.25, 0.5)) == 12_000


def test_a_title_that_is_no_text(tmp_path: Path) -> None:
    """Bytes that are no UTF-8 are nothing that the sound needs."""
    soundfile.write(tmp_path / "a.mp3", tones(48_000), 48_000)
    title = b"TIT2\0\0\0\4\0\0\3\xe9\xff\xc3"
    tag = b"ID3\3\0\0\0\0\0" + bytes([len(title)]) + title
    (tmp_path / "b.mp3").write_bytes(tag + (tmp_path / "a.mp3").read_bytes())
    assert np.array_equal(read(open_audio(tmp_path / "b.mp3")), read(open_audio(tmp_path / "a.mp3")))


def test_a_broadcast_that_changes_on_the_way(tmp_path: Path) -> None:
    """From stereo at 48 kHz to mono at 24 kHz: it goes on as it began, and times stay true."""
    with (tmp_path / "on.aac").open("wb") as joined:
        for rate, layout in ((48_000, "stereo"), (24_000, "mono")):
            part = tmp_path / f"{rate}.aac"
            with av.open(str(part), "w", format="adts") as container:
                stream = container.add_stream("aac", rate=rate, layout=layout)
                sound = tones(rate, len(stream.layout.channels))
                for begin in range(0, rate - rate % 1024, 1024):
                    piece = np.ascontiguousarray(sound[begin : begin + 1024].T)
                    frame = av.AudioFrame.from_ndarray(piece, format="fltp", layout=layout)
                    frame.sample_rate, frame.pts = rate, begin
                    container.mux(stream.encode(frame))
                container.mux(stream.encode(None))
            joined.write(part.read_bytes())
    audio = open_audio(tmp_path / "on.aac")
    assert (audio.rate, audio.channels) == (48_000, 2)
    samples = read(audio)
    assert abs(len(samples) / 48_000 - 2.0) < 0.15
    level = np.sqrt(np.mean(samples[60_000:90_000] ** 2))
    assert 0.1 < level < 0.3


def write_av(path: Path, codec: str, audio: FloatArray) -> None:
    """Encode stereo audio at 48 kHz."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=48_000, layout="stereo")
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(audio.T), format="fltp", layout="stereo")
        frame.sample_rate = 48_000
        fifo = av.AudioResampler(stream.format.name, "stereo", 48_000, frame_size=stream.frame_size or 1_024)
        for piece in [*fifo.resample(frame), *fifo.resample(None)]:
            container.mux(stream.encode(piece))
        container.mux(stream.encode(None))
