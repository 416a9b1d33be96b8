"""The pages of takes and files: list, queue and stage, the panel beside them and the transport below."""

# ruff: noqa: N802 - Qt chooses the names of what it calls

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from gui.pages.report.report_view import ReportView
from gui.pages.side_panel import WIDTH
from gui.pages.takes.files_view import FilesView
from gui.pages.takes.replay_bar import ReplayBar
from gui.pages.takes.share_sheet import ShareSheet
from gui.pages.takes.take_panel import TakeActions, TakePanel
from gui.pages.takes.takes_model import TakesModel, file_name
from gui.pages.takes.takes_view import TakesView
from gui.stage.stage import Look
from gui.stage.theme import Theme
from gui.takes.dropped import SUFFIXES
from gui.takes.library import Row
from gui.takes.replay import STEP_S, TEMPO_STEP
from gui.takes.report_jobs import ReportJobs
from gui.takes.takes_controller import TakesController
from gui.takes.transcriptions import Transcription
from gui.translation import tr
from gui.widgets.docked_panel import DockedPanel, transport_height
from gui.widgets.stage.replay_view import ReplayView
from gui.widgets.tabs import FILES, TAKES


class Gallery(QWidget):
    """What the window shows instead of the live stage. `turned`: another page is shown, by its name."""

    turned = Signal(str)

    def __init__(self, takes: TakesController, look: Look, folder: Callable[[], Path]) -> None:
        """folder: where takes lie."""
        super().__init__()
        self.setObjectName("gallery")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.takes = takes
        self.page, self.on_stage = TAKES, False
        self.on_report = False
        self._model = TakesModel(takes)
        self.list = TakesView(self._model, lambda: _show(folder()))
        self.files = FilesView(self.choose_files, takes.recordings.clear_files)
        self.stage = ReplayView(takes.replay, look)
        self.reports = ReportJobs(lambda: takes.library.rows)
        self.report = ReportView(self.reports, self.save_report)
        actions = TakeActions(
            self.back, self._toggle_play, self._rename, self._show_take, self.save_midi, self.open_report, self.share
        )
        self.share_sheet: ShareSheet | None = None
        self.panel = TakePanel(takes, self._model, actions)
        self.list.asked.connect(self.panel.open_menu)
        self.bar = ReplayBar(takes)
        for part in (self.list, self.files, self.report, self.stage, self.panel, self.bar):
            part.setParent(self)
        self.list.chosen.connect(lambda row: takes.choose(row, time.monotonic()))
        self.list.played.connect(self.replay)
        self._docked = DockedPanel(self.panel, self._lay_out)
        self.files.cancelled.connect(takes.recordings.cancel)
        self.files.played.connect(self._replay_file)

    @property
    def lists(self) -> bool:
        """Whether a list is shown: no stage, no report."""
        return not (self.on_stage or self.on_report)

    def set_theme(self, theme: Theme, text: float) -> None:
        """Take the colours of a theme. text: how large words are."""
        self.panel.setFixedWidth(round(WIDTH * text))
        for part in (self.list, self.files, self.report, self.panel, self.bar):
            part.set_theme(theme)

    def set_look(self, look: Look, panel: bool, text: float, calm: bool) -> None:
        """How the stage is drawn, whether the panel is wanted beside it, how large words are; calm: nothing slides."""
        self._docked.set_calm(calm)
        self.stage.set_look(look)
        self.list.set_look(look.palette, text)
        self.bar.set_palette(look.palette)
        self.report.set_palette(look.palette)
        self._docked.wanted = panel
        self._lay_out()

    def turn(self, page: str) -> None:
        """Show another page; the page of takes looks for them."""
        self.page, self.on_stage, self.on_report = page, False, False
        self._docked.fold_away()
        if page == TAKES:
            self.takes.refresh()
        self._lay_out()
        (self.list.list if page == TAKES else self.files).setFocus()

    def advance(self, now: float) -> bool:
        """The next frame; whether there is one after it."""
        sight_s = self.stage.stage.sight_s if self.on_stage else 0.0
        self.bar.show_place(now, sight_s)
        moving = self.stage.advance(now) if self.on_stage else False
        return moving or self.takes.replay.playing

    def show_words(self, now: float) -> None:
        """Bring lists, panel and bar up to date."""
        self.list.show_takes(self.takes.chosen, self.takes.library.looked)
        self.files.show_files(self.takes.recordings.files)
        if self.on_report:
            self._show_report()
        self.panel.show_take(self.on_stage, self.on_report)
        self.bar.show_replay(now, self.stage.stage.sight_s if self.on_stage else 0.0)
        if self.takes.replay.problem and not self.takes.toast:
            self.takes.show_toast(self.takes.replay.problem, now)
            self.takes.replay.problem = None

    def fold(self) -> bool:
        """In a narrow window, the panel over the stage or away; whether this was one."""
        folded = self.on_stage and self._docked.fold(self.size())
        self._lay_out()
        return folded

    def obey(self, command: str) -> bool:
        """Do a command of the keyboard; whether it was for these pages."""
        action = self._actions().get(command)
        if action is not None:
            action()
        return action is not None

    def drop(self, paths: list[Path]) -> None:
        """Take files: recordings are queued, a MIDI file goes on the stage."""
        before = len(self.takes.recordings.files)
        midi, queued = self.takes.drop(paths), len(self.takes.recordings.files) > before
        if midi and not queued:
            self._enter_stage()
        elif not midi and not queued:
            self.takes.show_toast(tr("There is no recording in what was dropped."), time.monotonic())

    def back(self) -> None:
        """From the stage or a report to the list that it was entered from."""
        self.on_stage = self.on_report = False
        self._docked.fold_away()
        self._lay_out()
        self.turned.emit(self.page)

    def choose_files(self) -> None:
        """Let the player choose recordings."""
        pattern = " ".join(f"*{suffix}" for suffix in SUFFIXES)
        chosen, _ = QFileDialog.getOpenFileNames(self, tr("Choose files"), "", tr("Recordings and MIDI ({})", pattern))
        if chosen:
            self.drop([Path(path) for path in chosen])

    def save_midi(self) -> None:
        """Let the player choose where a copy of the MIDI file goes."""
        row = self.takes.chosen
        if row is None:
            return
        chosen = self._choose_place(row, tr("Save as …"), ".mid", tr("MIDI file ({})", "*.mid"))
        if chosen is not None:
            self.takes.save_midi(row, chosen, time.monotonic())

    def open_report(self) -> None:
        """Show the report of the chosen take."""
        if self.takes.chosen is None:
            return
        self.on_report, self.on_stage = True, False
        self._docked.fold_away()
        self.page = TAKES
        self._lay_out()
        self._show_report()
        self.report.body.setFocus()
        self.turned.emit(self.page)

    def share(self, row: Row | None = None) -> None:
        """Offer to share a take, the chosen one unless another is given."""
        row = row or self.takes.chosen
        if row is None or row.problem is not None:
            return
        if self.share_sheet is None:
            self.share_sheet = ShareSheet(self.window(), self.takes.sharing, _show)
        self.share_sheet.open_for(row)

    def save_report(self) -> None:
        """Let the player choose where the report goes as a page."""
        row = self.reports.row
        if row is None:
            return
        chosen = self._choose_place(row, tr("Save as page"), ".html", tr("Page ({})", "*.html"))
        if chosen is not None:
            self.takes.show_toast(self.reports.save(chosen), time.monotonic())

    def _choose_place(self, row: Row, title: str, suffix: str, kind: str) -> Path | None:
        """Where the player wants a file of a take, by its name at first; None for nowhere. kind: what it is called."""
        proposed = str(Path.home() / f"{file_name(row.name)}{suffix}")
        chosen, _ = QFileDialog.getSaveFileName(self, title, proposed, kind)
        return Path(chosen) if chosen else None

    def close_down(self) -> None:
        """Let copies for other programs go, and reports that nobody will see."""
        self._model.close()
        self.reports.close()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        width, below = self.width(), transport_height(self.size())
        middle = self.height() - below
        what = self.page, self.on_stage, self.on_report
        beside = self._docked.place(self.size(), below, what, self.on_stage, list_has=self.page == TAKES)
        for part, shown in (
            (self.list, self.page == TAKES and self.lists),
            (self.report, self.on_report),
            (self.files, self.page == FILES and not self.on_stage),
            (self.stage, self.on_stage),
        ):
            part.setGeometry(0, 0, width - beside, middle)
            part.setVisible(shown)
        self.bar.setFixedHeight(below)
        self.bar.setGeometry(0, middle, width, below)

    def _actions(self) -> dict[str, Callable[[], None]]:
        replay = self.takes.replay
        return {
            "play": self._toggle_play,
            "begin": lambda: replay.seek(0.0, time.monotonic()),
            "end": lambda: replay.seek(float("inf"), time.monotonic()),
            "back": lambda: replay.step(-STEP_S, time.monotonic()),
            "forward": lambda: replay.step(STEP_S, time.monotonic()),
            "loop": lambda: replay.toggle_loop(time.monotonic()),
            "loop_begin": lambda: replay.set_flag("A", time.monotonic()),
            "loop_end": lambda: replay.set_flag("B", time.monotonic()),
            "tempo_down": lambda: replay.set_tempo(replay.tempo - TEMPO_STEP, time.monotonic()),
            "tempo_up": lambda: replay.set_tempo(replay.tempo + TEMPO_STEP, time.monotonic()),
            "rename": self._rename,
            "delete": self._delete,
            "save": self.save_midi,
            "report": self.open_report,
            "share": self.share,
            **({} if self.lists else {"escape": self.back}),
        }

    def _delete(self) -> None:
        """The take that is seen: on its stage, or chosen in the list."""
        if self.on_stage or (self.page == TAKES and not self.on_report):
            self.panel.delete()

    def _toggle_play(self) -> None:
        rows = self.takes.library.rows
        if self.page == TAKES and self.takes.replay.piece is None and self.takes.chosen is None and rows:
            self.replay(rows[0])  # who has just played wants to hear that
            return
        self.takes.toggle_play(time.monotonic())
        if self.takes.replay.playing:
            self._enter_stage()

    def replay(self, row: Row) -> None:
        """From the list onto the stage, playing."""
        if self.takes.chosen is not None and self.takes.chosen.folder == row.folder and self.takes.replay.piece:
            if not self.takes.replay.playing:
                self.takes.toggle_play(time.monotonic())
        else:
            self.takes.open_file(row.folder)
        self._enter_stage()

    def _replay_file(self, item: Transcription) -> None:
        if item.take is not None:
            self.takes.open_file(item.take)
            self._enter_stage()

    def _show_report(self) -> None:
        """Bring the report up to date; without its take it closes."""
        if self.takes.chosen is None:
            self.back()
            return
        self.reports.open(self.takes.chosen)
        self.reports.pump()
        self.report.show_report()

    def _enter_stage(self) -> None:
        self.on_stage, self.on_report = True, False
        self._lay_out()
        self.stage.setFocus()
        self.turned.emit(self.page)

    def _rename(self) -> None:
        self.back()
        if self.page != TAKES:
            self.turn(TAKES)
            self.turned.emit(TAKES)
        self.list.show_takes(self.takes.chosen, self.takes.library.looked)
        self.list.edit_name()

    def _show_take(self) -> None:
        if self.takes.chosen is not None:
            _show(self.takes.chosen.folder)


def _show(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
