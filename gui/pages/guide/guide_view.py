"""The first-run guide over the window: five steps, each of which may be skipped, all of them at any time."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from gui.pages.guide.guide_pages import EchoPage, LevelPage, Meters, MicrophonePage, PianoPage, SendPage
from gui.pages.guide.guide_parts import Steps
from gui.stage.theme import THEMES, Theme
from gui.state.controller import Controller
from gui.state.device_search import FoundDevices
from gui.state.first_run import FirstRun, Step
from gui.state.input_levels import InputLevels
from gui.translation import mark, tr
from gui.widgets.label import Label

WIDTH, HEIGHT = 560, 460
REFRESH_MS = 50
SEARCH_AGAIN_S = 3.0
NAMES = (mark("Microphone"), mark("Level"), mark("Your piano"), mark("MIDI"), mark("Echo"))


class GuideView(QDialog):
    """The guide for one controller. It ends on the stage. search_devices: for microphones and MIDI ports, again;
    meters: starts to listen to all microphones."""

    def __init__(
        self,
        parent: QWidget,
        controller: Controller,
        search_devices: Callable[[], None],
        meters: Callable[[], Meters] = InputLevels,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Set up Liszten"))
        self.setMinimumSize(WIDTH, HEIGHT)
        self.guide = FirstRun(controller)
        self._controller = controller
        self._search_devices = search_devices
        self._next_search: float | None = None  # as long as no microphone is found
        self._steps = Steps([tr(name) for name in NAMES])
        self._done: set[int] = set()
        self._title, self._text = Label(), Label()
        self._title.setObjectName("name")
        self._text.setObjectName("second")
        self._text.setWordWrap(True)
        self.send, self.echo = SendPage(self.guide, controller), EchoPage(self.guide, controller)
        self.pages = (
            MicrophonePage(self.guide, controller, meters),
            LevelPage(self.guide, controller),
            PianoPage(self.guide, controller),
            self.send,
            self.echo,
        )
        self._stack = QStackedWidget()
        for page in self.pages:
            self._stack.addWidget(page)
        self.skip = QPushButton(tr("Skip the guide"))
        self.skip.setObjectName("link")
        self.back, self.next = QPushButton(tr("Back")), QPushButton()
        self.next.setObjectName("primary")
        self.next.setDefault(True)
        self._lay_out()
        self._connect()
        self._timer = QTimer(self, interval=REFRESH_MS)
        self._timer.timeout.connect(self.refresh)

    def begin(self, found: FoundDevices | None) -> None:
        """Open at the first step. found: None while they are being looked for."""
        if found is not None:
            self.show_devices(found)
        self._controller.followers.append(self.guide.observe)
        self.go(Step.MICROPHONE)
        self._timer.start()
        self.open()

    def show_devices(self, found: FoundDevices) -> None:
        """Devices and ports were looked for."""
        for page in self.pages:
            page.show_devices(found)
        self._next_search = None if found.inputs else time.monotonic() + SEARCH_AGAIN_S

    def go(self, step: Step) -> None:
        """Turn to a step."""
        self.pages[self._stack.currentIndex()].leave()
        self.guide.go(step)
        page = self.pages[step]
        self._stack.setCurrentIndex(step)
        self._title.setText(tr(page.title))
        self._text.setText(tr(page.text))
        page.enter()
        self.refresh()
        self.next.setFocus()

    def refresh(self) -> None:
        """Bring everything up to date."""
        now, step = time.monotonic(), self.guide.step
        theme = THEMES[self._controller.settings.theme]
        self.guide.advance(now)
        if self._next_search is not None and now > self._next_search:
            self._next_search = None
            self._search_devices()
        complete = self.guide.complete
        if complete:
            self._done.add(step)
        self._steps.show_step(step, frozenset(self._done), theme)
        self.back.setVisible(step > Step.MICROPHONE)
        last = step == max(Step)
        self.next.setText(tr("Play!") if last else tr("Next") if complete else tr("Skip this step"))
        self._weigh(not complete and not last)
        self.pages[step].refresh(theme, now)

    def done(self, result: int) -> None:
        """The end, however it comes."""
        self._end()
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt chooses the name
        self._end()
        super().closeEvent(event)

    def set_style(self, sheet: str, theme: Theme) -> None:
        """Take the style of the window."""
        self.setStyleSheet(sheet + guide_style(theme))

    def _weigh(self, quiet: bool) -> None:
        """What is skipped is no main thing to do."""
        if self.next.property("quiet") != quiet:
            self.next.setProperty("quiet", quiet)
            self.next.style().polish(self.next)

    def _end(self) -> None:
        if self._timer.isActive():
            self._timer.stop()
            self.pages[self._stack.currentIndex()].leave()
            self.guide.leave()
            self._controller.followers.remove(self.guide.observe)
            self._controller.set_display(guided=True)

    def _forward(self) -> None:
        if self.guide.step == max(Step):
            self.accept()
        else:
            self.go(Step(self.guide.step + 1))

    def _connect(self) -> None:
        self.skip.clicked.connect(self.reject)
        self.back.clicked.connect(lambda: self.go(Step(self.guide.step - 1)))
        self.next.clicked.connect(self._forward)
        self.send.chord.clicked.connect(lambda: self.guide.play_chord(time.monotonic()))
        self.echo.begin.clicked.connect(lambda: self.guide.begin_echo(time.monotonic()))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 22, 28, 20)
        column.setSpacing(8)
        column.addWidget(self._steps)
        column.addSpacing(10)
        column.addWidget(self._title)
        column.addWidget(self._text)
        column.addSpacing(6)
        column.addWidget(self._stack, 1)
        row = QHBoxLayout()
        row.addWidget(self.skip)
        row.addStretch(1)
        row.addWidget(self.back)
        row.addWidget(self.next)
        column.addLayout(row)


def guide_style(theme: Theme) -> str:
    """What only the guide has."""
    t = theme
    return f"""
QLabel#second {{ color: {t.second}; }}
QWidget#finding {{ background: {t.card}; border: 1px solid {t.line}; border-radius: 8px; }}
QPushButton#primary {{ background: {t.accent}; color: {t.on_accent}; border-color: {t.accent}; font-weight: 600;
    min-width: 88px; }}
QPushButton#primary[quiet="true"] {{ background: {t.card}; color: {t.text}; border-color: {t.edge}; }}
QPushButton#primary:focus {{ border: 2px solid {t.text}; }}
QPushButton#primary:disabled {{ background: {t.card}; color: {t.third}; border-color: {t.line}; }}
QPushButton#choice:checked {{ border-color: {t.accent}; font-weight: 600; }}
QPushButton#link:focus {{ padding: 0 3px; }}
QProgressBar {{ background: {t.line}; border: none; border-radius: 3px; max-height: 6px; }}
QProgressBar::chunk {{ background: {t.accent}; border-radius: 3px; }}
"""
