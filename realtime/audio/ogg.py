"""The links of a chained OGG file: streams one after the other, each with headers, rate and channels of its own.

FFmpeg does not go on where rate or channels change, so each link is read as a file of its own (RFC 3533, section 4).
"""

from __future__ import annotations

import mmap
from io import SEEK_END, SEEK_SET, RawIOBase, UnsupportedOperation
from pathlib import Path
from typing import BinaryIO

CAPTURE = b"OggS"
PAGE_HEAD = 27
BEGIN_OF_STREAM = 2


def links(path: Path) -> list[tuple[int, int]]:
    """Begin and end of each link in bytes; one link for a file that is no OGG or not chained."""
    with path.open("rb") as file:
        if file.read(4) != CAPTURE:
            return [(0, path.stat().st_size)]
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            begins = _begins(content)
            return list(zip(begins, [*begins[1:], len(content)], strict=True))


def _begins(content: mmap.mmap) -> list[int]:
    begins, position, in_heads = [0], 0, True
    while 0 <= position <= len(content) - PAGE_HEAD:
        if content[position : position + 4] != CAPTURE:
            position = content.find(CAPTURE, position)
            continue
        begins_stream = bool(content[position + 5] & BEGIN_OF_STREAM)
        if begins_stream and not in_heads:
            begins.append(position)
        in_heads = begins_stream
        segments = content[position + 26]
        lengths = content[position + PAGE_HEAD : position + PAGE_HEAD + segments]
        position += PAGE_HEAD + segments + sum(lengths)
    return begins


class FilePart(RawIOBase):
    """Bytes begin .. end of an open file as a file."""

    def __init__(self, file: BinaryIO, begin: int, end: int) -> None:
        super().__init__()
        self.name = ""
        self._file, self._begin, self._length, self._position = file, begin, end - begin, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = SEEK_SET) -> int:
        base = {SEEK_SET: 0, SEEK_END: self._length}.get(whence, self._position)
        self._position = max(base + offset, 0)
        return self._position

    def readinto(self, buffer: object) -> int:
        raise UnsupportedOperation

    def read(self, size: int = -1) -> bytes:
        left = max(self._length - self._position, 0)
        self._file.seek(self._begin + self._position)
        content = self._file.read(left if size < 0 else min(size, left))
        self._position += len(content)
        return content
