"""Lateness: wall clock from a sound to its message, median and 95th percentile of the last hundred notes."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest

from realtime import lateness as module
from realtime.clock import wall_clock
from realtime.lateness import DesignDelay, Lateness, LatenessMeter

DESIGN, FAST = DesignDelay(0.058, 0.058), DesignDelay(0.028, 0.028)


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
        meter.add(now[0] - late_ms / 1000, DESIGN)
    lateness = meter.lateness()
    assert lateness is not None
    assert (lateness.design, lateness.notes, lateness.target) == (DESIGN, 200, "midi")
    assert lateness.latest_s == pytest.approx([late_ms / 1000 for late_ms in range(105, 205)])
    assert (lateness.median_s, lateness.p95_s) == pytest.approx((0.1545, 0.19905))
    assert str(lateness.figures()) == "58 ms by design, 154 ms measured, 95 % within 199 ms"
    live = replace(lateness, design=DesignDelay(0.118, 0.028))
    assert str(live.figures()) == "28 to 118 ms by design, 154 ms measured, 95 % within 199 ms"
    assert str(live.explained()).startswith("28 to 118 ms by design. Measured, from the sound")


def test_another_delay_or_stream_is_measured_anew(now: list[float]) -> None:
    """One of 58 ms, then one of 28 ms."""
    meter = LatenessMeter("program")
    meter.add(99.9, DESIGN)
    meter.add(99.96, FAST)
    now[0] = 200.0
    assert meter.lateness() == Lateness(FAST, (pytest.approx(0.04),), 1, "program")  # type: ignore[arg-type]
    meter.reset()
    assert meter.lateness() is None


def test_all_processes_have_the_same_wall_clock() -> None:
    """Another process reads it between two readings of ours."""
    command = "from realtime.clock import wall_clock; print(repr(wall_clock()))"
    before = wall_clock()
    other = float(subprocess.run([sys.executable, "-c", command], capture_output=True, check=True, text=True).stdout)
    assert before < other < wall_clock()
