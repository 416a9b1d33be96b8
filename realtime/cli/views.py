"""Views of a live stream on the command line: sentences, or JSON lines."""

from __future__ import annotations

import json
import os
from collections import deque
from collections.abc import Callable
from typing import Any, TextIO

from realtime.cli.console import Console, notice_line
from realtime.cli.output import LEFT_OUT, Output
from realtime.cli.resume import SIGNAL
from realtime.engine.messages import MIDI_PAUSED, MIDI_RESUMED, Message, Notice, Status, TakeSaved, TakeStarted
from realtime.events import End, Event, Gap, NoteOff, NoteOn, Pedal, StreamStarted, to_json
from realtime.lateness import Lateness

LEVEL_S = 0.1
FLOOR_STATUSES = 60
SILENCE_DB = -120.0

Line = dict[str, Any]


class LiveView:
    """Shows a stream: notices and a few sentences on standard error; subclasses add the rest."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self.resume_hint = f"To send again at once: kill -USR1 {os.getpid()}" if SIGNAL is not None else ""
        self._lateness: Lateness | None = None

    def show(self, message: Message | Lateness) -> None:
        """Show one message."""
        match message:
            case StreamStarted():
                self._console.say(f"Listening to {message.source}. Ctrl-C ends.")
            case TakeStarted():
                self._console.say(f"Recording into {message.folder}")
            case TakeSaved():
                self._console.say(f"The take is complete: {message.folder}")
            case Notice():
                self._warn(message)
            case End():
                self._console.say(f"{message.notes} notes in {message.time:.1f} s.")
                if self._lateness is not None:
                    self._console.say(str(self._lateness.explained()))
            case Lateness():
                self._lateness = message

    def _warn(self, notice: Notice) -> None:
        """A sentence, and how a pause is ended at once."""
        self._console.warn(str(notice.said))
        if notice.code == MIDI_PAUSED and self.resume_hint:
            self._console.say(self.resume_hint)

    def close(self, hurried: Callable[[], bool] = lambda: False) -> None:
        """Nothing more will come. hurried: as in `Output.close`."""


class JsonView(LiveView):
    """Event lines, warnings and, if wanted, levels and lateness on standard output; they wait in a queue for who reads
    them."""

    def __init__(self, console: Console, out: TextIO, levels: bool) -> None:
        super().__init__(console)
        self._out = out
        self._levels = Levels() if levels else None
        self._late = LatenessLines()
        self._lines: Output[Event | Line] = Output(self._write, _left_out, console.warn)

    def show(self, message: Message | Lateness) -> None:
        match message:
            case Status():
                if self._levels is not None and (line := self._levels.line(message)) is not None:
                    self._lines.put(line)
            case Lateness() if self._levels is not None:
                self._lines.put(self._late.line(message))
            case Notice():
                super().show(message)
                kind = "resumed" if message.code == MIDI_RESUMED else "warning"
                self._lines.put(notice_line(message.said, message.code, kind))
            case TakeStarted() | TakeSaved():
                super().show(message)
            case StreamStarted() | NoteOn() | NoteOff() | Pedal() | Gap() | End():
                self._lines.put(message)

    def close(self, hurried: Callable[[], bool] = lambda: False) -> None:
        self._lines.close(hurried)

    def _write(self, line: Event | Line) -> None:
        text = json.dumps(line, ensure_ascii=False) if isinstance(line, dict) else to_json(line)
        self._out.write(text + "\n")
        self._out.flush()


def _left_out(count: int) -> Line:
    return {**notice_line(LEFT_OUT(count=count), "output_dropped"), "count": count}


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


class LatenessLines:
    """Figures of lateness -> lines, each with the notes that are new since the last one."""

    def __init__(self) -> None:
        self._last: Lateness | None = None

    def line(self, lateness: Lateness) -> dict[str, Any]:
        """delay_s: by design, at the latest; median_s, p95_s: of the last hundred notes; notes: how many so far; new_s:
        each note since the last line; to: "midi" or "program", as in `Lateness`."""
        last, self._last = self._last, lateness
        goes_on = last is not None and (last.design, last.target) == (lateness.design, lateness.target)
        before = last.notes if last is not None and goes_on and last.notes <= lateness.notes else 0
        new = lateness.latest_s[-(lateness.notes - before) :] if lateness.notes > before else ()
        return {
            "event": "lateness",
            "delay_s": lateness.design.most_s,
            "median_s": round(lateness.median_s, 4),
            "p95_s": round(lateness.p95_s, 4),
            "notes": lateness.notes,
            "new_s": [round(late_s, 4) for late_s in new],
            "to": lateness.target,
        }
