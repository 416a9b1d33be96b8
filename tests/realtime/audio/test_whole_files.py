"""Every recording is read to its end, on its own time line, whatever its header says and whatever is damaged in it."""

from __future__ import annotations

import struct
from collections.abc import Callable
from fractions import Fraction
from io import BytesIO
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile

from realtime.audio.files import open_audio
from realtime.audio.mono import mono_blocks
from realtime.audio.ring import Dropout
from realtime.contract import FloatArray
from realtime.errors import FileError
from tests.cases import CASES, needs_cases

RATE = 44_100
TICKS = np.zeros(2 * RATE, np.float32)  # 2 s: silence, and 10 ms of a tone at each quarter of a second
for _tick in range(1, 8):
    TICKS[_tick * RATE // 4 :][:441] = np.sin(2 * np.pi * 1_000 * np.arange(441) / RATE)


def file_bytes(container: str) -> bytearray:
    """TICKS, 16 bit stereo, in a format of libsndfile."""
    file = BytesIO()
    soundfile.write(file, np.stack((TICKS, TICKS), axis=1), RATE, "PCM_16", format=container)
    return bytearray(file.getvalue())


def stamped(container: str, code: str, *places: tuple[bytes, int, int]) -> bytes:
    """A file with other numbers in its header: (name of a chunk, bytes after the name, number)."""
    content = file_bytes(container)
    for name, after, number in places:
        struct.pack_into(code, content, content.index(name) + after, number)
    return bytes(content)


UNFINISHED = {
    "killed.wav": stamped("WAV", "<I", (b"RIFF", 4, 0), (b"data", 4, 0)),
    "piped.wav": stamped("WAV", "<I", (b"RIFF", 4, 0xFFFFFFFF), (b"data", 4, 0xFFFFFFFF)),
    "sox.wav": stamped("WAV", "<I", (b"RIFF", 4, 0x7FFFF024), (b"data", 4, 0x7FFFF000)),
    "old.wav": stamped("WAV", "<I", (b"RIFF", 4, 1_036), (b"data", 4, 1_000)),
    "odd.wav": stamped("WAV", "<I", (b"RIFF", 4, 0), (b"data", 4, 0)) + b"\0\0\0",
    "killed.aif": stamped("AIFF", ">I", (b"FORM", 4, 0), (b"COMM", 10, 0), (b"SSND", 4, 8)),
    "killed.au": stamped("AU", ">I", (b".snd", 8, 0)),
    "piped.au": stamped("AU", ">I", (b".snd", 8, 0xFFFFFFFF)),
    "killed.rf64": stamped("RF64", "<Q", (b"ds64", 8, 0), (b"ds64", 16, 0), (b"ds64", 24, 0)),
    "killed.w64": stamped("W64", "<Q", (b"data", 16, 24)),
    "piped.caf": stamped("CAF", ">q", (b"data", 4, -1)),
}


@pytest.mark.parametrize("name", UNFINISHED)
def test_a_recorder_that_did_not_finish(tmp_path: Path, name: str) -> None:
    """All samples are there, at any start, and the remark names the length."""
    (tmp_path / name).write_bytes(UNFINISHED[name])
    audio = open_audio(tmp_path / name)
    assert [remark.phrase.code for remark in audio.remarks] == ["audio.unfinished"]
    assert audio.remarks[0].value("length_s") == 2.0
    whole = np.concatenate(list(audio.blocks()))
    assert whole.shape == (2 * RATE, 2)
    assert np.abs(whole[:, 0] - TICKS).max() < 1e-4
    assert np.array_equal(np.concatenate(list(audio.blocks(0.5, 1.5))), whole[RATE // 2 : 3 * RATE // 2])


@pytest.mark.parametrize("container", ["WAV", "AIFF", "AU", "RF64", "W64", "CAF"])
def test_a_finished_file_is_no_unfinished_one(tmp_path: Path, container: str) -> None:
    """Also with a tag, or zeros, after its samples."""
    tails = (b"", b"LIST" + struct.pack("<I", 5_000) + b"x" * 5_000, bytes(100))
    for tail in tails if container != "W64" else tails[:1]:
        (tmp_path / "a").write_bytes(file_bytes(container) + tail)
        audio = open_audio(tmp_path / "a")
        assert (audio.samples, audio.remarks) == (2 * RATE, ())


def test_a_copy_that_broke_off(tmp_path: Path) -> None:
    """It is read as far as it goes, and told how much there should be."""
    (tmp_path / "a.wav").write_bytes(file_bytes("WAV")[: 44 + 4 * RATE])
    audio = open_audio(tmp_path / "a.wav")
    assert audio.samples == RATE
    assert [str(remark) for remark in audio.remarks] == [
        f"{tmp_path / 'a.wav'} ends after 1.0 s, but should be 2.0 s long."
    ]


@needs_cases
@pytest.mark.parametrize(
    ("name", "length_s", "dropouts"),
    [
        ("vbr_from_pipe.mp3", 11.0759, []),
        ("lame_vbr_pipe.mp3", 11.0759, []),
        ("chained_rates.ogg", 11.0, []),
        ("garbage_inside.mp3", 11.0, [(5.8013, 0.0261)]),
        ("wav_data_size_0.wav", 4.5334, []),
        ("inverted.wav", 7.0, []),
    ],
)
def test_the_cases(
    name: str, length_s: float, dropouts: list[tuple[float, float]], capfd: pytest.CaptureFixture[str]
) -> None:
    """Length, and where from where to where sound is missing; libraries write nothing."""
    audio = open_audio(CASES / "audio" / name)
    read, lost = 0, []
    for piece in audio.pieces():
        if isinstance(piece, Dropout):
            lost.append((round(read / audio.rate, 4), round(piece.samples / audio.rate, 4)))
            read += piece.samples
        else:
            read += len(piece)
    assert (round(read / audio.rate, 4), lost) == (length_s, dropouts)
    assert capfd.readouterr() == ("", "")


@needs_cases
def test_an_inverted_channel_is_not_mixed() -> None:
    """Of a recording that can be looked over: one channel from the first sample on."""
    audio = open_audio(CASES / "audio" / "inverted.wav")
    mono = np.concatenate(list(mono_blocks(audio)))
    assert np.array_equal(np.abs(mono), np.abs(np.concatenate(list(audio.blocks()))[:, 0]))


def encoded(
    path: Path, codec: str, keep: Callable[[int], bool] = lambda _packet: True, late_s: float = 0.0, film: bool = False
) -> None:
    """TICKS at 48 kHz; keep: which packets are written; film: with pictures from 0 s, and sound that begins late."""
    sound = np.interp(np.arange(96_000) / 48_000, np.arange(2 * RATE) / RATE, TICKS).astype(np.float32)
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=48_000, layout="mono")
        stream.bit_rate = 128_000
        pictures = container.add_stream("mpeg4", rate=10) if film else None
        if pictures is not None:
            pictures.width = pictures.height = 64
            picture = av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), format="rgb24")
            for number in range(30):
                picture.pts, picture.time_base = number, Fraction(1, 10)
                container.mux(pictures.encode(picture))
            container.mux(pictures.encode(None))
        frame = av.AudioFrame.from_ndarray(sound[None], format="fltp", layout="mono")
        frame.sample_rate = 48_000
        fifo = av.AudioResampler(stream.format.name, "mono", 48_000, frame_size=stream.frame_size or 1_024)
        frames = [*fifo.resample(frame), *fifo.resample(None)]
        begin = round(48_000 * late_s)
        for piece in frames:
            piece.pts, piece.time_base = begin, Fraction(1, 48_000)
            begin += piece.samples
        packets = [packet for piece in [*frames, None] for packet in stream.encode(piece)]
        for number, packet in enumerate(packets):
            if keep(number):
                container.mux(packet)


