"""Events as JSON Lines, flushed one by one, so that a reader of the pipe gets them at once."""

from __future__ import annotations

from typing import TextIO

from realtime.events import Event, StreamStarted, to_json


class JsonlSink:
    """Writes one line per event to a text stream that stays open."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def open(self, stream: StreamStarted) -> None:
        """Write the stream's own line."""
        self.send(stream)

    def send(self, event: Event) -> None:
        """Write one line and flush it. Raises OSError (BrokenPipeError when the reader has gone)."""
        self._stream.write(to_json(event) + "\n")
        self._stream.flush()

    def close(self) -> None:
        """Nothing: the text stream is closed by whoever opened it."""
