"""Lateness: wall clock from a sound to its message, median and 95th percentile of the last hundred notes."""

from __future__ import annotations

import subprocess
import sys

import pytest

from realtime import lateness as module
from realtime.clock import wall_clock
from realtime.lateness import Lateness, LatenessMeter


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The wall clock, to be set."""
    now = [100.0]
    monkeypatch.setattr(module, "wall_clock", lambda: now[0])
    return now


def test_the_last_hundred_notes_count(now: list[float]) -> None:
    """Notes of 5 ms, 6 ms ... 204 ms: the last hundred are 105-204, their median 154.5, their 95th percentile
    199.05."""
    meter = LatenessMeter("midi")
    assert meter.lateness() is None
    for late_ms in range(5, 205):
        meter.add(now[0] - late_ms / 1000, 0.058)
    lateness = meter.lateness()
    assert lateness is not None
    assert (lateness.delay_s, lateness.notes, lateness.target) == (0.058, 200, "midi")
    assert lateness.latest_s == pytest.approx([late_ms / 1000 for late_ms in range(105, 205)])
    assert (lateness.median_s, lateness.p95_s) == pytest.approx((0.1545, 0.19905))
    assert str(lateness.figures()) == "58 ms by design, 154 ms measured, 95 % within 199 ms"


def test_another_delay_or_stream_is_measured_anew(now: list[float]) -> None:
    """One of 58 ms, then one of 28 ms."""
    meter = LatenessMeter("program")
    meter.add(99.9, 0.058)
    meter.add(99.96, 0.028)
    now[0] = 200.0
    assert meter.lateness() == Lateness(0.028, (pytest.approx(0.04),), 1, "program")  # type: ignore[arg-type]
    meter.reset()
    assert meter.lateness() is None


def test_all_processes_have_the_same_wall_clock() -> None:
    """Another process reads it between two readings of ours."""
    command = "from realtime.clock import wall_clock; print(repr(wall_clock()))"
    before = wall_clock()
    other = float(subprocess.run([sys.executable, "-c", command], capture_output=True, check=True, text=True).stdout)
    assert before < other < wall_clock()
