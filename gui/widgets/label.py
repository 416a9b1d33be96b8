"""Words on the window are plain text, unless a label says otherwise.

Names of takes, devices, ports, files and models come from anywhere, and Qt draws what looks like HTML as such.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

WORD_JOINER = "\u2060"  # is not seen


class Label(QLabel):
    """A label that shows its words as they are."""

    def __init__(self, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(words)


def plain_tip(words: str) -> str:
    """Words for a tool tip, which has no text format: no "<" in them begins a tag."""
    return words.replace("<", f"<{WORD_JOINER}")
