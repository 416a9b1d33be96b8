"""The list of takes as Qt sees it: names that can be edited, rows that can be dragged into other programs as .mid."""

# ruff: noqa: N802 - Qt chooses the names of what it calls

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QPersistentModelIndex, Qt, QUrl

from gui.state.formatting import date_text, length_text, note_count
from gui.takes.library import Row
from gui.takes.takes_controller import TakesController
from gui.translation import tr
from realtime.errors import FileError, said
from realtime.takes.folder import open_take
from realtime.words import plain

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole
UNFIT = '<>:"/\\|?*'  # in the name of a file, on one system or another
MOST_LETTERS, MOST_BYTES = 120, 220  # of such a name, with room for a number and an ending


class TakesModel(QAbstractListModel):
    """The rows of a TakesController's library."""

    def __init__(self, takes: TakesController) -> None:
        super().__init__()
        self._takes = takes
        self._rows: list[Row] = []
        self._scratch: Path | None = None

    def show_rows(self) -> bool:
        """Bring the list up to date; whether it has changed."""
        rows = self._takes.library.rows
        if len(rows) == len(self._rows) and all(a is b for a, b in zip(rows, self._rows, strict=True)):
            return False
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()
        return True

    def index_of(self, row: Row | None) -> QModelIndex:
        """Where a take stands; invalid when it is not in the list."""
        places = [place for place, other in enumerate(self._rows) if row is not None and other.folder == row.folder]
        return self.index(places[0]) if places else QModelIndex()

    def row_at(self, index: Index) -> Row | None:
        """The take at an index."""
        return self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row_at(index)
        if row is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return row.name
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.AccessibleTextRole:
            facts = (row.name, date_text(row.when, datetime.now()), length_text(row.length_s), count_words(row))
            return ", ".join(facts)
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        row = self.row_at(index)
        if row is None or role != Qt.ItemDataRole.EditRole:
            return False
        if str(value) != row.name:
            self._takes.rename(row, str(value), time.monotonic())
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsDragEnabled

    def mimeTypes(self) -> list[str]:
        return ["text/uri-list"]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        rows = [row for index in indexes if (row := self.row_at(index)) is not None]
        data.setUrls([QUrl.fromLocalFile(str(path)) for row in rows if (path := self.midi_copy(row)) is not None])
        return data

    def midi_copy(self, row: Row) -> Path | None:
        """The notes of a take in a file with its name: what is dragged should not be called notes.mid."""
        if self._scratch is None:
            self._scratch = Path(tempfile.mkdtemp(prefix="liszten "))
        copy = self._scratch / f"{file_name(row.name)}.mid"
        try:
            shutil.copyfile(open_take(row.folder).midi, copy)
        except (OSError, FileError) as error:
            self._takes.show_toast(said(error, plain(str(error))), time.monotonic())
            return None
        return copy

    def close(self) -> None:
        """Let the copies go."""
        if self._scratch is not None:
            shutil.rmtree(self._scratch, ignore_errors=True)


def count_words(row: Row) -> str:
    """How many notes a take has, if they can be read."""
    return tr("cannot be read") if row.problem else note_count(row.notes)


def file_name(name: str) -> str:
    """What a take is called, as the name of a file."""
    fit = "".join("-" if letter in UNFIT or ord(letter) < 32 else letter for letter in name).strip(". ")
    fit = fit[:MOST_LETTERS]
    while len(os.fsencode(fit)) > MOST_BYTES:
        fit = fit[:-1]
    return fit or "Take"
