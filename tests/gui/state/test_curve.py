"""The velocity curve by its names and grips."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.state import curve
from realtime.midi.velocity import VelocityCurve


@pytest.mark.parametrize(
    ("bent", "words"),
    [
        (VelocityCurve(), "Linear"),
        (VelocityCurve(0.4), "Soft +100"),
        (VelocityCurve(2.5), "Hard −100"),  # noqa: RUF001
        (VelocityCurve(1.0, 80, 80), "Fixed 80"),
        (VelocityCurve(1.0, 20, 110), "Linear · 20–110"),  # noqa: RUF001
    ],
)
def test_words(bent: VelocityCurve, words: str):
    """What stands beside the plot."""
    assert curve.words(bent) == words


@given(st.integers(-100, 100))
def test_amounts_come_back(amount: int):
    """Amount to exponent and back."""
    assert curve.amount(curve.gamma(amount)) == amount


@given(st.floats(0.45, 2.2), st.sampled_from(curve.GRIPS), st.integers(0, 40), st.integers(90, 127))
def test_the_line_runs_through_the_point_that_was_dragged(gamma: float, played: float, low: int, high: int):
    """To a step of velocity."""
    wanted = (low + (high - low) * played**gamma) / 127
    bent = curve.through(VelocityCurve(1.0, low, high), played, wanted)
    assert bent.gamma == pytest.approx(gamma, rel=1e-6)
    assert bent.bend(round(played * 127)) == pytest.approx(wanted * 127, abs=1.5)


@given(st.floats(-1, 2), st.floats(-1, 2), st.sampled_from(curve.GRIPS))
def test_no_drag_leaves_what_can_be_sent(first: float, second: float, played: float):
    """Wherever a grip is let go, also outside of the plot."""
    for start in (VelocityCurve(), VelocityCurve(2.0, 60, 60), VelocityCurve(0.5, 30, 100)):
        bent = curve.with_ceiling(curve.with_floor(curve.through(start, played, first), second), first)
        assert curve.SOFTEST <= bent.gamma <= curve.HARDEST
        assert 0 <= bent.low <= bent.high <= 127
        assert bent.high >= 1


def test_kinds():
    """Choosing a kind gives a curve of this kind; what was fixed gets its range back."""
    for kind in curve.KINDS:
        assert curve.kind(curve.of_kind(kind, VelocityCurve(1.0, 20, 100))) == kind
    assert curve.of_kind("hard", VelocityCurve(1.0, 20, 100)).low == 20
    assert curve.of_kind("linear", VelocityCurve(1.0, 80, 80)) == VelocityCurve()
