"""The card after a recording: what was recorded, and what one may want to do with it at once."""

# ruff: noqa: N802 - Qt chooses the names of what it calls

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from gui.pages.takes.takes_model import count_words
from gui.stage.theme import Theme
from gui.state.formatting import length_text
from gui.takes.library import Row
from gui.takes.takes_controller import TakesController
from gui.translation import tr
from gui.widgets.controls import button
from gui.widgets.label import Label
from gui.widgets.style import icon

LONGEST_NAME = 40  # letters of a name that are shown


@dataclass(frozen=True)
class CardActions:
    """What the buttons do that concern the window."""

    play: Callable[[Row], None]
    report: Callable[[Row], None]
    share: Callable[[Row], None]


class TakeCard(QFrame):
    """Lies over the upper middle of a page while the controller has a last take to tell of."""

    def __init__(self, parent: QWidget, takes: TakesController, actions: CardActions) -> None:
        super().__init__(parent)
        self.setObjectName("takeCard")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._around, self._takes = parent, takes
        self._row: Row | None = None
        self.title = Label()
        self.title.setObjectName("cardTitle")
        self._hint = Label(tr("Saved in Takes"))
        self._hint.setObjectName("small")
        self.name = _Name(self._end_naming)
        self.name.setAccessibleName(tr("Name of the take"))
        self.name.returnPressed.connect(self._give_name)
        self.play = _button(tr("Play"), "main", tr("Replay what you have just played"), lambda: self._act(actions.play))
        self.report = _button(tr("Report"), "", tr("What was heard in the take"), lambda: self._act(actions.report))
        self.rename = _button(tr("Rename"), "", tr("Give the take a name"), self._begin_naming)
        tip = tr("As a film, sheet music, sound, MIDI or a page")
        self.share = _button(tr("Share …"), "", tip, lambda: self._act(actions.share))
        self._close = button(tr("Close"), "icon", tr("Close"), takes.last.dismiss, "escape")
        words = QVBoxLayout()
        words.setSpacing(2)
        for part in (self.title, self.name, self._hint):
            words.addWidget(part)
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 10, 10, 10)
        row.setSpacing(8)
        row.addLayout(words)
        row.addSpacing(12)
        for made in (self.play, self.report, self.rename, self.share, self._close):
            row.addWidget(made)
        self.name.hide()
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self.play.setIcon(icon("listen", theme.on_accent, 16))
        self.report.setIcon(icon("plots", theme.second, 16))
        self.share.setIcon(icon("share", theme.second, 16))
        self._close.setIcon(icon("close", theme.second, 16))

    def show_last(self) -> None:
        """Bring it up to date."""
        row = self._takes.last.row
        if row is self._row:
            return
        self._row = row
        self._end_naming()
        self.setVisible(row is not None)
        if row is None:
            return
        name = row.name if len(row.name) <= LONGEST_NAME else f"{row.name[: LONGEST_NAME - 1]}…"
        self.title.setText(" · ".join((name, length_text(row.length_s), count_words(row))))
        for made in (self.play, self.report, self.share):
            made.setEnabled(row.problem is None)
        self.raise_()
        self.setAccessibleName(f"{self.title.text()}. {self._hint.text()}")
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def place_below(self, top: int, middle: int) -> None:
        """Lie below y `top`, around x `middle`, in px of the parent."""
        size = self.sizeHint()
        left = min(max(middle - size.width() // 2, 0), self._around.width() - size.width())
        self.setGeometry(left, top, size.width(), size.height())

    def _act(self, action: Callable[[Row], None]) -> None:
        row = self._row
        self._takes.last.dismiss()
        if row is not None:
            action(row)

    def _begin_naming(self) -> None:
        if self._row is not None:
            self.name.setText(self._row.name)
            self._show_naming(True)
            self.name.setFocus()
            self.name.selectAll()

    def _give_name(self) -> None:
        if self._row is not None and self.name.text().strip() != self._row.name:
            self._takes.rename_last(self.name.text(), time.monotonic())
        self._end_naming()
        self.show_last()

    def _end_naming(self) -> None:
        if self.name.isVisibleTo(self):
            self._show_naming(False)
            self.rename.setFocus()

    def _show_naming(self, naming: bool) -> None:
        for part, shown in ((self.name, naming), (self.title, not naming)):
            part.setVisible(shown)


class _Name(QLineEdit):
    """Esc gives the typing up, and closes nothing else."""

    def __init__(self, give_up: Callable[[], None]) -> None:
        super().__init__()
        self._give_up = give_up

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._give_up()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            event.accept()
        else:
            super().keyPressEvent(event)


def _button(words: str, kind: str, tip: str, pressed: Callable[[], None]) -> QPushButton:
    made = button(words, kind, tip, pressed)
    made.setText(words)
    return made
