"""Which figures of lateness a window or a terminal gets: the port's while it sends, else those measured here."""

from __future__ import annotations

from dataclasses import replace

import pytest

from realtime import lateness as module
from realtime.engine.lateness_watch import LatenessWatch
from realtime.engine.messages import DelayChanged, Status
from realtime.events import NoteOff, NoteOn, StreamStarted
from realtime.lateness import DesignDelay, Lateness

STREAM = StreamStarted("m", "balanced", 0.058, 48_000, "Scarlett", "2026-11-21T10:00:00Z")
STATUS = Status(2.0, "running", -12.0, -30.0, 0, 0.1, 0.001, 0.002, 0, 0, captured=52.0)  # the stream began at 50.0
DESIGN = DesignDelay(0.058, 0.058)
SENT = Lateness(DESIGN, (0.061, 0.063), 2, "midi")


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> LatenessWatch:
    """A stream that runs, at wall clock 53.0."""
    monkeypatch.setattr(module, "wall_clock", lambda: 53.0)
    watch = LatenessWatch()
    watch.observe(STREAM)
    return watch


def note(time_s: float) -> NoteOn:
    return NoteOn(time_s, time_s + 0.04, 60, 70, 0.9)


def test_without_a_port_notes_are_measured_as_they_arrive(watch: LatenessWatch) -> None:
    """Against the moment of capture, which every Status brings: the engine's own times do not count."""
    watch.observe(note(2.9))  # before any Status
    watch.observe(STATUS)
    watch.observe(note(2.9))
    watch.observe(NoteOff(2.9, 2.95, 60))
    assert [*watch.changes(False, None, 1.0)] == [Lateness(DESIGN, (pytest.approx(0.1),), 1, "program")]  # type: ignore[arg-type]
    watch.observe(replace(STATUS, captured=47.0))  # the engine is 5 s late
    watch.observe(note(2.9))
    (late,) = watch.changes(False, None, 1.5)
    assert late.latest_s == pytest.approx((0.1, 5.1))
    watch.observe(DelayChanged("fast", DesignDelay(0.028, 0.028)))
    watch.observe(note(2.95))
    (late,) = watch.changes(False, SENT, 2.0)
    assert (late.design.most_s, late.latest_s) == (0.028, pytest.approx((5.05,)))
    watch.observe(STREAM)
    assert [*watch.changes(False, None, 9.0)] == []


def test_an_open_port_has_measured_itself(watch: LatenessWatch) -> None:
    """Its figures, when they change, twice a second at most; nothing before its first note."""
    watch.observe(STATUS)
    watch.observe(note(2.9))
    more = replace(SENT, notes=3)
    assert [*watch.changes(True, None, 1.0)] == []
    assert [*watch.changes(True, SENT, 1.1)] == [SENT]
    assert [*watch.changes(True, SENT, 3.0)] == []
    assert [*watch.changes(True, more, 3.1)] == [more]
    assert [*watch.changes(True, replace(SENT, notes=4), 3.5)] == []
    assert [late.target for late in watch.changes(False, more, 3.6)] == ["program"]
