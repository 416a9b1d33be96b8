"""How sure each bar of a piece is: a column for each, as high as the share of its right keys."""

# ruff: noqa: N802 - Qt chooses the names of what it calls

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from gui.stage.theme import NIGHT, Theme
from gui.translation import tr
from gui.widgets.label import plain_tip
from gui.widgets.style import font
from realtime.practice.progress import SURE, BarShare

HEIGHT, FOOT, ASIDE, WIDEST = 64, 16, 10, 24.0
LEAST = 2.0  # px of a column without a right key


class BarShares(QWidget):
    """`picked` gives the number of the bar that was clicked."""

    picked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(HEIGHT)
        self._theme = NIGHT
        self._bars: tuple[BarShare, ...] = ()

    def sizeHint(self) -> QSize:
        return QSize(280, HEIGHT)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self.update()

    def show_bars(self, bars: Sequence[BarShare]) -> None:
        """The bars of which something is known, in order."""
        if tuple(bars) == self._bars:
            return
        self._bars = tuple(bars)
        unsure = sorted((bar for bar in bars if bar.share < SURE), key=lambda bar: bar.share)
        words = ", ".join(share_words(bar) for bar in unsure) or tr("every bar is sure")
        self.setAccessibleName(tr("How sure each bar is"))
        self.setAccessibleDescription(words)
        self.update()

    def bar_at(self, x: float) -> BarShare | None:
        """The bar whose column is at a place, px."""
        index = int((x - ASIDE) // self._step) if self._bars else -1
        return self._bars[index] if 0 <= index < len(self._bars) else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        bar = self.bar_at(event.position().x())
        if bar is not None and event.button() == Qt.MouseButton.LeftButton:
            self.picked.emit(bar.bar)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            bar = self.bar_at(event.pos().x())
            self.setToolTip(plain_tip("" if bar is None else share_words(bar)))
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(theme.line))
        painter.setBrush(QColor(theme.card))
        painter.drawRoundedRect(QRectF(0.5, 0.5, self.width() - 1, HEIGHT - 1), 8, 8)
        if self._bars:
            self._paint_columns(painter)
        painter.end()

    @property
    def _step(self) -> float:
        return min((self.width() - 2 * ASIDE) / len(self._bars), WIDEST)

    def _paint_columns(self, painter: QPainter) -> None:
        step, foot = self._step, HEIGHT - FOOT - 1
        painter.setPen(Qt.PenStyle.NoPen)
        for index, bar in enumerate(self._bars):
            tall = max((foot - 8) * bar.share, LEAST)
            painter.setBrush(QColor(self._theme.accent if bar.share >= SURE else self._theme.warning))
            gap = 1.0 if step > 3 else 0.0
            painter.drawRect(QRectF(ASIDE + index * step + gap / 2, foot - tall, step - gap, tall))
        painter.setPen(QColor(self._theme.second))
        painter.setFont(font(10, 500))
        words, middle = QRectF(ASIDE, foot, len(self._bars) * step, FOOT), Qt.AlignmentFlag.AlignVCenter
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | middle, str(self._bars[0].bar))
        if len(self._bars) > 1:
            painter.drawText(words, Qt.AlignmentFlag.AlignRight | middle, str(self._bars[-1].bar))


def share_words(bar: BarShare) -> str:
    """ "Bar 7: 60 % right"."""
    return tr("Bar {}: {:.0f} % right", bar.bar, 100 * bar.share)
