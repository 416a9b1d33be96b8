"""Compressed sound, and whatever else FFmpeg decodes, on the time line that the file's time stamps give.

What cannot be decoded is left out and reported; where the time stamps show that sound is missing, a Dropout takes its
place; sound that begins later than the picture begins late. Decoding is exact only from the beginning of a file, so
packets before a later start are read, but not decoded.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from realtime.audio.audio_file import BROKEN, AudioFile, Piece
from realtime.audio.ffmpeg_frames import decoded_frames, skippable, sound_stream, sound_streams
from realtime.audio.id3 import HEAD, tag_length
from realtime.audio.ogg import FilePart, Link, links
from realtime.audio.ring import Dropout
from realtime.audio.survey import looks
from realtime.audio.time_line import TimeLine
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
STREAMS = Phrase(
    "audio.streams",
    "{path} holds {count} streams of sound; number {number} is read. For another one, save it in a file of its own.",
)
SILENT_STREAM = Phrase(
    "audio.silent_stream",
    "{path} holds {count} streams of sound; number {number} is read, since the one that players choose is silent.",
)

BEHIND_TAGS = (b"RIFF", b"RF64", b"FORM")
TAGS_AS_THEY_ARE = 19  # from this version of PyAV on titles that are no UTF-8 are no error, and no option says so
AUDIBLE = 1e-3  # of full scale
RUN_UP_S = 1.0  # sound that a lossy decoder needs before the samples that it decodes exactly
PRECISE = "mov,mp4,m4a,3gp,3g2,mj2"  # tells the length of each stream, others that of the longest
INDEXED = {PRECISE, "matroska,webm", "asf", "flac", "tta", "ape", "wv", "caf"}
LONGEST_A_BYTE_S = 0.1  # sound of lossless silence takes less, and of any other
PROTECTED_TAGS = {"drms", "enca", "drmi", "encv"}
XING_BYTES = 200  # of the first MP3 frame, which tells the number of frames
XING_FRAMES, XING_SIZE = 1, 2  # flags: it tells their number, and the bytes of the sound


@dataclass(frozen=True)
class FFmpegAudio(AudioFile):
    """Any container. links: of a chained file; stream: index of the one that is read, None for the one that a player
    would choose."""

    links: tuple[Link, ...] = ()
    stream: int | None = None

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
        with self._open(self.links[0]) as container, suppress(av.FFmpegError):
            container.seek(round(start_s * 1_000_000) + (container.start_time or 0))
            line, left = self._line(container, 0, late=False), samples_of(length_s, self.rate)
            for _, piece in line.pieces(0.0):
                if not isinstance(piece, Dropout):
                    yield piece[:left]
                    left -= len(piece)
                if left <= 0:
                    return

    def _all(self, start_s: float) -> Iterator[tuple[int, Piece]]:
        """Every piece with its position in samples; from some time before `start_s` on, where that is exact."""
        import av

        position = 0
        for link in self.links:
            skip_s = start_s - RUN_UP_S if len(self.links) == 1 else 0.0
            if skip_s > 0:
                with self._open(link) as container:
                    skip_s = skip_s if skippable(container, sound_stream(container, self.stream), skip_s) else 0.0
            try:
                with self._open(link) as container:
                    line = self._line(container, position, late=link is self.links[0], begins=link.begins)
                    yield from line.pieces(skip_s)
                position, whole = line.position, link.ends and not line.damaged
            except (av.FFmpegError, IndexError):  # a link whose head is damaged
                whole = False
            if not whole and not (self.certain and position >= samples_of(self.expected_s or 0.0, self.rate)):
                yield position, Dropout(0)

    def _open(self, link: Link) -> AbstractContextManager[Any]:
        return _open(self.path, link)

    def _line(self, container: Any, position: int, late: bool, begins: bool = True) -> TimeLine:
        stream = sound_stream(container, self.stream)
        return TimeLine(container, stream, self.rate, self.channels, position, late, begins)


def open_ffmpeg(path: Path) -> FFmpegAudio:
    """Of several streams the one that a player would choose, or the first with sound where that one is silent.

    Raises FileError when FFmpeg finds no sound that it can decode.
    """
    import av

    try:
        chain = _tagged(path) or tuple(links(path))
        with _open(path, chain[0]) as container:
            streams = sound_streams(container)
        if len(streams) == 1 or len(chain) > 1:
            return _opened(path, chain, None)
        return _first_audible(path, chain, streams)
    except (av.FFmpegError, IndexError, ValueError, AttributeError) as error:
        raise FileError(NOT_FINISHED(path=path) if _without_index(path) else BROKEN(path=path)) from error


def _opened(path: Path, chain: tuple[Link, ...], index: int | None) -> FFmpegAudio:
    """One stream of a file. Raises FileError where it cannot be decoded, and what FFmpeg raises."""
    with _open(path, chain[0]) as container:
        stream = sound_stream(container, index)
        if _is_protected(stream):
            raise FileError(PROTECTED(path=path))
        first = next((frame for frame in decoded_frames(container, stream, 0.0) if frame is not None), None)
        if first is None:
            raise FileError(BROKEN(path=path))
        rate = min(max(first.sample_rate, RATE_HZ.least), RATE_HZ.most)
        expected_s = _expected_s(container, stream, path.stat().st_size)
        certain = expected_s is not None and len(chain) == 1 and _tells_length(container, path)
        return FFmpegAudio(path, rate, first.layout.nb_channels, None, expected_s, certain, links=chain, stream=index)


def _tagged(path: Path) -> tuple[Link, ...]:
    """A WAV file behind a tag, which FFmpeg does not look behind; () for any other."""
    with path.open("rb") as file:
        begin = tag_length(file.read(HEAD))
        file.seek(begin)
        return (Link(begin, path.stat().st_size),) if begin and file.read(4) in BEHIND_TAGS else ()


def _is_protected(stream: Any) -> bool:
    try:
        return str(stream.codec_context.codec_tag).lower() in PROTECTED_TAGS
    except UnicodeDecodeError:  # a number, such as that of G.722 in WAV
        return False


def _first_audible(path: Path, chain: tuple[Link, ...], streams: list[int]) -> FFmpegAudio:
    """streams: their indices, the usual one first. Raises FileError where none can be decoded."""
    chosen: FFmpegAudio | None = None
    number = 0
    for index in streams:
        try:
            audio = _opened(path, chain, index)
        except FileError:
            continue
        audible = any(np.abs(look).max(initial=0.0) > AUDIBLE for look in looks(audio))
        if audible or chosen is None:
            chosen, number = audio, sorted(streams).index(index) + 1
        if audible:
            break
    if chosen is None:
        raise FileError(BROKEN(path=path))
    said = STREAMS if chosen.stream == streams[0] else SILENT_STREAM
    return replace(chosen, remarks=(said(path=path, count=len(streams), number=number),))


@contextmanager
def _open(path: Path, link: Link) -> Iterator[Any]:
    """One link of a file; a file that is read whole opens no address on the network, and no protocol by its name."""
    import av

    options: dict[str, Any] = {"mode": "r"}
    if int(av.__version__.partition(".")[0]) < TAGS_AS_THEY_ARE:
        options["metadata_errors"] = "replace"
    if link.begin == 0 and link.end == path.stat().st_size:
        with av.open(f"file:{path}", **options) as container:
            yield container
    else:
        with path.open("rb") as file, av.open(FilePart(file, link.begin, link.end), **options) as container:
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


def _counts_frames(path: Path) -> bool:
    """Whether an MP3 file says how many frames it has, and of all of it; else its length is an estimate."""
    with path.open("rb") as file:
        tag = tag_length(file.read(HEAD))
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
