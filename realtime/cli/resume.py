"""What asks a live command to send to the MIDI port again after a pause: the key M in its terminal, or SIGUSR1."""

from __future__ import annotations

import os
import select
import signal
import sys
from contextlib import suppress
from types import FrameType

try:
    import termios
    import tty
except ImportError:  # Windows has another kind of terminal, and no such signal
    termios = None  # type: ignore[assignment]

HAS_KEYS = termios is not None
RESUME_KEY = "m"
SIGNAL = getattr(signal, "SIGUSR1", None)


class ResumeRequest:
    """While entered, the key and the signal are waited for; the terminal is as it was before when it is left.

    keys: whether standard input is a terminal whose keys are meant for us.
    """

    def __init__(self, keys: bool) -> None:
        self.keys = keys and termios is not None and sys.stdin is not None and sys.stdin.isatty()
        self._asked = False
        self._mode: list[object] | None = None
        self._before: object = None

    def __enter__(self) -> ResumeRequest:
        if SIGNAL is not None:
            self._before = signal.signal(SIGNAL, self._requested)
        if self.keys and _in_foreground():
            self._mode = termios.tcgetattr(sys.stdin)
            tty.setcbreak(sys.stdin, termios.TCSANOW)
        return self

    def __exit__(self, *_exception: object) -> None:
        if self._mode is not None and _in_foreground():
            with suppress(termios.error):  # the terminal was closed
                termios.tcsetattr(sys.stdin, termios.TCSANOW, self._mode)  # type: ignore[arg-type]
        if SIGNAL is not None:
            signal.signal(SIGNAL, self._before)  # type: ignore[arg-type]

    def taken(self) -> bool:
        """Whether it was asked since the last call."""
        if self._mode is not None and _in_foreground() and select.select([sys.stdin], [], [], 0)[0]:
            self._asked |= RESUME_KEY.encode() in os.read(sys.stdin.fileno(), 1000).lower()
        asked, self._asked = self._asked, False
        return asked

    def _requested(self, _number: int, _frame: FrameType | None) -> None:
        self._asked = True


def _in_foreground() -> bool:
    """Whether the terminal is ours: a program in the background that touched it would be stopped."""
    try:
        return os.tcgetpgrp(sys.stdin.fileno()) == os.getpgrp()
    except OSError:
        return False
