"""The system's signals in Qt's loop, which Python would see only when something else lets it run."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable

from PySide6.QtCore import QSocketNotifier


class SignalNotifier:
    """While entered, `arrived` is called in Qt's loop after each signal that Python handles, its handler first."""

    def __init__(self, arrived: Callable[[], object]) -> None:
        self._arrived = arrived
        self._reader, self._writer = socket.socketpair()
        for end in (self._reader, self._writer):
            end.setblocking(False)

    def __enter__(self) -> SignalNotifier:
        self._notifier = QSocketNotifier(self._reader.fileno(), QSocketNotifier.Type.Read)
        self._notifier.activated.connect(self._read)
        self._before = signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)
        return self

    def __exit__(self, *_exception: object) -> None:
        signal.set_wakeup_fd(self._before)
        self._notifier.setEnabled(False)
        self._reader.close()
        self._writer.close()

    def _read(self) -> None:
        self._reader.recv(4096)
        self._arrived()
