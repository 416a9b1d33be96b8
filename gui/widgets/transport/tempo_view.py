"""The tempo of a replay: a little slower, a little faster, or as it was played."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from gui.takes.replay import AS_PLAYED, FASTEST, SLOWEST, TEMPO_STEP
from gui.translation import tr
from gui.widgets.controls import button
from gui.widgets.label import plain_tip


class TempoView(QWidget):
    """Per cent of the tempo at which a piece was played. `moved` gives what the player wants it to be."""

    moved = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("stepper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        self._tempo = AS_PLAYED
        self._slower = button(tr("Slower"), "step", tr("Slower"), partial(self._move, -TEMPO_STEP), "tempo_down")
        self._slower.setText("−")  # noqa: RUF001
        self._faster = button(tr("Faster"), "step", tr("Faster"), partial(self._move, TEMPO_STEP), "tempo_up")
        self._faster.setText("+")
        for made in (self._slower, self._faster):
            made.setAutoRepeat(True)
        self._number = button(tr("Tempo"), "tempo", "", lambda: self.moved.emit(AS_PLAYED))
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 1, 1, 1)
        row.setSpacing(0)
        for part in (self._slower, self._number, self._faster):
            row.addWidget(part)

    def show_tempo(self, tempo: int, recorded: bool, there: bool) -> None:
        """recorded: whether there is a recording, which is played at its own tempo alone; there: whether a piece is."""
        self._tempo = tempo
        self._number.setText(f"{tempo} %")
        self._number.setAccessibleName(tr("Tempo: {} %", tempo))
        self._number.setToolTip(plain_tip(_tip(recorded)))
        self._slower.setEnabled(there and tempo > SLOWEST)
        self._faster.setEnabled(there and tempo < FASTEST)
        self._number.setEnabled(there)

    def _move(self, step: int) -> None:
        self.moved.emit(self._tempo + step)


def _tip(recorded: bool) -> str:
    back = tr("Tempo, in per cent of how it was played; a click goes back to 100 %.")
    if not recorded:
        return back
    return " ".join((back, tr("At any other tempo a sampled piano plays the notes in place of the recording.")))
