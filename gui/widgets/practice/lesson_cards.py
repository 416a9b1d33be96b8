"""What lies over a lesson: a card with the piece and the bar, and a pill that says what is waited for."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from gui.stage.theme import NIGHT, Theme
from gui.widgets.label import Label
from gui.widgets.style import pixmap

CARD_WIDTH, SIGN = 236, 22


class PieceCard(QFrame):
    """Title of the piece above where the player is."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("lessonCard")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._title, self._where = Label(), Label()
        self._title.setObjectName("cardTitle")
        self._where.setObjectName("small")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 6, 16, 7)
        column.setSpacing(0)
        column.addWidget(self._title)
        column.addWidget(self._where)

    def show_piece(self, title: str, where: str) -> None:
        """Bring the words up to date."""
        room = CARD_WIDTH - 32
        self._title.setText(self._title.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, room))
        self._where.setText(where)
        self.setFixedWidth(CARD_WIDTH)
        self.adjustSize()


class WaitingPill(QFrame):
    """What is waited for, and which hand plays it; hidden while there is nothing to say."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("lessonPill")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._sign, self._words, self._hand = Label(), Label(), Label()
        self._words.setObjectName("cardTitle")
        self._hand.setObjectName("small")
        self._theme = NIGHT
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 20, 8)
        row.setSpacing(12)
        row.addWidget(self._sign)
        row.addWidget(self._words)
        row.addSpacing(16)
        row.addWidget(self._hand)
        self.hide()

    @property
    def words(self) -> str:
        """What it says."""
        return self._words.text()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme

    def show_words(self, sign: str, words: str, beside: str) -> None:
        """sign: name of an icon; words: "" for nothing to say; beside: more, in smaller letters."""
        self.setVisible(bool(words))
        self._sign.setPixmap(pixmap(sign, self._theme.accent, SIGN, self.devicePixelRatioF()))
        said = f"{words}, {beside}" if beside else words
        if words and said != self.accessibleName():
            self._words.setText(words)
            self._hand.setText(beside)
            self.setAccessibleName(said)
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.accessibleName()))
        self.adjustSize()
