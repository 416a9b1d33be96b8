"""Improving a take: the button, how far it is, and afterwards what has changed, to be compared and undone."""

from __future__ import annotations

import time
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from gui.stage.theme import Theme
from gui.takes.library import BEST, Row
from gui.takes.takes_controller import TakesController
from gui.takes.transcriptions import LISZTEN, TRANSKUN, TranscriptionState
from gui.translation import tr
from gui.widgets.controls import Segments, button
from gui.widgets.label import Label
from gui.widgets.style import icon
from realtime.transcription import transkun

BEFORE, AFTER = "before", "after"


class ImproveView(QWidget):
    """For the chosen take."""

    def __init__(self, takes: TakesController) -> None:
        super().__init__()
        self._takes = takes
        self._row: Row | None = None
        self._words = Label()
        self._words.setObjectName("small")
        self._words.setWordWrap(True)
        tip = tr("Listen to the recording once more, as exactly as can be")
        self.start = button(tr("Improve"), "", tip, partial(self._improve, LISZTEN))
        self.start.setText(tr("Improve"))
        other_tip = tr("Another ear, installed on this computer; it takes about four times the length of the recording")
        self.other = button(tr("Improve with Transkun"), "", other_tip, partial(self._improve, TRANSKUN))
        self.other.setText(tr("Improve with Transkun"))
        self._other_there = transkun.installed()
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(tr("Improve"))
        self._cancel = button(tr("Cancel"), "icon", tr("Cancel"), self._stop)
        self.versions = Segments(tr("Version"), [(BEFORE, tr("Before")), (AFTER, tr("Improved"))])
        self.versions.chosen.connect(self._show_version)
        self.undo = button(tr("Undo"), "", tr("Take the notes back that were heard first"), self._undo)
        self.undo.setText(tr("Undo"))
        running = QHBoxLayout()
        running.setSpacing(8)
        running.addWidget(self.progress, 1)
        running.addWidget(self._cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._words)
        column.addWidget(self.start)
        column.addWidget(self.other)
        column.addLayout(running)
        column.addWidget(self.versions)
        column.addWidget(self.undo)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self.start.setIcon(icon("waveform", theme.second, 16))
        self.other.setIcon(icon("waveform", theme.second, 16))
        self._cancel.setIcon(icon("close", theme.second, 16))

    def show_take(self, row: Row) -> None:
        """Bring it up to date."""
        self._row = row
        running = self._takes.recordings.improvement(row)
        can_start = running is None and not row.improved and row.recorded
        self.start.setVisible(can_start and not self._takes.recordings.is_surest(row))
        self.other.setVisible(can_start and self._other_there)
        self.progress.setVisible(running is not None)
        self._cancel.setVisible(running is not None)
        if running is not None:
            # Until it is known how long it is, the bar runs to and fro.
            self.progress.setRange(
                0, 1000 if running.length_s and running.state is TranscriptionState.TRANSCRIBING else 0
            )
            self.progress.setValue(round(1000 * running.share))
        compared = self._takes.comparison if running is None and row.improved else None
        self.versions.setVisible(compared is not None)
        self.undo.setVisible(compared is not None)
        self.versions.show_choice(BEFORE if self._takes.first_shown else AFTER)
        words = self._described(row, None if running is None else running.share)
        if compared is not None:
            words = tr(
                "{before} notes before, {after} now: {added} came, {removed} went.",
                before=compared.before,
                after=compared.after,
                added=compared.added,
                removed=compared.removed,
            )
        if self._words.text() != words:
            self._words.setText(words)

    def _described(self, row: Row, share: float | None) -> str:
        if share is not None:
            return tr("Listening once more … {:.0f} %", 100 * share)
        if not row.recorded:
            return tr("This take has no recording that could be heard once more.")
        if row.problem:
            return tr("The notes of this take are damaged. Liszten can listen to the recording once more.")
        if self._takes.recordings.is_surest(row):
            return tr("Liszten has heard this as exactly as it can.")
        if row.delay == BEST:
            return tr("Another model heard this. Liszten can listen to the recording once more.")
        return tr("Liszten listens to the recording once more: slower than live, and more exactly.")

    def _improve(self, transcriber: str) -> None:
        if self._row is not None:
            self._takes.recordings.improve(self._row, transcriber)
            self.show_take(self._row)

    def _stop(self) -> None:
        item = None if self._row is None else self._takes.recordings.improvement(self._row)
        if item is not None and self._row is not None:
            self._takes.recordings.cancel(item)
            self.show_take(self._row)

    def _show_version(self, version: str) -> None:
        if self._row is not None:
            self._takes.show_first(self._row, version == BEFORE)

    def _undo(self) -> None:
        if self._row is not None:
            self._takes.undo_improvement(self._row, time.monotonic())
