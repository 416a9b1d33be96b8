"""The stage alone, in a window without a frame: for a projector, a second screen, or a stream."""

# ruff: noqa: N802 - Qt chooses the names of what it calls

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QMouseEvent, QResizeEvent, QScreen
from PySide6.QtWidgets import QWidget

from gui.desk import Desk
from gui.geometry import RANGES
from gui.shortcuts import command_of
from gui.stage import Look
from gui.stage_view import StageView
from gui.theme import THEMES, Theme
from gui.translation import tr

WIDTH, HEIGHT = 1280, 720
GREEN = "#00B140"  # what programs take away by default


class SecondScreen(QWidget):
    """Shows the session of a desk in its own theme and keys. closed: called when the player closes it."""

    def __init__(self, desk: Desk, closed: Callable[[], None]) -> None:
        super().__init__(None, Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint)
        self.setWindowTitle(tr("Liszten, second screen"))
        self._desk = desk
        self._closed = closed
        self.stage = StageView(desk.session, second_look(desk))
        self.stage.setParent(self)
        self.stage.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.stage.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def open_beside(self, window: QWidget) -> None:
        """Fill another screen than the window's; where there is none, stand before it, to be dragged anywhere."""
        other = other_screen(window.screen(), QGuiApplication.screens())
        if other is None:
            self.setGeometry(_centred(window.screen().availableGeometry()))
            self.show()
        else:
            self.setGeometry(other.geometry())
            self.showFullScreen()

    def show_settings(self) -> None:
        """Take theme, keys and background of the settings."""
        self.stage.set_look(second_look(self._desk))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and not self.isFullScreen():
            self.windowHandle().startSystemMove()

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        self._toggle_full_screen()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        command = command_of(self._desk.keymap, event, live=True)
        if command is not None and command.name == "escape":
            self.close()
        elif command is not None and command.name == "full":
            self._toggle_full_screen()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.stage.setGeometry(self.rect())

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self._closed()

    def _toggle_full_screen(self) -> None:
        if self.isFullScreen():
            self.showNormal()
        else:
            self.showFullScreen()


def second_look(desk: Desk) -> Look:
    """How the second screen is drawn: as the first, but for its theme, its keys and its background."""
    look, chosen = desk.look, desk.settings
    theme = THEMES[chosen.second_theme or chosen.theme]
    palette = replace(look.palette, theme=_green(theme) if chosen.second_green else theme)
    return replace(look, palette=palette, keys=RANGES[chosen.second_keys])


def other_screen(first: QScreen, screens: list[QScreen]) -> QScreen | None:
    """The first screen that is not `first`, None where there is but one."""
    return next((screen for screen in screens if screen != first), None)


def _green(theme: Theme) -> Theme:
    """Nothing but the green behind the blocks: light and lines would leave a fringe."""
    return replace(theme, stage=GREEN, glow=False, shadow=False, lane_c=0.0, lane_f=0.0, lane_black=0.0)


def _centred(screen: QRect) -> QRect:
    box = QRect(0, 0, min(WIDTH, screen.width()), min(HEIGHT, screen.height()))
    box.moveCenter(screen.center())
    return box
