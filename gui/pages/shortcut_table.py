"""The table of keyboard shortcuts, as they are now; and the same keys in the tips of buttons."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from gui.state.keymap import COMMANDS, ESCAPE, LESSON, PAGES, Command, Keymap, key_words, title
from gui.translation import tr
from gui.widgets.controls import head
from gui.widgets.label import Label, plain_tip

BESIDE = 40  # of the window, that the table leaves free


def show_table(parent: QWidget, keymap: Keymap) -> QDialog:
    """Open the table over the window; Esc closes it. At the right what the other pages know besides."""
    dialog = QDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(tr("Keyboard shortcuts"))
    dialog.setStyleSheet(parent.styleSheet())
    inside, scroll = QWidget(), QScrollArea()
    inside.setObjectName("sections")
    scroll.setWidget(inside)
    scroll.setWidgetResizable(True)
    whole = QVBoxLayout(dialog)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.addWidget(scroll)
    grid = QGridLayout(inside)
    grid.setContentsMargins(28, 24, 28, 24)
    grid.setHorizontalSpacing(28)
    grid.setVerticalSpacing(9)
    beside = [command for command in COMMANDS if command.place in (PAGES, LESSON)]
    for column, words, commands in (
        (0, tr("Everywhere"), [ESCAPE, *(command for command in COMMANDS if command not in beside)]),
        (2, tr("Takes, files and practice"), beside),
    ):
        grid.addWidget(head(words), 0, column, 1, 2)
        grid.setColumnStretch(column + 1, 1)
        for row, command in enumerate(commands, 1):
            grid.addWidget(_label(_keys(keymap, command), "value"), row, column)
            grid.addWidget(_label(title(command), ""), row, column + 1)
    changed = _label(tr("Each but Esc can be changed in the settings."), "small")
    grid.addWidget(changed, len(beside) + 2, 2, 1, 2)
    dialog.open()
    _fit(dialog, inside, parent.size())
    return dialog


def _fit(dialog: QDialog, inside: QWidget, window: QSize) -> None:
    """As large as the table, but smaller than the window: in a narrow one words wrap, in a low one it scrolls."""
    wide = min(inside.sizeHint().width(), window.width() - BESIDE)
    for label in inside.findChildren(QLabel):
        label.setWordWrap(label.objectName() != "value")
    dialog.resize(wide, min(inside.heightForWidth(wide), window.height() - BESIDE))


def show_tips(root: QWidget, keymap: Keymap) -> None:
    """Say in the tips of all buttons below `root` which key does the same."""
    for widget in root.findChildren(QWidget):
        if command := widget.property("command"):
            keys = keymap.keys_text(command)
            widget.setToolTip(plain_tip(f"{widget.property('tip')} ({keys})" if keys else str(widget.property("tip"))))


def _keys(keymap: Keymap, command: Command) -> str:
    return ", ".join(key_words(key) for key in keymap.keys(command.name)) or "–"  # noqa: RUF001


def _label(words: str, kind: str) -> QLabel:
    made = Label(words)
    made.setObjectName(kind)
    return made
