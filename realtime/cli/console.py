"""The sentences of a command, on standard error; its data go to standard output."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from io import TextIOWrapper
from typing import TextIO


class LogLevel(StrEnum):
    """What of the log is shown on the terminal."""

    debug = "debug"
    info = "info"
    warning = "warning"
    error = "error"


def json_output() -> TextIO:
    """Standard output for JSON, which is UTF-8 on every system."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    return sys.stdout


def print_json(value: object) -> None:
    """One JSON object, on a line of standard output."""
    out = json_output()
    out.write(json.dumps(value, ensure_ascii=False, allow_nan=False) + "\n")
    out.flush()


class Console:
    """Writes to standard error. quiet: only failures."""

    def __init__(self, quiet: bool = False) -> None:
        self.quiet = quiet

    def say(self, text: str) -> None:
        """Write a remark that a quiet command leaves out."""
        if not self.quiet:
            self.warn(text)

    def warn(self, text: str) -> None:
        """Write what went wrong."""
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()
