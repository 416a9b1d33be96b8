"""The panel of a chosen take: what it is, and all that can be done with it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from gui.pages.side_panel import WIDTH
from gui.pages.takes.improve_view import ImproveView
from gui.pages.takes.midi_tile import MidiTile
from gui.pages.takes.takes_model import TakesModel, count_words
from gui.stage.theme import Theme
from gui.state.formatting import date_text, length_text, note_count
from gui.takes.takes_controller import TakesController
from gui.translation import tr
from gui.widgets.controls import button, open_menu
from gui.widgets.label import Label
from gui.widgets.sections import Sections
from gui.widgets.style import icon


@dataclass(frozen=True)
class TakeActions:
    """What buttons of the panel do that concerns the window."""

    back: Callable[[], None]
    play: Callable[[], None]
    rename: Callable[[], None]
    show_folder: Callable[[], None]
    save_midi: Callable[[], None]
    report: Callable[[], None]
    share: Callable[[], None]


class TakePanel(Sections):
    """Shows the chosen take, or the MIDI file that is replayed."""

    def __init__(self, takes: TakesController, model: TakesModel, actions: TakeActions) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setFixedWidth(WIDTH)
        self._takes = takes
        self._actions = actions
        self._theme: Theme | None = None
        self._back = self.add(button(tr("Back to the list"), "back", tr("Back to the list"), actions.back, "escape"))
        self._back.setText(tr("Back to the list"))
        self._about = self.add(QWidget())
        column = QVBoxLayout(self._about)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._name, self._when, self._facts = Label(), Label(), Label()
        self._name.setObjectName("title")
        self._name.setWordWrap(True)
        for label in (self._when, self._facts):
            label.setObjectName("small")
        for label in (self._name, self._when, self._facts):
            column.addWidget(label)
        self.play = self.add(button(tr("Play"), "main", tr("Play or pause"), actions.play, "play"))
        self.report = _wide(tr("Report"), tr("What was heard in the take"), actions.report, "report")
        tip = tr("As a film, sheet music, sound, MIDI or a page")
        self.share = _wide(tr("Share …"), tip, actions.share, "share")
        self.add_row(self.report, self.share)
        self._rename = _wide(tr("Rename"), tr("Give the take a name"), actions.rename, "rename")
        self._folder = _wide(tr("Show in folder"), tr("Show the files of the take"), actions.show_folder)
        self.add_row(self._rename, self._folder)
        self._column.addSpacing(8)
        self.section("midi", tr("MIDI file"))
        self.tile = self.add(MidiTile(model))
        self._save = self.add(_wide(tr("Save as …"), tr("Save the notes as a MIDI file"), actions.save_midi, "save"))
        self._column.addSpacing(8)
        self.section("improve", tr("Improve"))
        self.improve = self.add(ImproveView(takes))
        self._column.addSpacing(8)
        self._delete = self.add(_wide(tr("Delete"), tr("Delete the take"), self.delete, "delete"))
        self._choose = self.add(Label(tr("Choose a take to see it here.")))
        self._choose.setObjectName("small")
        self._choose.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.end()

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self._theme = theme
        self._back.setIcon(icon("back", theme.second, 16))
        self.report.setIcon(icon("plots", theme.second, 16))
        self.share.setIcon(icon("share", theme.second, 16))
        self._folder.setIcon(icon("folder", theme.second, 16))
        self._save.setIcon(icon("save", theme.second, 16))
        self._delete.setIcon(icon("bin", theme.second, 16))
        self.play.setIconSize(QSize(16, 16))
        self.tile.set_theme(theme)
        self.improve.set_theme(theme)

    def show_take(self, on_stage: bool, on_report: bool) -> None:
        """Bring the panel up to date. on_stage, on_report: whether the stage or a report stands instead of the list."""
        assert self._theme is not None
        row, piece, playing = self._takes.chosen, self._takes.replay.piece, self._takes.replay.playing
        file = piece if row is None else None
        any_ = row is not None or file is not None
        self._back.setVisible(on_stage or on_report)
        self.report.setVisible(row is not None and not on_report)
        self._choose.setVisible(not any_ and bool(self._takes.library.rows))
        for part in (self._about, self.play):
            part.setVisible(any_)
        for part in (self.share, self._rename, self._folder, self.tile, self._save, self._delete, *self._titles()):
            part.setVisible(row is not None)
        self.improve.setVisible(row is not None)
        if row is not None:
            self._show_facts(row.name, date_text(row.when, datetime.now()), row.length_s, count_words(row))
            self.tile.show_take(row)
            self.improve.show_take(row)
        elif file is not None:
            self._show_facts(file.title, tr("MIDI file"), file.length_s, note_count(len(file.outline.pitch)))
        self.play.setText(tr("Pause") if playing else tr("Play"))
        self.play.setAccessibleName(self.play.text())
        self.play.setIcon(icon("pause" if playing else "listen", self._theme.on_accent, 16))
        self.play.setEnabled(piece is not None)

    def _titles(self) -> list[QWidget]:
        return [*self._heads.values(), *self._rules.values()]

    def _show_facts(self, name: str, when: str, length_s: float, notes: str) -> None:
        for label, words in (
            (self._name, name),
            (self._when, when),
            (self._facts, f"{length_text(length_s)} · {notes}"),
        ):
            if label.text() != words:
                label.setText(words)

    def open_menu(self, place: QPoint) -> None:
        """What can be done with the chosen take, as a menu at a place on the screen."""
        actions = self._actions
        entries = ((tr("Play"), actions.play), (tr("Report"), actions.report), (tr("Share …"), actions.share))
        more = (
            (tr("Rename"), actions.rename),
            (tr("Show in folder"), actions.show_folder),
            (tr("Delete"), self.delete),
        )
        open_menu(self, place, *entries, *more)

    def delete(self) -> None:
        """Delete the chosen take, and turn to the list: a stage would have nothing to show."""
        if self._takes.chosen is not None:
            self._takes.delete(self._takes.chosen, time.monotonic())
            self._actions.back()


def _wide(words: str, tip: str, pressed: Callable[[], None], command: str = "") -> QPushButton:
    made = button(words, "", tip, pressed, command)
    made.setText(words)
    return made
