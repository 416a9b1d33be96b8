"""The stage alone, in a window without a frame: for a projector, a second screen, a stream, or over another program."""

# ruff: noqa: N802 - Qt chooses the names of what it calls

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QMouseEvent, QResizeEvent, QScreen
from PySide6.QtWidgets import QWidget

from gui.pages.shortcuts import command_of
from gui.stage.geometry import RANGES
from gui.stage.stage import Look
from gui.stage.theme import THEMES
from gui.state.controller import Controller
from gui.state.keymap import LIVE
from gui.state.settings import TRANSPARENT
from gui.translation import tr
from gui.widgets.stage.compositing import compositing
from gui.widgets.stage.overlay_view import OverlayView
from gui.widgets.stage.stage_view import StageView

WIDTH, HEIGHT = 1280, 720
TO_TAKE_AWAY = "#00B140"  # the green that programs take away by default


# What lies over another program lets it have mouse and keyboard.
OVER = Qt.WindowType.WindowStaysOnTopHint | Qt.WindowType.WindowTransparentForInput
OVER |= Qt.WindowType.WindowDoesNotAcceptFocus


class SecondScreen(QWidget):
    """Shows the session of a controller in its own theme and keys. closed: called when the player closes it.

    transparent: nothing but blocks over whatever lies behind, which gets mouse and keyboard; the main window closes it.
    Where the desktop cannot show what lies behind, the background is green.
    """

    def __init__(self, controller: Controller, closed: Callable[[], None]) -> None:
        self.transparent = controller.settings.second_background == TRANSPARENT and compositing()
        flags = Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint
        super().__init__(None, flags | OVER if self.transparent else flags)
        self.setWindowTitle(tr("Liszten, second screen"))
        self._controller = controller
        self._closed = closed
        if self.transparent:
            self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
            self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.stage = (OverlayView if self.transparent else StageView)(controller.session, second_look(controller))
        self.stage.setParent(self)
        self.stage.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.stage.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def open_beside(self, window: QWidget) -> None:
        """Fill another screen than the window's; where there is none, stand before it, to be dragged anywhere, or lie
        over all that is on the only one."""
        other = other_screen(window.screen(), QGuiApplication.screens())
        if self.transparent:  # not as full screen: some desktops put nothing behind that
            self.setGeometry((other or window.screen()).availableGeometry())
            self.show()
        elif other is None:
            self.setGeometry(_centred(window.screen().availableGeometry()))
            self.show()
        else:
            self.setGeometry(other.geometry())
            self.showFullScreen()

    @property
    def outdated(self) -> bool:
        """Whether the settings ask for another kind of window."""
        return self.transparent != (self._controller.settings.second_background == TRANSPARENT and compositing())

    def show_settings(self) -> None:
        """Take theme, keys and background of the settings."""
        self.stage.set_look(second_look(self._controller))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and not self.isFullScreen():
            self.windowHandle().startSystemMove()

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        self._toggle_full_screen()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        command = command_of(self._controller.keymap, event, LIVE)
        if command is not None and command.name == "escape":
            self.close()
        elif command is not None and command.name == "full":
            self._toggle_full_screen()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        box = self.rect()
        if isinstance(self.stage, OverlayView):
            box.setHeight(self.stage.height_for(box.width(), box.height()))
        self.stage.setGeometry(box)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self._closed()

    def _toggle_full_screen(self) -> None:
        if self.isFullScreen():
            self.showNormal()
        else:
            self.showFullScreen()


def second_look(controller: Controller) -> Look:
    """How the second screen is drawn: as the first, but for its theme, its keys and its background."""
    look, chosen = controller.look, controller.settings
    theme = THEMES[chosen.second_theme or chosen.theme]
    ground = ""
    if chosen.second_background:  # light and shadow would leave a fringe
        theme, ground = replace(theme, glow=False, shadow=False), TO_TAKE_AWAY
    return replace(look, palette=replace(look.palette, theme=theme), keys=RANGES[chosen.second_keys], ground=ground)


def other_screen(first: QScreen, screens: list[QScreen]) -> QScreen | None:
    """The first screen that is not `first`, None where there is but one."""
    return next((screen for screen in screens if screen != first), None)


def _centred(screen: QRect) -> QRect:
    box = QRect(0, 0, min(WIDTH, screen.width()), min(HEIGHT, screen.height()))
    box.moveCenter(screen.center())
    return box
