"""The links of a chained OGG file: streams one after the other, each with headers, rate and channels of its own.

FFmpeg does not go on where rate or channels change, so each link is read as a file of its own (RFC 3533, section 4).
It also leaves out a page whose checksum is wrong, and says nothing: in the middle the stamps tell, but at the beginning
and at the end of a link only the pages do.
"""

from __future__ import annotations

import mmap
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import SEEK_END, SEEK_SET, RawIOBase, UnsupportedOperation
from itertools import groupby
from pathlib import Path
from typing import BinaryIO, NamedTuple

CAPTURE = b"OggS"
PAGE_HEAD = 27
BEGIN_OF_STREAM, END_OF_STREAM = 2, 4
NO_POSITION = 2**64 - 1  # of a page on which no packet ends
MIRRORED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))


@dataclass(frozen=True)
class Link:
    """begin, end: bytes of the file; begins, ends: whether its first and its last page of sound are whole."""

    begin: int
    end: int
    begins: bool = True
    ends: bool = True


class Page(NamedTuple):
    """position: of the page in the file; stray: whether bytes that are no page lie before it; whole: whether it has the
    checksum that it says; granule: position of the sound that it ends with."""

    position: int
    flags: int
    stray: bool
    whole: bool
    serial: bytes
    granule: int


def links(path: Path) -> list[Link]:
    """One link for a file that is no OGG or not chained."""
    with path.open("rb") as file:
        if file.read(4) != CAPTURE:
            return [Link(0, path.stat().st_size)]
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            chain = [list(pages) for _, pages in groupby(_numbered(_pages(content)), key=lambda page: page[0])]
            begins = [0, *(pages[0][1].position for pages in chain[1:])]
            ends = [*begins[1:], len(content)]
            return [
                _link(begin, end, [page for _, page in pages])
                for begin, end, pages in zip(begins, ends, chain, strict=True)
            ]


def _numbered(pages: Iterator[Page]) -> Iterator[tuple[int, Page]]:
    """Each page with the number of its link."""
    number, in_heads = 0, True
    for page in pages:
        begins_stream = bool(page.flags & BEGIN_OF_STREAM) and page.granule == 0
        number += begins_stream and not in_heads
        in_heads = begins_stream
        yield number, page


def _pages(content: mmap.mmap) -> Iterator[Page]:
    """Every page; at the end one that is not whole, if the file goes on behind the last page."""
    position, stray = 0, False
    while 0 <= position <= len(content) - PAGE_HEAD:
        if content[position : position + 4] != CAPTURE:
            position, stray = content.find(CAPTURE, position), True
            continue
        body = position + PAGE_HEAD + content[position + 26]
        end = body + sum(content[position + PAGE_HEAD : body])
        whole = end <= len(content) and _checksum(content, position, end) == content[position + 22 : position + 26]
        granule = int.from_bytes(content[position + 6 : position + 14], "little")
        yield Page(position, content[position + 5], stray, whole, content[position + 14 : position + 18], granule)
        position, stray = end, False
    if position != len(content):
        yield Page(len(content), 0, True, False, b"", NO_POSITION)


def _checksum(content: mmap.mmap, begin: int, end: int) -> bytes:
    """Of a page with its own checksum as zeros. zlib has the same polynomial, with the bits the other way round."""
    page = content[begin : begin + 22] + bytes(4) + content[begin + 26 : end]
    found = zlib.crc32(page.translate(MIRRORED), 0xFFFFFFFF) ^ 0xFFFFFFFF
    return found.to_bytes(4, "big").translate(MIRRORED)


def _link(begin: int, end: int, pages: list[Page]) -> Link:
    """Films, whose pages are of several streams, are taken for whole. FFmpeg does not see a loss before the last page,
    so the link ends at the loss."""
    if len({page.serial for page in pages if page.whole}) != 1:
        return Link(begin, end)
    goes_on = not pages[-1].serial
    pages = pages[:-1] if goes_on else pages
    sound = next((n for n, page in enumerate(pages) if page.whole and 0 < page.granule < NO_POSITION), len(pages))
    begins = not any(map(_is_damaged, pages[: sound + 1]))
    damaged = next((page for page in pages[-2:-1] if not page.whole), pages[-1])
    if _is_damaged(damaged) and damaged is not pages[0]:
        return Link(begin, damaged.position, begins, ends=False)
    return Link(begin, end, begins, ends=bool(pages[-1].flags & END_OF_STREAM) or not goes_on)


def _is_damaged(page: Page) -> bool:
    return page.stray or not page.whole


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
