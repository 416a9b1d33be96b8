"""A toast at the foot of a page, with a button to undo where that is possible."""

from __future__ import annotations

import textwrap
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from gui.state.toast import Toast
from gui.translation import tr
from gui.widgets.controls import button
from gui.widgets.label import Label

ABOVE, LONGEST = 20, 110  # px; letters in a line


class ToastView(QFrame):
    """Lies over the middle of the window while there is a Toast."""

    def __init__(self, parent: QWidget, undo: Callable[[], None]) -> None:
        super().__init__(parent)
        self.setObjectName("toast")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._text = Label()
        self._undo = button(tr("Undo"), "link", tr("Undo"), undo)
        self._undo.setText(tr("Undo"))
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 8, 10, 8)
        row.setSpacing(12)
        row.addWidget(self._text, 1)
        row.addWidget(self._undo)
        self._toast: Toast | None = None
        self._around, self._bottom = parent, parent.height()
        self.hide()

    def show_toast(self, toast: Toast | None) -> None:
        """Show another, or none."""
        if toast == self._toast:
            return
        self._toast = toast
        self.setVisible(toast is not None)
        if toast is None:
            return
        self._text.setText("\n".join(textwrap.wrap(toast.text, LONGEST)))
        self._undo.setVisible(toast.undo)
        self.setAccessibleName(toast.text)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
        self.place_above(self._bottom)

    def place_above(self, bottom: int) -> None:
        """Lie above y `bottom`, in the middle of the parent."""
        self._bottom = bottom
        width = min(self.sizeHint().width(), self._around.width() - 40)
        height = self.sizeHint().height()
        self.setGeometry((self._around.width() - width) // 2, bottom - height - ABOVE, width, height)
        self.raise_()
