"""A column of sections that scrolls: each with its title, its controls, and a line above the next."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from gui.stage.theme import Theme
from gui.widgets.controls import DropDown, Switch, head, rule

HEAD_MARGIN = 18
W = TypeVar("W", bound=QWidget)
C = TypeVar("C", DropDown, Switch)


class Sections(QScrollArea):
    """Filled by `section`, `add` and `add_row`, from the top."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._heads: dict[str, QLabel] = {}
        self._rules: dict[str, QFrame] = {}
        self._themed: list[DropDown | Switch] = []
        self._inside = QWidget()
        self._inside.setObjectName("sections")
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(20, 18, 20, 18)
        self._column.setSpacing(10)
        self.setWidget(self._inside)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        for control in self._themed:
            control.set_theme(theme)

    def bring(self, section: str, first: QWidget) -> None:
        """Bring a section into view and its first control into focus."""
        self._column.activate()
        self._inside.resize(self.viewport().width(), self._inside.sizeHint().height())
        self.verticalScrollBar().setMaximum(max(self._inside.height() - self.viewport().height(), 0))
        self.verticalScrollBar().setValue(self._heads[section].y() - HEAD_MARGIN)
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def section(self, key: str, words: str, *signs: QWidget) -> None:
        """Begin a section. signs: at the right of its title."""
        if self._heads:
            self._rules[key] = self.add(rule())
        title = self._heads[key] = head(words)
        self.add_row(title, None, *signs)

    def add(self, widget: W) -> W:
        """A control as wide as the column."""
        self._column.addWidget(widget)
        return widget

    def add_row(self, *widgets: QWidget | None) -> QHBoxLayout:
        """Controls side by side; None leaves room, drop-downs take it."""
        row = QHBoxLayout()
        row.setSpacing(6)
        for widget in widgets:
            if widget is None:
                row.addStretch(1)
            else:
                row.addWidget(widget, 1 if isinstance(widget, DropDown) else 0)
        self._column.addLayout(row)
        return row

    def end(self) -> None:
        """After the last control."""
        self._column.addStretch(1)

    def themed(self, control: C) -> C:
        """A control that gets the theme."""
        self._themed.append(control)
        return control
