"""Ctrl-C and SIGTERM as a request to end a stream in order, and a record of Ctrl-C where it raises."""

from __future__ import annotations

import signal
from types import FrameType
from typing import Any


class StopRequest:
    """While entered, Ctrl-C and SIGTERM only set `signal`; the running loop polls it.

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


class CtrlCRecord:
    """While entered, Ctrl-C raises KeyboardInterrupt as ever, and `pressed` says that it did.

    An extension module that is just being loaded turns KeyboardInterrupt into an ImportError of its own, numpy's and
    onnxruntime's without naming the cause. Where Ctrl-C is ignored or handled already, nothing changes.
    """

    def __init__(self) -> None:
        self.pressed = False

    def __enter__(self) -> CtrlCRecord:
        self._took = signal.getsignal(signal.SIGINT) is signal.default_int_handler
        if self._took:
            signal.signal(signal.SIGINT, self._interrupt)
        return self

    def __exit__(self, *_exception: object) -> None:
        if self._took:
            signal.signal(signal.SIGINT, signal.default_int_handler)

    def _interrupt(self, number: int, frame: FrameType | None) -> None:
        self.pressed = True
        signal.default_int_handler(number, frame)
