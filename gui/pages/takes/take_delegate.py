"""A row of the list of takes, painted: a small picture, the name, when it was, how long, how many notes."""

# ruff: noqa: N802 - Qt chooses the names of what it calls

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gui.pages.takes.takes_model import ROW, count_words
from gui.stage.theme import NIGHT, Palette, Theme
from gui.state.formatting import date_text, length_text
from gui.takes.library import Row
from gui.translation import tr
from gui.widgets.outline_view import paint_outline
from gui.widgets.style import font, pixmap, tinted

Index = QModelIndex | QPersistentModelIndex
ROW_HEIGHT, GAP = 72, 6
PICTURE, PAD, TEXT = QSize(200, 48), 12, 16
PLAY = 32
FACTS = 110


class TakeDelegate(QStyledItemDelegate):
    """Paints a row."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._palette = Palette(NIGHT)
        self._text = 1.0
        self._pictures: dict[tuple[object, ...], QPixmap] = {}

    def set_look(self, palette: Palette, text: float) -> None:
        """Take the colours of the stage. text: how large words are."""
        self._palette, self._text = palette, text
        self._pictures.clear()

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(400, ROW_HEIGHT + GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW)
        assert isinstance(row, Row)
        theme, box = self._palette.theme, card_of(option.rect)
        state = option.state
        # Qt makes a row current without selecting it when the list gets the focus; the panel shows it all the same.
        current = isinstance(option.widget, QAbstractItemView) and option.widget.currentIndex() == index
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = theme.accent if current else theme.edge if hovered else theme.line
        painter.setPen(QColor(edge))
        painter.setBrush(QColor(tinted(theme.accent, theme.card, 0.12) if current else theme.card))
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        picture = picture_of(option.rect)
        painter.drawPixmap(picture.topLeft(), self._picture(row, option.widget.devicePixelRatioF()))
        if hovered or current:
            self._paint_play(painter, play_box(option.rect), theme)
        self._paint_words(painter, row, box, theme)
        painter.restore()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = super().createEditor(parent, option, index)
        editor.setObjectName("rename")
        editor.setAccessibleName(tr("Name of the take"))
        return editor

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:
        box = card_of(option.rect)
        left = box.left() + PAD + PICTURE.width() + TEXT - 9
        editor.setGeometry(left, box.top() + 10, box.right() - round(FACTS * self._text) - PAD - left, 30)

    def _paint_words(self, painter: QPainter, row: Row, box: QRect, theme: Theme) -> None:
        left, wide = box.left() + PAD + PICTURE.width() + TEXT, round(FACTS * self._text)
        high, low = round(22 * self._text), round(20 * self._text)
        top = box.top() + (box.height() - high - low) // 2
        name = QRect(left, top, box.right() - wide - PAD - left, high)
        below = QRect(left, name.bottom() + 1, name.width(), low)
        facts = QRect(box.right() - wide - PAD, top, wide, high)
        under = QRect(facts.left(), below.top(), wide, low)
        end = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        begin = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        when = date_text(row.when, datetime.now())
        about = f"{when} · {tr('improved')}" if row.improved else when
        for words, place, side, size, weight, colour in (
            (row.name, name, begin, 14, 600, theme.text),
            (about, below, begin, 12, 500, theme.second),
            (length_text(row.length_s), facts, end, 14, 600, theme.text),
            (count_words(row), under, end, 12, 500, theme.warning if row.problem else theme.second),
        ):
            face = font(round(size * self._text), weight)
            painter.setFont(face)
            painter.setPen(QColor(colour))
            fitting = QFontMetrics(face).elidedText(words, Qt.TextElideMode.ElideRight, place.width())
            painter.drawText(place, side, fitting)

    def _paint_play(self, painter: QPainter, box: QRect, theme: Theme) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.accent))
        painter.drawEllipse(box)
        painter.drawPixmap(box.topLeft() + QPoint(8, 8), pixmap("listen", theme.on_accent, 16))

    def _picture(self, row: Row, ratio: float) -> QPixmap:
        """The roll of a take, painted once."""
        key = (row.folder, row.stamp, ratio)
        made = self._pictures.get(key)
        if made is None:
            made = QPixmap(PICTURE * ratio)
            made.setDevicePixelRatio(ratio)
            made.fill(Qt.GlobalColor.transparent)
            painter = QPainter(made)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self._palette.theme.stage))
            box = QRectF(0, 0, PICTURE.width(), PICTURE.height())
            painter.drawRoundedRect(box, 6, 6)
            inside = box.adjusted(4, 0, -4, 0)
            paint_outline(painter, inside, row.outline, 0.0, max(row.length_s, 1.0), self._palette)
            painter.end()
            self._pictures[key] = made
        return made


def card_of(row: QRect) -> QRect:
    """The card of a row, which leaves a gap to the next."""
    return row.adjusted(0, 0, -8, -GAP)


def picture_of(row: QRect) -> QRect:
    """Where the picture lies in a row."""
    box = card_of(row)
    return QRect(QPoint(box.left() + PAD, box.top() + (box.height() - PICTURE.height()) // 2), PICTURE)


def play_box(row: QRect) -> QRect:
    """Where the button that replays lies in a row."""
    box = QRect(0, 0, PLAY, PLAY)
    box.moveCenter(picture_of(row).center())
    return box
