"""Seconds, and the timeline of a stream."""

from __future__ import annotations

from realtime.clock import Timeline, samples, seconds


def test_seconds_come_from_the_sample_index() -> None:
    """A day at 44.1 kHz is exact to a microsecond; there is nothing to accumulate."""
    assert seconds(44_100 * 86_400 + 1, 44_100) == 86_400.000023
    assert samples(86_400.000023, 44_100) == 44_100 * 86_400 + 1


def test_the_resampler_delays_what_sounded_but_not_the_clock() -> None:
    """One model second after a start at 10 s."""
    timeline = Timeline(start_s=10.0, lag_s=0.001)
    assert (timeline.sounded(16_000), timeline.emitted(16_000)) == (10.999, 11.0)


def test_nothing_lies_before_the_start_or_after_the_end() -> None:
    """Sound at the very edges is moved onto them."""
    timeline = Timeline(start_s=2.0, end_s=3.0)
    assert (timeline.sounded(-80), timeline.sounded(16_001), timeline.emitted(17_000)) == (2.0, 3.0, 3.0)
    assert [timeline.over(15_999), timeline.over(16_000)] == [False, True]
