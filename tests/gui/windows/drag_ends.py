"""Two programs for a drag from one to the other: `python -m tests.gui.windows.drag_ends source|target FOLDER`.

`source` is the window at its takes, without an engine; it prints the middle of the MIDI tile on the screen. `target` is
another program's window at TARGET: what is dropped on it is copied into FOLDER.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from PySide6.QtCore import QRect, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from gui.pages.main_window import MainWindow
from gui.pages.thread_signals import ThreadSignals
from gui.start import application
from gui.state.controller import Controller
from gui.state.settings import Settings
from gui.tools.screenshots import UnconnectedLink
from gui.widgets.tabs import TAKES

TARGET = QRect(1640, 200, 240, 240)
LOOK_MS = 50


class Target(QWidget):
    """Takes files, as a DAW or a folder does."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self.setAcceptDrops(True)
        self.setGeometry(TARGET)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt chooses the name
        event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt chooses the name
        for url in event.mimeData().urls():
            shutil.copy(url.toLocalFile(), self._folder)
        event.acceptProposedAction()


def tell_tile(window: MainWindow) -> None:
    """Choose the first take, and say where its tile is once it is there; until then look again."""
    takes, gallery = window.pages.takes, window.pages.gallery
    tile = gallery.panel.tile
    if takes.library.rows and not takes.chosen:
        gallery.list.list.setCurrentIndex(gallery.list.list.model().index(0, 0))
    if tile.isVisible() and takes.replay.piece is not None:
        middle = tile.mapToGlobal(tile.rect().center())
        print(middle.x(), middle.y(), flush=True)
    else:
        QTimer.singleShot(LOOK_MS, window, lambda: tell_tile(window))


def main(role: str, folder: Path) -> None:
    """Show one of the two, until it is ended."""
    app = application()
    if role == "target":
        window: QWidget = Target(folder)
    else:
        settings = Settings(takes=str(folder / "takes"))
        shown = window = MainWindow(Controller(settings, UnconnectedLink(), folder / "settings.toml"), ThreadSignals())
        window.move(0, 0)
        shown.pages.turn(TAKES)
        QTimer.singleShot(LOOK_MS, window, lambda: tell_tile(shown))
    window.show()
    app.exec()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
