"""No setting changes by accident: who turns the wheel over a page means to scroll it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QAbstractSlider, QAbstractSpinBox, QApplication, QComboBox, QScrollBar

TURNED = (QComboBox, QAbstractSpinBox, QAbstractSlider)


class WheelGuard(QObject):
    """Keeps the wheel from drop-downs, sliders and spin boxes that do not have the focus; it then scrolls what they lie
    on."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt chooses the name
        """Whether the event is kept from `watched`."""
        if event.type() != QEvent.Type.Wheel:
            return False
        if not isinstance(watched, TURNED) or isinstance(watched, QScrollBar) or watched.hasFocus():
            return False
        event.ignore()  # so that Qt offers it to what lies below
        return True


def guard_wheel(app: QApplication) -> None:
    """Of every window, for as long as the program runs."""
    app.installEventFilter(WheelGuard(app))
