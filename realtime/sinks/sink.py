"""Sinks, which take the events of a stream: MIDI ports, files, takes. A sink is opened, sent events, and closed."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from realtime.contract import FloatArray
from realtime.events import Event, Kept, StreamStarted
from realtime.lateness import Captured


class Sink(Protocol):
    """Takes the events of one stream. If a method raises, this sink gets nothing more; the others go on."""

    def open(self, stream: StreamStarted) -> None:
        """The stream begins."""

    def send(self, event: Event) -> None:
        """One event, in the order in which events left the decoder; the last one is an End."""

    def close(self) -> None:
        """No more events will come: complete the output. Called once, also when the stream broke off."""


@runtime_checkable
class AudioSink(Sink, Protocol):
    """A sink that wants the sound as well."""

    def audio(self, position: int, block: FloatArray) -> None:
        """float32 (n,) mono samples at the stream's rate; `position` is the index of the first on the stream's clock.
        Samples of skipped positions were lost."""


@runtime_checkable
class TimedSink(Sink, Protocol):
    """A sink that measures how late notes are."""

    def send_captured(self, captured: Captured) -> None:
        """In the place of `send` for a note-on: the event, and when its sound was captured."""


@runtime_checkable
class KeepingSink(Sink, Protocol):
    """A sink that wants the kept stage as well."""

    def keep(self, kept: Kept) -> None:
        """One event of it, in order; the last one is an End, which is missing where others are."""
