"""What a player sees in a terminal, and what a program reads."""

from __future__ import annotations

import io
import json
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console as RichConsole

from realtime.cli import terminal_view
from realtime.cli.console import Console
from realtime.cli.terminal_view import PianoRoll, TerminalView, meter
from realtime.cli.views import JsonView, LatenessLines, Levels, LiveView
from realtime.engine.messages import Notice, Status, TakeStarted
from realtime.events import End, NoteOff, NoteOn, Pedal, StreamStarted
from realtime.lateness import DesignDelay, Lateness
from realtime.sinks.queued import QUEUE_LIMIT
from realtime.words import plain
from tests.waiting import WAIT_S, wait_until

STREAM = StreamStarted("m", "balanced", 0.0583, 48_000, "Scarlett", "2026-11-21T10:00:00Z")
LATE = Lateness(DesignDelay(0.058, 0.058), (0.06, 0.062, 0.082), 3, "midi")
STATUS = Status(0.5, "running", -12.0, -30.0, 0, 0.1, 0.001, 0.002, 0, 0)


def test_the_roll_falls_onto_the_keys() -> None:
    """A note of a tenth of a second is half a cell; it moves up half a cell a tenth of a second, then is gone."""
    roll = PianoRoll()
    roll.note_on(21, 1.0)
    roll.note_off(21, 1.1)
    column = [row[0] for row in roll.rows(1.05)]
    assert column[-1] == "▄"
    assert [row[0] for row in roll.rows(1.15)][-1] == "▀"
    assert [row[0] for row in roll.rows(1.25)][-2:] == ["▄", " "]
    assert not any(row.strip() for row in roll.rows(3.2))
    assert all(len(row) == 88 for row in roll.rows(1.0))


def test_a_held_note_grows_until_it_is_released() -> None:
    """And its key is shown as down."""
    roll = PianoRoll()
    roll.note_on(60, 1.0)
    assert roll.held == ["C4"]
    assert sum(row[60 - 21] == "█" for row in roll.rows(1.75)) >= 3
    roll.note_off(60, 1.75)
    assert roll.held == []
    roll.note_off(60, 1.8)
    roll.note_on(61, 2.0)
    roll.clear()
    assert roll.held == []
    assert not any(row.strip() for row in roll.rows(2.0))


def test_a_repeated_key_was_released_before() -> None:
    """One release then ends both notes, and the roll does not hold the first for ever."""
    roll = PianoRoll()
    roll.note_on(60, 1.0)
    roll.note_on(60, 1.2)
    assert roll.held == ["C4"]
    roll.note_off(60, 1.3)
    assert roll.held == []
    assert not any(row.strip() for row in roll.rows(4.0))


def test_a_narrow_terminal_shows_the_middle() -> None:
    """As many keys as there are columns."""
    roll = PianoRoll(span=40)
    assert {40} == {len(row) for row in roll.rows(0.0)}
    roll.note_on(64, 0.0)
    assert any(row.strip() for row in roll.rows(0.0))
    assert [len(line) for line in roll.keyboard().plain.split("\n")] == [40, 40]


@pytest.mark.parametrize(
    ("peak_db", "cells", "word"),
    [(-120.0, 0, "silent"), (-60.0, 0, "quiet"), (-30.0, 20, "good level"), (-3.0, 38, "loud"), (0.0, 40, "too loud")],
)
def test_the_meter_goes_from_minus_60_to_0(peak_db: float, cells: int, word: str) -> None:
    """With a word for those who see no colours."""
    text = meter(replace(STATUS, peak_db=peak_db)).plain
    assert (cells, True) == (text.count("█"), text.endswith(f"  {word}"))


def test_the_terminal_shows_keys_level_and_facts(monkeypatch: pytest.MonkeyPatch) -> None:
    """The names of the keys that are down, the delay, the port."""
    screen = io.StringIO()
    monkeypatch.setattr(
        terminal_view, "RichConsole", lambda file: RichConsole(file=screen, force_terminal=True, width=100)
    )
    view = TerminalView(Console(), "Liszten Out")
    for message in (STREAM, NoteOn(0.4, 0.45, 60, 70, 0.9), Pedal(0.4, 0.45, 127), replace(STATUS, time=0.45)):
        view.show(message)
    assert "Delay balanced: 58 ms by design\n" in screen.getvalue()
    view.show(LATE)
    view.show(replace(STATUS, time=0.5))
    shown = screen.getvalue()
    view.close()
    assert "Delay balanced: 58 ms by design, 62 ms measured, 95 % within 80 ms\n" in shown
    for words in ("load 10 %", 'MIDI "Liszten Out"', "1 notes", "C4", "(pedal)", "-12 dB", "▄"):
        assert words in shown


def test_sentences_go_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    """A quiet command keeps only what went wrong."""
    messages = (
        STREAM,
        LATE,
        TakeStarted(Path("takes/1")),
        Notice("disk", plain("The disk is full.")),
        End(9.0, 9.0, 3, 0, "x"),
    )
    for quiet, expected in (
        (
            False,
            "Listening to Scarlett. Ctrl-C ends.\nRecording into takes/1\nThe disk is full.\n3 notes in 9.0 s.\n"
            "58 ms by design. Measured, from the sound at the microphone until its MIDI message has left: half of the "
            "last 3 notes took 62 ms or less, 95 % took 80 ms or less.\n",
        ),
        (True, "The disk is full.\n"),
    ):
        view = LiveView(Console(quiet))
        for message in messages:
            view.show(message)
        view.close()
        assert capsys.readouterr() == ("", expected)


