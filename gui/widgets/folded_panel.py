"""The folded side panel: an icon for each section, which opens the panel over the stage."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.stage.theme import Theme
from gui.translation import mark, tr
from gui.widgets.controls import button
from gui.widgets.style import icon

FOLDED_WIDTH = 48
SECTIONS = (
    ("input", "microphone", mark("Input")),
    ("listening", "sliders", mark("Listening")),
    ("midi", "midi", mark("MIDI out")),
    ("display", "display", mark("Display")),
)


class FoldedPanel(QWidget):
    """opened: called with the key of the section whose icon was pressed."""

    def __init__(self, opened: Callable[[str], None]) -> None:
        super().__init__()
        self.setObjectName("foldedPanel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(FOLDED_WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 14, 8, 8)
        column.setSpacing(10)
        self._buttons = []
        for key, shape, words in SECTIONS:
            made = button(tr(words), "icon", tr(words), partial(opened, key))
            self._buttons.append((made, shape))
            column.addWidget(made)
        column.addStretch(1)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        for made, shape in self._buttons:
            made.setIcon(icon(shape, theme.second))