def ticks(sound: FloatArray, rate: int) -> list[float]:
    """When a tick begins, s, to a hundredth."""
    loud = np.abs(sound) > 0.2
    begins = np.flatnonzero(
        loud
        & ~np.convolve(loud, np.ones(rate // 20), "full")[: len(loud)]
        .astype(bool)
        .take(np.arange(len(loud)) - 1, mode="clip")
    )
    return [round(begin / rate, 2) for begin in begins]


@pytest.mark.parametrize(("name", "codec"), [("a.webm", "libopus"), ("a.mka", "ac3"), ("a.mp4", "aac")])
def test_lost_packets_leave_silence(tmp_path: Path, name: str, codec: str) -> None:
    """Half a second is missing: what follows is at its time, and a Dropout stands for the rest."""
    encoded(tmp_path / name, codec)
    whole = ticks(np.concatenate(list(open_audio(tmp_path / name).blocks()))[:, 0], 48_000)
    size = {"libopus": 960, "ac3": 1_536, "aac": 1_024}[codec]
    first, last = round(0.9 * 48_000 / size), round(1.4 * 48_000 / size)
    encoded(tmp_path / name, codec, lambda packet: not first <= packet < last)
    audio = open_audio(tmp_path / name)
    (dropout,) = [piece for piece in audio.pieces() if isinstance(piece, Dropout)]
    assert dropout.samples / 48_000 == pytest.approx((last - first) * size / 48_000, abs=0.002)
    sound = np.concatenate(list(audio.blocks()))[:, 0]
    assert ticks(sound, 48_000) == [time for time in whole if not 0.9 < time < 1.4]


@pytest.mark.parametrize(("name", "codec"), [("a.mkv", "ac3"), ("a.mp4", "aac"), ("a.wmv", "wmav2")])
def test_sound_that_begins_after_the_picture(tmp_path: Path, name: str, codec: str) -> None:
    """The picture's first frame is time 0."""
    encoded(tmp_path / name, codec, film=True)
    prompt = ticks(np.concatenate(list(open_audio(tmp_path / name).blocks()))[:, 0], 48_000)
    encoded(tmp_path / name, codec, film=True, late_s=0.7)
    late = ticks(np.concatenate(list(open_audio(tmp_path / name).blocks()))[:, 0], 48_000)
    assert late == pytest.approx([time + 0.7 for time in prompt], abs=0.011)


def test_wma_is_not_early(tmp_path: Path) -> None:
    """FFmpeg's decoder gives nothing for the first packets."""
    encoded(tmp_path / "a.wma", "wmav2")
    sound = np.concatenate(list(open_audio(tmp_path / "a.wma").blocks()))[:, 0]
    assert ticks(sound, 48_000) == pytest.approx([0.25 * tick for tick in range(1, 8)], abs=0.011)


def test_mp4_without_its_index(tmp_path: Path) -> None:
    """A sentence that says what is wrong."""
    encoded(tmp_path / "a.m4a", "aac")
    content = (tmp_path / "a.m4a").read_bytes()
    (tmp_path / "a.m4a").write_bytes(content[: content.index(b"moov") - 4])
    with pytest.raises(FileError, match="has no index"):
        open_audio(tmp_path / "a.m4a")


def test_a_late_start_of_a_long_file_is_exact(tmp_path: Path) -> None:
    """Packets before it are not decoded; the same samples come out."""
    encoded(tmp_path / "a.mp3", "libmp3lame")
    audio = open_audio(tmp_path / "a.mp3")
    whole = np.concatenate(list(audio.blocks()))
    assert np.allclose(whole[round(1.6 * 48_000) :], np.concatenate(list(audio.blocks(1.6))), atol=1e-5)


def test_rates_beyond_ours_are_converted(tmp_path: Path) -> None:
    """4 kHz and 384 kHz."""
    for rate, read in ((4_000, 8_000), (384_000, 192_000)):
        soundfile.write(tmp_path / "a.wav", np.zeros(rate), rate)
        audio = open_audio(tmp_path / "a.wav")
        assert audio.rate == read
        assert abs(len(np.concatenate(list(audio.blocks()))) - read) <= 64


def test_a_flac_that_is_longer_than_it_says(tmp_path: Path) -> None:
    """A length that an encoder did not correct, and two files in one: all of the sound is read."""
    noise = np.random.default_rng(0).uniform(-0.5, 0.5, (10 * RATE, 1)).astype(np.float32)
    soundfile.write(tmp_path / "a.flac", noise, RATE)
    content = bytearray((tmp_path / "a.flac").read_bytes())
    (tmp_path / "twice.flac").write_bytes(content * 2)
    content[21:26] = (int.from_bytes(content[21:26]) - 9 * RATE).to_bytes(5)
    (tmp_path / "old.flac").write_bytes(content)
    for name, expected in (("a.flac", noise), ("old.flac", noise), ("twice.flac", np.concatenate((noise, noise)))):
        sound = np.concatenate(list(open_audio(tmp_path / name).blocks()))
        assert sound.shape == expected.shape
        assert np.abs(sound - expected).max() < 1e-4


def test_what_is_no_length_of_the_sound_is_none_that_must_be_reached(tmp_path: Path) -> None:
    """That of a film, of the first of two joined files, one that no such file can have, and one that counts from 0."""
    encoded(tmp_path / "film.mkv", "ac3", film=True)
    encoded(tmp_path / "a.mp3", "libmp3lame")
    content = (tmp_path / "a.mp3").read_bytes()
    frames = max(content.find(b"Xing"), content.find(b"Info")) + 8
    (tmp_path / "twice.mp3").write_bytes(content * 2)
    (tmp_path / "wild.mp3").write_bytes(content[:frames] + b"\xff" * 4 + content[frames + 4 :])
    for name in ("film.mkv", "twice.mp3", "wild.mp3"):
        assert not open_audio(tmp_path / name).certain
    assert open_audio(tmp_path / "a.mp3").certain
    encoded(tmp_path / "late.mka", "ac3", late_s=100.0)
    assert open_audio(tmp_path / "late.mka").length_s == pytest.approx(2.0, abs=0.05)


def test_a_tag_between_two_files_is_no_damage(tmp_path: Path) -> None:
    """Joined MP3 files with a picture in the second one's tag: no word, and no time for it."""
    encoded(tmp_path / "a.mp3", "libmp3lame")
    sound = (tmp_path / "a.mp3").read_bytes()
    assert sound.startswith(b"ID3")
    size = 5_000
    tag = b"ID3\4\0\0" + bytes(size >> shift & 0x7F for shift in (21, 14, 7, 0)) + bytes(range(250)) * (size // 250)
    (tmp_path / "joined.mp3").write_bytes(sound + tag + sound)
    pieces = list(open_audio(tmp_path / "joined.mp3").pieces())
    assert not any(isinstance(piece, Dropout) for piece in pieces)
    once, twice = (np.concatenate(list(open_audio(tmp_path / name).blocks()))[:, 0] for name in ("a.mp3", "joined.mp3"))
    added = len(twice) - 2 * len(once)  # what an encoder adds at the ends is cut off with the first tag only
    assert 0 <= added <= 4 * 1_152
    late_s = (len(once) + added) / 48_000
    assert ticks(twice, 48_000) == pytest.approx(
        [*ticks(once, 48_000), *(time + late_s for time in ticks(once, 48_000))], abs=0.03
    )


def test_a_tag_in_front_of_a_wav(tmp_path: Path) -> None:
    """Some programs put it there."""
    tag = b"ID3\3\0\0\0\0\7\x68" + bytes(1_000)
    (tmp_path / "a.wav").write_bytes(tag + file_bytes("WAV"))
    sound = np.concatenate(list(open_audio(tmp_path / "a.wav").blocks()))
    assert np.abs(sound[:, 0] - TICKS).max() < 1e-4


def test_a_codec_whose_tag_is_no_text(tmp_path: Path) -> None:
    """G.722 in WAV."""
    with av.open(str(tmp_path / "a.wav"), "w") as container:
        stream = container.add_stream("g722", rate=16_000, layout="mono")
        for begin in range(0, 16_000, 320):
            tone = (9_000 * np.sin(np.arange(begin, begin + 320) / 5)).astype(np.int16)
            frame = av.AudioFrame.from_ndarray(tone[None], format="s16", layout="mono")
            frame.sample_rate, frame.pts = 16_000, begin
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    sound = np.concatenate(list(open_audio(tmp_path / "a.wav").blocks()))
    assert len(sound) == pytest.approx(16_000, abs=320)
    assert 0.25 < np.abs(sound[2_000:]).max() < 0.35
