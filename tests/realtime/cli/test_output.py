"""The output's thread: what does not fit is left out, counted, and told in its place."""

from __future__ import annotations

import logging
import threading
import time

import pytest

from realtime.cli.output import NEVER_READ, NOT_READ, Output
from realtime.sinks.queued import QUEUE_LIMIT

PATIENCE_S = 10.0


def test_what_does_not_fit_is_told_in_its_place() -> None:
    """A reader that stops and goes on: once that it has stopped, and how many lines are missing, where they are."""
    reads, taken = threading.Event(), threading.Event()
    written: list[str] = []
    warnings: list[str] = []

    def write(item: str) -> None:
        taken.set()
        assert reads.wait(PATIENCE_S)
        written.append(item)

    output: Output[str] = Output(write, lambda count: f"{count} left out", warnings.append)
    output.put("first")
    assert taken.wait(PATIENCE_S)
    lines = [f"line {number}" for number in range(QUEUE_LIMIT + 3)]
    for line in lines:
        output.put(line)
    assert warnings == [NOT_READ]
    assert output.waiting == QUEUE_LIMIT
    reads.set()
    while output.waiting:
        threading.Event().wait(0.001)
    output.put("last")
    output.close()
    assert written == ["first", *lines[:QUEUE_LIMIT], "3 left out", "last"]
    assert warnings == [NOT_READ]


def test_what_nobody_ever_reads_is_counted_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits and what was left out."""
    monkeypatch.setattr("realtime.cli.output.OUTPUT_S", 0.05)
    stopped, taken = threading.Event(), threading.Event()
    warnings: list[str] = []

    def write(_item: int) -> None:
        taken.set()
        stopped.wait(PATIENCE_S)

    output: Output[int] = Output(write, lambda count: count, warnings.append)
    output.put(0)
    assert taken.wait(PATIENCE_S)
    for number in range(QUEUE_LIMIT + 5):
        output.put(number)
    output.close()
    stopped.set()
    assert warnings == [NOT_READ, NEVER_READ.format(count=QUEUE_LIMIT + 5)]


def test_an_error_of_the_reader_reaches_who_writes() -> None:
    """BrokenPipeError, by which a command ends that writes into a closed pipe."""
    failed = threading.Event()

    def write(_item: int) -> None:
        raise BrokenPipeError

    output: Output[int] = Output(write, lambda count: count, close=failed.set)
    output.put(0)
    assert failed.wait(PATIENCE_S)
    with pytest.raises(BrokenPipeError):
        output.put(1)


def test_a_reader_that_has_gone_is_told_and_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    """As with `| head -1`: the next line raises, those that wait are written nowhere."""
    written: list[str] = []

    def write(item: str) -> None:
        written.append(item)
        raise BrokenPipeError

    output: Output[str] = Output(write, lambda count: f"{count} left out")
    output.put("first")
    while output.waiting:
        threading.Event().wait(0.001)
    deadline = time.monotonic() + PATIENCE_S
    with pytest.raises(BrokenPipeError):
        while time.monotonic() < deadline:
            output.put("next")
    output.close()
    assert written == ["first"]
    assert [record.message for record in caplog.records if record.levelno > logging.INFO] == []
