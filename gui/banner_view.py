"""The banner at the top of the stage: an icon, what is wrong, what to do about it, and at most two buttons."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from gui.banners import Banner, Remedy
from gui.motion import Fading
from gui.style import pixmap
from gui.theme import Theme
from gui.translation import tr

HEIGHT = 44


class BannerView(QWidget):
    """Shows one Banner, or nothing. `remedied` gives the value of the Remedy whose button was pressed."""

    remedied = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._sign, self._title, self._text = QLabel(), QLabel(), QLabel()
        self._title.setObjectName("banner-title")
        self._text.setObjectName("banner-text")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(14, 0, 6, 0)
        self._row.setSpacing(10)
        for label in (self._sign, self._title):
            self._row.addWidget(label)
        self._row.addWidget(self._text, 1)
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
        self._buttons = [self._button(remedy, banner.values) for remedy in banner.remedies]
        self._title.setText(banner.title)
        self._text.setText(banner.text)
        self._text.setToolTip(banner.text)
        self.setAccessibleName(f"{banner.title} {banner.text}")
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def place(self, width: int) -> None:
        """Lie at the top of a stage of this width."""
        self.setGeometry(12, 10, width - 24, HEIGHT)
        self.raise_()

    def _button(self, remedy: Remedy, values: tuple[str, ...]) -> QPushButton:
        button = QPushButton(tr(remedy.value).format(*values))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self.remedied.emit(remedy.value))
        self._row.addWidget(button)
        return button
