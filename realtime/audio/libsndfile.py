"""Uncompressed sound and FLAC through libsndfile, which reads from any sample on; exotic formats that only it knows.

It never gets MP3 or OGG: its MP3 decoder writes to the terminal, and of a chained OGG it reads the first link.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import soundfile

from realtime.audio.audio_file import AudioFile, Piece
from realtime.audio.flac import is_wrong_length
from realtime.audio.unfinished import Header, HeaderView, read_header
from realtime.clock import samples as samples_of
from realtime.clock import seconds
from realtime.limits import RATE_HZ
from realtime.words import Phrase, Said

UNFINISHED = Phrase(
    "audio.unfinished",
    "{path} does not say how long it is, as when a recorder was stopped by force. It is read to the end of the file, "
    "{length_s:.1f} s.",
)
CUT_OFF = Phrase("audio.cut_off", "{path} ends after {length_s:.1f} s, but should be {expected_s:.1f} s long.")

BLOCK_SAMPLES = 16_384
UNKNOWN = 2**63 - 1  # the length that libsndfile gives when the header has none
EXACT = {"PCM_S8", "PCM_U8", "PCM_16", "PCM_24", "PCM_32", "FLOAT", "DOUBLE", "ULAW", "ALAW"}
MAGIC = (b"RIFF", b"RIFX", b"RF64", b"riff", b"FORM", b".snd", b"dns.", b"caff", b"fLaC")


@dataclass(frozen=True)
class SoundFileAudio(AudioFile):
    """WAV, AIFF, FLAC, CAF, AU and the like. header: of a file whose lengths are wrong; seekable: whether it can be
    read from any sample on."""

    header: Header | None = None
    seekable: bool = True

    def pieces(self, start_s: float = 0.0, end_s: float | None = None) -> Iterator[Piece]:
        total = self.samples or 0
        start = min(samples_of(start_s, self.rate), total)
        end = total if end_s is None else min(samples_of(end_s, self.rate), total)
        position = start if self.seekable else 0
        try:
            with _source(self.path, self.header) as source, _Forwards(source) as file:
                if position:
                    file.seek(position)
                while position < end:
                    block = file.read(min(BLOCK_SAMPLES, end - position), dtype="float32", always_2d=True)
                    if not len(block):
                        break
                    fresh = block[max(start - position, 0) :]
                    position += len(block)
                    yield fresh
        except soundfile.LibsndfileError:
            from realtime.audio.ffmpeg import open_ffmpeg  # it reads around damage, and both are exact

            rest = open_ffmpeg(self.path)
            yield from rest.pieces(seconds(max(position, start), self.rate), end_s)


class _Forwards(soundfile.SoundFile):  # type: ignore[misc]
    """A file that soundfile reads block by block without a seek after each."""

    def seekable(self) -> bool:
        return False


def open_exact(path: Path) -> SoundFileAudio | None:
    """The file, if it is uncompressed or FLAC and says how long it is, or what it says can be mended."""
    with path.open("rb") as file:
        if not file.read(4).startswith(MAGIC):
            return None
        header = read_header(file)
    if header is not None and not header.uncompressed:
        return None
    wrong = header if header is not None and header.wrong else None
    info = _info(path, wrong)
    exact = info is not None and (info.subtype in EXACT or info.format == "FLAC") and info.frames != UNKNOWN
    if info is None or not exact or not RATE_HZ.least <= info.samplerate <= RATE_HZ.most:
        return None
    if info.format == "FLAC" and is_wrong_length(path, info.frames):
        return None
    remarks = () if header is None else tuple(_remarks(path, header, info))
    length_s = seconds(info.frames, info.samplerate)
    return SoundFileAudio(path, info.samplerate, info.channels, info.frames, length_s, True, remarks, wrong)


def open_other(path: Path) -> SoundFileAudio | None:
    """A file of a format that only libsndfile knows."""
    with path.open("rb") as file:
        begin = file.read(4)
    if begin.startswith((b"ID3", b"OggS")) or (begin[:1] == b"\xff" and begin[1:2] >= b"\xe0"):
        return None
    info = _info(path, None)
    if info is None or info.frames == UNKNOWN or not RATE_HZ.least <= info.samplerate <= RATE_HZ.most:
        return None
    length_s = seconds(info.frames, info.samplerate)
    return SoundFileAudio(path, info.samplerate, info.channels, info.frames, length_s, seekable=False)


def _remarks(path: Path, header: Header, info: soundfile._SoundFileInfo) -> Iterator[Said]:
    length_s = seconds(info.frames, info.samplerate)
    if header.wrong:
        yield UNFINISHED(path=path, length_s=length_s)
    elif header.missing and info.frames:
        expected_s = length_s * header.declared / header.available
        yield CUT_OFF(path=path, length_s=length_s, expected_s=expected_s)


def _info(path: Path, header: Header | None) -> soundfile._SoundFileInfo | None:
    """None for a format that it does not know (a TypeError: it takes the name for headerless audio)."""
    try:
        with _source(path, header) as source:
            return soundfile.info(source)
    except (soundfile.LibsndfileError, TypeError):
        return None


@contextmanager
def _source(path: Path, header: Header | None) -> Iterator[Path | bytes | HeaderView]:
    """The path as soundfile takes it, or the file with its header mended."""
    if header is None:  # on Linux a name may have bytes that are no UTF-8, which soundfile cannot encode
        yield path if sys.platform == "win32" else os.fsencode(path)
        return
    with path.open("rb") as file:
        yield HeaderView(file, header.mended)
