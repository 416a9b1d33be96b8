"""The window's three bars: at the top, below the stage the transport, and the status line."""

# ruff: noqa: N802 - Qt chooses the names of what it calls

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent, QTextDocumentFragment
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton

from gui.stage.theme import Theme
from gui.state.controller import Controller
from gui.state.formatting import clock_text
from gui.state.session import Session
from gui.state.settings import DELAY_WORDS
from gui.translation import mark, tr
from gui.widgets.bar import Bar
from gui.widgets.controls import button
from gui.widgets.label import Label, plain_tip
from gui.widgets.style import icon, pixmap
from gui.widgets.tabs import Tabs
from gui.widgets.transport.roll_view import RollView
from gui.widgets.transport.transport_bar import TransportBar
from realtime.lateness import DesignDelay
from realtime.midi.system import NONE

STATES = {
    "starting": mark("Starting", "state"),
    "listening": mark("Listening", "state"),
    "lost": mark("Waiting for the input", "state"),
    "paused": mark("Paused", "state"),
    "failed": mark("Not listening", "state"),
}


@dataclass(frozen=True)
class WindowActions:
    """What buttons do that concern the window itself."""

    record: Callable[[], None]
    section: Callable[[str], None]
    theme: Callable[[], None]
    plots: Callable[[], None]
    second_screen: Callable[[], None]
    full_screen: Callable[[], None]
    settings: Callable[[], None]
    fold: Callable[[], None]


class TopBar(Bar):
    """Name, tabs, chips for delay and port, record button, and the buttons that change the window."""

    def __init__(self, controller: Controller, actions: WindowActions, tabs: Tabs) -> None:
        super().__init__("top", 56)
        self._tabs = tabs
        self._controller = controller
        self._theme: Theme | None = None
        self._narrow = False
        self._logo = Label()
        self._name = Label("Liszten")
        self._name.setObjectName("name")
        self._delay = button(
            tr("Delay"), "chip", tr("Delay: change it in the panel"), lambda: actions.section("listening")
        )
        self._midi = button(
            tr("MIDI"), "chip", tr("MIDI port: change it in the panel"), lambda: actions.section("midi")
        )
        self._record = button(tr("Record"), "record", tr("Record a take"), actions.record, "record")
        self._look = button(tr("Theme"), "icon", tr("Next theme"), actions.theme, "theme")
        self._icons = {
            "plots": button(tr("Plots"), "icon", tr("Plots"), actions.plots, "plots"),
            "second": button(tr("Second screen"), "icon", tr("Second screen"), actions.second_screen, "second"),
            "full": button(tr("Full screen"), "icon", tr("Full screen"), actions.full_screen, "full"),
            "settings": button(tr("Settings"), "icon", tr("Settings"), actions.settings, "settings"),
            "panel": button(tr("Side panel"), "icon", tr("Show or fold the panel"), actions.fold, "panel"),
        }
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(8)
        row.addWidget(self._logo)
        row.addSpacing(2)
        row.addWidget(self._name)
        row.addSpacing(12)
        row.addWidget(tabs)
        row.addStretch(1)
        for widget in (self._delay, self._midi, self._record, self._look, *self._icons.values()):
            row.addWidget(widget)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self._logo.setPixmap(pixmap("logo", "", 30))
        self._tabs.set_theme(theme)
        self._look.setIcon(icon(theme.name, theme.second))
        for name, made in self._icons.items():
            made.setIcon(icon(name, theme.second))

    def set_narrow(self, narrow: bool) -> None:
        """Whether chips lose their text."""
        self._narrow = narrow

    def show_session(self, session: Session, now: float) -> None:
        """Bring the chips and the record button up to date."""
        assert self._theme is not None
        theme = self._theme
        good = session.state == "listening"
        self._chip(self._delay, "clock", theme.good if good else theme.third, delay_words(self._controller))
        self._delay.setToolTip(plain_tip(f"{session.lateness_words} {tr('Delay: change it in the panel')}".strip()))
        port = session.port
        words = port.name if port.open else tr("No MIDI")
        wanted = self._controller.settings.midi_port != NONE
        self._chip(self._midi, "midi", theme.good if port.open else theme.warning if wanted else theme.third, words)
        self._midi.setToolTip(plain_tip(f"{port.name} ({port.system})" if port.open else tr(port.problem or "")))
        recording = session.take is not None
        self._record.setEnabled(recording or session.state != "failed")
        self._record.setText(clock_text(session.take_time(now)) if recording else tr("Record"))
        self._record.setIcon(icon("stop" if recording else "record", theme.record, 16))
        self._record.setAccessibleName(tr("Stop recording") if recording else tr("Record"))

    def _chip(self, chip: QPushButton, name: str, colour: str, words: str) -> None:
        chip.setIcon(icon(name, colour, 16))
        chip.setText("" if self._narrow else words)
        chip.setAccessibleName(words)


