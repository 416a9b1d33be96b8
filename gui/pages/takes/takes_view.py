"""The page of takes: their list, and what stands there while there is none."""

# ruff: noqa: N802 - Qt chooses the names of what it calls

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListView,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from gui.pages.takes.take_delegate import TakeDelegate, play_box
from gui.pages.takes.takes_model import TakesModel
from gui.stage.theme import Palette, Theme
from gui.state.formatting import take_count
from gui.state.keymap import Keymap
from gui.takes.library import Row
from gui.translation import tr
from gui.widgets.controls import button
from gui.widgets.label import Label
from gui.widgets.style import icon, pixmap


class TakesView(QWidget):
    """The page of takes. `chosen`: another row is current; `played`: a row is to be replayed; `asked`: what can be done
    with the current row, at a place on the screen."""

    chosen = Signal(object)
    played = Signal(object)
    asked = Signal(QPoint)

    def __init__(self, model: TakesModel, show_folder: Callable[[], None]) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._model = model
        self._title, self._count = Label(tr("Takes")), Label()
        self._title.setObjectName("title")
        self._count.setObjectName("small")
        self._folder = button(tr("Show the folder"), "link", tr("Show the folder of the takes"), show_folder)
        self._folder.setText(tr("Show the folder"))
        self.list = _List(model)
        self.list.setAccessibleName(tr("Takes"))
        self.list.played.connect(self.played)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._ask_what_to_do)
        self.list.selectionModel().currentChanged.connect(lambda now, _before: self._emit_chosen(now))
        self._empty = _Empty()
        self._either = QStackedLayout()
        self._either.addWidget(self.list)
        self._either.addWidget(self._empty)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._title)
        head.addWidget(self._count)
        head.addStretch(1)
        head.addWidget(self._folder)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 24, 20, 0)
        column.setSpacing(16)
        column.addLayout(head)
        column.addLayout(self._either, 1)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._folder.setIcon(icon("folder", theme.accent, 16))
        self._empty.set_theme(theme)

    def set_look(self, palette: Palette, text: float) -> None:
        """Take the colours of the stage. text: how large words are."""
        self.list.delegate.set_look(palette, text)
        self.list.viewport().update()

    def show_takes(self, current: Row | None, looked: bool) -> None:
        """Bring the list up to date. current: the chosen take; looked: whether it is known which takes there are."""
        if self.list.state() != QAbstractItemView.State.EditingState and self._model.show_rows():
            count = self._model.rowCount()
            self._count.setText(take_count(count) if count else "")
        self._folder.setVisible(bool(self._model.rowCount()))
        self._either.setCurrentIndex(1 if looked and not self._model.rowCount() else 0)
        index = self._model.index_of(current)
        if index.row() != self.list.currentIndex().row():
            with _SelectionBlocker(self.list):
                self.list.setCurrentIndex(index)

    def show_keys(self, keymap: Keymap) -> None:
        """Say with which keys takes are made."""
        record, recent = keymap.keys_text("record"), keymap.keys_text("recent")
        self._empty.set_text(
            tr("No takes yet. Press {} while you play.", record) if record else tr("No takes yet."),
            tr("{} keeps the last five minutes.", recent) if recent else "",
        )

    def edit_name(self) -> None:
        """Let the current take be named."""
        if self.list.currentIndex().isValid():
            self.list.setFocus()
            self.list.edit(self.list.currentIndex())

    def _ask_what_to_do(self, place: QPoint) -> None:
        """place: of the mouse, or of the current row where a key asked."""
        index = self.list.indexAt(place)
        if index.isValid():
            self.list.setCurrentIndex(index)
        if self.list.currentIndex().isValid():
            self.asked.emit(self.list.viewport().mapToGlobal(place))

    def _emit_chosen(self, index: QModelIndex) -> None:
        if not self.list.quiet:
            self.chosen.emit(self._model.row_at(index))


class _SelectionBlocker:
    """Within, the list emits no change of the current row."""

    def __init__(self, view: _List) -> None:
        self._view = view

    def __enter__(self) -> None:
        self._view.quiet = True

    def __exit__(self, *_exception: object) -> None:
        self._view.quiet = False


class _List(QListView):
    played = Signal(object)

    def __init__(self, model: TakesModel) -> None:
        super().__init__()
        self.setObjectName("takes")
        self.quiet = False
        self._takes = model
        self.delegate = TakeDelegate(self)
        self.setModel(model)
        self.setItemDelegate(self.delegate)
        self.setSpacing(0)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.doubleClicked.connect(lambda index: self.played.emit(model.row_at(index)))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and play_box(self.visualRect(index)).contains(event.position().toPoint()):
            self.played.emit(self._takes.row_at(index))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self._takes.row_at(self.currentIndex())
        if self.state() == QAbstractItemView.State.EditingState:
            event.accept()  # what a name that is being typed has left: Enter ends it, and nothing more
        elif row is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.played.emit(row)
        elif event.key() in MOVES:
            super().keyPressEvent(event)
        else:
            event.ignore()  # the window's keys; typing must not look for names


MOVES = {
    *(Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown),
    *(Qt.Key.Key_Home, Qt.Key.Key_End),
}


class _Empty(QWidget):
    """What stands where nothing is yet."""

    def __init__(self) -> None:
        super().__init__()
        self._sign, self._words, self._more = Label(), Label(), Label()
        self._words.setObjectName("empty")
        self._more.setObjectName("small")
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addStretch(2)
        for label in (self._sign, self._words, self._more):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        column.addStretch(3)

    def set_text(self, words: str, more: str) -> None:
        """Set title and text."""
        self._words.setText(words)
        self._more.setText(more)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._sign.setPixmap(pixmap("note", theme.third, 40))
