"""The lengths in the header of uncompressed audio: a recorder that was stopped by force, or wrote into a pipe, leaves
them at zero, at all ones or at an old value, and the sound goes on to the end of the file.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import SEEK_END, SEEK_SET
from typing import BinaryIO, NamedTuple

UNCOMPRESSED_TAGS = (1, 3, 6, 7, 0xFFFE)  # PCM, float, A-law, mu-law, extensible (WAVEFORMATEX)
PLACEHOLDERS_FROM = 0x7FFF0000  # what pipes are given for a length: SoX 0x7FFFF000 and more, others 0xFFFFFFFF
CHUNKS_MOST = 1_000
TAIL_BYTES = 4_096  # less after the samples is padding or a tag
ALL_ONES = 0xFFFFFFFF


class Form(NamedTuple):
    """How a format packs its chunks. length: struct code of a chunk's length; name: its bytes; counts_head: whether the
    length counts name and length, too; align: every chunk begins at a multiple of it; first: position of the first."""

    length: str
    name: int
    counts_head: bool
    align: int
    first: int
    data: bytes


FORMS = {
    b"RIFF": Form("<I", 4, False, 2, 12, b"data"),
    b"RIFX": Form(">I", 4, False, 2, 12, b"data"),
    b"RF64": Form("<I", 4, False, 2, 12, b"data"),
    b"riff": Form("<Q", 16, True, 8, 40, b"data"),
    b"FORM": Form(">I", 4, False, 2, 12, b"SSND"),
    b"caff": Form(">q", 4, False, 1, 8, b"data"),
}


@dataclass(frozen=True)
class Header:
    """Where a file's samples lie. declared, available: bytes of them; wrong: whether the declared length is no length;
    missing: whether the file ends before it; mended: position -> bytes of a header that says what is there."""

    declared: int
    available: int
    wrong: bool
    uncompressed: bool = True
    mended: dict[int, bytes] = field(default_factory=dict)

    @property
    def missing(self) -> bool:
        return not self.wrong and 0 < self.available < self.declared


class Chunk(NamedTuple):
    """name: four letters; head: its position; body: of its content; size: bytes that it declares."""

    name: bytes
    head: int
    body: int
    size: int


def read_header(file: BinaryIO) -> Header | None:
    """The header of a WAV, RF64, W64, AIFF, CAF or AU file; None for any other, or without samples."""
    file.seek(0)
    kind = file.read(4)
    if kind in (b".snd", b"dns."):
        return _au(file, kind)
    form = FORMS.get(kind)
    if form is None:
        return None
    end = file.seek(0, SEEK_END)
    chunks: dict[bytes, Chunk] = {}
    for chunk in _chunks(file, form, form.first, end):
        chunks.setdefault(chunk.name, chunk)
        if chunk.name == form.data:
            break
    data = chunks.get(form.data)
    if data is None:
        return None
    ds64 = chunks.get(b"ds64") if kind == b"RF64" else None
    declared = data.size if ds64 is None else int(struct.unpack("<Q", _at(file, ds64.body + 8, 8))[0])
    available = end - data.body
    wrong = _wrong(file, form, data._replace(size=declared), end)
    mended = _mended(file, kind, chunks, available) if wrong else {}
    return Header(declared, available, wrong, _uncompressed(file, kind, chunks), mended)


class HeaderView:
    """A file whose header reads as mended, for libsndfile. mended: position -> bytes."""

    def __init__(self, file: BinaryIO, mended: dict[int, bytes]) -> None:
        self._file, self._mended = file, mended

    def seek(self, offset: int, whence: int = SEEK_SET) -> int:
        """As of any file."""
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        """As of any file."""
        return self._file.tell()

    def read(self, size: int = -1) -> bytes:
        """The file's bytes, those of the header mended."""
        begin = self._file.tell()
        content = bytearray(self._file.read(size))
        for position, new in self._mended.items():
            for offset, value in enumerate(new, position - begin):
                if 0 <= offset < len(content):
                    content[offset] = value
        return bytes(content)

    def readinto(self, buffer: bytearray | memoryview) -> int:
        """As of any file."""
        content = self.read(len(buffer))
        buffer[: len(content)] = content
        return len(content)

    def write(self, _content: bytes) -> int:
        """It is not written to."""
        return 0


