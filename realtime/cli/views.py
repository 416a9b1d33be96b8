"""Views of a live stream on the command line: sentences, or JSON lines."""

from __future__ import annotations

import json
from collections import deque
from typing import Any, TextIO

from realtime.cli.console import Console
from realtime.engine.messages import Message, Notice, Status, TakeStarted
from realtime.events import End, Gap, NoteOff, NoteOn, Pedal, StreamStarted
from realtime.sinks.jsonl import JsonlSink

LEVEL_S = 0.1
FLOOR_STATUSES = 60
SILENCE_DB = -120.0


class LiveView:
    """Shows a stream: notices and a few sentences on standard error; subclasses add the rest."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def show(self, message: Message) -> None:
        """Show one message."""
        match message:
            case StreamStarted():
                self._console.say(f"Listening to {message.source}. Ctrl-C ends.")
            case TakeStarted():
                self._console.say(f"Recording into {message.folder}")
            case Notice():
                self._console.warn(str(message.said))
            case End():
                self._console.say(f"{message.notes} notes in {message.time:.1f} s.")

    def close(self) -> None:
        """Nothing more will come."""


class JsonView(LiveView):
    """Event lines, warnings and, if wanted, levels on standard output."""

    def __init__(self, console: Console, out: TextIO, levels: bool) -> None:
        super().__init__(console)
        self._lines = JsonlSink(out)
        self._out = out
        self._levels = Levels() if levels else None

    def show(self, message: Message) -> None:
        match message:
            case Status():
                if self._levels is not None and (line := self._levels.line(message)) is not None:
                    self._write(line)
            case Notice():
                self._console.warn(str(message.said))
                self._write({"event": "warning", "code": message.code, "text": str(message.said)})
            case TakeStarted():
                super().show(message)
            case StreamStarted() | NoteOn() | NoteOff() | Pedal() | Gap() | End():
                self._lines.send(message)

    def _write(self, line: dict[str, Any]) -> None:
        self._out.write(json.dumps(line, ensure_ascii=False) + "\n")
        self._out.flush()


class Levels:
    """Statuses -> level lines, ten a second."""

    def __init__(self) -> None:
        self._rms: deque[float] = deque(maxlen=FLOOR_STATUSES)
        self._peak = SILENCE_DB
        self._clip = False
        self._next = 0.0

    def line(self, status: Status) -> dict[str, Any] | None:
        """peak, rms, floor (10th percentile of the last 3 s) in dBFS, and whether it clipped; None between lines."""
        self._rms.append(status.rms_db)
        self._peak = max(self._peak, status.peak_db)
        self._clip = self._clip or status.clipped > 0
        if status.time < self._next:
            return None
        floor = sorted(self._rms)[len(self._rms) // 10]
        levels = {"peak": round(self._peak, 1), "rms": round(status.rms_db, 1), "floor": round(floor, 1)}
        line = {"event": "level", "time": status.time, **levels, "clip": self._clip}
        self._next = status.time + LEVEL_S
        self._peak, self._clip = SILENCE_DB, False
        return line
