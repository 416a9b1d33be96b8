"""A bounded queue and a thread that serves it: who reads slowly, or not at all, holds up nobody else."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable
from typing import Generic, TypeVar

from realtime.events import End, Kept, NoteOff, NoteOn, Pedal, StreamStarted
from realtime.lateness import Captured

logger = logging.getLogger(__name__)
QUEUE_LIMIT = 1000
Item = TypeVar("Item")


class QueuedThread(Generic[Item]):
    """Calls `serve` with every item, in order, in a thread of its own, until `finish`; then `close`, once.

    When `limit` items wait, further ones are left out and counted in `dropped`. Note-on and note-off, or both ends of a
    pedal press, are left out together, so no note hangs; StreamStarted and End never are. When `serve` or `close`
    raises, nothing more is served, `failed` becomes true and `report(error)` is called once, in the thread.
    """

    def __init__(
        self,
        name: str,
        serve: Callable[[Item], None],
        close: Callable[[], None],
        report: Callable[[Exception], None],
        limit: int = QUEUE_LIMIT,
        before: QueuedThread[Item] | None = None,
    ) -> None:
        """before: a thread whose end is waited for first."""
        self.name = name
        self.dropped = 0
        self._serve, self._finally, self._report = serve, close, report
        self._limit = limit
        self._items: deque[Item] = deque()
        # Of the told and of the kept stage: pitches whose note-on was left out, so that their note-off must be, and the
        # last value of the pedal that was queued.
        self._missed: tuple[set[int], set[int]] = (set(), set())
        self._pedal = [0, 0]
        self._waiting = threading.Semaphore(0)
        self._finished = False
        self.failed = False
        self._before = before
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)
        self._thread.start()

    @property
    def busy(self) -> bool:
        """Whether it has not been closed yet."""
        return self._thread.is_alive()

    @property
    def waiting(self) -> int:
        """Number of items that have not been taken yet."""
        return len(self._items)

    @property
    def has_room(self) -> bool:
        """Whether any item would be queued."""
        return len(self._items) < self._limit

    def put(self, item: Item) -> bool:
        """Queue an item, unless the queue has no room for it; whether it was queued. Never waits."""
        if self.failed:
            return False
        if not self._accepts(item):
            self.dropped += 1
            return False
        self._items.append(item)
        self._waiting.release()
        return True

    def finish(self) -> None:
        """No more items will come."""
        self._finished = True
        self._waiting.release()

    def join(self, patience_s: float) -> bool:
        """Wait for the last item and the close; whether both are done."""
        self._thread.join(patience_s)
        return not self._thread.is_alive()

    def _accepts(self, item: Item) -> bool:
        """Whether to queue an item: note-ons and pedal presses need room; their ends follow if they were queued."""
        room, stage = self.has_room, isinstance(item, Kept)
        match item.event if isinstance(item, Captured | Kept) else item:
            case NoteOn(pitch=pitch):
                if not room:
                    self._missed[stage].add(pitch)
                return room
            case NoteOff(pitch=pitch):
                closes = pitch not in self._missed[stage]
                self._missed[stage].discard(pitch)
                return closes
            case Pedal(value=value):
                accepted = room or (value == 0 and self._pedal[stage] > 0)
                self._pedal[stage] = value if accepted else self._pedal[stage]
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
            self.failed = True
            self._items.clear()
            if isinstance(error, BrokenPipeError):  # the reader has gone, as `head` does, or the port's process
                logger.info("%s has no reader any more", self.name)
            else:
                logger.exception("%s failed and is left out from now on", self.name)
            self._report(error)
        self._close()

    def _next(self) -> bool:
        """Serve one item; False when there is none and none will come."""
        self._waiting.acquire()
        if not self._items:
            return not self._finished
        self._serve(self._items.popleft())
        return True

    def _close(self) -> None:
        try:
            self._finally()
        except Exception as error:
            logger.exception("%s failed while closing", self.name)
            if not self.failed:
                self._report(error)
