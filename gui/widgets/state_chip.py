"""How something is, in a sign and a word on a ground of the same colour: "Good level", "Open"."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui.stage.theme import Theme
from gui.widgets.label import Label
from gui.widgets.style import pixmap, tinted

SIGN, SHARE = 14, 0.16
RADIUS = 9  # Qt gives no round corner at all to what is lower than two of them


class StateChip(QWidget):
    """Never by its colour alone: the word means the same."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("state")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._sign, self._word = Label(), Label()
        self._shown: tuple[str, ...] = ()
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 3, 10, 3)
        row.setSpacing(4)
        row.addWidget(self._sign)
        row.addWidget(self._word)

    @property
    def word(self) -> str:
        """The word that it shows."""
        return self._word.text()

    def show_state(self, sign: str, word: str, colour: str, theme: Theme) -> None:
        """sign: name of an icon; colour: of the theme."""
        shown = (sign, word, colour, theme.name)
        if shown == self._shown:  # a style sheet is read anew each time that it is set
            return
        self._shown = shown
        self._sign.setPixmap(pixmap(sign, colour, SIGN))
        self._word.setText(word)
        ground = tinted(colour, theme.panel, SHARE) if theme.name != "contrast" else theme.panel
        edge = colour if theme.name == "contrast" else ground
        self.setStyleSheet(
            f"QWidget#state {{ background: {ground}; border: 1px solid {edge}; border-radius: {RADIUS}px; }}"
            f"QLabel {{ color: {colour}; font-weight: 600; }}"
        )
