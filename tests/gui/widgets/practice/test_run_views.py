"""How early and late notes were, as columns."""

from __future__ import annotations

from gui.widgets.practice.run_views import columns


def test_each_note_falls_into_its_column():
    """Of 12.5 ms; what is farther than 125 ms counts in the last ones; 0 begins the eleventh."""
    counts = columns([-300.0, -125.0, -0.1, 0.0, 12.4, 12.5, 124.9, 125.0, 400.0])
    assert len(counts) == 20
    assert {index: count for index, count in enumerate(counts) if count} == {0: 2, 9: 1, 10: 2, 11: 1, 19: 3}
