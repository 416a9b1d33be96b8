"""The split between two views goes by mouse and keys, within its bounds."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.widgets.practice.split import Split


@pytest.fixture
def split(qtbot: QtBot) -> Iterator[Split]:
    """Two views, the upper one of 40 per cent; what is chosen is shown."""
    parent = QWidget()
    qtbot.addWidget(parent)
    split = Split(parent, 15, 85)
    for _ in range(2):
        split.addWidget(QWidget())
    split.resize(400, 1000 + split.handleWidth())
    parent.show()
    split.chosen.connect(split.show_share)
    split.show_share(40)
    yield split


def test_keys_move_it(split: Split, qtbot: QtBot):
    """Five per cent each, to the last one that is allowed; other keys are not taken."""
    assert (split.sizes(), split.share) == ([400, 600], 40)
    for key, share in ((Qt.Key.Key_Down, 45), (Qt.Key.Key_Up, 40), (Qt.Key.Key_A, 40)):
        qtbot.keyClick(split.handle(1), key)
        assert split.share == share
    for _ in range(20):
        qtbot.keyClick(split.handle(1), Qt.Key.Key_Up)
    assert (split.sizes(), split.share) == ([150, 850], 15)


def test_the_mouse_moves_it_and_tells_once(split: Split, qtbot: QtBot):
    """When the button is let go; showing a share tells nothing."""
    told: list[int] = []
    split.chosen.connect(told.append)
    split.show_share(40)
    handle = split.handle(1)
    qtbot.mousePress(handle, Qt.MouseButton.LeftButton, pos=QPoint(20, 2))
    qtbot.mouseMove(handle, QPoint(20, 102))
    qtbot.mouseMove(handle, QPoint(20, 102))
    assert told == []
    qtbot.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=QPoint(20, 2))
    assert told == [split.share]
    assert 45 <= split.share <= 70
