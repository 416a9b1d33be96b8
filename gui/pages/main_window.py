"""The main window: bars, stage and panel laid out, kept up to date, and obedient to the keyboard."""

# ruff: noqa: N802 - Qt chooses the names of what it calls

from __future__ import annotations

import time
from dataclasses import replace

from PySide6.QtCore import QRect, QSize, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from gui.pages.bars import StatusBar, TopBar, Transport, WindowActions, state_words
from gui.pages.commands import Action, actions
from gui.pages.example_button import ExampleButton
from gui.pages.pages import Pages
from gui.pages.remedies import Remedies
from gui.pages.secondary_windows import SecondaryWindows
from gui.pages.shortcut_table import show_tips
from gui.pages.shortcuts import command_of
from gui.pages.side_panel import WIDTH, SidePanel
from gui.pages.thread_signals import ThreadSignals
from gui.stage.chips import TOP
from gui.stage.theme import THEMES
from gui.state.banners import Remedy
from gui.state.controller import Controller
from gui.state.device_search import DeviceSearch, FoundDevices
from gui.widgets.banner_view import BannerView
from gui.widgets.folded_panel import FOLDED_WIDTH, FoldedPanel
from gui.widgets.motion import Sliding, cross_fade
from gui.widgets.stage.stage_view import StageView
from gui.widgets.style import style_sheet
from gui.widgets.tabs import LISTEN, PRACTICE
from gui.widgets.takes_style import takes_sheet

LEAST_WIDTH, LEAST_HEIGHT = 1024, 640
FOLDS_BELOW, CHIPS_BELOW, LOW = 1280, 1160, 760
FRAME_MS, IDLE_MS = 16, 100
BELOW_BANNER = 13
WORDS_S, DESCRIBE_S, KEEP_MS = 0.1, 1.0, 1000


