"""Files that are dropped anywhere on the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from gui.translation import tr
from gui.widgets.label import Label

MARGIN = 12


class FileDrop(QObject):
    """Watches a window; `dropped` gets the paths. While files hang over the window, an overlay with a text covers
    it."""

    def __init__(self, window: QWidget, dropped: Callable[[list[Path]], None]) -> None:
        super().__init__(window)
        self._window = window
        self._dropped = dropped
        self.veil = _DropOverlay(window)
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt chooses the name
        """Take what concerns dropping."""
        if event.type() in (QEvent.Type.DragEnter, QEvent.Type.DragMove) and isinstance(event, QDropEvent):
            # What was dragged out of the window itself is not to come back.
            if event.source() is None and local_files(event.mimeData()):
                event.setDropAction(Qt.DropAction.CopyAction)
                event.accept()
                self._veil_over()
            return True
        if event.type() == QEvent.Type.DragLeave:
            self.veil.hide()
        if event.type() == QEvent.Type.Drop and isinstance(event, QDropEvent):
            self.veil.hide()
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self._dropped(local_files(event.mimeData()))
            return True
        return False

    def _veil_over(self) -> None:
        if not self.veil.isVisible():
            self.veil.setGeometry(self._window.rect().adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN))
            self.veil.show()
            self.veil.raise_()


class _DropOverlay(QFrame):
    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("veil")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        words = Label(tr("Drop the files to transcribe them"))
        words.setObjectName("title")
        more = Label(tr("Recordings become takes, a MIDI file is replayed"))
        column = QVBoxLayout(self)
        column.addStretch(1)
        for label in (words, more):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        column.addStretch(1)
        self.hide()


def local_files(data: QMimeData) -> list[Path]:
    """The files and folders of this computer among what is dragged."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
