"""The banner at the top of the stage: an icon, what is wrong, what to do about it, and at most two buttons."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QWidget

from gui.stage.theme import Theme
from gui.state.banners import Banner, Remedy
from gui.widgets.label import Label, plain_tip
from gui.widgets.motion import Fading
from gui.widgets.style import pixmap

HEIGHT = 44
SIDE, TOP = 12, 10
ABOVE_WORDS = 8


class BannerView(QWidget):
    """Shows one Banner, or nothing. `remedied` gives the value of the Remedy whose button was pressed."""

    remedied = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._sign, self._title, self._text = Label(), Label(), Label()
        self._title.setObjectName("banner-title")
        self._text.setObjectName("banner-text")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(14, 0, 6, 0)
        self._row.setSpacing(10)
        self._words = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._words.addWidget(self._title)
        self._words.addWidget(self._text, 1)
        self._row.addWidget(self._sign)
        self._row.addLayout(self._words, 1)
        self._width = 0
        self._buttons: list[QPushButton] = []
        self._banner: Banner | None = None
        self.hide()
        self.fading = Fading(self)

    @property
    def banner(self) -> Banner | None:
        """What is shown."""
        return self._banner

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._sign.setPixmap(pixmap("warning", theme.warning, 20))

    def show_banner(self, banner: Banner | None) -> None:
        """Show another, or none."""
        if banner == self._banner:
            return
        self._banner = banner
        self.fading.show(banner is not None)
        if banner is None:
            self.setEnabled(False)  # what is on its way out is not to be pressed
            return
        self.setEnabled(True)
        for button in self._buttons:
            self._row.removeWidget(button)
            button.deleteLater()
        self._buttons = [self._button(remedy, banner.button(remedy)) for remedy in banner.remedies]
        self._title.setText(banner.title)
        self._text.setText(banner.text)
        self._text.setToolTip(plain_tip(banner.text))
        self.place(self._width)
        self.setAccessibleName(f"{banner.title} {banner.text}")
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def place(self, width: int) -> None:
        """Lie at the top of a stage of this width; where that is narrow, the text stands below the title."""
        self._width = width
        wide = width - 2 * SIDE
        self._turn(QBoxLayout.Direction.LeftToRight, 10, 0)
        narrow = self.sizeHint().width() > wide
        if narrow:
            self._turn(QBoxLayout.Direction.TopToBottom, 2, ABOVE_WORDS)
        words = self._row.heightForWidth(wide) if narrow else 0
        self.setGeometry(SIDE, TOP, wide, max(HEIGHT, words))
        self.raise_()

    @property
    def lower_edge(self) -> int:
        """Where it ends, in px from the top of the stage; 0 where there is none."""
        return self.geometry().bottom() if self._banner is not None else 0

    def _turn(self, direction: QBoxLayout.Direction, spacing: int, above: int) -> None:
        for part in (self._title, self._text, *self._buttons):
            part.ensurePolished()  # what was never shown does not know its typeface
        for label in (self._title, self._text):
            label.setWordWrap(direction is QBoxLayout.Direction.TopToBottom)
        self._words.setDirection(direction)
        self._words.setSpacing(spacing)
        self._words.setContentsMargins(0, above, 0, above)
        self._row.activate()

    def _button(self, remedy: Remedy, words: str) -> QPushButton:
        button = QPushButton(words)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self.remedied.emit(remedy.value))
        self._row.addWidget(button)
        button.show()  # at once: what is not shown takes no room
        return button
