"""What the window shows instead of the live stage: its tabs, the pages of takes and files; and toasts.

The pages are made when one of them is first wanted: a window that opens at once comes first.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QFile, QRect, QTimer
from PySide6.QtWidgets import QWidget

from gui.pages.shortcut_table import show_tips
from gui.stage.theme import THEMES
from gui.state.banners import Fault
from gui.state.controller import Controller
from gui.state.keymap import LESSON, LIVE, PAGES
from gui.takes.example import Example
from gui.takes.lost_takes import LostTakes
from gui.widgets.file_drop import FileDrop
from gui.widgets.tabs import FILES, LISTEN, PRACTICE, TAKES, Tabs
from gui.widgets.toast_view import ToastView

if TYPE_CHECKING:
    from gui.pages.practice.practice_page import PracticePage
    from gui.pages.takes.gallery import Gallery
    from gui.pages.takes.take_card import TakeCard
    from gui.takes.library import Row
    from gui.takes.replay import Loudspeaker
    from gui.takes.takes_controller import TakesController

LOOK_AFTER_MS = 3000  # for takes that a killed program left behind
ORDER = (LISTEN, PRACTICE, TAKES, FILES)


class Pages:
    """The pages of one window. wake: called from other threads when `pump` has work; turned: called when another page
    is shown; loudspeaker: by default that of the computer; practised: folder of the
    runs of practice and file of the pieces of lately, by default in the player's data folder."""

    def __init__(
        self, window: QWidget, controller: Controller, wake: Callable[[], None], turned: Callable[[], None]
    ) -> None:
        self.tabs = Tabs()
        self.page = LISTEN
        self.loudspeaker: Loudspeaker | None = None
        self.practised: tuple[Path, Path] | None = None
        self._window, self._controller, self._wake, self._turned = window, controller, wake, turned
        self._made: tuple[TakesController, Gallery, TakeCard] | None = None
        self._practice: PracticePage | None = None
        self._box = QRect()
        self._lost = LostTakes(wake)
        self.example = Example(controller, self._new_loudspeaker)
        self.drop = FileDrop(window, self._dropped)
        self.toast = ToastView(window, self.undo_delete)
        self.tabs.turned.connect(self.turn)
        QTimer.singleShot(LOOK_AFTER_MS, window, self._look_for_lost)

    @property
    def live(self) -> bool:
        """Whether the live stage is shown."""
        return self.page == LISTEN

    @property
    def shown(self) -> str:
        """Whose commands are meant: LIVE, PAGES or LESSON."""
        return {LISTEN: LIVE, PRACTICE: LESSON}.get(self.page, PAGES)

    @property
    def practice(self) -> PracticePage:
        """The page of practice."""
        return self._practice or self._open_practice()

    @property
    def takes(self) -> TakesController:
        """What can be done with takes."""
        return self._open()[0]

    @property
    def gallery(self) -> Gallery:
        """The pages."""
        return self._open()[1]

    def play_example(self) -> None:
        """Show the live stage, and play an example on it."""
        self.turn(LISTEN)
        self.example.play()

    def turn(self, page: str) -> None:
        """Show another page."""
        if page != LISTEN:
            self.example.stop()
        if self._practice is not None and page != PRACTICE:
            self._practice.practice.leave()
        self.page = page
        self.tabs.show_page(page)
        if page in (TAKES, FILES):
            self.gallery.turn(page)
            if page == TAKES:
                self._see_takes()
        elif self._made is not None:
            self.takes.back_to_live(time.monotonic())
        if page == PRACTICE:
            self.practice.enter()
        self.lay_out(self._box)
        self._turned()

    def record(self) -> None:
        """Begin a take, or end one; an example ends; who looks at takes or files is shown the live stage."""
        if self.page in (TAKES, FILES) and self._controller.session.take is None:
            self.turn(LISTEN)
        self.example.stop()
        self._controller.toggle_recording()

    def undo_delete(self) -> None:
        """Bring the take back that was deleted."""
        self.takes.undo_delete(time.monotonic())

    def place_card(self, top: int, middle: int) -> None:
        """Where the card of the take lies that was just recorded: its upper edge and its middle, px of the window."""
        if self._made is not None and self.takes.last.row is not None:
            self._made[2].place_below(top, middle)

    def close_card(self) -> bool:
        """Close that card, or end the example; whether there was one."""
        if self.example.stop():
            return True
        if self._made is None or self.takes.last.row is None:
            return False
        self.takes.last.dismiss()
        return True

    def leave_card(self) -> bool:
        """Close that card where it lies over another page than the live stage; whether there was one."""
        return not self.live and self.close_card()

    def choose_files(self) -> None:
        """Let the player choose recordings to transcribe, or a piece to practise."""
        if self.page == PRACTICE:
            self.practice.choose_file()
            return
        self.turn(FILES)
        self.gallery.choose_files()

    def turn_on(self) -> None:
        """Show the next page."""
        self.turn(ORDER[(ORDER.index(self.page) + 1) % len(ORDER)])

    def open_recovered(self) -> None:
        """Replay the take that a killed program left behind."""
        if self.takes.lost is not None:
            self.turn(TAKES)
            self.gallery.replay(self.takes.lost)

    def pump(self, now: float) -> None:
        """Take in what threads have done."""
        session = self._controller.session
        if self._lost.found():
            self.takes.refresh()
        if self._practice is not None:
            self._practice.pump()
        if self._made is not None or session.saved or session.unsaved:
            self.takes.pump(now)
            if (lost := self.takes.newly_lost()) is not None:
                session.faults.raise_(Fault.RECOVERED, lost)

    def advance(self, now: float) -> bool:
        """The next frame; whether there is one after it."""
        moving = False
        self.example.tick(now)
        if self._made is not None:
            takes, gallery, _ = self._made
            takes.tick(now)
            moving = gallery.advance(now) if self.page in (TAKES, FILES) else False
        if self._practice is not None:
            self._practice.practice.tick(now)
            moving |= self._practice.advance(now) if self.page == PRACTICE else False
        return moving

    def show_words(self, now: float) -> None:
        """Bring what is shown up to date."""
        toast = None
        if self._made is not None:
            toast = self.takes.toast
            if self.page == TAKES and self.gallery.lists:
                self._see_takes()
            self._made[2].show_last()
            self.tabs.show_new(TAKES, len(self.takes.last.unseen))
            if self.page in (TAKES, FILES):
                self.gallery.show_words(now)
        if self._practice is not None and self.page == PRACTICE:
            toast = self._practice.practice.toast or toast
            self._practice.show_words(now)
        self.toast.show_toast(toast)

    def show_settings(self) -> None:
        """Take theme and look from the settings."""
        if self._made is not None:
            settings, gallery = self._controller.settings, self.gallery
            self._made[2].set_theme(THEMES[settings.theme])
            gallery.set_theme(THEMES[settings.theme], settings.text / 100)
            gallery.set_look(self._controller.look, settings.panel, settings.text / 100, self._controller.calm)
            gallery.list.show_keys(self._controller.keymap)
        if self._practice is not None:
            settings = self._controller.settings
            self._practice.set_theme(THEMES[settings.theme], settings.text / 100)
            self._practice.set_look(self._controller.look, settings.panel, self._controller.calm)

    def lay_out(self, box: QRect) -> None:
        """box: what lies between the top bar and the status bar."""
        self._box = box
        if self._made is not None:
            self.gallery.setGeometry(box)
            self.gallery.setVisible(self.page in (TAKES, FILES))
        if self._practice is not None:
            self._practice.setGeometry(box)
            self._practice.setVisible(self.page == PRACTICE)
        self.toast.place_above(box.bottom() - 72)

    def folds(self) -> bool:
        """Fold the panel of a replay or a lesson in a narrow window, if that is what is shown."""
        return not self.live and self._page.fold()

    def obey(self, command: str) -> bool:
        """Do a command of the keyboard; whether it was for the pages."""
        return not self.live and self._page.obey(command)

    def close(self) -> None:
        """End sound, threads and processes."""
        self.example.close()
        if self._practice is not None:
            self._practice.practice.close()
        if self._made is not None:
            self.gallery.close_down()
            self.takes.close()

    @property
    def _page(self) -> PracticePage | Gallery:
        """What is shown instead of the live stage."""
        return self.practice if self.page == PRACTICE else self.gallery

    def _see_takes(self) -> None:
        """The list tells of every take."""
        self.takes.last.seen()
        self.takes.last.dismiss()

    def _dropped(self, files: list[Path]) -> None:
        if self.page == PRACTICE:
            self.practice.drop(files)
            return
        self.turn(FILES)
        self.gallery.drop(files)

    def _look_for_lost(self) -> None:
        self._lost.look(self._controller.settings.takes_folder)

    def _new_loudspeaker(self) -> Loudspeaker:
        from realtime.piano.speaker import Speaker

        return self.loudspeaker or Speaker()

    def _open(self) -> tuple[TakesController, Gallery, TakeCard]:
        if self._made is None:
            from gui.pages.takes.gallery import Gallery
            from gui.pages.takes.take_card import CardActions, TakeCard
            from gui.takes.takes_controller import TakesController

            takes = TakesController(self._controller, self._wake, self._new_loudspeaker(), to_trash)
            gallery = Gallery(takes, self._controller.look, lambda: self._controller.settings.takes_folder)
            gallery.setParent(self._window)
            gallery.turned.connect(self._page_turned)
            card = TakeCard(self._window, takes, CardActions(self._replay, self._report, self._share))
            self._made = takes, gallery, card
            self.show_settings()
            for part in (gallery, card):
                show_tips(part, self._controller.keymap)
            self.lay_out(self._box)
            self.toast.raise_()
        return self._made

    def _open_practice(self) -> PracticePage:
        from gui.pages.practice.practice_page import PracticePage
        from gui.practice.practice_controller import PracticeController
        from realtime.practice.library import recent_path
        from realtime.practice.runs import runs_folder

        practice = PracticeController(self._controller, self._wake, *(self.practised or (runs_folder(), recent_path())))
        page = self._practice = PracticePage(practice, self._controller.session, self._controller.look)
        page.setParent(self._window)
        self.show_settings()
        show_tips(page, self._controller.keymap)
        self.lay_out(self._box)
        if self._made is not None:
            self._made[2].raise_()
        self.toast.raise_()
        return page

    def _replay(self, row: Row) -> None:
        self.turn(TAKES)
        self.gallery.replay(row)

    def _report(self, row: Row) -> None:
        self.turn(TAKES)
        self.takes.choose(row, time.monotonic())
        self.gallery.open_report()

    def _share(self, row: Row) -> None:
        self.gallery.share(row)

    def _page_turned(self, page: str) -> None:
        self.page = page
        self.tabs.show_page(page)
        self._turned()


def to_trash(folder: Path) -> None:
    """Where the system keeps what was deleted; where there is no such place, away with it."""
    trashed = cast(bool, QFile.moveToTrash(str(folder)))  # the stub says a tuple
    if not trashed:
        shutil.rmtree(folder)
