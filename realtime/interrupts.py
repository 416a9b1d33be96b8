"""Ctrl-C and SIGTERM as a request instead of an exception, so that a stream is ended and not torn."""

from __future__ import annotations

import signal
from types import FrameType
from typing import Any


class StopRequest:
    """While entered, Ctrl-C and SIGTERM only set `signal`; the loop that runs looks at it.

    exit_code: what the command should end with: 130 after Ctrl-C, 143 after SIGTERM, 0 without a request.
    """

    def __init__(self) -> None:
        self.signal: int | None = None
        self._before: dict[int, Any] = {}

    @property
    def exit_code(self) -> int:
        return 0 if self.signal is None else 128 + self.signal

    def __enter__(self) -> StopRequest:
        for number in (signal.SIGINT, signal.SIGTERM):
            self._before[number] = signal.signal(number, self._requested)
        return self

    def __exit__(self, *_exception: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _requested(self, number: int, _frame: FrameType | None) -> None:
        self.signal = number
