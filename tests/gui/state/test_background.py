"""Work in the background: two jobs at once, and only the last one that was asked for has an answer."""

from __future__ import annotations

import threading

import pytest

from gui.state.background import Background
from tests.waiting import WAIT_S, wait_until


class Jobs:
    """Jobs that end on request."""

    def __init__(self) -> None:
        self.begun: list[int] = []
        self.woken: list[int | None] = []
        self.background = Background[int]("test", lambda: self.woken.append(self.background.take()))
        self._ends = [threading.Event() for _ in range(5)]

    def ask(self, number: int) -> None:
        def job() -> int:
            self.begun.append(number)
            assert self._ends[number].wait(WAIT_S)
            return number

        self.background.ask(job)

    def end(self, number: int) -> None:
        self._ends[number].set()

    def threads(self) -> int:
        return sum(thread.name == "test" for thread in threading.enumerate())


def test_of_many_wishes_two_are_begun_and_the_last_is_answered():
    """A third thread is never made, what waited is replaced, and afterwards no thread is left."""
    jobs = Jobs()
    for number in range(5):
        jobs.ask(number)
        wait_until(lambda number=number: len(jobs.begun) == min(number + 1, 2))  # type: ignore[misc]
    assert (jobs.begun, jobs.threads(), jobs.background.busy) == ([0, 1], 2, True)
    jobs.end(1)
    wait_until(lambda: jobs.begun == [0, 1, 4])
    jobs.end(0)
    wait_until(lambda: jobs.threads() == 1)
    assert (jobs.woken, jobs.background.busy) == ([], True)
    jobs.end(4)
    wait_until(lambda: jobs.threads() == 0)
    assert (jobs.begun, jobs.woken, jobs.background.busy) == ([0, 1, 4], [4], False)


def test_what_is_forgotten_has_no_answer():
    """Whether it was being done, had waited, or was done and not taken."""
    jobs = Jobs()
    for number in range(3):
        jobs.ask(number)
        wait_until(lambda number=number: len(jobs.begun) == min(number + 1, 2))  # type: ignore[misc]
    jobs.background.forget()
    assert not jobs.background.busy
    for number in range(3):
        jobs.end(number)
    wait_until(lambda: jobs.threads() == 0)
    assert (jobs.begun, jobs.woken, jobs.background.take()) == ([0, 1], [], None)
    kept = Background[int]("test")
    kept.ask(lambda: 7)
    wait_until(lambda: jobs.threads() == 0)
    kept.forget()
    assert kept.take() is None


def test_a_job_that_raises_is_logged_and_the_next_is_done(caplog: pytest.LogCaptureFixture):
    """Nobody waits for an answer that will not come."""
    woken = threading.Event()
    background = Background[float]("test", woken.set)
    background.ask(lambda: 1 / 0)
    assert woken.wait(WAIT_S)
    assert (background.busy, background.take()) == (False, None)
    assert [(record.message, record.exc_info[0]) for record in caplog.records if record.exc_info] == [
        ("test: there will be no answer", ZeroDivisionError)
    ]
    background.ask(lambda: 0.5)
    wait_until(lambda: background._answer is not None)
    assert (background.busy, background.take(), background.busy, background.take()) == (True, 0.5, False, None)
