"""One stream, many sinks: each has a bounded queue and a thread, so that none waits for another."""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from realtime.contract import FloatArray
from realtime.events import End, Event, Kept, StreamStarted
from realtime.lateness import Captured
from realtime.sinks.queued import QUEUE_LIMIT, QueuedThread
from realtime.sinks.sink import AudioSink, KeepingSink, Sink, TimedSink
from realtime.system.priority import lower_priority
from realtime.system.shutdown import KEPT_S, SINK_S, TAKE_S

logger = logging.getLogger(__name__)
Failure = Callable[[str, Exception], None]
Report = Callable[[str, Sink], None]
Item = Event | Captured | Kept | tuple[int, FloatArray]


class Fanout:
    """Passes every event, and the sound, to each sink in a thread of its own; for one stream after another, from `open`
    to `close`.

    A sink that falls behind by `limit` items misses whole notes and sound; they are counted in `dropped`. A sink that
    raises is closed and gets nothing more; `failed(name, error)` is called once, from the sink's thread. One that has
    not closed SINK_S after its last item, or TAKE_S where it keeps the sound, is left behind: `late(name, sink)` is
    called once, by `close` or `check`. `closed(name, sink)` is called, from the sink's thread, when all went well.
    """

    def __init__(
        self,
        failed: Failure,
        limit: int = QUEUE_LIMIT,
        late: Report = lambda _name, _sink: None,
        closed: Report = lambda _name, _sink: None,
    ) -> None:
        self._failed, self._late, self._closed = failed, late, closed
        self._limit = limit
        self._threads: dict[str, _SinkThread] = {}
        self._retiring: list[_Retiring] = []  # they wait for their last kept events
        self._leaving: list[_SinkThread] = []  # removed, perhaps still busy; also those of earlier streams

    @property
    def dropped(self) -> dict[str, int]:
        """Number of items that each sink has missed."""
        return {name: thread.queue.dropped for name, thread in self._threads.items()}

    def has(self, name: str) -> bool:
        """Whether there is a sink of this name, which was not removed."""
        return name in self._threads

    def open(self, stream: StreamStarted, sinks: Mapping[str, Sink]) -> None:
        """A stream begins: every sink is opened in its own thread."""
        for name, sink in sinks.items():
            self.add(name, sink, stream)

    def add(self, name: str, sink: Sink, stream: StreamStarted) -> None:
        """Add a sink to the running stream."""
        before = next((thread for thread in reversed(self._leaving) if thread.sink is sink and thread.queue.busy), None)
        self._threads[name] = _SinkThread(name, sink, self._failed, self._closed, self._limit, before)
        self._threads[name].queue.put(stream)

    def remove(self, name: str, last: Event | None = None) -> None:
        """Let a sink finish its queue and close, without waiting for it; nothing if there is no such sink.

        last: one more event for this sink alone.
        """
        thread = self._threads.pop(name, None)
        if thread is not None:
            if last is not None:
                thread.queue.put(last)
            self._finish(thread)

    def retire(self, name: str, end: End) -> None:
        """A sink's part of the stream ends now: it gets `end`, and of what follows only kept events, until those
        before it have come, or for KEPT_S at most, as no sound may come any more. Nothing if there is no such sink."""
        thread = self._threads.pop(name, None)
        if thread is not None:
            thread.queue.put(end)
            self._retiring.append(_Retiring(thread, end, time.monotonic() + KEPT_S))

    def send(self, event: Event, captured: Captured | None = None) -> None:
        """Queue one event for every sink. captured: the same event for the sinks that measure how late it is. Never
        waits."""
        for thread in self._threads.values():
            thread.queue.put(event if captured is None or not thread.wants_times else captured)

    def keep(self, kept: Kept) -> None:
        """Queue an event of the kept stage for the sinks that want it. Never waits."""
        for thread in (*self._threads.values(), *(retiring.thread for retiring in self._retiring)):
            if thread.wants_kept:
                thread.queue.put(kept)

    def kept_until(self, until_s: float) -> None:
        """Every kept event before stream time `until_s` has been queued."""
        for retiring in [retiring for retiring in self._retiring if retiring.end.time <= until_s]:
            retiring.thread.queue.put(Kept(retiring.end))
            self._let_go(retiring)

    def audio(self, position: int, block: FloatArray) -> None:
        """Queue mono samples for the sinks that want sound. Never waits."""
        for thread in self._threads.values():
            if thread.wants_audio:
                thread.queue.put((position, block))

    def check(self) -> None:
        """Let sinks go that wait for kept events in vain; report those that were removed and have not closed in time.
        Never waits."""
        now = time.monotonic()
        for retiring in [retiring for retiring in self._retiring if retiring.until < now]:
            self._let_go(retiring)
        for thread in self._leaving:
            if thread.late_at < now and thread.queue.busy and not thread.left_behind:
                self._leave_behind(thread)

    def close(self) -> None:
        """The stream is over: let every sink finish what is queued and close; those that hang are left behind."""
        for name in [*self._threads]:
            self.remove(name)
        for retiring in [*self._retiring]:
            self._let_go(retiring)
        for thread in self._leaving:
            if not thread.left_behind and not thread.queue.join(max(thread.late_at - time.monotonic(), 0.0)):
                self._leave_behind(thread)
        self._leaving = [thread for thread in self._leaving if thread.queue.busy]

    def _let_go(self, retiring: _Retiring) -> None:
        self._retiring.remove(retiring)
        self._finish(retiring.thread)

    def _finish(self, thread: _SinkThread) -> None:
        thread.finish()
        self._leaving = [*(other for other in self._leaving if other.queue.busy), thread]

    def _leave_behind(self, thread: _SinkThread) -> None:
        logger.error("sink %s does not close: left behind", thread.name)
        thread.left_behind = True
        self._late(thread.name, thread.sink)


