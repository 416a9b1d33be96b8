"""What the buttons of a banner do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from gui.pages.pages import Pages
from gui.state.banners import Banner, Fault, Remedy
from gui.state.controller import Controller
from gui.translation import tr
from gui.widgets.advice_view import show_advice
from realtime.errors import FileError

MICROPHONE_SETTINGS = "x-apple.systempreferences:com.apple.preference.security?Privacy_Microphone"


@dataclass(frozen=True)
class Remedies:
    """window: the one over which more is asked or shown; search_devices: looks for microphones and ports again;
    open_section: shows the panel at one of its sections."""

    window: QWidget
    controller: Controller
    pages: Pages
    search_devices: Callable[[], None]
    open_section: Callable[[str], None]

    def apply(self, chosen: Remedy, banner: Banner | None) -> None:
        """Do what a button promises. banner: the one that is shown."""
        controller = self.controller
        match chosen:
            case Remedy.CHOOSE_INPUT | Remedy.USE_ANOTHER_INPUT:
                self.search_devices()
                self.open_section("input")
            case Remedy.EXAMPLE:
                self.pages.play_example()
            case Remedy.CHOOSE_PORT:
                self.open_section("midi")
            case Remedy.LOOK_AGAIN:
                self.search_devices()
            case Remedy.TRY_AGAIN:
                controller.listen()
            case Remedy.OPEN_SETTINGS:
                QDesktopServices.openUrl(QUrl(MICROPHONE_SETTINGS))
            case Remedy.OPEN:
                controller.session.faults.clear(Fault.RECOVERED)
                self.pages.open_recovered()
            case Remedy.SAVE_ELSEWHERE:
                self._save_elsewhere()
            case Remedy.PAUSE_MIDI | Remedy.SEND_AGAIN:
                controller.send_midi(chosen is Remedy.SEND_AGAIN)
            case Remedy.USE_OTHER if banner is not None:
                controller.set_channel(str(banner.values[1]))
            case Remedy.SHOW_HOW if banner is not None:
                show_advice(self.window, banner.fault)
            case Remedy.HIDE | Remedy.IGNORE | Remedy.KEEP if banner is not None:
                controller.session.faults.hide(banner.fault)

    def _save_elsewhere(self) -> None:
        folder = QFileDialog.getExistingDirectory(self.window, tr("Where should takes be kept?"))
        if not folder:
            return
        try:
            self.controller.record_into(Path(folder))
        except FileError as error:
            self.controller.session.faults.raise_(Fault.DISK, error.said)