class Transport(TransportBar):
    """Listen or pause, record, keep what was just played, the clock, and a small picture of all that was played."""

    def __init__(self, controller: Controller, record: Callable[[], None]) -> None:
        super().__init__()
        self._controller = controller
        self._theme: Theme | None = None
        self._listen = button(tr("Pause"), "round", tr("Listen or pause"), controller.toggle_listening, "listen")
        self._record = button(tr("Record"), "round", tr("Record a take"), record, "record")
        self._keep = button(tr("Keep"), "", tr("Keep what I just played"), controller.save_recent, "recent")
        self._clock.setMinimumWidth(96)
        self.roll = RollView()
        self._lay_out((self._listen, self._record), self.roll, self._keep)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme

    def show_session(self, session: Session, now: float) -> None:
        """Bring buttons and clock up to date."""
        assert self._theme is not None
        listening, recording = self._controller.listening, session.take is not None
        self._listen.setIcon(icon("pause" if listening else "listen", self._theme.text))
        self._listen.setAccessibleName(tr("Pause listening") if listening else tr("Listen"))
        self._record.setIcon(icon("stop" if recording else "record", self._theme.record))
        self._record.setAccessibleName(tr("Stop recording") if recording else tr("Record"))
        self._record.setEnabled(recording or session.state != "failed")
        self._keep.setText(keep_words(session.recent_s))
        self._keep.setAccessibleName(self._keep.text())
        self._keep.setEnabled(session.recent_s >= 1.0)
        self._keep.setIcon(icon("save", self._theme.text if self._keep.isEnabled() else self._theme.third, 16))
        self._clock.setText(clock_text(session.take_time(now) if recording else session.time(now)))
        playing = tr("Demo recording") if self._controller.demo or self._controller.example else tr("Live")
        self._name.setText(tr("{} · recording", session.take_name) if recording else playing)


class StatusBar(Bar):
    """One line of facts; a click copies it."""

    def __init__(self) -> None:
        super().__init__("status", 28)
        self._left, self._right = Label(), Label()
        for label in (self._left, self._right):
            label.setTextFormat(Qt.TextFormat.RichText)
        self.setToolTip(tr("Click to copy this line"))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.addWidget(self._left)
        row.addStretch(1)
        row.addWidget(self._right)
        self._theme: Theme | None = None

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme

    def show_session(self, session: Session) -> None:
        """Bring the line up to date."""
        assert self._theme is not None
        good = {"listening": self._theme.good, "failed": self._theme.error}
        dot = f'<span style="color:{good.get(session.state, self._theme.third)}">●</span>'
        facts = [f"{dot}&nbsp; {tr(STATES[session.state], about='state')}", *map(escape, stream_facts(session))]
        gap = f'&nbsp;&nbsp;<span style="color:{self._theme.line}">|</span>&nbsp;&nbsp;'
        _set(self._left, gap.join(facts))
        load = 0.0 if session.status is None else session.status.load
        counts = (
            tr("Voices {}", len(session.roll.held)),
            tr("Notes {}", session.roll.notes),
            tr("Load {:.0f} %", 100 * load),
        )
        _set(self._right, " &nbsp;&nbsp; ".join(counts))

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        plain = f"{self._left.accessibleName()} | {self._right.accessibleName()}"
        QGuiApplication.clipboard().setText(plain)


def stream_facts(session: Session) -> list[str]:
    """Input, model and losses of the running stream."""
    if session.stream is None:
        return []
    stream = session.stream
    lost = tr("1 drop-out") if session.gaps == 1 else tr("{} drop-outs", session.gaps)
    return [f"{stream.source} · {stream.sample_rate / 1000:g} kHz", tr("Model: {}", stream.model), lost]


def delay_words(controller: Controller) -> str:
    """ "Balanced · 64 ms": the delay by design ("Live" has two) and, once there are notes, the median of what was
    measured."""
    words = tr(DELAY_WORDS[controller.settings.delay])
    lateness = controller.session.lateness
    if lateness is not None:
        return f"{words} · {1000 * lateness.median_s:.0f} ms"
    stream = controller.session.stream
    if stream is None or stream.delay != controller.settings.delay:
        return words
    design = DesignDelay.of(stream)
    least = "" if design.other_least_s is None else f"{1000 * design.least_s:.0f}-"
    return f"{words} · {least}{1000 * design.most_s:.0f} ms"


def keep_words(held_s: float) -> str:
    """ "Keep the last 4 min": what can still become a take."""
    if held_s < 1.0:
        return tr("Keep")
    if held_s < 60.0:
        return tr("Keep the last {} s", int(held_s))
    return tr("Keep the last {} min", int(held_s / 60))


def state_words(controller: Controller) -> str:
    """State, level and delay, for screen readers."""
    session = controller.session
    return ", ".join((tr(STATES[session.state], about="state"), tr(session.meter.word), delay_words(controller)))


def _set(label: QLabel, words: str) -> None:
    if label.text() != words:
        label.setText(words)
        label.setAccessibleName(" ".join(QTextDocumentFragment.fromHtml(words).toPlainText().split()))
