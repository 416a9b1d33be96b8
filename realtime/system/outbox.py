"""A queue of messages to another process, sent by a thread so that a process that does not read blocks nobody."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Generic, TypeVar

from realtime.system.shutdown import OUTBOX_S

logger = logging.getLogger(__name__)
DROPPABLE_LIMIT = 100
LIMIT = 10_000
Message = TypeVar("Message")


class Outbox(Generic[Message]):
    """Sends messages into a pipe, in order. When 100 wait, further `droppable` ones are left out; when 10 000 wait, all
    further ones."""

    def __init__(self, pipe: Connection, droppable: Callable[[Message], bool] = lambda _message: False) -> None:
        self._pipe = pipe
        self._droppable = droppable
        self._messages: deque[Message | None] = deque()
        self._waiting = threading.Semaphore(0)
        self._thread = threading.Thread(target=self._send, name="outbox", daemon=True)
        self._thread.start()

    def post(self, message: Message) -> None:
        """Queue one message. Never waits."""
        if len(self._messages) < (DROPPABLE_LIMIT if self._droppable(message) else LIMIT):
            self._put(message)

    def close(self) -> None:
        """Send the waiting messages, for at most OUTBOX_S."""
        self._put(None)
        self._thread.join(OUTBOX_S)

    def _put(self, message: Message | None) -> None:
        self._messages.append(message)
        self._waiting.release()

    def _send(self) -> None:
        while True:
            self._waiting.acquire()
            message = self._messages.popleft()
            if message is None:
                return
            try:
                self._pipe.send(message)
            except OSError as error:
                logger.warning("the other process does not listen any more: %s", error)
                return
