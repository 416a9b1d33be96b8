"""The names of the pages in the top bar."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from gui.stage.theme import NIGHT, Theme
from gui.translation import tr
from gui.widgets.controls import TAB

LISTEN, PRACTICE, TAKES, FILES = "listen", "practice", "takes", "files"
DOT = 3.5  # px, radius


class Tabs(QWidget):
    """`turned` gives the page that the player wants to see."""

    turned = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Pages"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, _Tab] = {}
        for page, words in _names():
            made = _Tab(words)
            made.clicked.connect(lambda _checked, page=page: self.turned.emit(page))
            self._group.addButton(made)
            self._buttons[page] = made
            row.addWidget(made)
        self.show_page(LISTEN)

    def show_page(self, page: str) -> None:
        """Mark the page that is shown."""
        self._buttons[page].setChecked(True)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        for made in self._buttons.values():
            made.colour = theme.record
            made.update()

    def show_new(self, page: str, count: int) -> None:
        """How many things of a page the player has not seen: a dot tells of them."""
        self._buttons[page].show_new(count)


class _Tab(QPushButton):
    """The name of a page, with a dot where there is something new."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.colour = NIGHT.record
        self._new = 0
        self.setObjectName("tab")
        self.setCheckable(True)
        self.setFocusPolicy(TAB)
        self.setAccessibleName(words)

    def show_new(self, count: int) -> None:
        if count != self._new:
            self._new = count
            self.setAccessibleName(tr("{}, {} new", self.text(), count) if count else self.text())
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt chooses the name
        super().paintEvent(event)
        if self._new:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self.colour))
            painter.drawEllipse(QPointF(self.width() - 9, 9), DOT, DOT)
            painter.end()


def _names() -> list[tuple[str, str]]:
    return [(LISTEN, tr("Listen")), (PRACTICE, tr("Practice")), (TAKES, tr("Takes")), (FILES, tr("Files"))]
