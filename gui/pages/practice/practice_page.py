"""The page of practice: the pieces, or a lesson with blocks, staff or both, its panel and its transport."""

# ruff: noqa: N802 - Qt chooses the names of what it calls

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from gui.pages.practice.lesson_bar import LessonBar
from gui.pages.practice.lesson_panel import LessonPanel
from gui.pages.practice.piece_list import PieceList
from gui.pages.side_panel import WIDTH
from gui.practice.lesson_words import waiting_words, where_words
from gui.practice.practice_controller import PracticeController
from gui.stage.stage import Look
from gui.stage.theme import Theme
from gui.state.keymap import BY_NAME, LESSON, PAGES
from gui.state.session import Session
from gui.state.settings import whole_limits
from gui.translation import tr
from gui.widgets.docked_panel import DockedPanel, transport_height
from gui.widgets.practice.lesson_cards import PieceCard, WaitingPill
from gui.widgets.practice.lesson_view import LessonView
from gui.widgets.practice.split import Split
from gui.widgets.practice.staff_view import StaffView
from realtime.practice.reading import SUFFIXES

CARD_X, CARD_Y, BELOW_BANNER = 24, 18, 13
# Notes beside blocks, and alone: per cent of verovio's size, at which a staff is 72 px high.
SCALE_BESIDE, SCALE_ALONE, SIGNS_HEIGHT = 45, 60, 64


