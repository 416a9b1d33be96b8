"""Files that are damaged: what was not hit is read at its time, and it is told from where to where the rest was."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile

from realtime.audio.files import open_audio
from realtime.audio.flac import frame_position
from realtime.audio.ogg import links
from realtime.audio.ring import Dropout
from realtime.contract import FloatArray
from realtime.transcription.model import OnnxStep
from realtime.transcription.recording import transcribe_file
from realtime.words import Said

RATE = 48_000
LENGTH_S = 4
NOISE = np.random.default_rng(0).integers(-9_000, 9_000, LENGTH_S * RATE).astype(np.int16)
HIT = 250  # bytes

Hit = Callable[[bytes, int], bytes]


def overwritten(content: bytes, at: int) -> bytes:
    """By rubbish."""
    return content[:at] + random.Random(at).randbytes(HIT) + content[at + HIT :]


def zeroed(content: bytes, at: int) -> bytes:
    """A lost sector."""
    return content[:at] + bytes(HIT) + content[at + HIT :]


def missing(content: bytes, at: int) -> bytes:
    """What follows comes earlier."""
    return content[:at] + content[at + HIT :]


def flipped(content: bytes, at: int) -> bytes:
    """A single bit."""
    return content[:at] + bytes([content[at] ^ 0x10]) + content[at + 1 :]


def cut(content: bytes, at: int) -> bytes:
    """A copy that broke off."""
    return content[:at]


def write(path: Path, codec: str) -> bytes:
    """NOISE without loss; gives the bytes of the file."""
    if codec == "flac":
        soundfile.write(path, NOISE, RATE)
    else:
        with av.open(str(path), "w", format="ogg" if codec == "ogg flac" else None) as container:
            stream = container.add_stream(codec.removeprefix("ogg "), rate=RATE, layout="mono")
            stream.format = "s16p" if codec == "wavpack" else "s16"
            frame = av.AudioFrame.from_ndarray(NOISE[None], format="s16", layout="mono")
            frame.sample_rate = RATE
            size = stream.frame_size or RATE // 4
            fifo = av.AudioResampler(stream.format.name, "mono", RATE, frame_size=size)
            for number, piece in enumerate([*fifo.resample(frame), *fifo.resample(None)]):
                piece.pts = number * size
                container.mux(stream.encode(piece))
            container.mux(stream.encode(None))
    return path.read_bytes()


def read(path: Path) -> tuple[FloatArray, list[tuple[int, int]]]:
    """The sound, zeros where it could not be read, and (begin, end) of these places in samples."""
    blocks, lost, at = [np.zeros(0, np.float32)], [], 0
    for piece in open_audio(path).pieces():
        if isinstance(piece, Dropout):
            lost.append((at, at + piece.samples))
            blocks.append(np.zeros(piece.samples, np.float32))
        else:
            blocks.append(piece[:, 0])
        at += len(blocks[-1])
    return np.concatenate(blocks), lost


CODECS: dict[str, tuple[str, tuple[Hit, ...]]] = {  # others of their frames are found by their sizes alone
    "flac": ("a.flac", (overwritten, zeroed, missing, flipped, cut)),
    "ogg flac": ("a.oga", (overwritten, zeroed, missing, flipped, cut)),
    "wavpack": ("a.wv", (overwritten, zeroed, flipped, cut)),
    "tta": ("a.tta", (overwritten, zeroed, flipped, cut)),
}


@pytest.mark.parametrize("codec", CODECS)
def test_all_that_was_not_hit_is_read_at_its_time(tmp_path: Path, codec: str) -> None:
    """Wherever it was: in the first frame, in the last half second, in the last one. No sample is wrong and untold."""
    name, hits = CODECS[codec]
    content = write(tmp_path / name, codec)
    whole = NOISE / np.float32(32_768)
    first = max(content.find(b"\xff\xf8", 42), 500) + 100 if codec != "ogg flac" else 9_000
    near_end = [len(content) - round(back_s * len(content) / LENGTH_S) for back_s in (0.45, 0.2, 0.05)]
    for place in (first, len(content) // 2, *near_end, len(content) - 300):
        for hit in hits:
            if hit is cut and place == first:
                continue  # nothing is left
            (tmp_path / name).write_bytes(hit(content, place))
            sound, lost = read(tmp_path / name)
            assert lost, (hit.__name__, place)
            wrong = np.flatnonzero(sound != whole[: len(sound)])
            inside = np.zeros(len(sound), bool)
            for begin, end in lost:
                inside[begin:end] = True
            assert inside[wrong].all(), (hit.__name__, place, wrong[~inside[wrong]] / RATE, lost)
            assert len(sound) == len(whole) or lost[-1] == (len(sound), len(sound)), (hit.__name__, place)


def pages(content: bytes) -> list[int]:
    """Where the pages of an OGG file begin."""
    return [at for at in range(len(content)) if content.startswith(b"OggS", at)]


def test_a_lost_page_of_ogg(tmp_path: Path) -> None:
    """Opus: FFmpeg leaves it out without a word. In the last page nobody knows how much there was."""
    time = np.arange(LENGTH_S * RATE) / RATE
    soundfile.write(
        tmp_path / "a.opus", 0.3 * np.sin(2 * np.pi * (200 + 300 * time) * time), RATE, format="OGG", subtype="OPUS"
    )
    content = (tmp_path / "a.opus").read_bytes()
    whole, untouched = read(tmp_path / "a.opus")
    assert not untouched
    begins = pages(content)[2:]  # after the heads
    for number, lost_s in ((0, [(0.0, 1.0)]), (2, [(2.0, 3.0)]), (len(begins) - 2, None), (len(begins) - 1, None)):
        (tmp_path / "a.opus").write_bytes(overwritten(content, begins[number] + 40))
        sound, lost = read(tmp_path / "a.opus")
        if lost_s is None:
            assert lost == [(len(sound), len(sound))]
            lost = [(len(sound), len(whole))]
        else:
            assert [(round(begin / RATE, 1), round(end / RATE, 1)) for begin, end in lost] == lost_s
        frame = round(0.02 * RATE)  # overlaps with the next one, and a codec settles in some of them
        for begin, end in ((0, max(lost[0][0] - frame, 0)), (lost[0][1] + 8 * frame, len(sound))):
            assert np.abs(sound[begin:end] - whole[begin:end]).max(initial=0.0) < 0.02


def test_an_ogg_that_ends_where_a_page_ends_is_whole(tmp_path: Path) -> None:
    """A recorder that was stopped, or zeros behind the last page, are nothing to tell of; half a page is."""
    soundfile.write(tmp_path / "a.ogg", NOISE, RATE)
    content = (tmp_path / "a.ogg").read_bytes()
    last = pages(content)[-1]
    for end, whole in ((content, True), (content + bytes(900), True), (content[:last], True), (content[:-9], False)):
        (tmp_path / "b.ogg").write_bytes(end)
        assert [(link.begins, link.ends) for link in links(tmp_path / "b.ogg")] == [(True, whole)]


def test_a_damaged_link_costs_only_itself(tmp_path: Path) -> None:
    """The head of the second of three is gone."""
    soundfile.write(tmp_path / "a.ogg", NOISE, RATE)
    content = (tmp_path / "a.ogg").read_bytes()
    (tmp_path / "a.ogg").write_bytes(content + content[:60] + bytes(2_000) + content[2_060:] + content)
    sound, lost = read(tmp_path / "a.ogg")
    assert len(sound) == pytest.approx(2 * len(NOISE), abs=RATE // 100)
    assert lost == [(len(sound) // 2, len(sound) // 2)]


@pytest.mark.parametrize(
    ("header", "position"),
    [
        ("fff8c9180000", 0),
        ("fff8c9187f00", 127 * 4_096),
        ("fff8c918c28000", 128 * 4_096),
        ("fff9c918f09080800000", 0x10000),
        ("fff8c918ff0000", None),
        ("fff8c918c2", None),
        ("0ff8c9180000", None),
    ],
)
def test_the_position_of_a_flac_frame(header: str, position: int | None) -> None:
    """A number as in UTF-8: of frames, or of samples where their sizes vary (RFC 9639, section 9.1.5)."""
    assert frame_position(bytes.fromhex(header), bytes.fromhex("10001000")) == position
    assert frame_position(bytes.fromhex("fff8c9180100"), bytes.fromhex("10001200")) is None


def test_what_is_said_of_damage_at_the_end(tmp_path: Path, fake_step: OnnxStep) -> None:
    """Where the file tells its length, and where it does not."""
    content = write(tmp_path / "a.flac", "flac")
    soundfile.write(tmp_path / "a.ogg", NOISE, RATE)
    pieces = {"a.flac": content, "a.ogg": (tmp_path / "a.ogg").read_bytes()}
    for name, places in (("a.flac", "from 3.93 to 4.00 s."), ("a.ogg", " s to its end.")):
        for hit in (overwritten, cut):
            (tmp_path / name).write_bytes(hit(pieces[name], len(pieces[name]) - 5_000))
            said: list[Said] = []
            events = list(transcribe_file(tmp_path / name, fake_step, "fast", warn=said.append))
            assert f"{name} is damaged from 3." in str(said[0])
            assert places in str(said[0])
            assert sum("is damaged" in str(each) or "should be" in str(each) for each in said) == 1
            assert events[-1].time <= 4.0


def film(path: Path, *streams: FloatArray) -> None:
    """A film with several streams of sound at 48 kHz; players choose the first."""
    with av.open(str(path), "w") as container:
        outputs = []
        for _ in streams:
            stream = container.add_stream("flac", rate=RATE, layout="mono")
            stream.format = "s16"
            outputs.append(stream)
        for stream, sound in zip(outputs, streams, strict=True):
            for begin in range(0, len(sound), 4_608):
                frame = av.AudioFrame.from_ndarray(sound[None, begin : begin + 4_608], format="s16", layout="mono")
                frame.sample_rate, frame.pts = RATE, begin
                container.mux(stream.encode(frame))
            container.mux(stream.encode(None))


def test_of_several_streams_the_first_with_sound_is_read(tmp_path: Path) -> None:
    """The one that players choose, unless it is silent; that is said."""
    silence, hum = np.zeros_like(NOISE), NOISE // 9_000
    for streams, read_one, said in (
        ((NOISE, hum), 0, "number 1 is read. For another one"),
        ((NOISE[::-1].copy(), NOISE), 0, "number 1 is read. For another one"),
        ((silence, hum, NOISE), 2, "number 3 is read, since"),
        ((silence, silence), 0, "number 1 is read. For another one"),
    ):
        film(tmp_path / "a.mka", *streams)
        audio = open_audio(tmp_path / "a.mka")
        sound = np.concatenate(list(audio.blocks()))[:, 0]
        assert np.array_equal(sound, streams[read_one] / np.float32(32_768))
        assert np.array_equal(np.concatenate(list(audio.blocks(1.0, 2.0)))[:, 0], sound[RATE : 2 * RATE])
        (remark,) = audio.remarks
        assert f"a.mka holds {len(streams)} streams of sound; {said}" in str(remark)
