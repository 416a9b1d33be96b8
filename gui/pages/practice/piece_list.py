"""The pieces that can be practised: those of lately with the place where they were left, and those that come along."""

# ruff: noqa: N802 - Qt chooses the names of what it calls

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from gui.pages.practice.today_panel import TodayPanel
from gui.pages.side_panel import WIDTH
from gui.practice.next_loops import NextLoop
from gui.practice.piece_rows import PieceRow
from gui.stage.theme import NIGHT, Theme
from gui.translation import tr
from gui.widgets.controls import button
from gui.widgets.label import Label
from gui.widgets.style import font, tinted
from realtime.practice.library import bundled, search
from realtime.practice.progress import Today

ROW, HEAD, SIDE = 56, 40, 18
FIRST = "minuet-in-g"  # the piece that is proposed to whoever has none
PATH, MORE = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex


class PieceList(QWidget):
    """`opened` gives the file of the piece that the player wants. choose: lets the player choose a file; practise: puts
    a loop on."""

    opened = Signal(Path)

    def __init__(self, choose: Callable[[], None], practise: Callable[[NextLoop], None]) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._rows: tuple[PieceRow, ...] = ()
        self._title = Label(tr("Practice"))
        self._title.setObjectName("title")
        first = next(piece for piece in bundled() if piece.path.stem == FIRST)
        self._words = Label(tr("Open a MIDI or MusicXML file, or try {}.", first.title))
        self._words.setWordWrap(True)
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search"))
        self.search.setAccessibleName(tr("Search pieces"))
        self.search.setClearButtonEnabled(True)
        self.search.setFixedHeight(34)
        self.search.setMinimumWidth(140)
        self.search.setMaximumWidth(260)
        self.search.textChanged.connect(lambda _words: self._fill())
        self.open = button(tr("Open"), "main", tr("Open a MIDI or MusicXML file"), choose, "files")
        self.open.setText(tr("Open", about="file"))
        self.attempt = button(tr("Try"), "chip", tr("Try {}", first.title), lambda: self.opened.emit(first.path))
        self.attempt.setText(tr("Try"))
        self.list = QListWidget()
        self.list.setObjectName("takes")
        self.list.setAccessibleName(tr("Pieces"))
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.today = TodayPanel(practise)
        self.today.hide()
        self._delegate = _PieceDelegate(self.list)
        self.list.setItemDelegate(self._delegate)
        self.list.itemActivated.connect(self._open_item)
        self.list.itemClicked.connect(self._open_item)
        self._lay_out()

    def set_theme(self, theme: Theme, text: float) -> None:
        """Take the colours of a theme. text: how large words are."""
        self._delegate.theme, self._delegate.text = theme, text
        self.today.setFixedWidth(round(WIDTH * text))
        self.today.set_theme(theme)
        self.list.doItemsLayout()

    def show_pieces(self, rows: Sequence[PieceRow]) -> None:
        """The pieces in order; those of a section together."""
        if tuple(rows) != self._rows:
            self._rows = tuple(rows)
            self._fill()

    def show_practised(self, today: Today | None, loops: Sequence[NextLoop]) -> None:
        """What was practised, beside the pieces; nothing before the first run."""
        self.today.setVisible(self.today.show_practised(today, loops))

    @property
    def shown(self) -> list[str]:
        """The words of each row, of titles of sections too."""
        return [self.list.item(row).text() for row in range(self.list.count())]

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._words)
        head.addLayout(words, 1)
        head.addWidget(self.search, 1)
        head.addWidget(self.attempt)
        head.addWidget(self.open)
        head.setContentsMargins(28, 22, 28, 14)
        pieces = QVBoxLayout()
        pieces.setContentsMargins(28, 0, 20, 0)
        pieces.addWidget(self.list)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addLayout(pieces, 1)
        row.addWidget(self.today)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(row, 1)

    def _fill(self) -> None:
        """Show the pieces that have the words which are searched for."""
        self.list.clear()
        section = ""
        found = {*search((row.piece for row in self._rows), self.search.text())}
        for row in self._rows:
            if row.piece not in found:
                continue
            if row.section != section:
                section = row.section
                head = QListWidgetItem(section)
                head.setFlags(Qt.ItemFlag.NoItemFlags)
                self.list.addItem(head)
            item = QListWidgetItem(row.piece.title)
            item.setData(PATH, row.path)
            item.setData(MORE, row.more)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{row.piece.title}, {row.more}")
            self.list.addItem(item)
        if self.list.count() > 1:
            self.list.setCurrentRow(1)

    def _open_item(self, item: QListWidgetItem) -> None:
        path = item.data(PATH)
        if path is not None:
            self.opened.emit(path)


class _PieceDelegate(QStyledItemDelegate):
    """Paints a title over a second line, and titles of sections."""

    theme, text = NIGHT, 1.0

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, round((HEAD if index.data(PATH) is None else ROW) * self.text))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        box, theme = QRect(option.rect), self.theme
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if index.data(PATH) is None:
            painter.setPen(QColor(theme.third))
            painter.setFont(font(round(11 * self.text), 700, tracking=0.9))
            words = str(index.data()).upper()
            foot = box.adjusted(4, 0, 0, -6)
            painter.drawText(foot, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, words)
        else:
            self._paint_piece(painter, box.adjusted(0, 2, -8, -2), option, index)
        painter.restore()

    def _paint_piece(self, painter: QPainter, box: QRect, option: QStyleOptionViewItem, index: Index) -> None:
        theme, state = self.theme, option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        over = chosen or bool(state & QStyle.StateFlag.State_MouseOver)
        painter.setPen(QColor(theme.accent if chosen else theme.line))
        painter.setBrush(QColor(tinted(theme.accent, theme.card, 0.1) if over else theme.card))
        painter.drawRoundedRect(box, 8, 8)
        inside = box.adjusted(SIDE, 7, -SIDE, -7)
        painter.setPen(QColor(theme.text))
        painter.setFont(font(round(14 * self.text), 600))
        painter.drawText(inside, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, str(index.data()))
        painter.setPen(QColor(theme.second))
        painter.setFont(font(round(12 * self.text), 500))
        painter.drawText(inside, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, str(index.data(MORE)))
