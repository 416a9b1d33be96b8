"""What is read in the background: an answer comes, whatever goes wrong, and only the last one that was asked for."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from gui.state.failures import UNEXPECTED
from gui.takes import opener as opener_module
from gui.takes import report_desk as report_module
from gui.takes.library import read_row
from gui.takes.opener import Opened, Opener
from gui.takes.report_desk import ReportDesk
from tests.realtime.takes.test_folder import recorded


def broken(_path: Path) -> None:
    raise ZeroDivisionError


def answer(opener: Opener) -> Opened:
    deadline = time.monotonic() + 5.0
    while (found := opener.take()) is None:
        assert time.monotonic() < deadline
        time.sleep(0.005)
    return found


def test_a_piece_that_cannot_be_read_is_told_whatever_the_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
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


def test_a_report_that_cannot_be_made_is_told_whatever_the_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Nobody waits for it for ever."""
    monkeypatch.setattr(report_module, "build_report", broken)
    desk = ReportDesk(list)
    desk.open(read_row(recorded(tmp_path).folder))
    deadline = time.monotonic() + 10.0
    while desk.reading:
        assert time.monotonic() < deadline
        desk.pump()
        time.sleep(0.005)
    assert desk.found.problem == UNEXPECTED()
