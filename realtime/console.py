"""What a command says beside its data: sentences on standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum


class LogLevel(StrEnum):
    """What of the log is shown on the terminal."""

    debug = "debug"
    info = "info"
    warning = "warning"
    error = "error"


@contextmanager
def output_may_close() -> Iterator[None]:
    """End quietly with status 0 when the program that reads our standard output has seen enough and gone."""
    try:
        yield
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None


class Console:
    """Standard error. quiet: only failures are said."""

    def __init__(self, quiet: bool = False) -> None:
        self.quiet = quiet

    def say(self, text: str) -> None:
        """A remark that a quiet command leaves out."""
        if not self.quiet:
            self.warn(text)

    def warn(self, text: str) -> None:
        """Something went wrong."""
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()