def test_json_lines_are_events_warnings_and_levels(capsys: pytest.CaptureFixture[str]) -> None:
    """Levels only if wanted; a warning is also said."""
    for levels in (False, True):
        out = io.StringIO()
        view = JsonView(Console(), out, levels)
        for message in (
            STREAM,
            STATUS,
            NoteOn(1.0, 1.1, 60, 72, 0.9),
            NoteOff(2.0, 2.1, 60),
            Notice("disk", plain("Full.")),
            LATE,
        ):
            view.show(message)
        view.close()
        kinds = [json.loads(line)["event"] for line in out.getvalue().splitlines()]
        assert ["stream", *["level"] * levels, "note_on", "note_off", "warning", *["lateness"] * levels] == kinds
        assert capsys.readouterr().err == "Full.\n"


class Gate(io.StringIO):
    """A file that takes nothing until `reading` is set."""

    def __init__(self) -> None:
        super().__init__()
        self.reading = threading.Event()

    def write(self, text: str) -> int:
        self.reading.wait(WAIT_S)
        return super().write(text)


def test_lines_that_nobody_reads_are_counted_and_told(capsys: pytest.CaptureFixture[str]) -> None:
    """In their place, and on standard error at once; whole notes are left out, and whoever waits is not kept."""
    out = Gate()
    view = JsonView(Console(), out, False)
    view.show(STREAM)
    for index in range(QUEUE_LIMIT + 50):
        view.show(NoteOn(float(index), float(index), 60, 72, 0.9))
        view.show(NoteOff(float(index), float(index), 60))
    assert capsys.readouterr().err == "The output is not being read: what does not fit is left out.\n"
    out.reading.set()
    wait_until(lambda: len(out.getvalue().splitlines()) >= QUEUE_LIMIT)
    time.sleep(0.05)
    view.show(NoteOn(9000.0, 9000.0, 60, 72, 0.9))
    view.close()
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    kinds = [line["event"] for line in lines]
    notes = kinds.count("note_off")
    assert kinds == ["stream", *["note_on", "note_off"] * notes, "warning", "note_on"]
    lost = 2 * (QUEUE_LIMIT + 50 - notes)
    assert lost >= QUEUE_LIMIT
    assert lines[-2] == {
        "event": "warning",
        "code": "output_dropped",
        "text": f"Nobody reads the output fast enough: {lost} lines were left out here.",
        "count": lost,
    }


def test_a_reader_that_has_gone_ends_the_stream() -> None:
    """Its view raises what the system said."""

    class Closed(io.StringIO):
        def write(self, text: str) -> int:
            raise BrokenPipeError

    view = JsonView(Console(), Closed(), False)
    view.show(STREAM)
    end = time.monotonic() + WAIT_S
    with pytest.raises(BrokenPipeError):
        while time.monotonic() < end:
            view.show(STREAM)
            time.sleep(0.001)


def test_levels_come_ten_times_a_second_and_keep_peaks() -> None:
    """A click between two lines is in the second one; the floor is what nine tenths of the time is exceeded."""
    levels = Levels()
    lines = []
    for index in range(20):
        peak = -1.0 if index == 1 else -20.0
        status = replace(STATUS, time=index * 0.05, peak_db=peak, rms_db=-40.0 - index, clipped=int(index == 1))
        lines.append(levels.line(status))
    shown = [line for line in lines if line is not None]
    assert len(shown) == 10
    assert [line["peak"] for line in shown[:3]] == [-20.0, -1.0, -20.0]
    assert [line["clip"] for line in shown[:3]] == [False, True, False]
    assert shown[-1]["floor"] == pytest.approx(-57.0, abs=1.0)


def test_lateness_lines_have_every_note_once() -> None:
    """Of the last hundred only those that are new; all of them at another delay or for another target."""
    lines = LatenessLines()
    many = tuple(index / 1000 for index in range(100))
    shown = [
        lines.line(lateness)
        for lateness in (
            LATE,
            LATE,
            replace(LATE, latest_s=(0.062, 0.08, 0.1), notes=4),
            replace(LATE, latest_s=many, notes=500),
            replace(LATE, latest_s=(0.03,), notes=1, design=DesignDelay(0.028, 0.028)),
            replace(LATE, latest_s=(0.03,), notes=1, design=DesignDelay(0.028, 0.028), target="program"),
        )
    ]
    assert [line["new_s"] for line in shown] == [[0.06, 0.062, 0.082], [], [0.1], [*many], [0.03], [0.03]]
    assert shown[0] == {
        "event": "lateness",
        "delay_s": 0.058,
        "median_s": 0.062,
        "p95_s": 0.08,
        "notes": 3,
        "new_s": [0.06, 0.062, 0.082],
        "to": "midi",
    }
