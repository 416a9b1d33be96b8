"""Beside the list of pieces: what was practised today, and which bars are worth a loop."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.practice.next_loops import NextLoop
from gui.practice.today_words import minutes_words, piece_words, streak_words
from gui.stage.theme import Theme
from gui.translation import tr
from gui.widgets.controls import button
from gui.widgets.label import Label
from gui.widgets.sections import Sections
from gui.widgets.state_chip import StateChip
from realtime.practice.progress import PieceToday, Today


class TodayPanel(Sections):
    """practise: called with the loop that the player wants."""

    def __init__(self, practise: Callable[[NextLoop], None]) -> None:
        super().__init__()
        self.setObjectName("panel")
        self._practise = practise
        self._theme: Theme | None = None
        self._shown: object = None
        self._streak = StateChip()
        self.section("today", tr("Today"), self._streak)
        self.minutes = self.add(Label())
        self.minutes.setObjectName("clock")
        self._pieces = self.add(_Rows())
        self.section("next", tr("Try next"))
        self._loops = self.add(_Rows())
        self.end()

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self._theme, self._shown = theme, None

    def show_practised(self, today: Today | None, loops: Sequence[NextLoop]) -> bool:
        """today: None while it is not known; whether there is anything to say."""
        told = today is not None and bool(today.pieces or today.streak or loops)
        if today is not None and told and (today, tuple(loops)) != self._shown:
            self._shown = today, tuple(loops)
            self._show_today(today)
            self._loops.fill([self._loop(loop) for loop in loops])
            for part in (self._heads["next"], self._rules["next"]):
                part.setVisible(bool(loops))
        return told

    def _show_today(self, today: Today) -> None:
        assert self._theme is not None
        self.minutes.setText(minutes_words(today))
        self._streak.setVisible(today.streak > 1)
        self._streak.show_state("check", streak_words(today.streak), self._theme.good, self._theme)
        self._pieces.fill([_piece(piece) for piece in today.pieces])

    def _loop(self, loop: NextLoop) -> QWidget:
        said = tr(loop.suggestion.said)
        made = button(f"{loop.title}: {said}", "suggestion", tr("Practise this now"), lambda: self._practise(loop))
        made.setText(f"{loop.title}\n{said}".replace("&", "&&"))
        return made


class _Rows(QWidget):
    """Widgets below each other."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(10)

    def fill(self, rows: Sequence[QWidget]) -> None:
        """These instead of what was there."""
        while (item := self._column.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        for row in rows:
            self._column.addWidget(row)
        self.setVisible(bool(rows))


def _piece(piece: PieceToday) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(1)
    title, more = Label(piece.title), Label(piece_words(piece))
    title.setObjectName("value")
    more.setObjectName("small")
    for label in (title, more):
        label.setWordWrap(True)
        column.addWidget(label)
    return made