def _chunks(file: BinaryIO, form: Form, begin: int, end: int) -> Iterator[Chunk]:
    head_size = form.name + struct.calcsize(form.length)
    position = begin
    for _ in range(CHUNKS_MOST):
        if position + head_size > end:
            return
        head = _at(file, position, head_size)
        size = int(struct.unpack(form.length, head[form.name :])[0])
        yield Chunk(head[:4], position, position + head_size, size - head_size if form.counts_head else size)
        step = size if form.counts_head else head_size + size
        position += max(step + -step % form.align, head_size)


def _wrong(file: BinaryIO, form: Form, data: Chunk, end: int) -> bool:
    """Whether the data chunk's length is a placeholder, or old: what follows it is no chunk."""
    empty = data.size <= (8 if form.data == b"SSND" else 4 if form.length == ">q" else 0)  # SSND and CAF count 8 and 4
    placeholder = data.size >= PLACEHOLDERS_FROM and data.body + data.size > end
    if empty or placeholder:
        return end > data.body + max(data.size, 0) if empty else True
    after = data.body + data.size
    after += -after % form.align
    if end - after < TAIL_BYTES:
        return False
    return not _at(file, after, 4).strip(b" \0").isalnum()


def _mended(file: BinaryIO, kind: bytes, chunks: dict[bytes, Chunk], available: int) -> dict[int, bytes]:
    data = chunks[FORMS[kind].data]
    if kind in (b"RIFF", b"RIFX"):
        ones = b"\xff" * 4  # libsndfile then reads to the end, beyond 4 GB, too
        return {4: ones, data.body - 4: ones}
    if kind == b"RF64":
        return (
            {chunks[b"ds64"].body: struct.pack("<QQ", data.body - 8 + available, available)}
            if b"ds64" in chunks
            else {}
        )
    if kind == b"riff":
        return {16: struct.pack("<Q", data.body + available), data.body - 8: struct.pack("<Q", available + 24)}
    if kind == b"caff":
        return {data.body - 8: struct.pack(">q", available)}
    comm = chunks.get(b"COMM")
    if comm is None:
        return {}
    channels, _, bits = struct.unpack(">HIH", _at(file, comm.body, 8))
    frames = (available - 8) // max(channels * -(-bits // 8), 1)
    sizes = {4: data.body - 8 + available, data.body - 4: available, comm.body + 2: frames}
    return {position: struct.pack(">I", min(value, ALL_ONES)) for position, value in sizes.items()}


def _uncompressed(file: BinaryIO, kind: bytes, chunks: dict[bytes, Chunk]) -> bool:
    """Of WAV and its like: whether the samples are not compressed; libsndfile tells it of the others."""
    fmt = chunks.get(b"fmt ")
    if kind not in (b"RIFF", b"RIFX", b"RF64", b"riff") or fmt is None:
        return True
    code = ">H" if kind == b"RIFX" else "<H"
    return int(struct.unpack(code, _at(file, fmt.body, 2))[0]) in UNCOMPRESSED_TAGS


def _au(file: BinaryIO, kind: bytes) -> Header | None:
    code = ">" if kind == b".snd" else "<"
    head = file.read(8)
    if len(head) < 8:
        return None
    begin, declared = struct.unpack(f"{code}II", head)
    available = file.seek(0, SEEK_END) - begin
    wrong = available > 0 and (declared == 0 or declared >= PLACEHOLDERS_FROM)
    return Header(declared, available, wrong, mended={8: b"\xff" * 4} if wrong else {})


def _at(file: BinaryIO, position: int, size: int) -> bytes:
    file.seek(position)
    return file.read(size).ljust(size, b"\0")
