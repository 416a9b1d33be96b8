"""The steps of an Advice, in a dialog over the window; Esc closes it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QPushButton, QWidget

from gui.state.advice import advice
from gui.state.banners import Fault
from gui.translation import tr
from gui.widgets.label import Label

TEXT_WIDTH = 440


def show_advice(parent: QWidget, fault: Fault) -> QDialog:
    """Open the steps for a fault."""
    found = advice(fault)
    dialog = QDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(tr(found.title))
    dialog.setStyleSheet(parent.styleSheet())
    grid = QGridLayout(dialog)
    grid.setContentsMargins(28, 24, 28, 24)
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(14)
    title = Label(tr(found.title))
    title.setObjectName("name")
    grid.addWidget(title, 0, 0, 1, 2)
    for number, step in enumerate(found.steps, start=1):
        mark, words = Label(f"{number}"), Label(tr(step))
        mark.setObjectName("value")
        words.setWordWrap(True)
        words.setFixedWidth(TEXT_WIDTH)
        grid.addWidget(mark, number, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(words, number, 1)
    close = QPushButton(tr("Close"))
    close.clicked.connect(dialog.accept)
    grid.addWidget(close, len(found.steps) + 1, 1, Qt.AlignmentFlag.AlignRight)
    dialog.open()
    return dialog
