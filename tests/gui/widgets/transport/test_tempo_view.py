"""The tempo of a replay: its buttons, its keys, and what they say."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from gui.widgets.transport.tempo_view import TempoView


def parts(view: TempoView) -> list[QPushButton]:
    """Slower, the number, faster."""
    return view.findChildren(QPushButton)


def test_the_tempo_moves_in_steps_and_back(qapp: QApplication):
    """Five per cent up or down; a click on the number asks for 100."""
    view = TempoView()
    asked: list[int] = []
    view.moved.connect(asked.append)
    view.show_tempo(60, recorded=False, there=True)
    for part in parts(view):
        QTest.mouseClick(part, Qt.MouseButton.LeftButton)
    assert sorted(asked) == [55, 65, 100]


def test_the_sound_at_another_tempo_is_named_where_there_is_a_recording(qapp: QApplication):
    """In the tip of the number; a piece without a recording sounds the same at all of them."""
    view = TempoView()
    number = next(part for part in parts(view) if part.objectName() == "tempo")
    view.show_tempo(100, recorded=True, there=True)
    assert "sampled piano" in number.toolTip()
    view.show_tempo(100, recorded=False, there=True)
    assert "sampled piano" not in number.toolTip()
    assert number.accessibleName() == "Tempo: 100 %"


def test_it_ends_at_its_limits(qapp: QApplication):
    """Nothing below a quarter or above twice; nothing at all without a piece."""
    view = TempoView()
    slower, faster = (part for part in parts(view) if part.objectName() == "step")
    for tempo, there, able in ((25, True, (False, True)), (200, True, (True, False)), (100, False, (False, False))):
        view.show_tempo(tempo, recorded=False, there=there)
        assert (slower.isEnabled(), faster.isEnabled()) == able
