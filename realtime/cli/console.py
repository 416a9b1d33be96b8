"""The sentences of a command, on standard error; its data go to standard output."""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from enum import StrEnum
from io import TextIOWrapper
from typing import Any, TextIO

from realtime.system.terminal import visible
from realtime.system.unbuffered import unbuffered
from realtime.words import Said


class LogLevel(StrEnum):
    """What of the log is shown on the terminal."""

    debug = "debug"
    info = "info"
    warning = "warning"
    error = "error"


def json_output() -> TextIO:
    """Standard output for JSON, which is UTF-8 on every system; every write is complete when it returns."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    return unbuffered(sys.stdout)


def print_json(value: object) -> None:
    """One JSON object, on a line of standard output."""
    out = json_output()
    out.write(json.dumps(value, ensure_ascii=False, allow_nan=False) + "\n")
    out.flush()


def notice_line(said: Said, code: str | None = None, kind: str = "warning") -> dict[str, Any]:
    """What a player should know, as the JSON object among the events. code: by default that of the phrase."""
    return {"event": kind, "code": said.phrase.code if code is None else code, "text": str(said)}


class Console:
    """Writes to standard error. quiet: only failures."""

    def __init__(self, quiet: bool = False) -> None:
        self.quiet = quiet

    def say(self, text: str) -> None:
        """Write a remark that a quiet command leaves out."""
        if not self.quiet:
            self.warn(text)

    def warn(self, text: str) -> None:
        """Write what went wrong. A terminal that is gone is no reason to stop what it tells of."""
        with suppress(OSError):
            sys.stderr.write(f"{visible(text)}\n")
            sys.stderr.flush()
