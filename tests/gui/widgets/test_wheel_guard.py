"""The wheel changes nothing that does not have the focus, in any of the window's pages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QScrollBar,
    QSlider,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from gui.pages.main_window import MainWindow
from gui.state.options import SECTIONS
from gui.widgets.tabs import PRACTICE
from gui.widgets.wheel_guard import WheelGuard


@pytest.fixture
def guarded(qapp: QApplication) -> Iterator[QApplication]:
    """As the program installs it."""
    guard = WheelGuard(qapp)
    qapp.installEventFilter(guard)
    yield qapp
    qapp.removeEventFilter(guard)


def turn(widget: QWidget) -> bool:
    """One notch towards the player over the middle of a widget; whether it was taken."""
    middle = QPointF(widget.rect().center())
    event = QWheelEvent(
        *(middle, QPointF(widget.mapToGlobal(middle.toPoint())), QPoint(), QPoint(0, -120)),
        *(Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False),
    )
    return QApplication.sendEvent(widget, event) and event.isAccepted()


def values(parent: QWidget) -> list[object]:
    """What every control shows."""
    shown: list[object] = [box.currentIndex() for box in parent.findChildren(QComboBox)]
    shown += [one.value() for one in parent.findChildren(QAbstractSlider) if not isinstance(one, QScrollBar)]
    return [*shown, *(box.text() for box in parent.findChildren(QAbstractSpinBox))]


def test_what_has_no_focus_does_not_turn(guarded: QApplication, qtbot: QtBot):
    """A drop-down, a slider and a spin box: the wheel is left to what they lie on. Each of them turns once it has the
    focus, and a scroll bar always."""
    page = QWidget()
    column = QVBoxLayout(page)
    box, slider, number = QComboBox(), QSlider(Qt.Orientation.Horizontal), QSpinBox()
    box.addItems(["one", "two", "three"])
    bar = QScrollBar(Qt.Orientation.Vertical)
    for part in (bar, box, slider, number):
        part.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        column.addWidget(part)
    slider.setValue(50)
    number.setValue(50)
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    bar.setFocus()
    for part in (box, slider, number):
        before = values(page)
        assert not turn(part)
        assert values(page) == before
        part.setFocus()
        assert turn(part)
        assert values(page) != before
    assert turn(bar)
    assert bar.value() > 0


def test_the_wheel_over_the_window_changes_no_setting(guarded: QApplication, window: MainWindow):
    """Of the panel, of each section of the settings, of practice."""
    controller = window.controller
    window.secondary_windows.open_settings()
    sheet = window.secondary_windows.settings
    assert sheet is not None
    before = repr(controller.settings)
    places: list[QWidget] = [window.panel]
    for section in SECTIONS:
        sheet.go_to(section)
        places.append(sheet)
    window.pages.turn(PRACTICE)
    turned = 0
    for place in (*places, window):
        shown = values(place)
        for kind in (QComboBox, QAbstractSlider, QAbstractSpinBox):
            for widget in place.findChildren(kind):
                if not isinstance(widget, QScrollBar) and not widget.hasFocus():
                    turn(widget)
                    turned += 1
        assert values(place) == shown
    assert turned > 20
    assert repr(controller.settings) == before
