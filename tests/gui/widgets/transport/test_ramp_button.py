"""The button of a growing tempo: what its menu offers, and what it says."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from gui.stage.theme import NIGHT
from gui.takes.replay import Ramp
from gui.widgets.transport.ramp_button import RampButton, growing


def test_how_often_and_how_far(qapp: QApplication):
    """Each choice leaves the other; a limit can be chosen once the tempo grows."""
    view = RampButton()
    asked: list[Ramp] = []
    view.chosen.connect(asked.append)
    view.show_ramp(Ramp(), NIGHT, there=True)
    assert view.button.accessibleName() == "Growing tempo: The tempo stays"
    actions = {action.text(): action for action in view.menu.actions() if action.text()}
    assert not actions["up to 110 %"].isEnabled()
    actions["5 % faster after 3 rounds"].trigger()
    view.show_ramp(asked[-1], NIGHT, there=True)
    actions["up to 110 %"].trigger()
    view.show_ramp(asked[-1], NIGHT, there=True)
    assert asked == [Ramp(3, 100), Ramp(3, 110)]
    assert view.button.accessibleName() == "Growing tempo: 5 % faster after 3 rounds, up to 110 %"
    assert [text for text, action in actions.items() if action.isChecked()] == [
        "5 % faster after 3 rounds",
        "up to 110 %",
    ]
    actions["The tempo stays"].trigger()
    assert asked[-1] == Ramp(0, 110)


@pytest.mark.parametrize(("tempo", "limit"), [(80, 100), (95, 100), (100, 110), (124, 125), (125, 100), (200, 100)])
def test_a_tempo_that_is_to_grow_can(tempo: int, limit: int):
    """The next limit above it takes the place of one that it has reached."""
    assert growing(Ramp(1, 100), tempo) == Ramp(1, limit)
