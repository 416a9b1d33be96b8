"""Verdicts, counted."""

from __future__ import annotations

from realtime.practice.verdicts import BarTally, Marked, Missed, Result, Tally, timing


def test_on_time_is_inclusive_on_both_sides() -> None:
    """50 ms early is right, 50.1 ms is early."""
    assert [timing(ms, 50.0) for ms in (-50.1, -50.0, 0.0, 50.0, 50.1)] == ["early", "right", "right", "right", "late"]
    assert timing(50.0, 49.0) == "late"


def test_a_run_is_counted_by_bar_and_as_a_whole() -> None:
    """Wrong and extra notes have no part in the bias, although a wrong one has a time."""
    tally = Tally()
    for told in (
        Marked(60, 1.0, "right", 10.0, 0, 1),
        Marked(62, 1.5, "early", -70.0, 1, 1),
        Marked(64, 2.0, "late", 80.0, 2, 2),
        Marked(65, 2.1, "right", None, 2, 2),
        Marked(66, 2.5, "wrong", 400.0, 3, 2),
        Marked(80, 2.6, "extra", None, 3, 2),
        Missed(4, 3, (60, 64, 67)),
    ):
        tally.add(told)
    assert tally.bars == {
        1: BarTally(right=1, early=1),
        2: BarTally(right=1, late=1, wrong=1, extra=1),
        3: BarTally(missed=3),
    }
    assert [round(bar.share, 3) for bar in tally.bars.values()] == [1.0, 0.667, 0.0]
    assert tally.result == Result(right=2, missed=3, extra=1, early_late=2, wrong=1, bias_ms=10.0, spread_ms=61.3)
    assert not tally.result.clean


def test_clean_is_a_run_of_right_keys_at_any_time() -> None:
    """Nothing at all is not clean."""
    assert Tally().result == Result(0, 0, 0, 0, 0, 0.0, 0.0)
    assert not Tally().result.clean
    tally = Tally()
    tally.add(Marked(60, 1.0, "late", 90.0, 0, 1))
    assert tally.result.clean
    tally.add(Marked(61, 1.0, "extra", None, 0, 1))
    assert not tally.result.clean
