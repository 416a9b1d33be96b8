"""The names of the pages in the top bar."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from gui.translation import tr
from gui.widgets.controls import TAB

LISTEN, PRACTICE, TAKES, FILES = "listen", "practice", "takes", "files"


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
        self._buttons: dict[str, QPushButton] = {}
        for page, words in _names():
            made = QPushButton(words)
            made.setObjectName("tab")
            made.setCheckable(True)
            made.setFocusPolicy(TAB)
            made.setAccessibleName(words)
            made.clicked.connect(lambda _checked, page=page: self.turned.emit(page))
            self._group.addButton(made)
            self._buttons[page] = made
            row.addWidget(made)
        self.show_page(LISTEN)

    def show_page(self, page: str) -> None:
        """Mark the page that is shown."""
        self._buttons[page].setChecked(True)


def _names() -> list[tuple[str, str]]:
    return [(LISTEN, tr("Listen")), (PRACTICE, tr("Practice")), (TAKES, tr("Takes")), (FILES, tr("Files"))]
