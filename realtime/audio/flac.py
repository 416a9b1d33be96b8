"""What a FLAC file tells of its sound beyond what the libraries look at (RFC 9639)."""

from __future__ import annotations

import mmap
import os
from pathlib import Path

import soundfile

from realtime.audio.unfinished import HeaderView

TAIL_BYTES = 262_144  # beyond what the decoder reads ahead, and tags
HEAD = b"fLaC\0\0\0\x22"
SYNC, VARIABLE = b"\xff\xf8", 1


def is_wrong_length(path: Path, frames: int) -> bool:
    """Whether a file has no such last sample, or more sound behind it: another file may follow in it."""
    with path.open("rb") as file:
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            if content.find(HEAD, len(HEAD)) > 0:
                return True
        try:
            with soundfile.SoundFile(HeaderView(file, {})) as sound:
                sound.seek(max(frames - 1, 0))
                sound.read(1)
        except soundfile.LibsndfileError:  # it ends before, or what follows has led the search astray
            return True
        read = file.tell()
        return file.seek(0, os.SEEK_END) - read > TAIL_BYTES


def frame_position(frame: bytes, stream_info: bytes) -> int | None:
    """The first sample of a frame, as its header says: FFmpeg counts frames instead, and not those that are damaged.

    stream_info: the file's STREAMINFO block. None for what begins with no header.
    """
    if frame[:1] != SYNC[:1] or len(frame) < 5 or frame[1] & ~VARIABLE != SYNC[1]:
        return None
    ones = 8 - (frame[4] ^ 0xFF).bit_length()  # how many bytes the number has, as in UTF-8
    number = frame[4] & (0x7F >> ones)
    if ones in (1, 8) or len(frame) < 4 + ones:
        return None
    for byte in frame[5 : 4 + ones]:
        number = number << 6 | byte & 0x3F
    if frame[1] & VARIABLE:
        return number
    least, most = stream_info[:2], stream_info[2:4]  # samples of a frame, the last one apart
    return number * int.from_bytes(most) if least == most else None
