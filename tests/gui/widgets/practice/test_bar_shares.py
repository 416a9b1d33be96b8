"""The column under the mouse tells its bar."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.widgets.practice.bar_shares import BarShares, share_words
from realtime.practice.progress import BarShare


@pytest.mark.parametrize(("x", "told"), [(20, 0), (34, 1), (300, None)])
def test_a_column_has_a_tip(qtbot: QtBot, x: int, told: int | None) -> None:
    """None beside the columns."""
    bars = (BarShare(7, 10, 9), BarShare(8, 12, 3))
    shares = BarShares()
    qtbot.addWidget(shares)
    shares.resize(400, 64)
    shares.show_bars(bars)
    QApplication.sendEvent(shares, QHelpEvent(QEvent.Type.ToolTip, QPoint(x, 30), QPoint(x, 30)))
    assert shares.toolTip() == ("" if told is None else share_words(bars[told]))
