"""Sheet music that follows the player: lines below each other, a cursor, what was heard in colours."""

# ruff: noqa: N802 - Qt chooses the names of what it calls

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from gui.practice.staff import PageTurn, StaffLine, read_line
from gui.practice.staff_marks import StaffMarks, WrongHead
from gui.stage.lesson import remark_colour
from gui.stage.theme import NIGHT, Theme
from gui.state.background import Background
from gui.translation import tr
from gui.widgets.practice.staff_picture import StaffPicture
from gui.widgets.style import font

# Engraves a piece for a page of so many px at a scale, per cent: a page of SVG for each line.
Engrave = Callable[[int, int], Sequence[str]]
SIDE = 24  # px beside the page
LEAST_WIDTH = 400
AHEAD = 2  # lines that are drawn before they are seen
CURSOR_SHADE, CURSOR_ASIDE, CURSOR_WIDTH, CURSOR_OVER = 0.16, 5.0, 22.0, 10.0
WRONG_SIZE = 0.72
Ids = Sequence[str]
_Engraved = tuple[tuple[int, int], list[StaffLine]]  # width and scale, and the lines


class StaffView(QWidget):
    """Shows what an `Engrave` gives. woken: emitted in another thread when there is something new to show.
    `picked` gives the id of the note that was clicked."""

    woken = Signal()
    picked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Sheet music"))
        self._scale, self._above = 50, 0
        self._theme = NIGHT
        self._engrave: Engrave | None = None
        self._engraving = Background[_Engraved]("engrave", self.woken.emit)  # without an answer when that fails
        self._drawing = Background[tuple[int, StaffPicture]]("draw staff", self.woken.emit)
        self._asked: tuple[int, int] | None = None  # width and scale for which lines are being engraved
        self._being_drawn: int | None = None
        self._lines: list[StaffLine] = []
        self._pictures: dict[int, StaffPicture] = {}
        self._line_of: dict[str, int] = {}
        self._turn: PageTurn | None = None
        self._marks = StaffMarks()
        self.woken.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def sizeHint(self) -> QSize:
        return QSize(800, 400)

    @property
    def ready(self) -> bool:
        """Whether all lines that are to be seen are drawn."""
        return self._turn is not None and all(line in self._pictures for line in self._turn.shown)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        if theme is not self._theme:
            self._theme, self._pictures = theme, {}
            self._draw()
            self.update()

    def set_page(self, scale: int, above: int) -> None:
        """scale: of the notes, per cent; above: px above the first line that is seen, for what lies over the view."""
        if (scale, above) != (self._scale, self._above):
            self._scale, self._above = scale, above
            self._ask()
            self._begin_turn()
            self._draw()
            self.update()

    def show_piece(self, engrave: Engrave | None) -> None:
        """Another piece, None for none."""
        self._engrave, self._asked = engrave, None
        self._lines, self._pictures, self._line_of, self._turn = [], {}, {}, None
        self._engraving.forget()
        self._drawing.forget()
        self._being_drawn = None
        self._ask()
        self.update()

    def show_marks(self, marks: StaffMarks) -> None:
        """Where the player is, and what was heard."""
        if marks == self._marks:
            return
        self._marks = marks
        at = self._line_of.get(next(iter(marks.cursor), ""))
        if at is not None and self._turn is not None:
            line = self._lines[at]
            if self._turn.follow(at, line.share(self._cursor_x(line))):
                self._draw()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._ask()
        if self._lines:
            self._begin_turn()
            self._draw()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position()
        for index, top in self._places():
            line = self._lines[index]
            if event.button() == Qt.MouseButton.LeftButton and top <= point.y() < top + line.height and line.heads:
                heads = line.heads
                near = min(
                    heads,
                    key=lambda note: math.hypot(heads[note].x - point.x() + SIDE, heads[note].y - point.y() + top),
                )
                self.picked.emit(near)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(self._theme.stage))
        if self._engrave is not None and not self._lines:
            self._paint_words(painter)
        for index, top in self._places():
            painter.save()
            painter.translate(SIDE, top)
            self._paint_line(painter, index)
            painter.restore()
        painter.end()

    def _paint_words(self, painter: QPainter) -> None:
        """What is seen before there are lines, or in their place."""
        painter.setPen(QColor(self._theme.second))
        painter.setFont(font(15, 600))
        words = tr("Drawing the sheet music …") if self._engraving.busy else tr("The sheet music cannot be drawn.")
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, words)

    def _paint_line(self, painter: QPainter, index: int) -> None:
        picture, line = self._pictures.get(index), self._lines[index]
        if picture is None:
            return
        if any(note in line.heads for note in self._marks.cursor):
            self._paint_cursor(painter, line)
        painter.drawImage(QPointF(0, 0), picture.image)
        for note, kind in self._marks.heard.items():
            coloured = picture.note(note, remark_colour(kind, self._theme)) if note in line.heads else None
            if coloured is not None:
                painter.drawImage(coloured[1].topLeft(), coloured[0])
        for head in self._marks.wrong:
            if head.beside in line.heads:
                self._paint_wrong(painter, line, head)

    def _paint_cursor(self, painter: QPainter, line: StaffLine) -> None:
        shade = QColor(self._theme.accent)
        shade.setAlphaF(CURSOR_SHADE)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shade)
        x = self._cursor_x(line)
        painter.drawRoundedRect(
            QRectF(
                x - CURSOR_ASIDE,
                line.top - CURSOR_OVER,
                CURSOR_WIDTH,
                line.bottom - line.top + 2 * CURSOR_OVER,
            ),
            5,
            5,
        )

    def _paint_wrong(self, painter: QPainter, line: StaffLine, head: WrongHead) -> None:
        """A small hollow head at the height of the key, right of what is written there, with a stroke through it."""
        beside = line.heads[head.beside]
        wide, high = 2.6 * line.step * WRONG_SIZE, 2 * line.step * WRONG_SIZE
        middle = QPointF(beside.x + 4.2 * line.step, beside.y - head.steps * line.step)
        painter.setPen(QPen(QColor(self._theme.error), 1.6))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(middle, wide / 2, high / 2)
        painter.drawLine(middle + QPointF(-wide / 2, high / 2), middle + QPointF(wide / 2, -high / 2))

    def _cursor_x(self, line: StaffLine) -> float:
        """Left end of the heads at the cursor, on the way to those after them."""
        here = _left(line, self._marks.cursor)
        after = _left(line, self._marks.next_cursor)
        if here is None:
            return line.ends[0]
        end = line.width if after is None else after
        return here if after is not None and after < here else here + self._marks.share * (end - here)

    def _places(self) -> list[tuple[int, float]]:
        """Index of each line that is seen, and its top."""
        if self._turn is None:
            return []
        places, shown = [], self._turn.shown
        top = self._above + self._room_above
        for index in range(shown.start, min(shown.stop + 1, len(self._lines))):
            places.append((index, top))
            top += self._lines[index].height
        return places

    @property
    def _room_above(self) -> float:
        """A piece of which all is seen stands in the middle, px."""
        left = self.height() - self._above - sum(line.height for line in self._lines)
        return max(left / 2, 0.0)

    def _ask(self) -> None:
        """Engrave for another width."""
        wanted = max(self.width() - 2 * SIDE, LEAST_WIDTH), self._scale
        if self._engrave is not None and wanted != self._asked and self.isVisible():
            self._asked = wanted
            self._engraving.ask(partial(_engrave_lines, self._engrave, wanted))

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        self._ask()

    def _take(self) -> None:
        """Take in what threads have done."""
        if (engraved := self._engraving.take()) is not None and engraved[0] == self._asked:
            self._lines, self._pictures, self._being_drawn = engraved[1], {}, None
            self._drawing.forget()
            self._line_of = {note: at for at, line in enumerate(self._lines) for note in line.heads}
            self._begin_turn()
        if (drawn := self._drawing.take()) is not None:
            self._being_drawn = None
            if drawn[0] < len(self._lines) and drawn[1].line is self._lines[drawn[0]]:
                self._pictures[drawn[0]] = drawn[1]
            self.update()
        self._draw()

    def _begin_turn(self) -> None:
        """Look for the lines to be seen anew; those at the cursor."""
        if not self._lines:
            self._turn = None
            return
        self._turn = PageTurn([line.height for line in self._lines], self.height() - self._above)
        at = self._line_of.get(next(iter(self._marks.cursor), ""))
        if at is not None:
            self._turn.follow(at, 0.0)

    def _draw(self) -> None:
        """Have the next line drawn that is missing."""
        if self._turn is None or self._being_drawn is not None:
            return
        shown = self._turn.shown
        wanted = range(shown.start, min(shown.stop + AHEAD, len(self._lines)))
        ratio, ink = self.devicePixelRatioF(), self._theme.text
        for index in wanted:
            made = self._pictures.get(index)
            if made is None or (made.ink, made.ratio) != (ink, ratio):
                self._being_drawn = index
                self._drawing.ask(partial(_draw_line, index, self._lines[index], ink, ratio))
                return


def _engrave_lines(engrave: Engrave, page: tuple[int, int]) -> _Engraved:
    return page, [read_line(svg) for svg in engrave(*page)]


def _draw_line(index: int, line: StaffLine, ink: str, ratio: float) -> tuple[int, StaffPicture]:
    return index, StaffPicture(line, ink, ratio)


def _left(line: StaffLine, notes: Ids) -> float | None:
    """Left end of the heads of some notes on a line."""
    return min((line.heads[note].x for note in notes if note in line.heads), default=None)
