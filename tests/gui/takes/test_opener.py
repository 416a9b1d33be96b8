"""What is read in the background: an answer comes, whatever goes wrong, and only the last one that was asked for."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from gui.state.failures import UNEXPECTED
from gui.takes import opener as opener_module
from gui.takes import report_jobs as report_module
from gui.takes.library import Row, read_row
from gui.takes.opener import Opened, Opener
from gui.takes.report_jobs import ReportJobs, ReportResult
from tests.realtime.takes.test_folder import recorded
from tests.waiting import WAIT_S, wait_until


def broken(_path: Path) -> None:
    raise ZeroDivisionError


def answer(opener: Opener) -> Opened:
    found: list[Opened] = []
    wait_until(lambda: ((one := opener.take()) is not None and found.append(one)) or found)
    return found[0]


def test_a_piece_that_cannot_be_read_has_a_sentence_whatever_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """In one sentence; the next one is read."""
    folder, woken = recorded(tmp_path).folder, list[int]()
    opener = Opener(lambda: woken.append(1))
    opener.open(tmp_path, first=False)
    assert "is no take" in str(answer(opener).problem)
    with monkeypatch.context() as patch:
        patch.setattr(opener_module, "open_piece", broken)
        opener.open(folder, first=False)
        assert answer(opener) == Opened(problem=UNEXPECTED())
    opener.open(folder, first=False)
    assert answer(opener).piece is not None
    assert sum(woken) == 3


def test_a_report_that_is_being_made_holds_nobody_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Whoever closes the window need not wait for it, nor does the program; what waited is not begun."""
    begun, goes_on = list[str](), threading.Event()

    def endless(row: Row, *_: object) -> ReportResult:
        begun.append(row.name)
        assert goes_on.wait(WAIT_S)
        return ReportResult()

    monkeypatch.setattr(report_module, "_read", endless)
    controller = ReportJobs(list)
    rows = [read_row(recorded(tmp_path / name).folder) for name in "abc"]
    for number, row in enumerate(rows):
        controller.open(replace(row, name=str(number)))
        wait_until(lambda number=number: len(begun) >= min(number + 1, 2))
    makers = [thread for thread in threading.enumerate() if thread.name == "report"]
    controller.close()
    assert ([thread.daemon for thread in makers], controller.reading) == ([True, True], False)
    goes_on.set()
    for thread in makers:
        thread.join(WAIT_S)
    controller.pump()
    assert (begun, controller.found.report) == (["0", "1"], None)


def test_a_report_that_cannot_be_made_has_a_sentence_whatever_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Nobody waits for it for ever."""
    monkeypatch.setattr(report_module, "build_report", broken)
    controller = ReportJobs(list)
    controller.open(read_row(recorded(tmp_path).folder))
    wait_until(lambda: controller.pump() or not controller.reading)
    assert controller.found.problem == UNEXPECTED()
