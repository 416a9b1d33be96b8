"""Standard output and standard error of a stream: written by threads, so that a reader that does not read, or a
terminal that is stopped with Ctrl-S, holds up neither the stream nor Ctrl-C."""

from __future__ import annotations

import io
import logging
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Generic, TextIO

from realtime.sinks.queued import Item, QueuedThread
from realtime.system.shutdown import OUTPUT_S
from realtime.system.unbuffered import unbuffered
from realtime.words import Phrase

LEFT_OUT = Phrase("output.left_out", "Nobody reads the output fast enough: {count} lines were left out here.")
NOT_READ = "The output is not being read: what does not fit is left out."
NEVER_READ = "{count} lines of the output were not read."
LOOK_S = 0.02


class Output(Generic[Item]):
    """Items on their way to a file, through a bounded queue and a thread.

    write: writes one item, in the thread; close: called there at the end; lost: the item that tells, in its place, how
    many were left out; warn: called at once, with a sentence, when the first one is.
    """

    def __init__(
        self,
        write: Callable[[Item], None],
        lost: Callable[[int], Item],
        warn: Callable[[str], None] = lambda _text: None,
        close: Callable[[], None] = lambda: None,
    ) -> None:
        self._lost, self._warn = lost, warn
        self._error: Exception | None = None
        self._told = 0  # of those that were left out
        self._thread: QueuedThread[Item] = QueuedThread("output", write, close, self._failed)

    @property
    def waiting(self) -> int:
        """Number of items that have not been written yet."""
        return self._thread.waiting

    def put(self, item: Item) -> None:
        """Queue one item. Never waits. Raises what writing raised: BrokenPipeError when the reader has gone."""
        if self._error is not None:
            raise self._error
        self._tell()
        if not self._thread.put(item) and self._thread.dropped == 1:
            self._warn(NOT_READ)

    def close(self, hurried: Callable[[], bool] = lambda: False) -> None:
        """Write what is queued for as long as it is being read: give up OUTPUT_S after the last item that was taken, or
        OUTPUT_S after it is `hurried`."""
        self._tell()
        self._thread.finish()
        waiting, patience = self.waiting, time.monotonic() + OUTPUT_S
        while not self._thread.join(LOOK_S) and time.monotonic() < patience:
            if self.waiting < waiting and not hurried():
                waiting, patience = self.waiting, time.monotonic() + OUTPUT_S
        if self._thread.busy:
            self._warn(NEVER_READ.format(count=self.waiting + self._thread.dropped - self._told))

    def _tell(self) -> None:
        left_out = self._thread.dropped - self._told
        if left_out and self._thread.has_room and self._thread.put(self._lost(left_out)):
            self._told += left_out

    def _failed(self, error: Exception) -> None:
        self._error = error


class _QueuedText(io.TextIOBase):
    """A text stream whose lines are written by a thread; when they cannot be, they are lost."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._file = unbuffered(stream)
        self._part = ""
        self._lock = threading.Lock()
        self.output: Output[str] = Output(self._write, lambda count: f"{LEFT_OUT(count=count)}\n")

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return self._stream.encoding

    def isatty(self) -> bool:
        return self._stream.isatty()

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        with self._lock:
            lines, newline, self._part = (self._part + text).rpartition("\n")
            if newline:
                self.output.put(lines + newline)
        return len(text)

    def _write(self, text: str) -> None:
        try:
            self._file.write(text)
            self._file.flush()
        except OSError:  # there is nowhere left to say so
            return


@contextmanager
def queued_stderr(hurried: Callable[[], bool]) -> Iterator[None]:
    """While entered, standard error, and the log lines that go there, are written by a thread."""
    before = sys.stderr
    queued = _QueuedText(before)
    handlers = [
        handler
        for handler in logging.getLogger().handlers
        if isinstance(handler, logging.StreamHandler) and handler.stream is before
    ]
    sys.stderr = queued
    for handler in handlers:
        handler.setStream(queued)
    try:
        yield
    finally:
        sys.stderr = before
        for handler in handlers:
            handler.setStream(before)
        queued.output.close(hurried)
