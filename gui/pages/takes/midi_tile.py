"""The tile that is dragged out of the window: the MIDI file of a take, for a DAW or a folder."""

# ruff: noqa: N802 - Qt chooses the names of what it calls

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout

from gui.pages.takes.takes_model import TakesModel, file_name
from gui.stage.theme import Theme
from gui.takes.library import Row
from gui.translation import tr
from gui.widgets.label import Label
from gui.widgets.style import pixmap


class MidiTile(QFrame):
    """Dragging it drags the take's MIDI file."""

    def __init__(self, model: TakesModel) -> None:
        super().__init__()
        self.setObjectName("tile")
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setAccessibleName(tr("MIDI file"))
        self.setToolTip(tr("Drag it into your DAW, or into a folder"))
        self._model = model
        self._row: Row | None = None
        self._grabbed: QPoint | None = None
        self._colour = ""
        self._sign, self._name, self._words = Label(), Label(), Label(tr("Drag it into your DAW, or into a folder"))
        self._name.setObjectName("value")
        self._words.setObjectName("small")
        self._words.setWordWrap(True)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(self._name)
        column.addWidget(self._words)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 10, 12, 10)
        row.setSpacing(12)
        row.addWidget(self._sign)
        row.addLayout(column, 1)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._colour = theme.accent
        self._sign.setPixmap(pixmap("file", theme.accent, 26))

    def show_take(self, row: Row) -> None:
        """Whose file it is."""
        self._row = row
        name = self._name.fontMetrics().elidedText(f"{file_name(row.name)}.mid", Qt.TextElideMode.ElideMiddle, 200)
        if self._name.text() != name:
            self._name.setText(name)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._grabbed = event.position().toPoint() if event.button() == Qt.MouseButton.LeftButton else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grabbed is None or self._row is None:
            return
        way = (event.position().toPoint() - self._grabbed).manhattanLength()
        if way < QApplication.startDragDistance():
            return
        self._grabbed = None
        data = self._model.mimeData([self._model.index_of(self._row)])
        if data.urls():
            drag = QDrag(self)
            drag.setMimeData(data)
            drag.setPixmap(pixmap("file", self._colour, 32))
            drag.exec(Qt.DropAction.CopyAction)
