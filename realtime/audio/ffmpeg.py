"""Compressed sound, and whatever else FFmpeg decodes, on the time line that the file's time stamps give.

What cannot be decoded is left out and reported; where the time stamps show that sound is missing, a Dropout takes its
place; sound that begins later than the picture begins late. Decoding is exact only from the beginning of a file, so
packets before a later start are read, but not decoded.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from realtime.audio.audio_file import BROKEN, AudioFile, Piece
from realtime.audio.ffmpeg_frames import FARTHEST_S, JUMP_S, best_stream, decoded_frames, lateness_s, skippable
from realtime.audio.ogg import FilePart, links
from realtime.audio.ring import Dropout
from realtime.clock import samples as samples_of
from realtime.contract import FloatArray
from realtime.errors import FileError
from realtime.limits import RATE_HZ
from realtime.words import Phrase

NOT_FINISHED = Phrase(
    "audio.not_finished",
    "{path} has no index: its recorder did not finish it, or a copy broke off. Copy it again, or try a repair program.",
)
PROTECTED = Phrase(
    "audio.protected", "{path} is copy-protected, and only its shop's own program plays it. Choose another file."
)

RUN_UP_S = 1.0  # sound that a lossy decoder needs before the samples that it decodes exactly
VORBIS_JUMP_S = 0.06  # FFmpeg counts packets of Vorbis as if long and short blocks did not overlap
PRECISE = "mov,mp4,m4a,3gp,3g2,mj2"  # tells the length of each stream, others that of the longest
INDEXED = {PRECISE, "matroska,webm", "asf", "flac", "tta", "ape", "wv", "caf"}
LONGEST_A_BYTE_S = 0.1  # sound of lossless silence takes less, and of any other
PROTECTED_TAGS = {"drms", "enca", "drmi", "encv"}
XING_BYTES = 200  # of the first MP3 frame, which tells the number of frames
XING_FRAMES, XING_SIZE = 1, 2  # flags: it tells their number, and the bytes of the sound


@dataclass(frozen=True)
class FFmpegAudio(AudioFile):
    """Any container. links: begin and end of each link of a chained file in bytes."""

    links: tuple[tuple[int, int], ...] = ()

    def pieces(self, start_s: float = 0.0, end_s: float | None = None) -> Iterator[Piece]:
        start, got = samples_of(start_s, self.rate), False
        end = None if end_s is None else samples_of(end_s, self.rate)
        for position, piece in self._all(start_s):
            length = piece.samples if isinstance(piece, Dropout) else len(piece)
            begin = max(start - position, 0)
            stop = length if end is None else min(length, end - position)
            got = got or not isinstance(piece, Dropout)
            if isinstance(piece, Dropout):
                if position >= start and (end is None or position < end):
                    yield Dropout(max(stop - begin, 0))
                elif begin < stop:
                    yield Dropout(stop - begin)
            elif begin < stop:
                yield piece[begin:stop]
            if end is not None and position + length >= end:
                return
        if not got:
            raise FileError(BROKEN(path=self.path))

    def glance(self, start_s: float, length_s: float) -> Iterator[FloatArray]:
        import av

        if len(self.links) > 1:
            yield from self.blocks(start_s, start_s + length_s)
            return
        with _open(self.path, self.links, 0) as container, suppress(av.FFmpegError):
            container.seek(round(start_s * 1_000_000) + (container.start_time or 0))
            line, left = _TimeLine(container, self.rate, self.channels, 0, late=False), samples_of(length_s, self.rate)
            for _, piece in line.pieces(0.0):
                if not isinstance(piece, Dropout):
                    yield piece[:left]
                    left -= len(piece)
                if left <= 0:
                    return

    def _all(self, start_s: float) -> Iterator[tuple[int, Piece]]:
        """Every piece with its position in samples; from some time before `start_s` on, where that is exact."""
        position = 0
        for link in range(len(self.links)):
            with _open(self.path, self.links, link) as container:
                skip_s = start_s - RUN_UP_S if len(self.links) == 1 else 0.0
                if skip_s > 0 and not skippable(container, skip_s):
                    skip_s = 0.0
            with _open(self.path, self.links, link) as container:
                line = _TimeLine(container, self.rate, self.channels, position, late=link == 0)
                yield from line.pieces(skip_s)
                position = line.position


class _TimeLine:
    """The sound of one open container from `position` on. late: whether it may begin after the container does."""

    def __init__(self, container: Any, rate: int, channels: int, position: int, late: bool) -> None:
        self.position = position
        self._container, self._rate, self._channels, self._late = container, rate, channels, late
        self._stream = best_stream(container)
        self._jump_s = VORBIS_JUMP_S if self._stream.codec_context.name == "vorbis" else JUMP_S
        self._origin_s: float | None = None
        self._due_s: float | None = None  # where the next frame should begin, as time stamps count
        self._convert: Any = None
        self._kind: object = None

    def pieces(self, skip_s: float) -> Iterator[tuple[int, Piece]]:
        """skip_s: what lies before it need not be decoded, once it is known where the sound begins."""
        damaged = False
        for frame in decoded_frames(self._container, self._stream, skip_s):
            if frame is None:
                damaged = self._origin_s is not None
                continue
            if not frame.samples:
                continue
            yield from self._until(frame, damaged)
            damaged = False
            for block in self._converted(frame):
                yield self.position, block
                self.position += len(block)
        for block in self._rest():
            yield self.position, block
            self.position += len(block)
        if damaged:
            yield self.position, Dropout(0)

    def _until(self, frame: Any, damaged: bool) -> Iterator[tuple[int, Piece]]:
        """What lies between the last frame and this one."""
        stamp_s = None if frame.pts is None or frame.time_base is None else float(frame.pts * frame.time_base)
        if self._origin_s is None:
            late_s = lateness_s(self._container, self._stream, frame, stamp_s) if self._late else 0.0
            self._origin_s = (stamp_s or 0.0) - late_s - self.position / self._rate
            for length in _lengths(round(late_s * self._rate), self._rate):
                yield self.position, np.zeros((length, self._channels), np.float32)
                self.position += length
        missing = self._missing(stamp_s)
        if missing or damaged:
            yield self.position, Dropout(missing)
        self.position += missing
        length_s = frame.samples / frame.sample_rate
        self._due_s = None if stamp_s is None else stamp_s + length_s

    def _missing(self, stamp_s: float | None) -> int:
        if stamp_s is None or self._origin_s is None:
            return 0
        behind_s = stamp_s - self._origin_s - self.position / self._rate
        jump_s = behind_s if self._due_s is None else stamp_s - self._due_s
        if abs(jump_s) > FARTHEST_S or behind_s < -FARTHEST_S:
            self._origin_s += behind_s
            return 0
        return round(min(jump_s, behind_s) * self._rate) if min(jump_s, behind_s) > self._jump_s else 0

    def _converted(self, frame: Any) -> Iterator[FloatArray]:
        """The frame in the form of the whole: a broadcast may turn from mono to stereo."""
        import av

        kind = (frame.format.name, frame.layout.name, frame.sample_rate)
        if kind != self._kind:
            yield from self._rest()
            layout = (
                frame.layout if frame.layout.nb_channels == self._channels else LAYOUTS.get(self._channels, "stereo")
            )
            self._convert, self._kind = av.AudioResampler("fltp", layout, self._rate), kind
        frame.pts = None
        yield from map(_block, self._convert.resample(frame))

    def _rest(self) -> Iterator[FloatArray]:
        """What the converter still holds."""
        if self._convert is not None:
            yield from map(_block, self._convert.resample(None))
            self._convert = None


LAYOUTS = {1: "mono", 2: "stereo", 3: "2.1", 4: "quad", 5: "5.0", 6: "5.1", 7: "6.1", 8: "7.1"}


def open_ffmpeg(path: Path) -> FFmpegAudio:
    """Raises FileError when FFmpeg finds no sound that it can decode."""
    import av

    try:
        chain = tuple(links(path))
        with _open(path, chain, 0) as container:
            stream = best_stream(container)
            if str(stream.codec_context.codec_tag).lower() in PROTECTED_TAGS:
                raise FileError(PROTECTED(path=path))
            first = next((frame for frame in decoded_frames(container, stream, 0.0) if frame is not None), None)
            if first is None:
                raise FileError(BROKEN(path=path))
            rate = min(max(first.sample_rate, RATE_HZ.least), RATE_HZ.most)
            expected_s = _expected_s(container, stream, path.stat().st_size)
            certain = expected_s is not None and len(chain) == 1 and _tells_length(container, path)
            return FFmpegAudio(path, rate, first.layout.nb_channels, None, expected_s, certain, links=chain)
    except (av.FFmpegError, IndexError, ValueError, AttributeError) as error:
        raise FileError(NOT_FINISHED(path=path) if _without_index(path) else BROKEN(path=path)) from error


@contextmanager
def _open(path: Path, chain: tuple[tuple[int, int], ...], link: int) -> Iterator[Any]:
    """One link of a file; a file that is not chained opens no address on the network, and no protocol by its name."""
    import av

    options: dict[str, Any] = {"mode": "r", "metadata_errors": "replace"}
    if len(chain) == 1:
        with av.open(f"file:{path}", **options) as container:
            yield container
    else:
        with path.open("rb") as file, av.open(FilePart(file, *chain[link]), **options) as container:
            yield container


def _expected_s(container: Any, stream: Any, size: int) -> float | None:
    """Length as the file tells it; None where it does not, or tells more than its bytes can hold."""
    if stream.duration is not None and stream.time_base is not None:
        length_s = float(stream.duration * stream.time_base)
    elif container.duration is not None:  # Matroska counts from zero, wherever the sound begins
        length_s = (container.duration - max(container.start_time or 0, 0)) / 1_000_000
    else:
        return None
    return length_s if 0 < length_s < size * LONGEST_A_BYTE_S else None


def _tells_length(container: Any, path: Path) -> bool:
    """Whether the length that a file tells is that of its sound, not an estimate or that of its picture."""
    name = container.format.name
    if name == "mp3":
        return _counts_frames(path)
    others = [one for one in container.streams if not one.disposition & one.disposition.attached_pic]
    return name in INDEXED and (name == PRECISE or len(others) == 1)


def _lengths(total: int, step: int) -> Iterator[int]:
    while total > 0:
        yield min(total, step)
        total -= step


def _block(frame: Any) -> FloatArray:
    return np.ascontiguousarray(frame.to_ndarray().T, np.float32)


def _counts_frames(path: Path) -> bool:
    """Whether an MP3 file says how many frames it has, and of all of it; else its length is an estimate."""
    with path.open("rb") as file:
        head = file.read(10)
        tag = 10 + sum((byte & 0x7F) << shift for byte, shift in zip(head[6:], (21, 14, 7, 0), strict=False))
        tag = tag if head[:3] == b"ID3" else 0
        file.seek(tag)
        first = file.read(XING_BYTES)
    at = max(first.find(b"Xing"), first.find(b"Info"))
    if at < 0 or not first[at + 7] & XING_FRAMES:
        return False
    told = int.from_bytes(first[at + 12 : at + 16]) if first[at + 7] & XING_SIZE else 0
    return not told or path.stat().st_size - tag <= told + told // 16  # more: several files in one


def _without_index(path: Path) -> bool:
    """Whether a file is of the MP4 family and has no `moov` box, which is written last."""
    size, position = path.stat().st_size, 0
    with path.open("rb") as file:
        if file.read(8)[4:] != b"ftyp":
            return False
        while position + 8 <= size:
            file.seek(position)
            head = file.read(16)
            length, name = int.from_bytes(head[:4], "big"), head[4:8]
            if name == b"moov":
                return False
            length = int.from_bytes(head[8:16], "big") if length == 1 else length
            if length < 8:
                return True
            position += length
    return True
