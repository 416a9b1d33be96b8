"""Two views below each other, with a split that mouse and keys move."""

# ruff: noqa: N802 - Qt chooses the names of what it calls

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QSplitter, QSplitterHandle, QWidget

from gui.translation import tr
from gui.widgets.controls import TAB

STEP = 5  # per cent
KEYS = {Qt.Key.Key_Up: -STEP, Qt.Key.Key_Down: STEP}


class Split(QSplitter):
    """`chosen` gives the share of the upper view, per cent, once the player has moved the split."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget, least: int, most: int) -> None:
        """least, most: of the upper view's share, per cent."""
        super().__init__(Qt.Orientation.Vertical, parent)
        self._least, self._most = least, most
        self.setChildrenCollapsible(False)

    @property
    def share(self) -> int:
        """Of the upper view, per cent."""
        upper, lower = self.sizes()
        return min(max(round(100 * upper / max(upper + lower, 1)), self._least), self._most)

    def show_share(self, share: int) -> None:
        """Give the upper view its share, per cent; emits nothing."""
        high = self.height() - self.handleWidth()
        upper = round(high * share / 100)
        self.setSizes([upper, high - upper])

    def move_by(self, step: int) -> None:
        """Give the upper view more, or less, per cent."""
        self.chosen.emit(min(max(self.share + step, self._least), self._most))

    def createHandle(self) -> QSplitterHandle:
        return _Handle(self)


class _Handle(QSplitterHandle):
    """Takes the focus of the keyboard, and up and down."""

    def __init__(self, split: Split) -> None:
        super().__init__(Qt.Orientation.Vertical, split)
        self._split = split
        self.setFocusPolicy(TAB)
        self.setAccessibleName(tr("Split between sheet music and blocks"))
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self._split.chosen.emit(self._split.share)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = KEYS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self._split.move_by(step)