class MainWindow(QWidget):
    """The main window of one controller. signals: emitted by other threads."""

    def __init__(self, controller: Controller, signals: ThreadSignals) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle("Liszten")
        self.setMinimumSize(LEAST_WIDTH, LEAST_HEIGHT)
        self.resize(controller.settings.width, controller.settings.height)
        self.controller = controller
        self._signals, self._search = signals, DeviceSearch(signals.devices_found.emit)
        self._flying = self._closed = False
        self._next_words = self._next_description = 0.0
        self._banner_room = 0  # width of what it was last placed over
        self.secondary_windows = SecondaryWindows(self, controller, self.search_devices)
        self.pages = Pages(self, controller, signals.woken.emit, self._page_turned)
        buttons = WindowActions(
            self.pages.record,
            self.open_section,
            controller.next_theme,
            self.secondary_windows.toggle_plots,
            self.secondary_windows.toggle_second,
            self.toggle_full_screen,
            self.secondary_windows.open_settings,
            self.fold,
        )
        self.top, self.transport, self.status = (
            TopBar(controller, buttons, self.pages.tabs),
            Transport(controller, self.pages.record),
            StatusBar(),
        )
        self.stage = StageView(controller.session, controller.look)
        self.panel, self.folded_panel = SidePanel(controller, self.search_devices), FoldedPanel(self.open_section)
        self.banner = BannerView(self.stage)
        self._example = ExampleButton(self.stage, controller, self.pages)
        self._remedies = Remedies(self, controller, self.pages, self.search_devices, self.open_section)
        self.banner.remedied.connect(self._remedy)
        for part in (self.top, self.stage, self.folded_panel, self.panel, self.transport, self.status):
            part.setParent(self)
        self._sliding, self._laid_out = Sliding(self.panel, self._lay_out), (QSize(), False)
        self._keep = QTimer(self, singleShot=True, interval=KEEP_MS)
        self._keep.timeout.connect(controller.keep)
        self._frames = QTimer(self, interval=FRAME_MS)
        self._frames.setTimerType(Qt.TimerType.PreciseTimer)
        self._frames.timeout.connect(self.advance)
        signals.woken.connect(self._take_messages)
        signals.devices_found.connect(self._show_devices)
        controller.changed = self._settings_changed
        self._shown_style = ("", 0.0)
        self._shown_keys: dict[str, str] | None = None
        self._show_settings()
        self.stage.pressed.connect(self._press)
        self.stage.key_released.connect(controller.release_key)
        self.stage.split_dragged.connect(lambda pitch: controller.set_display(split=pitch))
        self.stage.hand_clicked.connect(controller.toggle_hand)
        self.stage.setFocus()
        self._frames.start()

    def search_devices(self) -> None:
        """Look for microphones and ports in the background."""
        self._search.start()

    def advance(self) -> None:
        """The next frame; slower when nothing moves."""
        now = time.monotonic()
        self.controller.session.tidy(now)
        moving = self.pages.advance(now) | self.secondary_windows.advance(now)
        if self.pages.live:
            moving |= self.stage.advance(now)
        self._frames.setInterval(FRAME_MS if moving and self.isVisible() else IDLE_MS)
        session = self.controller.session
        session.meter.fall(now)
        self.panel.meter.show_level(session.meter, self.controller.settings.gate_db)
        if now >= self._next_words:
            self._next_words = now + WORDS_S
            self._show_words(now)
        if now >= self._next_description:
            self._next_description = now + DESCRIBE_S
            self.stage.describe()

    def fold(self) -> None:
        """Fold the panel, or open it beside the stage; in a narrow window over it."""
        if self.pages.folds():
            return
        if self.width() < self._folds_below:
            self._flying = not self._flying
            self._lay_out()
        else:
            self.controller.set_display(panel=not self.controller.settings.panel)

    def open_section(self, section: str) -> None:
        """Show the panel at one of its sections."""
        if not self.pages.live:
            self.pages.turn(LISTEN)
        if not self._docked:
            self._flying = True
            self._lay_out()
        self.panel.go_to(section)

    def toggle_full_screen(self) -> None:
        """All of the screen, or a window again."""
        if self.isFullScreen():
            self.showNormal()
        else:
            self.showFullScreen()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self.isFullScreen() and not self.isMaximized():
            self.controller.settings.width, self.controller.settings.height = self.width(), self.height()
        self._lay_out()

    def closeEvent(self, event: QCloseEvent) -> None:
        event.accept()
        if self._closed:  # the end of the program closes its window once more
            return
        self._closed = True
        self._frames.stop()
        self._signals.woken.disconnect(self._take_messages)
        self.secondary_windows.close()
        self.hide()
        self.controller.close()  # the take that is being recorded is completed before anything else is waited for
        self.pages.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Keys that the focused control does not want end here, so that Space still presses a focused button.
        command = command_of(self.controller.keymap, event, self.pages.shown)
        if command is None:
            super().keyPressEvent(event)
        elif command.name == "escape" and (self.secondary_windows.leave_settings() or self.pages.leave_card()):
            return
        elif (command.repeats or not event.isAutoRepeat()) and not self.pages.obey(command.name):
            self.commands[command.name]()

    @property
    def commands(self) -> dict[str, Action]:
        """What each command of the keyboard does, by its name."""
        own = {
            "escape": self.escape,
            "panel": self.fold,
            "full": self.toggle_full_screen,
            "aloud": self.announce,
        }
        return own | actions(self.controller, self.secondary_windows, self.pages)

    @property
    def _folds_below(self) -> int:
        return FOLDS_BELOW + self.panel.width() - WIDTH

    @property
    def _docked(self) -> bool:
        return self.controller.settings.panel and self.width() >= self._folds_below

    def _lay_out(self) -> None:
        width, height = self.width(), self.height()
        self.transport.setFixedHeight(56 if height < LOW else 72)
        self.top.set_narrow(width < CHIPS_BELOW * self.controller.settings.text / 100)
        top, below = self.top.height(), self.transport.height() + self.status.height()
        middle, live = height - top - below, self.pages.live
        self._slide_panel(QRect(0, top, width, middle), live)
        docked = self._docked and not self._sliding.coming
        self.top.setGeometry(0, 0, width, top)
        self.stage.setGeometry(0, top, width - (self.panel.width() if docked else FOLDED_WIDTH), middle)
        self.folded_panel.setGeometry(width - FOLDED_WIDTH, top, FOLDED_WIDTH, middle)
        self.transport.setGeometry(0, top + middle, width, self.transport.height())
        self.status.setGeometry(0, height - self.status.height(), width, self.status.height())
        for part in (self.stage, self.transport):
            part.setVisible(live)
        self.folded_panel.setVisible(live and not docked)
        self.pages.lay_out(QRect(0, top, width, height - top - self.status.height()))
        self.panel.raise_()
        if not self._docked:
            self.folded_panel.raise_()  # a panel over the stage comes out from behind it
        self._place_banner()
        self.secondary_windows.lay_out(QRect(0, top, width, height - top - self.status.height()))

    def _place_banner(self) -> None:
        """Over the live stage, or over a lesson: the microphone is needed there as well."""
        over = self.pages.practice.area if self.pages.page == PRACTICE else self.stage
        if self.banner.parentWidget() is not over:
            self.banner.setParent(over)
            self.banner.setVisible(self.banner.banner is not None)
            self.banner.raise_()
        if over is self.stage or over.width() != self._banner_room:
            self._banner_room = over.width()
            self.banner.place(over.width())

    def _slide_panel(self, middle: QRect, live: bool) -> None:
        """Put the panel at the right of `middle`; over the stage or beside it, or away."""
        at_right = middle.width() - self.panel.width() - (0 if self._docked else FOLDED_WIDTH)
        home = QRect(at_right, middle.top(), self.panel.width(), middle.height())
        before, self._laid_out = self._laid_out, (self.size(), live)
        self._sliding.place(home, live and (self._docked or self._flying), slides=before == self._laid_out)

    def _show_settings(self) -> None:
        theme = THEMES[self.controller.settings.theme]
        text = self.controller.settings.text / 100
        self.banner.fading.calm = self._sliding.calm = self.controller.calm
        if (theme.name, text) != self._shown_style:
            if self.isVisible() and not self.controller.calm:
                cross_fade(self)
            self._shown_style = theme.name, text
            self.setStyleSheet(style_sheet(theme, text) + takes_sheet(theme, text))
            self.panel.setFixedWidth(round(WIDTH * text))
            for part in (self.top, self.transport, self.status, self.panel, self.folded_panel, self.banner):
                part.set_theme(theme)
        if self.controller.settings.shortcuts != self._shown_keys:
            self._shown_keys = self.controller.settings.shortcuts
            show_tips(self, self.controller.keymap)
        self.transport.roll.set_palette(self.controller.look.palette)
        self.panel.show_settings()
        self.pages.show_settings()
        if self._docked:
            self._flying = False
        self._lay_out()
        self._show_words(time.monotonic())

    def _settings_changed(self) -> None:
        self._show_settings()
        self.secondary_windows.show_settings()
        self._keep.start()
        self._frames.setInterval(FRAME_MS)

    def _show_words(self, now: float) -> None:
        session = self.controller.session
        self.pages.show_words(now)
        self.top.show_session(session, now)
        self.transport.show_session(session, now)
        geometry = self.stage.stage.geometry
        shown_s = geometry.hit / (self.controller.settings.speed * geometry.scale)
        self.transport.roll.show_notes(list(session.roll.blocks), session.now(now), shown_s)
        self.status.show_session(session)
        self.panel.show_session()
        self.banner.show_banner(session.faults.shown(now))
        # The signs at the top of the stage make room for a banner.
        below = max(TOP, self.banner.lower_edge + BELOW_BANNER)
        self.stage.set_look(replace(self.controller.look, chips=below))
        self._example.show_session(below)
        shown = self.stage if self.pages.live else self
        self.pages.place_card(self.top.height() + below, shown.width() // 2)
        if self.pages.page == PRACTICE:
            self._place_banner()
            self.pages.practice.leave_room(self.banner.lower_edge)

    def _page_turned(self) -> None:
        self._lay_out()
        self._show_words(time.monotonic())
        self._frames.setInterval(FRAME_MS)

    def _take_messages(self) -> None:
        taken = self.controller.pump(time.monotonic())
        self.pages.pump(time.monotonic())
        if taken and self._frames.interval() != FRAME_MS:
            self.advance()

    def _show_devices(self, found: FoundDevices) -> None:
        self.panel.show_devices(found)
        self.secondary_windows.show_devices(found)

    def escape(self) -> None:
        """Close what is open, leave full screen, or else silence every note."""
        if self._flying:
            self._flying = False
            self._lay_out()
        elif self.pages.close_card():
            return
        elif self.isFullScreen():
            self.showNormal()
        else:
            self.controller.silence()

    def announce(self) -> None:
        """Announce level and state to screen readers."""
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, state_words(self.controller)))

    def _press(self, pitch: int, velocity: int) -> None:
        self.controller.press(pitch, velocity)
        self._frames.setInterval(FRAME_MS)

    def _remedy(self, value: str) -> None:
        self._remedies.apply(Remedy(value), self.banner.banner)
        self._show_words(time.monotonic())
