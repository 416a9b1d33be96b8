"""The bar below a stage: round buttons, a clock over a name, and a strip that takes the rest."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from gui.widgets.bar import Bar
from gui.widgets.label import Label

HEIGHT, ICON = 72, QSize(20, 20)


class TransportBar(Bar):
    """What is inside is given to `_lay_out`."""

    def __init__(self) -> None:
        super().__init__("transport", HEIGHT)
        self._clock, self._name = Label("00:00.0"), Label()
        self._clock.setObjectName("clock")
        self._name.setObjectName("small")

    def _lay_out(self, buttons: Sequence[QPushButton], strip: QWidget, *beside: QWidget) -> None:
        """beside: what stands between the buttons and the clock."""
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 0, 16, 0)
        row.setSpacing(10)
        for button in buttons:
            button.setIconSize(ICON)
            row.addWidget(button)
        if beside:
            row.addSpacing(4)
        for widget in beside:
            row.addWidget(widget)
        row.addSpacing(8)
        row.addLayout(self._words())
        row.addSpacing(12)
        row.addWidget(strip, 1)

    def _words(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addStretch(1)
        column.addWidget(self._clock)
        column.addWidget(self._name)
        column.addStretch(1)
        return column
