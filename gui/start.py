"""From nothing to a window that listens, and back."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QTimer, QTranslator
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from gui.pages.main_window import MainWindow
from gui.pages.signal_notifier import SignalNotifier
from gui.pages.thread_signals import ThreadSignals
from gui.state.banners import Fault
from gui.state.controller import Controller
from gui.state.link import Link
from gui.state.settings import load, settings_path
from gui.translation import use
from gui.widgets.style import font, load_fonts, pixmap
from gui.widgets.system_motion import ask_for_calm
from gui.widgets.wheel_guard import guard_wheel
from realtime.errors import FileError
from realtime.system.interrupts import StopRequest

# The window is seen first, then the guide of the first start.
GUIDE_MS = 400


def application() -> QApplication:
    """The one Qt application of this process, with typeface and icon."""
    running = QApplication.instance()
    app = running if isinstance(running, QApplication) else QApplication(sys.argv[:1])
    guard_wheel(app)
    app.setApplicationName("liszten")
    app.setApplicationDisplayName("Liszten")
    app.setDesktopFileName("liszten")
    load_fonts()
    app.setFont(font(13))
    app.setWindowIcon(QIcon(pixmap("logo", "", 64)))
    return app


def load_language(language: str) -> None:
    """Translate the window, and Qt's own dialogs, into a language; "" is the system's. Before any window is made."""
    code = use(language or QLocale.system().name())
    app = QApplication.instance()
    words = QTranslator(app)
    if app is not None and words.load(f"qtbase_{code}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(words)


def open_window(recording: Path | None = None, model: Path | None = None, settings: Path | None = None) -> MainWindow:
    """A window that is shown and whose engine is starting. settings: file, by default the player's own."""
    file = settings or settings_path()
    chosen, problem = load(file)
    load_language(chosen.language)
    signals = ThreadSignals()
    controller = Controller(chosen, Link(signals.woken.emit), file, recording, model)
    if problem is not None:
        controller.session.faults.raise_(Fault.SETTINGS, problem)
    controller.open()
    window = MainWindow(controller, signals)
    window.show()
    ask_for_calm(controller.system_wants)
    if recording is None:
        window.search_devices()
    return window


def run(stop: StopRequest, recording: Path | None = None, model: Path | None = None) -> int:
    """The program until its window is closed or `stop` is requested; the exit status.

    Raises FileError when the take that was being recorded could not be completed: no window can tell that any more.
    """
    app = application()
    if stop.signal is not None:
        return stop.exit_code
    window = open_window(recording, model)
    if recording is None and not window.controller.settings.guided:
        QTimer.singleShot(GUIDE_MS, window.secondary_windows.open_guide)

    app.commitDataRequest.connect(lambda _session: _leave(app, window))  # the session is being logged out
    app.aboutToQuit.connect(window.close)  # a system's own menu can end the program without closing its window

    def look() -> None:
        if stop.signal is not None:
            _leave(app, window)

    with SignalNotifier(look):
        QTimer.singleShot(0, look)  # for what was requested before
        status = app.exec()
    if window.controller.unsaved is not None:
        raise FileError(window.controller.unsaved)
    return stop.exit_code or status


def _leave(app: QApplication, window: MainWindow) -> None:
    """End the program. Qt alone would not when a sheet over the window was open: its parent was hidden with it."""
    window.close()
    app.quit()
