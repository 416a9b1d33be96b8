"""What the buttons of a banner do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from gui.state.banners import Banner, Fault, Remedy
from gui.translation import tr
from gui.widgets.advice_view import show_advice
from realtime.errors import FileError

if TYPE_CHECKING:
    from gui.pages.window import Window

MICROPHONE_SETTINGS = "x-apple.systempreferences:com.apple.preference.security?Privacy_Microphone"


def remedy(window: Window, chosen: Remedy, banner: Banner | None) -> None:
    """Do what a button promises. banner: the one that is shown."""
    desk = window.desk
    match chosen:
        case Remedy.CHOOSE_INPUT | Remedy.USE_ANOTHER_INPUT:
            window.look_around()
            window.open_section("input")
        case Remedy.CHOOSE_PORT:
            window.open_section("midi")
        case Remedy.LOOK_AGAIN:
            window.look_around()
        case Remedy.TRY_AGAIN:
            desk.listen()
        case Remedy.CHOOSE_FAST:
            desk.set_delay("fast")
            desk.session.faults.clear(Fault.TOO_SLOW)
        case Remedy.OPEN_SETTINGS:
            QDesktopServices.openUrl(QUrl(MICROPHONE_SETTINGS))
        case Remedy.OPEN:
            desk.session.faults.clear(Fault.RECOVERED)
            window.pages.open_recovered()
        case Remedy.SAVE_ELSEWHERE:
            _save_elsewhere(window)
        case Remedy.PAUSE_MIDI | Remedy.SEND_AGAIN:
            desk.send_midi(chosen is Remedy.SEND_AGAIN)
        case Remedy.USE_OTHER if banner is not None:
            desk.set_channel(banner.values[1])
        case Remedy.SHOW_HOW if banner is not None:
            show_advice(window, banner.fault)
        case Remedy.HIDE | Remedy.IGNORE | Remedy.KEEP if banner is not None:
            desk.session.faults.hide(banner.fault)


def _save_elsewhere(window: Window) -> None:
    folder = QFileDialog.getExistingDirectory(window, tr("Where should takes be kept?"))
    if not folder:
        return
    try:
        window.desk.record_into(Path(folder))
    except FileError as error:
        window.desk.session.faults.raise_(Fault.DISK, str(error))
