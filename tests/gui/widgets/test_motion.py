"""What fades comes and goes in its time, and at once for who wants less motion."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QGraphicsOpacityEffect, QLabel, QWidget
from pytestqt.qtbot import QtBot

from gui.pages.main_window import MainWindow
from gui.widgets.folded_panel import FOLDED_WIDTH
from gui.widgets.motion import Fading, cross_fade
from gui.widgets.tabs import LISTEN, TAKES
from tests.waiting import WAIT_MS


@pytest.fixture
def widget(qtbot: QtBot) -> Iterator[QWidget]:
    """Hidden, in a window that is seen."""
    window = QWidget()
    qtbot.addWidget(window)
    widget = QWidget(window)
    widget.hide()
    window.show()
    yield widget


def effect(widget: QWidget) -> QGraphicsOpacityEffect:
    made = widget.graphicsEffect()
    assert isinstance(made, QGraphicsOpacityEffect)
    return made


def test_it_comes_and_goes(widget: QWidget, qtbot: QtBot):
    """There at once, whole a little later; gone only when it has faded."""
    fading = Fading(widget)
    fading.show(True)
    assert widget.isVisible()
    assert effect(widget).opacity() < 0.5
    qtbot.waitUntil(lambda: not effect(widget).isEnabled(), timeout=WAIT_MS)
    fading.show(False)
    assert widget.isVisible()
    qtbot.waitUntil(lambda: not widget.isVisible(), timeout=WAIT_MS)
    assert not effect(widget).isEnabled()


def test_who_is_called_back_stays(widget: QWidget, qtbot: QtBot):
    """Half gone and wanted again: it is whole in the end."""
    fading = Fading(widget)
    fading.calm = True
    fading.show(True)
    fading.calm = False
    fading.show(False)
    qtbot.waitUntil(lambda: effect(widget).opacity() < 0.9, timeout=WAIT_MS)
    fading.show(True)
    qtbot.waitUntil(lambda: not effect(widget).isEnabled(), timeout=WAIT_MS)
    assert widget.isVisible()


def test_with_reduced_motion_it_cuts(widget: QWidget):
    """There and gone at once."""
    fading = Fading(widget)
    fading.calm = True
    fading.show(True)
    assert widget.isVisible()
    assert not effect(widget).isEnabled()
    fading.show(False)
    assert not widget.isVisible()


def test_a_theme_fades_over_the_last_one(window: MainWindow, qtbot: QtBot):
    """A picture of the old one lies over the window and goes; with reduced motion there is none."""

    def pictures() -> list[QLabel]:
        return [label for label in window.findChildren(QLabel) if label.geometry() == window.rect()]

    window.controller.set_display(theme="daylight")
    assert len(pictures()) == 1
    qtbot.waitUntil(lambda: pictures() == [], timeout=WAIT_MS)
    window.controller.set_display(motion="reduced")
    window.controller.set_display(theme="night")
    assert pictures() == []


def test_a_picture_that_fades_takes_no_click(qtbot: QtBot):
    """What lies below it is used as ever."""
    window = QWidget()
    qtbot.addWidget(window)
    below = QLabel("below", window)
    window.resize(100, 100)
    below.resize(100, 100)
    window.show()
    cross_fade(window)
    assert window.childAt(50, 50) is below


def test_the_panel_slides_in_and_out(window: MainWindow, qtbot: QtBot):
    """From the right edge over the stage, which makes room once it has come; back the same way."""
    home, stage = window.panel.geometry(), window.stage.geometry()
    window.fold()
    assert window.panel.isVisible()
    assert window.stage.width() == window.width() - FOLDED_WIDTH
    qtbot.waitUntil(lambda: not window.panel.isVisible(), timeout=WAIT_MS)
    window.fold()
    assert window.panel.isVisible()
    assert window.panel.x() >= window.width() - FOLDED_WIDTH
    assert window.stage.width() == window.width() - FOLDED_WIDTH
    qtbot.waitUntil(lambda: window.stage.geometry() == stage, timeout=WAIT_MS)
    assert window.panel.geometry() == home
    assert not window.folded_panel.isVisible()


def test_a_panel_that_is_called_back_turns_round(window: MainWindow, qtbot: QtBot):
    """Half way out and wanted again: it is at home in the end."""
    home = window.panel.geometry()
    window.fold()
    window.fold()
    assert window.panel.x() < window.width()
    qtbot.waitUntil(lambda: window.panel.geometry() == home and not window.folded_panel.isVisible(), timeout=WAIT_MS)
    assert window.panel.isVisible()


def test_the_panel_cuts_where_all_else_does(window: MainWindow):
    """With reduced motion, in a window that was just made smaller, and on another page."""
    window.resize(1100, 700)
    assert not window.panel.isVisible()
    window.resize(1600, 1000)
    assert window.panel.geometry().right() == window.width() - 1
    window.pages.turn(TAKES)
    assert not window.panel.isVisible()
    window.pages.turn(LISTEN)
    window.controller.set_display(motion="reduced")
    window.fold()
    assert not window.panel.isVisible()
    window.fold()
    assert window.panel.geometry().right() == window.width() - 1


def test_the_settings_slide_over_the_window(window: MainWindow, qtbot: QtBot):
    """From the right edge to the bars above and below, and back; with reduced motion they cut."""
    window.secondary_windows.open_settings()
    sheet = window.secondary_windows.settings
    assert sheet is not None
    assert sheet.x() >= window.width()
    qtbot.waitUntil(lambda: sheet.geometry().right() == window.width() - 1, timeout=WAIT_MS)
    assert (sheet.y(), sheet.geometry().bottom()) == (window.top.height(), window.status.y() - 1)
    sheet.leave()
    assert sheet.isVisible()
    qtbot.waitUntil(lambda: not sheet.isVisible(), timeout=WAIT_MS)
    window.controller.set_display(motion="reduced")
    window.secondary_windows.open_settings()
    assert sheet.geometry().right() == window.width() - 1
    sheet.leave()
    assert not sheet.isVisible()


def test_the_panel_of_a_replay_slides_in_and_out(window: MainWindow, qtbot: QtBot):
    """As the live one does: the stage makes room once it has come; from page to page it cuts."""
    window.pages.turn(TAKES)
    gallery = window.pages.gallery
    gallery._enter_stage()
    home, stage = gallery.panel.geometry(), gallery.stage.width()
    assert home.right() == gallery.width() - 1
    window.fold()
    assert gallery.panel.isVisible()
    assert gallery.stage.width() == gallery.width()
    qtbot.waitUntil(lambda: not gallery.panel.isVisible(), timeout=WAIT_MS)
    window.fold()
    assert gallery.panel.x() > home.x()
    qtbot.waitUntil(lambda: gallery.stage.width() == stage, timeout=WAIT_MS)
    assert gallery.panel.geometry() == home
    window.controller.set_display(motion="reduced")
    window.fold()
    assert not gallery.panel.isVisible()
