"""What a command says beside its data: sentences on standard error."""

from __future__ import annotations

import sys
from enum import StrEnum


class LogLevel(StrEnum):
    """What of the log is shown on the terminal."""

    debug = "debug"
    info = "info"
    warning = "warning"
    error = "error"


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
