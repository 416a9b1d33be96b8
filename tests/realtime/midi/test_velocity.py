"""The player's velocity curve: its ends, its middle, and that a louder note is never sent softer."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from realtime.midi.velocity import VelocityCurve


@pytest.mark.parametrize("velocity", [1, 2, 64, 126, 127])
def test_the_plain_curve_changes_nothing(velocity: int):
    """Linear from 0 to 127."""
    assert VelocityCurve().bend(velocity) == velocity


@pytest.mark.parametrize(
    ("curve", "velocity", "sent"),
    [
        (VelocityCurve(0.5), 32, 64),  # 127 * sqrt(32 / 127) = 63.7
        (VelocityCurve(2.0), 64, 32),  # 127 * (64 / 127)² = 32.3
        (VelocityCurve(1.0, 40, 100), 127, 100),
        (VelocityCurve(1.0, 40, 100), 64, 70),  # 40 + 60 * 64 / 127 = 70.2
        (VelocityCurve(2.5), 1, 1),  # never 0, which would be a note-off
        (VelocityCurve(1.0, 90, 90), 3, 90),
    ],
)
def test_hand_values(curve: VelocityCurve, velocity: int, sent: int):
    """By the formula."""
    assert curve.bend(velocity) == sent


@given(st.floats(0.4, 2.5), st.integers(0, 127), st.integers(0, 127))
def test_louder_is_never_sent_softer(gamma: float, one: int, other: int):
    """For every curve, over all velocities; all that is sent is a note-on."""
    curve = VelocityCurve(gamma, min(one, other), max(one, other))
    sent = [curve.bend(velocity) for velocity in range(1, 128)]
    assert all(low <= high for low, high in pairwise(sent))
    assert sent[0] >= 1
    assert sent[-1] <= 127
