"""The table of keyboard shortcuts."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QWidget

KEYS = (
    ("Space", "listen or pause"),
    ("R", "record on or off"),
    ("Esc", "close what is open, leave full screen; else silence every note"),
    ("↑ ↓", "speed of the blocks"),
    ("T", "theme"),
    ("C", "colours of the notes"),
    ("N", "note names"),
    ("P", "fold the panel"),
    ("F11", "full screen"),
    ("Ctrl+Shift+L", "read level and state aloud"),
    ("F1 or ?", "this table"),
)


def show_keys(parent: QWidget) -> QDialog:
    """Open the table over the window; Esc closes it."""
    dialog = QDialog(parent)
    dialog.setWindowTitle("Keyboard shortcuts")
    dialog.setStyleSheet(parent.styleSheet())
    grid = QGridLayout(dialog)
    grid.setContentsMargins(28, 24, 28, 24)
    grid.setHorizontalSpacing(28)
    grid.setVerticalSpacing(12)
    for row, (key, does) in enumerate(KEYS):
        name = QLabel(key)
        name.setObjectName("value")
        grid.addWidget(name, row, 0)
        grid.addWidget(QLabel(does), row, 1)
    dialog.open()
    return dialog
