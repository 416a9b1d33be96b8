"""The window's own controls: a choice of a few, a switch, a stepper, a drop-down."""

# ruff: noqa: N802 - Qt chooses the names of what it calls

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gui.stage.theme import NIGHT, Theme
from gui.translation import tr
from gui.widgets.label import Label, plain_tip
from gui.widgets.style import font, pixmap

TAB = Qt.FocusPolicy.TabFocus


class Segments(QWidget):
    """One of a few, side by side. `chosen` gives the key of what the player chose."""

    chosen = Signal(str)

    def __init__(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        """choices: key and words of each."""
        super().__init__()
        self.setObjectName("segments")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 1, 1, 1)
        row.setSpacing(0)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        for key, words in choices:
            button = QPushButton(words)
            button.setObjectName("segment")
            button.setCheckable(True)
            button.setFocusPolicy(TAB)
            button.setAccessibleName(f"{name}: {words}")
            button.clicked.connect(lambda _checked, key=key: self.chosen.emit(key))
            self._group.addButton(button)
            self._buttons[key] = button
            row.addWidget(button, 1)

    def show_choice(self, key: str) -> None:
        """Mark what is chosen; emits nothing."""
        if key in self._buttons:
            self._buttons[key].setChecked(True)

    def allow(self, key: str, allowed: bool) -> None:
        """Whether a choice can be taken."""
        self._buttons[key].setEnabled(allowed)


class Switch(QAbstractButton):
    """On or off."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setFocusPolicy(TAB)
        self.setAccessibleName(name)
        self.setFixedSize(44, 32)
        self._theme = NIGHT

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(44, 32)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on, theme = self.isChecked(), self._theme
        track = QRectF(4, 6, 36, 20)
        painter.setPen(QColor(theme.accent if on or self.hasFocus() else theme.edge))
        painter.setBrush(QColor(theme.accent if on else theme.card))
        painter.drawRoundedRect(track, 10, 10)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.on_accent if on else theme.edge))
        painter.drawEllipse(QRectF(22 if on else 6, 8, 16, 16))
        painter.end()


class Stepper(QWidget):
    """A number between a button that lowers and one that raises it. `moved` gives what it became."""

    moved = Signal(int)

    def __init__(self, name: str, low: int, high: int) -> None:
        super().__init__()
        self.setObjectName("stepper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._low, self._high, self._value = low, high, 0
        self._number = Label()
        self._number.setObjectName("value")
        self._number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._number.setMinimumWidth(26)
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 1, 1, 1)
        row.setSpacing(0)
        self._buttons = []
        for sign, step, words in (("−", -1, tr("{}: lower", name)), ("+", 1, tr("{}: higher", name))):  # noqa: RUF001
            made = button(words, "step", words, partial(self._move, step))
            made.setText(sign)
            made.setAutoRepeat(True)
            self._buttons.append(made)
        for widget in (self._buttons[0], self._number, self._buttons[1]):
            row.addWidget(widget)

    def show_value(self, value: int) -> None:
        """Show a number; emits nothing."""
        self._value = value
        self._number.setText(f"{value:+d}".replace("-", "−") if value else "0")  # noqa: RUF001
        self._buttons[0].setEnabled(value > self._low)
        self._buttons[1].setEnabled(value < self._high)

    def _move(self, step: int) -> None:
        self.show_value(min(max(self._value + step, self._low), self._high))
        self.moved.emit(self._value)


class DropDown(QComboBox):
    """A drop-down whose arrow has the theme's colour. `picked` gives the data of what the player picked."""

    picked = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFocusPolicy(TAB)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)
        self.activated.connect(lambda index: self.picked.emit(str(self.itemData(index))))
        self._arrow = NIGHT.second

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._arrow = theme.second
        self.update()

    def offer(self, items: Sequence[tuple[str, str]], current: str) -> None:
        """items: words and data; `current` is the data of the one to show, added when it is not among them."""
        if current not in [data for _, data in items]:
            items = [*items, (current, current)]
        if [(self.itemText(i), self.itemData(i)) for i in range(self.count())] != list(items):
            self.clear()
            for words, data in items:
                self.addItem(words, data)
        self.setCurrentIndex([data for _, data in items].index(current))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        arrow = pixmap("down", self._arrow, 14, self.devicePixelRatioF())
        painter.drawPixmap(self.width() - 24, (self.height() - 14) // 2, arrow)
        painter.end()


def head(words: str) -> QLabel:
    """Title of a section."""
    label = Label(words.upper())
    label.setObjectName("head")
    label.setFont(font(11, 700, tracking=0.9))
    return label


def rule() -> QFrame:
    """The line between sections."""
    line = QFrame()
    line.setObjectName("rule")
    return line


def button(name: str, kind: str, tip: str, pressed: Callable[[], None], command: str = "") -> QPushButton:
    """A button. name: for screen readers; kind: its name in the style sheet; command: that does the same, so that
    `show_tips` adds its key to the tip."""
    made = QPushButton()
    made.setObjectName(kind)
    made.setAccessibleName(name)
    made.setToolTip(plain_tip(tip))
    made.setProperty("tip", tip)
    made.setProperty("command", command)
    made.setFocusPolicy(TAB)
    made.clicked.connect(lambda: pressed())
    return made


def open_menu(parent: QWidget, place: QPoint, *entries: tuple[str, Callable[[], None]]) -> QMenu:
    """A menu at a place on the screen. entries: words, and what each does."""
    menu = QMenu(parent)
    for words, action in entries:
        menu.addAction(words).triggered.connect(lambda _checked=False, action=action: action())
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(place)
    return menu


def lay_row(row: QWidget, words: Sequence[QWidget], parts: Sequence[QWidget], margin: int) -> None:
    """Lay out a row of a list of settings: words below each other, beside them what is turned."""
    left = QVBoxLayout()
    left.setSpacing(2)
    for word in words:
        left.addWidget(word)
    line = QHBoxLayout(row)
    line.setContentsMargins(0, margin, 0, margin)
    line.setSpacing(14)
    line.addLayout(left, 1)
    for part in parts:
        line.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
