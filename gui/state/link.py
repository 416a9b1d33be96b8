"""The window's link to the engine and the MIDI port: a thread that passes orders to them and takes their messages,
since the window's thread must never wait for a process."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Sequence

from realtime.engine.messages import Start
from realtime.engine.supervisor import News, Order, Supervisor
from realtime.midi.port_server import PortSettings

LOOK_S = 0.02


class Link:
    """The engine and the port of one window, from `open` to `close`. wake: called, in the link's thread, when
    `take` has something new."""

    def __init__(self, wake: Callable[[], None]) -> None:
        self._wake = wake
        self._orders: queue.SimpleQueue[Order] = queue.SimpleQueue()
        self._messages: queue.SimpleQueue[News] = queue.SimpleQueue()
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None

    def open(self, start: Start, port: PortSettings) -> None:
        """Start both processes and the stream."""
        self._thread = threading.Thread(target=self._run, args=(start, port), name="link", daemon=True)
        self._thread.start()

    def send(self, order: Order) -> None:
        """Give an order to the engine, or to the port; it takes some hundredths of a second to arrive."""
        self._orders.put(order)

    def take(self) -> list[News]:
        """The messages since the last call."""
        messages = []
        while not self._messages.empty():
            messages.append(self._messages.get())
        return messages

    def close(self) -> None:
        """End stream, engine and port: what sounds is released, a take is completed. `take` then has the last
        messages."""
        self._closing.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self, start: Start, settings: PortSettings) -> None:
        supervisor = Supervisor(start, settings)
        try:
            while not self._closing.is_set():
                while not self._orders.empty():
                    supervisor.send(self._orders.get())
                self._publish(supervisor.receive(LOOK_S))
        finally:
            self._publish(supervisor.close())

    def _publish(self, messages: Sequence[News]) -> None:
        for item in messages:
            self._messages.put(item)
        if messages:
            self._wake()
