"""Views of a practice session on the command line: lines to read, or JSON lines."""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Callable
from typing import TextIO

from realtime.cli.console import Console, json_output, notice_line
from realtime.cli.output import LEFT_OUT, Output
from realtime.notes import note_name
from realtime.practice.play import Click
from realtime.practice.play_mode import RoundEnded
from realtime.practice.session import Doubted, Told
from realtime.practice.verdicts import RIGHT_KEY, BarTally, Marked, Missed, Position, Result
from realtime.practice.wait import Hint, NotHeard, Passed, Waiting
from realtime.words import Said


class PracticeView:
    """Shows what a player is told: a line for each bar, or for each step of wait mode."""

    def __init__(self, console: Console, out: TextIO, flats: bool = False) -> None:
        """flats: whether black keys are named by flats."""
        self._flats = flats
        self._console = console
        self._lines: Output[str] = Output(self._write, lambda count: str(LEFT_OUT(count=count)), console.warn)
        self._out = out
        self._bar: BarLine | None = None
        self._waits: Waiting | None = None

    def show(self, told: Told) -> None:
        """Show what the player is told."""
        match told:
            case Waiting():
                self._waits = told
                self._put(f"Bar {told.bar}: {self._names(told.pitches)}")
            case Passed():
                self._waits = None
                self._put("  heard" if told.attempts < 2 else f"  heard at attempt {told.attempts}")
            case Hint():
                self._put(f"  still to strike: {self._names(told.pitches)}")
            case NotHeard():
                self._put(f"  passed over: {self._names(told.pitches)}")
            case Marked(verdict="wrong") if self._waits is not None:
                self._put(f"  that was {self._names((told.pitch,))}")
            case Marked(group=_) if self._waits is not None:
                pass
            case Marked() | Missed():
                self._in_bar(told.bar).add(told)
            case Position() if self._bar is not None and told.bar != self._bar.bar:
                self._in_bar(told.bar)
            case Click(count_in=True):
                self._put(f"  {'ONE' if told.accent else '-'}")
            case RoundEnded():
                self._end_bar()
                self._put(f"Round {told.number} at {told.tempo:.0%}: {sentence(told.result)}")
            case Doubted():
                self._console.warn(str(told.said))

    def judged(self, by: str) -> None:
        """What the verdicts on a take come from: "sound", "notes" or "run"; a sentence says so beside the lines."""

    def warn(self, said: Said, code: str) -> None:
        """Something that a player should know."""
        self._console.warn(str(said))

    def end(self, result: Result) -> None:
        """The result."""
        self._end_bar()
        self._put(sentence(result))

    def close(self, hurried: Callable[[], bool] = lambda: False) -> None:
        """Nothing more will come. hurried: as in `Output.close`."""
        self._lines.close(hurried)

    def _in_bar(self, bar: int) -> BarLine:
        """The line of a bar; that of another one is written before."""
        if self._bar is None or self._bar.bar != bar:
            self._end_bar()
            self._bar = BarLine(bar, self._names)
        return self._bar

    def _end_bar(self) -> None:
        if self._bar is not None and self._bar.known:
            self._put(str(self._bar))
        self._bar = None

    def _names(self, pitches: tuple[int, ...]) -> str:
        return " ".join(note_name(pitch, self._flats) for pitch in pitches)

    def _put(self, line: str) -> None:
        self._lines.put(line)

    def _write(self, line: str) -> None:
        self._out.write(line + "\n")
        self._out.flush()


class JsonPracticeView(PracticeView):
    """Each thing as a JSON line; sentences on standard error, too."""

    def show(self, told: Told) -> None:
        if isinstance(told, Doubted):
            self._console.warn(str(told.said))
            self._put_json(notice_line(told.said))
            return
        line = {"event": told.kind, **dataclasses.asdict(told)}  # type: ignore[call-overload]
        pitches = (line["pitch"],) if "pitch" in line else line.get("pitches")
        self._put_json(line if pitches is None else {**line, "names": self._names(pitches)})

    def judged(self, by: str) -> None:
        self._put_json({"event": "judged", "by": by})

    def warn(self, said: Said, code: str) -> None:
        super().warn(said, code)
        self._put_json(notice_line(said, code))

    def end(self, result: Result) -> None:
        self._put_json({"event": result.kind, **dataclasses.asdict(result)})

    def _put_json(self, line: dict[str, object]) -> None:
        self._put(json.dumps(line, ensure_ascii=False, allow_nan=False))


def practice_view(console: Console, as_json: bool, flats: bool) -> PracticeView:
    """On standard output, as JSON lines or to be read. flats: as in `PracticeView`."""
    return JsonPracticeView(console, json_output(), flats) if as_json else PracticeView(console, sys.stdout, flats)


class BarLine:
    """What was played of one bar, as a line."""

    def __init__(self, bar: int, names: Callable[[tuple[int, ...]], str]) -> None:
        """names: of pitches."""
        self.bar = bar
        self._names = names
        self._tally = BarTally()
        self._faults: list[str] = []

    @property
    def known(self) -> bool:
        """Whether there is anything to say."""
        return bool(self._tally.written or self._tally.extra)

    def add(self, told: Marked | Missed) -> None:
        """A note of the bar."""
        self._tally.add(told)
        if isinstance(told, Missed):
            self._faults.append(f"missed {self._names(told.pitches)}")
        elif told.verdict in RIGHT_KEY and told.verdict != "right":
            self._faults.append(f"{self._names((told.pitch,))} {told.verdict} ({told.ms:+.0f} ms)")
        elif told.verdict not in RIGHT_KEY:
            self._faults.append(f"{told.verdict} {self._names((told.pitch,))}")

    def __str__(self) -> str:
        tally = self._tally
        faults = f": {', '.join(self._faults)}" if self._faults else ""
        return f"Bar {self.bar}: {tally.right + tally.early + tally.late} of {tally.written}{faults}"


def sentence(result: Result) -> str:
    """A result in words."""
    keys = result.right + result.early_late
    written = keys + result.wrong + result.missed
    parts = [f"{keys} of {written} keys"]
    parts += [f"{count} {word}" for count, word in ((result.wrong, "wrong"), (result.extra, "extra")) if count]
    if result.early_late:
        parts.append(f"{result.early_late} early or late")
    if result.spread_ms:
        late = f"{abs(result.bias_ms):.0f} ms {'behind' if result.bias_ms > 0 else 'ahead of'} the beat"
        parts.append(f"{late}, give or take {result.spread_ms:.0f}")
    return ", ".join(parts) + "."
