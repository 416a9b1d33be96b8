"""A slider with its name and its value in words, and a tick at a value that is suggested."""

# ruff: noqa: N802 - Qt chooses the names of what it calls

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSlider, QVBoxLayout, QWidget

from gui.stage.theme import NIGHT
from gui.widgets.controls import TAB
from gui.widgets.label import Label

HANDLE = 18  # width of a slider's handle, px


class _Marked(QSlider):
    """A slider with a tick below the value that is suggested."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.mark: int | None = None
        self.colour = NIGHT.edge

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.mark is None:
            return
        share = (self.mark - self.minimum()) / (self.maximum() - self.minimum())
        x = HANDLE / 2 + share * (self.width() - HANDLE)
        painter = QPainter(self)
        painter.fillRect(QRectF(x - 0.75, self.height() - 4, 1.5, 4), QColor(self.colour))
        painter.end()


class ValueSlider(QWidget):
    """A slider below its name and its value in words. `moved` gives whole steps as the player moves it,
    `released` the last of them."""

    moved = Signal(int)
    released = Signal(int)

    def __init__(self, name: str, low: int, high: int, words: Callable[[int], str]) -> None:
        super().__init__()
        self._name = name
        self._words = words
        self._value = Label()
        self._value.setObjectName("value")
        self._slider = _Marked()
        self._slider.setRange(low, high)
        self._slider.setFocusPolicy(TAB)
        self._slider.setFixedHeight(24)
        self._slider.setPageStep(max((high - low) // 10, 1))
        self._slider.valueChanged.connect(self._emit_change)
        self._slider.sliderReleased.connect(lambda: self.released.emit(self.value))
        head = QHBoxLayout()
        self.title = Label(name)
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self._value)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self._slider)
        self._describe(low)

    @property
    def value(self) -> int:
        """Where it stands."""
        return self._slider.value()

    def show_value(self, value: int) -> None:
        """Move it; emits nothing."""
        self._slider.blockSignals(True)
        self._slider.setValue(value)
        self._slider.blockSignals(False)
        self._describe(value)

    def set_mark(self, value: int | None, colour: str) -> None:
        """Mark a value that is suggested, in a colour; None for none."""
        if (value, colour) != (self._slider.mark, self._slider.colour):
            self._slider.mark, self._slider.colour = value, colour
            self._slider.update()

    def _emit_change(self, value: int) -> None:
        self._describe(value)
        self.moved.emit(value)
        if not self._slider.isSliderDown():
            self.released.emit(value)

    def _describe(self, value: int) -> None:
        self._value.setText(self._words(value))
        self._slider.setAccessibleName(f"{self._name}, {self._words(value)}")
