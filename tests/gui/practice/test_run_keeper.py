"""A lesson's runs are recorded from their begin to their end, and kept with what was told."""

from __future__ import annotations

from pathlib import Path

import pytest

from gui.practice.choices import LessonChoices
from gui.practice.lesson import Lesson
from gui.practice.past_runs import PastRuns
from gui.practice.run_keeper import RunKeeper
from realtime.engine.messages import RecordRun, RunClosed, RunStarted, Status
from realtime.practice.runs import read_runs
from realtime.practice.takes.practised import read_practised
from tests.gui.practice.pieces import C3, C4, PIECE, struck


class Practice:
    """A lesson in play mode whose runs are kept."""

    def __init__(self, folder: Path) -> None:
        self.orders: list[RecordRun] = []
        self.folder = folder
        (folder / "tune.mid").write_bytes(b"MThd")
        self.past = PastRuns(folder, lambda: None)
        self.keeper = RunKeeper(self.orders.append, self.past, folder)
        self.keeper.open(folder / "tune.mid")
        self.lesson = Lesson(PIECE, lambda _wanted: None, LessonChoices("play"), self.keeper)

    def begins(self, name: str, begin_s: float) -> Path:
        """The engine begins the take that was asked for last."""
        take = self.folder / name
        take.mkdir()
        self.keeper.observe(RunStarted(take, begin_s, self.orders[-1].number))
        return take

    def play(self, at_s: float, until_s: float) -> None:
        """Both keys of the first group, a count-in and a little after the begin; then time goes by."""
        group_s = at_s + 3.0
        for pitch in (C3, C4):
            self.keeper.observe(struck(pitch, group_s))
            self.lesson.observe(struck(pitch, group_s), group_s, group_s)
        for tenth in range(round(10 * at_s), round(10 * until_s) + 1):
            self.lesson.tick(tenth / 10, tenth / 10)

    def is_now(self, now_s: float) -> None:
        """By the stream's clock."""
        self.keeper.observe(Status(now_s, "running", -20.0, -30.0, 0, 0.1, 0.001, 0.002, 0, 0))


@pytest.fixture
def practice(tmp_path: Path) -> Practice:
    return Practice(tmp_path)


def test_a_run_is_kept_with_its_take(practice: Practice, tmp_path: Path) -> None:
    """A pause is part of it; its verdicts count from the take's begin; the next run has a take of its own."""
    practice.lesson.begin(10.0)
    take = practice.begins("first", 10.0)
    practice.play(10.0, 15.0)
    practice.is_now(15.0)
    practice.lesson.pause(15.0, 15.0)
    practice.is_now(74.9)
    practice.lesson.begin(75.0)
    practice.lesson.finish(76.0, 76.0)
    assert practice.orders == [RecordRun(tmp_path, 1), RecordRun(None)]
    practice.lesson.begin(80.0)
    assert practice.orders[2:] == [RecordRun(tmp_path, 2)]
    practice.past.close()
    (run,) = read_runs(tmp_path)
    assert run.take == take.name
    rows = read_practised(take).verdicts
    assert [(row.pitch, row.verdict) for row in rows[:2]] == [(C3, "right"), (C4, "right")]
    assert rows[0].time == pytest.approx(3.0)


def test_a_long_pause_ends_the_take(practice: Practice, tmp_path: Path) -> None:
    """A minute, whatever else is played meanwhile: what comes after it is counted, and lies in no take."""
    practice.lesson.begin(0.0)
    take = practice.begins("first", 0.0)
    practice.play(0.0, 5.0)
    practice.is_now(5.0)
    practice.lesson.pause(5.0, 5.0)
    practice.keeper.observe(struck(C3, 40.0))
    practice.is_now(65.0)
    assert practice.orders[1:] == [RecordRun(None)]
    practice.is_now(66.0)
    practice.lesson.begin(70.0)
    practice.play(70.0, 75.0)
    practice.lesson.finish(76.0, 76.0)
    assert len(practice.orders) == 2
    practice.past.close()
    (run,) = read_runs(tmp_path)
    assert (run.take, run.result.right) == (take.name, 4)
    rows = read_practised(take).verdicts
    assert [(row.pitch, row.time) for row in rows if row.verdict == "right"] == [(C3, 3.0), (C4, 3.0)]


def test_an_empty_run_leaves_nothing(practice: Practice, tmp_path: Path) -> None:
    """Neither a run nor a take, once this is complete."""
    practice.lesson.begin(0.0)
    take = practice.begins("first", 0.0)
    practice.lesson.tick(0.5, 0.5)
    practice.lesson.restart(1.0)
    practice.keeper.observe(RunClosed(take))
    practice.past.close()
    assert (read_runs(tmp_path), take.exists()) == ([], False)


def test_a_long_pause_of_an_empty_run_leaves_nothing(practice: Practice, tmp_path: Path) -> None:
    """Its take ends, and goes with the run; one that goes on after all has another take."""
    practice.lesson.begin(0.0)
    take = practice.begins("first", 0.0)
    practice.lesson.pause(1.0, 1.0)
    practice.is_now(61.0)
    practice.keeper.observe(RunClosed(take))
    assert (practice.orders[1:], take.exists()) == ([RecordRun(None)], True)
    practice.lesson.begin(70.0)
    assert (practice.orders[2:], take.exists()) == ([RecordRun(tmp_path, 2)], False)
    take = practice.begins("second", 70.0)
    practice.lesson.pause(71.0, 71.0)
    practice.is_now(131.0)
    practice.lesson.restart(132.0)
    practice.keeper.observe(RunClosed(take))
    practice.past.close()
    assert (practice.orders[3:], read_runs(tmp_path), take.exists()) == ([RecordRun(None)], [], False)
