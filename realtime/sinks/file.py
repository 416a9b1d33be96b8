"""A stream as one file, written when it ends: MIDI, table or JSON lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import BinaryIO

from realtime.events import Event, StreamStarted
from realtime.system.storage import replace_file

Render = Callable[[StreamStarted, Iterable[Event]], bytes]


class FileSink:
    """Keeps the events and writes `render(stream, events)` at the end; nothing when there was no stream.

    target: a path, whose file appears whole or not at all, or an open binary file, which stays open.
    """

    def __init__(self, render: Render, target: Path | BinaryIO) -> None:
        self._render = render
        self._target = target
        self._stream: StreamStarted | None = None
        self._events: list[Event] = []

    def open(self, stream: StreamStarted) -> None:
        """Begin an empty file."""
        self._stream = stream
        self._events = []

    def send(self, event: Event) -> None:
        """Keep one event."""
        self._events.append(event)

    def close(self) -> None:
        """Write the file. Raises FileError."""
        if self._stream is None:
            return
        content = self._render(self._stream, self._events)
        if isinstance(self._target, Path):
            replace_file(self._target, content)
        else:
            self._target.write(content)
            self._target.flush()
