"""Windows beside the main one, opened when the player wants them: settings, second screen, plots, table of keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRect
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QWidget

from gui.pages.shortcut_table import show_table
from gui.pages.shortcuts import command_of
from gui.stage.theme import THEMES
from gui.state.controller import Controller
from gui.state.device_search import FoundDevices
from gui.state.keymap import LIVE

if TYPE_CHECKING:  # each is loaded when it is first opened: a window that opens at once comes first
    from gui.pages.guide.guide_view import GuideView
    from gui.pages.plots import Plots
    from gui.pages.second_screen import SecondScreen
    from gui.pages.settings_sheet import SettingsSheet

OWN_COMMANDS = ("escape", "full")


class SecondaryWindows:
    """The other windows of a main window; all show the same controller."""

    def __init__(self, window: QWidget, controller: Controller, search_devices: Callable[[], None]) -> None:
        """search_devices: for microphones and MIDI ports, again."""
        self._window = window
        self._controller = controller
        self._search_devices = search_devices
        self._box = QRect()
        self._key_presses = _KeyPresses(window, controller)
        self._devices, self._searched = FoundDevices(), False
        self.settings: SettingsSheet | None = None
        self.second: SecondScreen | None = None
        self.plots: Plots | None = None
        self.shortcut_table: QDialog | None = None
        self.guide: GuideView | None = None

    def open_settings(self) -> None:
        """The settings sheet, over the window; away again where it is open."""
        from gui.pages.settings_sheet import SettingsSheet

        if self.leave_settings():
            return
        if self.settings is None:
            self.settings = SettingsSheet(self._window, self._controller, self.open_shortcut_table, self.open_guide)
            self.settings.lay_out(self._box)
        self.settings.show_devices(self._devices)
        self.settings.open()

    def leave_settings(self) -> bool:
        """Close the settings sheet; whether it was open."""
        if self.settings is None or not self.settings.opened:
            return False
        self.settings.leave()
        return True

    def lay_out(self, box: QRect) -> None:
        """box: what of the window a sheet may cover."""
        self._box = box
        if self.settings is not None:
            self.settings.lay_out(box)

    def open_guide(self) -> None:
        """The first-run guide, over the window, from its first step."""
        from gui.pages.guide.guide_view import GuideView

        if not self._window.isVisible():  # closed before the guide of the first start opened
            return
        if self.guide is None:
            self.guide = GuideView(self._window, self._controller, self._search_devices)
        self.guide.set_style(self._window.styleSheet(), THEMES[self._controller.settings.theme])
        self.guide.begin(self._devices if self._searched else None)

    def open_shortcut_table(self) -> None:
        """The table of keyboard shortcuts, over the window."""
        self.shortcut_table = show_table(self._window, self._controller.keymap)

    def toggle_second(self) -> None:
        """Open the second screen, or close it."""
        from gui.pages.second_screen import SecondScreen

        if self.second is not None:
            self.second.close()
            return
        self.second = SecondScreen(self._controller, self._second_closed)
        self.second.installEventFilter(self._key_presses)
        self.second.open_beside(self._window)

    def toggle_plots(self) -> None:
        """Open the plots, or close them."""
        from gui.pages.plots import Plots

        if self.plots is not None:
            self.plots.close()
            return
        self.plots = Plots(self._controller, self._plots_closed)
        self.plots.setStyleSheet(self._window.styleSheet())
        self.plots.installEventFilter(self._key_presses)
        self.plots.show()

    def advance(self, now: float) -> bool:
        """The next frame of the second screen; whether another will differ. now: monotonic, s."""
        return self.second is not None and self.second.stage.advance(now)

    def show_settings(self) -> None:
        """The settings have changed."""
        if self.settings is not None and self.settings.opened:
            self.settings.show_settings()
        if self.second is not None:
            if self.second.outdated:
                self.second.close()
                self.toggle_second()
            else:
                self.second.show_settings()
        if self.plots is not None:
            self.plots.setStyleSheet(self._window.styleSheet())
            self.plots.show_settings()

    def show_devices(self, found: FoundDevices) -> None:
        """Devices and ports that were found."""
        self._devices, self._searched = found, True
        for window in (self.settings, self.guide):
            if window is not None:
                window.show_devices(found)

    def close(self) -> None:
        """Close all of them: the main window closes."""
        for window in (self.second, self.plots, self.guide):
            if window is not None:
                window.close()

    def _second_closed(self) -> None:
        if self.second is not None:
            self.second.deleteLater()
            self.second = None

    def _plots_closed(self) -> None:
        if self.plots is not None:
            self.plots.deleteLater()
            self.plots = None


class _KeyPresses(QObject):
    """Hands keys that are pressed in another window on to the main one: R records there as ever."""

    def __init__(self, window: QWidget, controller: Controller) -> None:
        super().__init__(window)
        self._window, self._controller = window, controller

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt chooses the name
        """Take key presses, but those that concern the other window itself."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        command = command_of(self._controller.keymap, event, LIVE)
        if command is not None and command.name in OWN_COMMANDS:
            return False
        return QCoreApplication.sendEvent(self._window, event)
