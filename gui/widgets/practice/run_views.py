"""How a run goes, at a glance: the share of notes that were right as a ring, and how early or late they were."""

# ruff: noqa: N802 - Qt chooses the names of what it calls

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from gui.stage.theme import NIGHT, Theme
from gui.translation import tr
from gui.widgets.style import font

RING, RING_WIDTH = 104, 10.0
BAR_MS, FARTHEST_MS = 12.5, 125.0
TIMING_HEIGHT, WORDS_HEIGHT = 58, 16


class ShareRing(QWidget):
    """A share, 0-1, as a ring around its percentage; None for nothing yet."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(RING, RING)
        self._theme = NIGHT
        self._share: float | None = None

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self.update()

    def show_share(self, share: float | None) -> None:
        """Show another share."""
        self.setAccessibleName(_share_words(share))
        if share != self._share:
            self._share = share
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inset = RING_WIDTH / 2 + 1
        box = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        share = self._share or 0.0
        painter.setPen(QPen(QColor(theme.line), RING_WIDTH))
        painter.drawEllipse(box)
        painter.setPen(QPen(QColor(theme.accent), RING_WIDTH, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        if share > 0:
            painter.drawArc(box, 90 * 16, -round(360 * 16 * share))
        painter.setPen(QColor(theme.text))
        painter.setFont(font(20, 700))
        painter.drawText(box.adjusted(0, 0, 0, -14), Qt.AlignmentFlag.AlignCenter, _per_cent(self._share))
        painter.setPen(QColor(theme.second))
        painter.setFont(font(10, 500))
        painter.drawText(box.adjusted(0, 26, 0, 0), Qt.AlignmentFlag.AlignCenter, tr("notes right"))
        painter.end()


class TimingView(QWidget):
    """How many notes were how early or late, as columns around the moment at which they were due."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(TIMING_HEIGHT)
        self.setAccessibleName(tr("Timing"))
        self._theme = NIGHT
        self._ms: tuple[float, ...] = ()
        self._on_time_ms = 0.0

    def sizeHint(self) -> QSize:
        return QSize(280, TIMING_HEIGHT)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self.update()

    def show_lateness(self, ms: Sequence[float], on_time_ms: float) -> None:
        """ms: by how much each note was late; on_time_ms: how far from its moment a note is on time."""
        if tuple(ms) != self._ms or on_time_ms != self._on_time_ms:
            self._ms, self._on_time_ms = tuple(ms), on_time_ms
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(theme.line))
        painter.setBrush(QColor(theme.card))
        painter.drawRoundedRect(QRectF(0.5, 0.5, self.width() - 1, TIMING_HEIGHT - 1), 8, 8)
        self._paint_columns(painter)
        painter.setPen(QColor(theme.second))
        painter.setFont(font(10, 500))
        foot = QRectF(10, TIMING_HEIGHT - WORDS_HEIGHT - 2, self.width() - 20, WORDS_HEIGHT)
        for words, where in (
            (tr("early"), Qt.AlignmentFlag.AlignLeft),
            ("0", Qt.AlignmentFlag.AlignHCenter),
            (tr("late"), Qt.AlignmentFlag.AlignRight),
        ):
            painter.drawText(foot, where | Qt.AlignmentFlag.AlignVCenter, words)
        painter.end()

    def _paint_columns(self, painter: QPainter) -> None:
        counts = columns(self._ms)
        wide, most = (self.width() - 20) / len(counts), max([*counts, 1])
        foot, high = TIMING_HEIGHT - WORDS_HEIGHT - 2, TIMING_HEIGHT - WORDS_HEIGHT - 12
        painter.setPen(Qt.PenStyle.NoPen)
        for index, count in enumerate(counts):
            middle = abs((index + 0.5) * BAR_MS - FARTHEST_MS)
            shade = self._theme.accent if middle <= self._on_time_ms else self._theme.warning
            painter.setBrush(QColor(shade))
            tall = max(high * count / most, 1.0 if count else 0.0)
            painter.drawRect(QRectF(10 + index * wide + 1, foot - tall, wide - 2, tall))


def columns(ms: Sequence[float]) -> list[int]:
    """How many notes fall into each column of BAR_MS, from FARTHEST_MS early to as late; farther ones into the last."""
    counts = [0] * round(2 * FARTHEST_MS / BAR_MS)
    for late in ms:
        counts[min(max(int((late + FARTHEST_MS) // BAR_MS), 0), len(counts) - 1)] += 1
    return counts


def _per_cent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.0f} %"  # noqa: RUF001


def _share_words(share: float | None) -> str:
    return tr("No notes yet") if share is None else tr("{:.0f} % of the notes right", 100 * share)
