"""The signals that ask a program to end: a request that a loop polls, or the end of the command where it is safe.

A terminal that is closed, Ctrl-C, Ctrl-\\ and a session that is logged out each send one. This module is in force
before anything else is loaded: so it takes `_signal`, which is built in, without the enumerations of `signal`.
"""

from __future__ import annotations

import _signal as signal  # type: ignore[import-not-found]
import _thread
import sys
import time
from types import FrameType

NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGBREAK")
ENDING = tuple(getattr(signal, name) for name in NAMES if hasattr(signal, name))
# Those that a shell ignores for a command that is to outlive it (nohup), or that runs in the background of a script.
LEFT_IGNORED = tuple(number for number in ENDING if number not in (signal.SIGINT, signal.SIGTERM))
AGAIN_S = 0.02
IMPORT_SYSTEM = ("<frozen importlib._bootstrap>", "<frozen importlib._bootstrap_external>")


def exit_status(number: int | None) -> int:
    """The conventional exit status of a program that a signal ended, 130 after Ctrl-C; 0 without a signal."""
    return 0 if number is None else 128 + number


class Interrupts:
    """While entered, a signal of ENDING ends the command with SystemExit (128 + number), as soon as that is safe.

    It is not while a module is being loaded: an extension module turns any exception into an ImportError of its own,
    and Qt crashes. Nor is it in a callback of C code, which prints the exception and loses it, nor while `Postponed`.
    The signal then comes again some hundredths of a second later. Where a signal is ignored or handled already, nothing
    changes.
    signal: the first that came, None before.
    """

    def __init__(self) -> None:
        self.signal: int | None = None
        self._before: dict[int, object] = {}
        self._print_lost = sys.unraisablehook

    @property
    def exit_code(self) -> int:
        return exit_status(self.signal)

    def __enter__(self) -> Interrupts:
        for number in ENDING:
            if signal.getsignal(number) in (signal.SIG_DFL, signal.default_int_handler):
                self._before[number] = signal.signal(number, self._end)
        sys.unraisablehook = self._lost
        return self

    def __exit__(self, *_exception: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
        sys.unraisablehook = self._print_lost

    def over(self) -> None:
        """The program has ended, and its exit status is known: another signal would only disturb the interpreter."""
        self._before = dict.fromkeys(ENDING, signal.SIG_IGN)

    def _end(self, number: int, frame: FrameType | None) -> None:
        if self.signal is None:
            self.signal = number
        if Postponed.entered or _loading(frame):
            _thread.start_new_thread(_send_again, (number,))
        else:
            raise SystemExit(self.exit_code)

    def _lost(self, lost: sys.UnraisableHookArgs) -> None:
        """Called for an exception that its place cannot raise."""
        if self.signal is not None and isinstance(lost.exc_value, SystemExit):
            _thread.start_new_thread(_send_again, (self.signal,))
        else:
            self._print_lost(lost)


class Postponed:
    """While entered, Interrupts end nothing. A mask of signals is not enough for that: it holds for one thread, and
    Python handles in the main thread what any other thread has got."""

    entered = 0

    def __enter__(self) -> None:
        Postponed.entered += 1

    def __exit__(self, *_exception: object) -> None:
        Postponed.entered -= 1


class StopRequest:
    """While entered, the signals of ENDING only set `signal`, the first that came; the running loop polls it.

    exit_code: what the command should end with: 130 after Ctrl-C, 143 after SIGTERM, 129 after the terminal was
    closed, 0 without a request.
    """

    def __init__(self) -> None:
        self.signal: int | None = None
        self._before: dict[int, object] = {}

    @property
    def exit_code(self) -> int:
        return exit_status(self.signal)

    def __enter__(self) -> StopRequest:
        for number in ENDING:
            if number not in LEFT_IGNORED or signal.getsignal(number) != signal.SIG_IGN:
                self._before[number] = signal.signal(number, self._requested)
        return self

    def __exit__(self, *_exception: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _requested(self, number: int, _frame: FrameType | None) -> None:
        if self.signal is None:
            self.signal = number


def _loading(frame: FrameType | None) -> bool:
    """Whether a module is being loaded where the signal came."""
    while frame is not None:
        if frame.f_code.co_filename in IMPORT_SYSTEM:
            return True
        frame = frame.f_back
    return False


def _send_again(number: int) -> None:
    time.sleep(AGAIN_S)
    _thread.interrupt_main(number)  # type: ignore[arg-type]