class PracticePage(QWidget):
    """Everything here acts on one `PracticeController`."""

    def __init__(self, practice: PracticeController, session: Session, look: Look) -> None:
        super().__init__()
        self.setObjectName("gallery")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.practice = practice
        self.on_lesson = False
        self._room = 0  # px that something takes over the top of the views
        self._shown: object = None
        self.list = PieceList(self.choose_file, practice.practise)
        self.list.opened.connect(self.open)
        self.stage, self.staff = LessonView(session, look), StaffView()
        self.staff.picked.connect(practice.seek_note)
        self.area = QWidget()
        self.views = Split(self.area, *whole_limits("practice_split"))
        self.views.setObjectName("views")
        self.views.addWidget(self.staff)
        self.views.addWidget(self.stage)
        self.views.chosen.connect(practice.set_split)
        self.panel, self.bar = LessonPanel(practice), LessonBar(practice)
        for part in (self.list, self.area, self.panel, self.bar):
            part.setParent(self)
        self.card, self.pill = PieceCard(self.area), WaitingPill(self.area)
        self._docked = DockedPanel(self.panel, self._lay_out)

    def set_theme(self, theme: Theme, text: float) -> None:
        """Take the colours of a theme. text: how large words are."""
        self.panel.setFixedWidth(round(WIDTH * text))
        for part in (self.staff, self.panel, self.bar, self.pill):
            part.set_theme(theme)
        self.list.set_theme(theme, text)

    def set_look(self, look: Look, panel: bool, calm: bool) -> None:
        """How the stage is drawn, whether the panel is wanted beside it; calm: nothing slides."""
        self._docked.set_calm(calm)
        self.stage.set_look(look)
        self.bar.set_palette(look.palette)
        self._docked.wanted = panel
        self._lay_out()

    def open(self, path: Path) -> None:
        """Practise a piece."""
        self.practice.open(path)

    def choose_file(self) -> None:
        """Let the player choose a piece."""
        pattern = " ".join(f"*{suffix}" for suffix in SUFFIXES)
        kinds = tr("MusicXML and MIDI ({})", pattern)
        chosen, _ = QFileDialog.getOpenFileName(self, tr("Open a piece"), "", kinds)
        if chosen:
            self.open(Path(chosen))

    def drop(self, paths: list[Path]) -> None:
        """Practise the first of the files that were dropped."""
        self.open(paths[0])

    def enter(self) -> None:
        """The player turns to this page."""
        self.practice.look()
        (self.stage if self.on_lesson else self.list.list).setFocus()
        self._lay_out()

    def back(self) -> None:
        """The panel away from over the lesson; or from the lesson to the pieces."""
        if self._docked.fold_away():
            self._lay_out()
            return
        self.practice.close_lesson()
        self._follow_lesson()
        self.show_words(time.monotonic())
        self.list.list.setFocus()

    def pump(self) -> None:
        """Take in what threads have done."""
        if self.practice.pump():
            self._follow_lesson()

    def advance(self, now: float) -> bool:
        """The next frame; whether there is one after it."""
        lesson = self.practice.lesson
        if lesson is None or not self.on_lesson:
            return False
        if self.stage.isVisible():
            self.stage.advance(now)
        if self.staff.isVisible():
            self.staff.show_marks(lesson.staff_marks())
        self.bar.show_place(lesson, self.stage.stage.sight_s)
        self.bar.show_beat(lesson, self.practice.now_s)
        return lesson.running

    def show_words(self, now: float) -> None:
        """Bring list, panel, bar and signs up to date."""
        lesson = self.practice.lesson
        if lesson is None or not self.on_lesson:
            practised = self.practice.past.practised
            self.list.show_pieces(self.practice.rows)
            self.list.show_practised(None if practised is None else practised.today, self.practice.loops)
            return
        self._show_views()
        self.panel.show_lesson(lesson, now)
        self.bar.show_lesson(lesson, self.stage.stage.sight_s)
        self.card.show_piece(lesson.score.title, where_words(lesson))
        self.pill.show_words(*waiting_words(lesson, self.practice.now_s, now))
        self._place_signs()

    def leave_room(self, height: int) -> None:
        """Let the signs begin below what lies over the top of the views, px."""
        self._room = height + BELOW_BANNER if height else 0
        self._place_signs()

    def fold(self) -> bool:
        """In a narrow window, the panel over the stage or away; whether this was one."""
        folded = self.on_lesson and self._docked.fold(self.size())
        self._lay_out()
        return folded

    def obey(self, command: str) -> bool:
        """Do a command of the keyboard; whether it was for this page."""
        known = self.commands if self.on_lesson else {"files": self.choose_file}
        action = known.get(command)
        if action is not None:
            action()
            self.show_words(time.monotonic())
        return action is not None or BY_NAME[command].place in (PAGES, LESSON)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _follow_lesson(self) -> None:
        """Show the lesson that is open, or the pieces."""
        lesson = self.practice.lesson
        self.on_lesson = lesson is not None
        self.stage.show_lesson(lesson)
        self.staff.show_piece(self.practice.engrave if self.practice.has_staff else None)
        self._lay_out()
        self._show_views()
        if self.on_lesson:
            self.stage.setFocus()

    def _place_signs(self) -> None:
        """Card and pill at the top of the stage, or of the sheet music where that is alone."""
        top = self.stage.y() + CARD_Y if self.practice.view == "both" else max(CARD_Y, self._room)
        self.card.move(CARD_X, top)
        self.pill.move((self.area.width() - self.pill.width()) // 2, top)

    def _show_views(self) -> None:
        """Blocks, staff, or both with a split that can be moved."""
        view = self.practice.view
        alone = view == "staff"
        self.staff.set_page(SCALE_ALONE if alone else SCALE_BESIDE, self._room + (SIGNS_HEIGHT if alone else 0))
        if (view, self.on_lesson) == self._shown:
            return
        self._shown = view, self.on_lesson
        focused = QApplication.focusWidget()
        had_focus = focused is not None and self.views.isAncestorOf(focused)
        self.staff.setVisible(view != "blocks")
        self.stage.setVisible(view != "staff")
        if had_focus:  # else it would go to the next button, and Space press that
            (self.staff if alone else self.stage).setFocus()
        self._split()
        self.card.raise_()
        self.pill.raise_()

    def _split(self) -> None:
        """Both views have the shares that the player chose."""
        if self.practice.view == "both":
            self.views.show_share(self.practice.split)

    def _lay_out(self) -> None:
        width, height, below = self.width(), self.height(), transport_height(self.size())
        middle = height - below
        beside = self._docked.place(self.size(), below, self.on_lesson, self.on_lesson)
        self.list.setGeometry(0, 0, width, height)
        self.area.setGeometry(0, 0, width - beside, middle)
        self.views.setGeometry(self.area.rect())
        self._split()
        self.bar.setFixedHeight(below)
        self.bar.setGeometry(0, middle, width, below)
        for part, shown in ((self.list, not self.on_lesson), (self.area, self.on_lesson), (self.bar, self.on_lesson)):
            part.setVisible(shown)

    @property
    def commands(self) -> dict[str, Callable[[], None]]:
        """What each command does in a lesson, by its name."""
        practice = self.practice
        choose = practice.choose
        return {
            "play": practice.space,
            "begin": practice.restart,
            "end": practice.finish,
            "skip": practice.skip,
            "back": lambda: practice.step(-1),
            "forward": lambda: practice.step(1),
            "wait": practice.toggle_wait,
            "follow": lambda: choose(mode="follow"),
            "left": lambda: choose(hands="left"),
            "right": lambda: choose(hands="right"),
            "both": lambda: choose(hands="both"),
            "loop": practice.toggle_loop,
            "loop_begin": lambda: practice.set_flag("A"),
            "loop_end": lambda: practice.set_flag("B"),
            "tempo_down": lambda: practice.change_tempo(-1),
            "tempo_up": lambda: practice.change_tempo(1),
            "metronome": practice.toggle_metronome,
            "view": practice.next_view,
            "files": self.choose_file,
            "escape": self.back,
        }
