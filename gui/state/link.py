"""The window's line to the engine and the MIDI port: a thread that hands commands down and brings messages up.

The engine is a process that may die or hang, and so is the port; waiting for them must never hold up a picture. A
microphone that is not there is asked for again and again, until it is or the player chooses another.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from realtime.engine.client import KEEPING_LIMIT_S, EngineProcess
from realtime.engine.messages import Command, Failed, Message, MicrophoneSource, Notice, Start, Stop, after
from realtime.errors import AudioDeviceError, LisztenError
from realtime.midi.port import MidiPort
from realtime.midi.port_server import Play, PortSettings, PortState

LOOK_S = 0.02
RETRY_S = 2.0


@dataclass(frozen=True)
class Panic:
    """Silence all that sounds at the MIDI port."""


Order = Command | PortSettings | Panic | Play


class Link:
    """The engine and the port of one window, from `open` to `close`. wake: called, in the link's thread, when
    `take` has something new."""

    def __init__(self, wake: Callable[[], None]) -> None:
        self._wake = wake
        self._orders: queue.SimpleQueue[Order] = queue.SimpleQueue()
        self._news: queue.SimpleQueue[Message | PortState] = queue.SimpleQueue()
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None

    def open(self, start: Start, port: PortSettings) -> None:
        """Start both processes and the stream."""
        self._thread = threading.Thread(target=self._run, args=(start, port), name="link", daemon=True)
        self._thread.start()

    def send(self, order: Order) -> None:
        """Give a command to the engine, or to the port; it takes some hundredths of a second to arrive."""
        self._orders.put(order)

    def take(self) -> list[Message | PortState]:
        """What has come since the last call."""
        news = []
        while not self._news.empty():
            news.append(self._news.get())
        return news

    def close(self) -> None:
        """End stream, engine and port: what sounds is released, a take is completed."""
        self._closing.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self, start: Start, settings: PortSettings) -> None:
        port = MidiPort(settings)
        try:
            _Stream(port, start, self._tell).serve(self._orders, self._closing)
        finally:
            port.close()

    def _tell(self, news: list[Message | PortState]) -> None:
        for item in news:
            self._news.put(item)
        if news:
            self._wake()


class _Stream:
    """What the thread does, turn by turn."""

    def __init__(self, port: MidiPort, start: Start, tell: Callable[[list[Message | PortState]], None]) -> None:
        self._port = port
        self._port_state: PortState | None = None
        self._tell = tell
        self._start = start
        self._engine: EngineProcess | None = None
        self._retry_at: float | None = None
        self._send(start)

    def serve(self, orders: queue.SimpleQueue[Order], closing: threading.Event) -> None:
        """Until closing."""
        try:
            while not closing.is_set():
                while not orders.empty():
                    self._obey(orders.get())
                self._listen()
                self._look_after_port()
        finally:
            if self._engine is not None:
                self._engine.close(KEEPING_LIMIT_S)

    def _obey(self, order: Order) -> None:
        match order:
            case Panic():
                self._port.panic()
            case Play(note=note):
                self._port.play(note)
            case PortSettings():
                self._port.configure(order)
            case Start():
                self._start = order
                self._send(order)
            case Stop():
                self._retry_at = None
                self._send(order)
            case _:
                self._start = after(self._start, order)
                waiting = self._retry_at is not None
                self._send(self._start if waiting else order)

    def _send(self, command: Command) -> None:
        if isinstance(command, Start):
            self._retry_at = None
        if self._engine is None:
            if not isinstance(command, Start):
                return
            self._engine = EngineProcess(self._port.events)
        self._engine.send(command)

    def _listen(self) -> None:
        if self._retry_at is not None and time.monotonic() > self._retry_at:
            self._send(self._start)
        if self._engine is None:
            time.sleep(LOOK_S)
            return
        try:
            messages = self._engine.receive(LOOK_S)
        except LisztenError as error:
            self._engine.close(0.0)
            self._engine = None
            self._port.release()
            messages = [Failed(error.said, error.exit_code, "")]
        for message in messages:
            self._note(message)
        self._tell([*messages])

    def _note(self, message: Message) -> None:
        match message:
            case Notice(code="restarted"):
                self._port.release()
            case Failed(exit_code=AudioDeviceError.exit_code) if isinstance(self._start.source, MicrophoneSource):
                self._retry_at = time.monotonic() + RETRY_S

    def _look_after_port(self) -> None:
        state = self._port.check()
        # An open port says again and again how much it has sent; the window need not be told.
        if self._port_state is None or (state.open, state.name, state.problem) != (
            self._port_state.open,
            self._port_state.name,
            self._port_state.problem,
        ):
            self._port_state = state
            self._tell([state])
