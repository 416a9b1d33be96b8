"""Standard output and error without their buffers, so that a write that hangs leaves nothing behind."""

from __future__ import annotations

import io
import time
from typing import TextIO

RETRY_S = 0.01


class _WholeWrites(io.BufferedIOBase):
    """An unbuffered file that takes all that it is given, also where the system takes a part, or nothing yet."""

    def __init__(self, raw: io.RawIOBase) -> None:
        self._raw = raw

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._raw.fileno()

    def isatty(self) -> bool:
        return self._raw.isatty()

    def write(self, data: object) -> int:
        rest = memoryview(data)  # type: ignore[arg-type]
        length = len(rest)
        while rest:
            taken = self._raw.write(rest)
            if taken is None:  # it does not block, and has no room
                time.sleep(RETRY_S)
            else:
                rest = rest[taken:]
        return length


def unbuffered(stream: TextIO) -> TextIO:
    """The file of `stream` without its buffer.

    A write that hangs would keep the buffer's lock, and one that is interrupted would leave the rest in it: in both
    cases the interpreter could not end. A stream that has no file of the system is given back as it is.
    """
    raw = getattr(getattr(stream, "buffer", None), "raw", None)
    if raw is None:
        return stream
    stream.flush()
    whole = _WholeWrites(raw)
    return io.TextIOWrapper(whole, stream.encoding, stream.errors, write_through=True)  # type: ignore[type-var]
