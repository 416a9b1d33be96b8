"""Parts of the first-run guide's pages: rows for what was found, bars, and the line of steps."""

# ruff: noqa: N802 - Qt chooses the names of what it calls

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from gui.stage.theme import NIGHT, Theme
from gui.state.level import FLOOR_DB
from gui.widgets.label import Label
from gui.widgets.style import font, pixmap

ROW, SIGN = 44, 18
BAR_WIDTH, BAR_HEIGHT = 120, 8
DOT = 22


class Finding(QWidget):
    """A row of a sign, what is looked for, and what was found. Each state has a sign of its own, not only a colour."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.setObjectName("finding")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumHeight(ROW)
        self._words = words
        self._sign, self._found = Label(), Label()
        self._found.setObjectName("second")
        name = Label(words)
        name.setObjectName("value")
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 14, 0)
        row.setSpacing(12)
        row.addWidget(self._sign)
        row.addWidget(name)
        row.addStretch(1)
        row.addWidget(self._found)

    def show_found(self, state: str, words: str, theme: Theme) -> None:
        """state: "wait", "good" or anything else, which asks for care; words: beside it."""
        shapes = {"wait": ("wait", theme.third), "good": ("check", theme.good)}
        self._sign.setPixmap(pixmap(*shapes.get(state, ("warning", theme.warning)), SIGN))
        if self._found.text() != words:
            self._found.setText(words)
        self.setAccessibleName(f"{self._words}: {words}")


class InputRow(QAbstractButton):
    """A microphone to choose, with its level and whether that moves with the playing."""

    def __init__(self, words: str, moves: str) -> None:
        """moves: the words for a microphone whose level moves with the playing."""
        super().__init__()
        self.setText(words)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedHeight(ROW - 4)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._words = moves
        self._theme = NIGHT
        self._level_db: float | None = None
        self._moves = False

    def show_level(self, level_db: float | None, moves: bool, theme: Theme) -> None:
        """level_db: peak in dBFS, None when it is not known."""
        if (level_db, moves, theme) != (self._level_db, self._moves, self._theme):
            self._level_db, self._moves, self._theme = level_db, moves, theme
            self.setAccessibleName(f"{self.text()}: {self._words}" if moves else self.text())
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_frame(painter)
        right = self.width() - 14
        self._paint_bar(painter, QRectF(right - BAR_WIDTH, (self.height() - BAR_HEIGHT) / 2, BAR_WIDTH, BAR_HEIGHT))
        painter.setFont(font(12, 600))
        used = right - BAR_WIDTH - 12
        if self._moves:
            width = painter.fontMetrics().horizontalAdvance(self._words) + 4
            used -= width
            painter.setPen(QColor(self._theme.good))
            painter.drawText(QRectF(used, 0, width, self.height()), Qt.AlignmentFlag.AlignVCenter, self._words)
            used -= 20
            painter.drawPixmap(int(used), (self.height() - 14) // 2, pixmap("check", self._theme.good, 14))
        painter.setFont(font(13, 600 if self.isChecked() else 500))
        painter.setPen(QColor(self._theme.text))
        room = used - 50
        words = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, int(room))
        painter.drawText(QRectF(42, 0, room, self.height()), Qt.AlignmentFlag.AlignVCenter, words)
        painter.end()

    def _paint_frame(self, painter: QPainter) -> None:
        theme, chosen = self._theme, self.isChecked()
        width = 2.0 if self.hasFocus() else 1.0
        painter.setPen(QColor(theme.accent if chosen or self.hasFocus() else theme.line))
        painter.setBrush(QColor(theme.card))
        frame = QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
        painter.drawRoundedRect(frame, 8, 8)
        painter.setPen(QColor(theme.accent if chosen else theme.edge))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        circle = QRectF(15, self.height() / 2 - 7, 14, 14)
        painter.drawEllipse(circle)
        if chosen:
            painter.setBrush(QColor(theme.accent))
            painter.drawEllipse(circle.adjusted(4, 4, -4, -4))

    def _paint_bar(self, painter: QPainter, box: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.line))
        painter.drawRoundedRect(box, 4, 4)
        share = 0.0 if self._level_db is None else min(max(1 - self._level_db / FLOOR_DB, 0.0), 1.0)
        if share > 0.03:
            painter.setBrush(QColor(self._theme.good if self._moves else self._theme.accent))
            painter.drawRoundedRect(QRectF(box.x(), box.y(), box.width() * share, box.height()), 4, 4)


class Steps(QWidget):
    """Where in the guide one is: numbered dots on a line, with a check for a step that has found what it looks for."""

    def __init__(self, names: list[str]) -> None:
        super().__init__()
        self._names = names
        self._step = 0
        self._done: frozenset[int] = frozenset()
        self._theme = NIGHT
        self.setFixedHeight(DOT + 20)

    def show_step(self, step: int, done: frozenset[int], theme: Theme) -> None:
        """step: the present one; done: those that are complete."""
        self._step, self._done, self._theme = step, done, theme
        self.setAccessibleName(f"{step + 1}/{len(self._names)}: {self._names[step]}")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, pitch = self._theme, self.width() / len(self._names)
        line = DOT / 2 + 0.5
        for index, name in enumerate(self._names):
            centre = pitch * (index + 0.5)
            if index:
                painter.setPen(QColor(theme.accent if index <= self._step else theme.line))
                painter.drawLine(int(centre - pitch + DOT / 2 + 6), int(line), int(centre - DOT / 2 - 6), int(line))
            self._paint_dot(painter, index, QRectF(centre - DOT / 2, 0.5, DOT, DOT))
            painter.setFont(font(11, 600))
            painter.setPen(QColor(theme.text if index == self._step else theme.third))
            box = QRectF(centre - pitch / 2, DOT + 4, pitch, 16)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, name)
        painter.end()

    def _paint_dot(self, painter: QPainter, index: int, box: QRectF) -> None:
        theme, here, done = self._theme, index == self._step, index in self._done
        painter.setPen(QColor(theme.accent if here or done else theme.edge))
        painter.setBrush(QColor(theme.accent if here else theme.card))
        painter.drawEllipse(box)
        if done and not here:
            painter.drawPixmap(int(box.x()) + 4, int(box.y()) + 4, pixmap("check", theme.accent, 14))
            return
        painter.setFont(font(11, 700))
        painter.setPen(QColor(theme.on_accent if here else theme.third))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(index + 1))
