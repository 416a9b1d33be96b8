"""The button that lets the tempo of a loop grow: how often, and how far."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from gui.stage.theme import Theme
from gui.takes.replay import NEVER, TEMPO_STEP, Ramp
from gui.translation import tr
from gui.widgets.controls import button
from gui.widgets.label import plain_tip
from gui.widgets.style import icon

EVERY, LIMITS = (NEVER, 1, 2, 3, 4), (80, 90, 100, 110, 125)


class RampButton(QWidget):
    """`chosen` gives the Ramp that the player wants."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._ramp = Ramp()
        self.button = button(tr("Growing tempo"), "round", "", self._open)
        self.button.setCheckable(True)
        self.menu = QMenu(self)
        self._rounds = {every: self._add(_words(every), partial(self._choose, "every", every)) for every in EVERY}
        self.menu.addSeparator()
        self._limits = {
            limit: self._add(tr("up to {} %", limit), partial(self._choose, "limit", limit)) for limit in LIMITS
        }
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.button)

    def show_ramp(self, ramp: Ramp, theme: Theme, there: bool) -> None:
        """there: whether there is a piece."""
        self._ramp = ramp
        self.button.setEnabled(there)
        self.button.setChecked(ramp.every != NEVER)
        ink = theme.third if not there else theme.accent if ramp.every else theme.text
        self.button.setIcon(icon("ramp", ink))
        said = _words(ramp.every) if ramp.every == NEVER else f"{_words(ramp.every)}, {tr('up to {} %', ramp.limit)}"
        self.button.setAccessibleName(f"{tr('Growing tempo')}: {said}")
        self.button.setToolTip(plain_tip(self.button.accessibleName()))
        for every, action in self._rounds.items():
            action.setChecked(every == ramp.every)
        for limit, action in self._limits.items():
            action.setChecked(limit == ramp.limit)
            action.setEnabled(ramp.every != NEVER)

    def _add(self, words: str, chosen: Callable[[], None]) -> QAction:
        action = self.menu.addAction(words)
        action.setCheckable(True)
        action.triggered.connect(lambda _checked: chosen())
        return action

    def _choose(self, field: str, value: int) -> None:
        self.chosen.emit(replace(self._ramp, **{field: value}))

    def _open(self) -> None:
        self.button.setChecked(self._ramp.every != NEVER)
        self.menu.popup(self.mapToGlobal(QPoint(0, -self.menu.sizeHint().height())))


def growing(ramp: Ramp, tempo: int) -> Ramp:
    """A ramp that lets `tempo`, per cent, grow at all: with the next limit above it, where there is one."""
    higher = [limit for limit in LIMITS if limit > tempo]
    return replace(ramp, limit=higher[0]) if higher and ramp.limit <= tempo else ramp


def _words(every: int) -> str:
    if every == NEVER:
        return tr("The tempo stays")
    if every == 1:
        return tr("{} % faster after each round", TEMPO_STEP)
    return tr("{step} % faster after {rounds} rounds", step=TEMPO_STEP, rounds=every)
