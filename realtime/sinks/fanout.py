"""One stream, many sinks: each has a bounded queue and a thread, so that none waits for another."""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping

from realtime.contract import FloatArray
from realtime.events import End, Event, NoteOff, NoteOn, Pedal, StreamStarted
from realtime.sinks.sink import AudioSink, Sink
from realtime.system.shutdown import SINK_S, TAKE_S

logger = logging.getLogger(__name__)
QUEUE_LIMIT = 1000
Failure = Callable[[str, Exception], None]
Item = Event | tuple[int, FloatArray]


class Fanout:
    """Passes every event, and the sound, to each sink in a thread of its own; for one stream after another, from `open`
    to `close`.

    A sink that falls behind by `limit` items misses notes and sound; they are counted in `dropped`. Note-on and
    note-off, or both ends of a pedal press, are dropped together, so no note hangs. A sink that raises is closed and
    gets nothing more; `failed(name, error)` is called once, from the sink's thread.
    """

    def __init__(self, failed: Failure, limit: int = QUEUE_LIMIT) -> None:
        self._failed = failed
        self._limit = limit
        self._threads: dict[str, _SinkThread] = {}
        self._leaving: list[_SinkThread] = []  # removed, perhaps still busy; also those of earlier streams

    @property
    def dropped(self) -> dict[str, int]:
        """Number of items that each sink has missed."""
        return {name: thread.dropped for name, thread in self._threads.items()}

    def open(self, stream: StreamStarted, sinks: Mapping[str, Sink]) -> None:
        """A stream begins: every sink is opened in its own thread."""
        for name, sink in sinks.items():
            self.add(name, sink, stream)

    def add(self, name: str, sink: Sink, stream: StreamStarted) -> None:
        """Add a sink to the running stream."""
        before = next((thread for thread in reversed(self._leaving) if thread.sink is sink and thread.busy), None)
        self._threads[name] = _SinkThread(name, sink, self._failed, self._limit, before)
        self._threads[name].put(stream)

    def remove(self, name: str, last: Event | None = None) -> None:
        """Let a sink finish its queue and close, without waiting for it; nothing if there is no such sink.

        last: one more event for this sink alone.
        """
        thread = self._threads.pop(name, None)
        if thread is not None:
            if last is not None:
                thread.put(last)
            thread.finish()
            self._leaving = [*(other for other in self._leaving if other.busy), thread]

    def send(self, event: Event) -> None:
        """Queue one event for every sink. Never waits."""
        for thread in self._threads.values():
            thread.put(event)

    def audio(self, position: int, block: FloatArray) -> None:
        """Queue mono samples for the sinks that want sound. Never waits."""
        for thread in self._threads.values():
            if thread.wants_audio:
                thread.put((position, block))

    def close(self) -> None:
        """The stream is over: let every sink finish what is queued and close; those that hang are left behind after
        SINK_S, those that keep the sound after TAKE_S."""
        for name in [*self._threads]:
            self.remove(name)
        begun = time.monotonic()
        for thread in self._leaving:
            limit_s = TAKE_S if thread.wants_audio else SINK_S
            thread.join(max(begun + limit_s - time.monotonic(), 0.0))
        self._leaving = [thread for thread in self._leaving if thread.busy]


class _SinkThread:
    """The queue and the thread of one sink.

    before: a thread that is still busy with the same sink, for instance a MIDI port that hangs while sending is paused
    and resumed; it is waited for, as two threads would mix up what they write.
    """

    def __init__(self, name: str, sink: Sink, failed: Failure, limit: int, before: _SinkThread | None) -> None:
        self.name = name
        self.sink = sink
        self.dropped = 0
        self.wants_audio = isinstance(sink, AudioSink)
        self._failed = failed
        self._limit = limit
        self._items: deque[Item] = deque()
        self._missed: set[int] = set()  # pitches whose note-on was dropped, so that their note-off must be
        self._pedal = 0  # last value that was queued
        self._waiting = threading.Semaphore(0)
        self._finished = False
        self._detached = False
        self._before = before
        self._thread = threading.Thread(target=self._work, name=f"sink {name}", daemon=True)
        self._thread.start()

    @property
    def busy(self) -> bool:
        """Whether the sink has not been closed yet."""
        return self._thread.is_alive()

    def put(self, item: Item) -> None:
        """Queue an item, unless the sink is detached or the queue has no room for it."""
        if self._detached:
            return
        if not self._accepts(item):
            self.dropped += 1
            return
        self._items.append(item)
        self._waiting.release()

    def finish(self) -> None:
        """No more items will come."""
        self._finished = True
        self._waiting.release()

    def join(self, patience_s: float) -> None:
        """Wait for the sink to close."""
        self._thread.join(patience_s)
        if self._thread.is_alive():
            logger.error("sink %s does not close: left behind", self.name)

    def _accepts(self, item: Item) -> bool:
        """Whether to queue an item: note-ons and pedal presses need room; their ends follow if they were queued."""
        room = len(self._items) < self._limit
        match item:
            case NoteOn():
                if not room:
                    self._missed.add(item.pitch)
                return room
            case NoteOff():
                closes = item.pitch not in self._missed
                self._missed.discard(item.pitch)
                return closes
            case Pedal():
                accepted = room or (item.value == 0 and self._pedal > 0)
                self._pedal = item.value if accepted else self._pedal
                return accepted
            case StreamStarted() | End():
                return True
            case _:
                return room

    def _work(self) -> None:
        if self._before is not None:
            self._before._thread.join()
            self._before = None
        try:
            while self._next():
                pass
        except Exception as error:
            self._detached = True
            self._items.clear()
            logger.exception("sink %s failed and is left out from now on", self.name)
            self._failed(self.name, error)
        self._close()

    def _next(self) -> bool:
        """Serve one item; False when there is none and none will come."""
        self._waiting.acquire()
        if not self._items:
            return not self._finished
        item = self._items.popleft()
        if isinstance(item, StreamStarted):
            self.sink.open(item)
        elif not isinstance(item, tuple):
            self.sink.send(item)
        elif isinstance(self.sink, AudioSink):
            self.sink.audio(*item)
        return True

    def _close(self) -> None:
        try:
            self.sink.close()
        except Exception as error:
            logger.exception("sink %s failed while closing", self.name)
            if not self._detached:
                self._failed(self.name, error)