class _SinkThread:
    """One sink and its thread. late_at: monotonic time, s, at which it is left behind; infinite before `finish`.

    before: a thread that is still busy with the same sink, for instance a MIDI port that hangs while sending is paused
    and resumed; it is waited for, as two threads would mix up what they write.
    """

    def __init__(
        self, name: str, sink: Sink, failed: Failure, closed: Report, limit: int, before: _SinkThread | None
    ) -> None:
        self.name = name
        self.sink = sink
        self.late_at = math.inf
        self.left_behind = False
        self.wants_audio = isinstance(sink, AudioSink)
        self.wants_times = isinstance(sink, TimedSink)
        self.wants_kept = isinstance(sink, KeepingSink)
        self._failed, self._closed = failed, closed
        self.queue: QueuedThread[Item] = QueuedThread(
            f"sink {name}", self._serve, self._close, self._report, limit, None if before is None else before.queue
        )

    def finish(self) -> None:
        """No more items will come."""
        self.queue.finish()
        self.late_at = time.monotonic() + (TAKE_S if self.wants_audio else SINK_S)

    def _close(self) -> None:
        self.sink.close()
        if not self.queue.failed:
            self._closed(self.name, self.sink)

    def _report(self, error: Exception) -> None:
        if not self.left_behind:  # that was reported, and the failure is why
            self._failed(self.name, error)

    def _serve(self, item: Item) -> None:
        if isinstance(item, StreamStarted):
            if self.wants_audio:  # a take has time
                lower_priority()
            self.sink.open(item)
        elif isinstance(item, Captured):
            assert isinstance(self.sink, TimedSink)
            self.sink.send_captured(item)
        elif isinstance(item, Kept):
            assert isinstance(self.sink, KeepingSink)
            self.sink.keep(item)
        elif not isinstance(item, tuple):
            self.sink.send(item)
        elif isinstance(self.sink, AudioSink):
            self.sink.audio(*item)


@dataclass(frozen=True, eq=False)
class _Retiring:
    """A sink whose part of the stream is over. end: of that part; until: monotonic time, s, until it waits at most."""

    thread: _SinkThread
    end: End
    until: float
