"""The room's noise is measured while nobody plays."""

from __future__ import annotations

import pytest

from gui.state.noise_floor import NoiseFloor


def test_nothing_is_known_before_three_quiet_seconds():
    """Sixty statuses; those with a note do not count."""
    floor = NoiseFloor()
    for _ in range(59):
        floor.observe_level(-60.0, playing=False)
    for _ in range(100):
        floor.observe_level(-20.0, playing=True)
    assert floor.floor_db is None
    assert floor.gate_db is None
    floor.observe_level(-60.0, playing=False)
    assert floor.floor_db == pytest.approx(-60.0)
    assert floor.gate_db == -52.0


def test_a_cough_does_not_raise_it():
    """The tenth percentile: the loudest nine tenths do not matter."""
    floor = NoiseFloor()
    for index in range(60):
        floor.observe_level(-64.0 if index % 5 == 0 else -30.0, playing=False)
    assert floor.floor_db == pytest.approx(-64.0)


def test_it_follows_the_room():
    """Only the last three seconds count; the gate stays within its range."""
    floor = NoiseFloor()
    for level, gate in ((-50.0, -42.0), (-110.0, -80.0), (-10.0, -20.0)):
        for _ in range(60):
            floor.observe_level(level, playing=False)
        assert floor.gate_db == gate
