"""The side panel of the Listen view: input, listening, MIDI and display, and the rail of icons when it is folded."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from gui.controls import DropDown, Segments, Switch, ValueSlider, button, head, rule
from gui.desk import Desk
from gui.look_around import Surroundings
from gui.meter_view import MeterView
from gui.settings import GATE_OFF_DB
from gui.style import icon, pixmap
from gui.theme import HANDS, ONE, PITCH, VELOCITY, Theme
from gui.translation import mark, tr
from realtime.midi_system import PORT_NAME, VIRTUAL
from realtime.sinks.notes import note_name

WIDTH, RAIL = 320, 48
HEAD_MARGIN = 18
W = TypeVar("W", bound=QWidget)
C = TypeVar("C", DropDown, Switch)
SECTIONS = (
    ("input", "microphone", mark("Input")),
    ("listening", "ear", mark("Listening")),
    ("midi", "midi", mark("MIDI out")),
    ("display", "display", mark("Display")),
)
WORD_ICONS = {"Good level": "check", "Too quiet": "quiet", "Too loud": "warning", "Silent": "quiet"}
# A slider that is being dragged tells the engine at most so often.
SETTLE_MS = 60


class SidePanel(QScrollArea):
    """Four sections of controls, each wired to the desk. refresh: look for devices and ports again."""

    def __init__(self, desk: Desk, refresh: Callable[[], None]) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setFixedWidth(WIDTH)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._desk = desk
        self._refresh = refresh
        self._surroundings = Surroundings()
        self._theme: Theme | None = None
        self._heads: dict[str, QLabel] = {}
        self._themed: list[DropDown | Switch] = []
        self._inside = QWidget()
        self._inside.setObjectName("sections")
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(20, 18, 20, 18)
        self._column.setSpacing(10)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self._tell_decoder)
        self._add_input()
        self._add_listening()
        self._add_midi()
        self._add_display()
        self._column.addStretch(1)
        self.setWidget(self._inside)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self.meter.set_theme(theme)
        for control in self._themed:
            control.set_theme(theme)
        self._look.setIcon(icon("refresh", theme.second, 16))
        self._panic.setIcon(icon("warning", theme.error, 16))

    def show_settings(self) -> None:
        """Bring every control in line with the settings."""
        chosen = self._desk.settings
        self.channel.show_choice(chosen.channel)
        self.gate.show_value(round(chosen.gate_db))
        self.sensitivity.show_value(round(chosen.sensitivity))
        self.shortest.show_value(round(chosen.min_note_ms))
        self.delay.show_choice(chosen.delay)
        self.pedal.setChecked(chosen.pedal)
        self.midi_channel.offer([(tr("Ch {}", n), str(n)) for n in range(1, 17)], str(chosen.midi_channel))
        self.transpose.show_value(chosen.transpose)
        self.colours.show_choice(chosen.colours)
        self.split.show_value(chosen.split)
        self.split.setVisible(chosen.colours == HANDS)
        self.names.setChecked(chosen.names)
        self._offer()

    def show_surroundings(self, found: Surroundings) -> None:
        """Offer the devices and ports that were found."""
        self._surroundings = found
        self._look.setEnabled(True)
        self._offer()

    def show_session(self) -> None:
        """Bring the meter, its word and the measured delay up to date."""
        assert self._theme is not None
        session = self._desk.session
        word = session.meter.word
        good = word == "Good level"
        colour = self._theme.good if good else self._theme.third if word == "Silent" else self._theme.warning
        if self._word.text() != tr(word):
            self._word.setText(tr(word))
            self._word_icon.setPixmap(pixmap(WORD_ICONS[word], colour, 14))
        self._word.setStyleSheet(f"color: {colour}; font-size: 12px; font-weight: 600;")
        measured = session.measured_delay_s
        self._measured.setText("" if measured is None else tr("{:.0f} ms measured", 1000 * measured))
        port = session.port
        self._port_word.setText(tr("Open", about="port") if port.open else tr("Not open"))
        shade = self._theme.good if port.open else self._theme.warning
        self._port_word.setStyleSheet(f"color: {shade}; font-size: 12px; font-weight: 600;")
        self._port_icon.setPixmap(pixmap("check" if port.open else "warning", shade, 14))

    def go_to(self, section: str) -> None:
        """Bring a section into view and its first control into focus."""
        self._column.activate()
        self._inside.resize(self.viewport().width(), self._inside.sizeHint().height())
        self.verticalScrollBar().setMaximum(max(self._inside.height() - self.viewport().height(), 0))
        self.verticalScrollBar().setValue(self._heads[section].y() - HEAD_MARGIN)
        first = {"input": self.input, "listening": self.delay, "midi": self.port, "display": self.colours}[section]
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_input(self) -> None:
        self._word_icon, self._word = QLabel(), QLabel()
        self._section("input", tr("Input"), self._word_icon, self._word)
        self.input = self._themes(DropDown(tr("Microphone")))
        self.input.picked.connect(self._desk.set_input)
        self._look = button(
            tr("Look for microphones again"), "icon", tr("Look for devices and ports again"), self._look_again
        )
        self._add_row(self.input, self._look)
        choices = [("1", tr("Input 1")), ("2", tr("Input 2")), ("mix", tr("Mix")), ("auto", tr("Auto"))]
        self.channel = self._add(Segments(tr("Channel"), choices))
        self.channel.chosen.connect(self._desk.set_channel)
        self.meter = self._add(MeterView())
        self.meter.clip_seen.connect(lambda: self._desk.session.meter.clear_clip())
        self.gate = self._add(ValueSlider(tr("Noise gate"), round(GATE_OFF_DB), -20, _gate_words))
        self.gate.moved.connect(lambda _value: self._settle.start())

    def _add_listening(self) -> None:
        self._column.addWidget(rule())
        self._section("listening", tr("Listening"))
        self.sensitivity = self._add(ValueSlider(tr("Sensitivity"), 0, 100, lambda value: f"{value} %"))
        self.shortest = self._add(ValueSlider(tr("Shortest note"), 20, 200, lambda value: f"{value} ms"))
        for slider in (self.sensitivity, self.shortest):
            slider.moved.connect(lambda _value: self._settle.start())
        self._measured = QLabel()
        self._measured.setObjectName("measured")
        self._add_row(QLabel(tr("Delay")), None, self._measured)
        choices = [("fast", tr("Fast")), ("balanced", tr("Balanced")), ("accurate", tr("Accurate"))]
        self.delay = self._add(Segments(tr("Delay"), choices))
        self.delay.chosen.connect(self._desk.set_delay)
        self.pedal = self._themes(Switch(tr("Sustain pedal")))
        self.pedal.clicked.connect(lambda on: self._desk.set_decoder(pedal=on))
        self._add_row(QLabel(tr("Sustain pedal")), None, self.pedal)

    def _add_midi(self) -> None:
        self._column.addWidget(rule())
        self._port_icon, self._port_word = QLabel(), QLabel()
        self._section("midi", tr("MIDI out"), self._port_icon, self._port_word)
        self.port = self._themes(DropDown(tr("MIDI port")))
        self.port.picked.connect(lambda name: self._desk.set_port(midi_port=name))
        self.midi_channel = self._themes(DropDown(tr("MIDI channel")))
        self.midi_channel.setFixedWidth(88)
        self.midi_channel.picked.connect(lambda number: self._desk.set_port(midi_channel=int(number)))
        self._add_row(self.port, self.midi_channel)
        self.transpose = self._add(ValueSlider(tr("Transpose"), -24, 24, lambda value: f"{value:+d}" if value else "0"))
        self.transpose.moved.connect(lambda value: self._desk.set_port(transpose=value))
        self._panic = self._add(button(tr("Panic"), "panic", tr("Silence every note (Esc)"), self._desk.panic))
        self._panic.setText(tr("Panic"))

    def _add_display(self) -> None:
        self._column.addWidget(rule())
        self._section("display", tr("Display"))
        choices = [(HANDS, tr("Hands")), (PITCH, tr("Pitch")), (VELOCITY, tr("Velocity")), (ONE, tr("One"))]
        self.colours = self._add(Segments(tr("Colours"), choices))
        self.colours.chosen.connect(lambda mode: self._desk.set_display(colours=mode))
        self.split = self._add(ValueSlider(tr("Split point"), 21, 108, note_name))
        self.split.moved.connect(lambda pitch: self._desk.set_display(split=pitch))
        self.names = self._themes(Switch(tr("Note names")))
        self.names.clicked.connect(lambda on: self._desk.set_display(names=on))
        self._add_row(QLabel(tr("Note names")), None, self.names)

    def _section(self, key: str, words: str, *signs: QWidget) -> None:
        title = self._heads[key] = head(words)
        self._add_row(title, None, *signs)

    def _add(self, widget: W) -> W:
        self._column.addWidget(widget)
        return widget

    def _add_row(self, *widgets: QWidget | None) -> None:
        row = QHBoxLayout()
        row.setSpacing(6)
        for widget in widgets:
            if widget is None:
                row.addStretch(1)
            else:
                row.addWidget(widget, 1 if isinstance(widget, DropDown) else 0)
        self._column.addLayout(row)

    def _themes(self, control: C) -> C:
        self._themed.append(control)
        return control

    def _tell_decoder(self) -> None:
        self._desk.set_decoder(
            gate_db=float(self.gate.value),
            sensitivity=float(self.sensitivity.value),
            min_note_ms=float(self.shortest.value),
        )

    def _look_again(self) -> None:
        self._look.setEnabled(False)
        self._refresh()

    def _offer(self) -> None:
        found, chosen = self._surroundings, self._desk.settings
        if self._desk.demo:
            self.input.offer([(tr("Demo recording"), "demo")], "demo")
            self.input.setEnabled(False)
            self._look.setEnabled(False)
            self.channel.setEnabled(False)
        else:
            names = [(tr("System default"), "")]
            for device in found.inputs:
                words = tr("{} (Bluetooth, not advised)", device.name) if device.bluetooth else device.name
                names.append((words, device.name))
            self.input.offer(names, chosen.input)
            for index, device in enumerate(found.inputs, start=1):
                self.input.setItemData(index, device.host_api, Qt.ItemDataRole.ToolTipRole)
        listened = [d for d in found.inputs if d.name == chosen.input or (not chosen.input and d.default)]
        self.channel.allow("2", not listened or listened[0].channels > 1)
        ports = [(PORT_NAME, VIRTUAL), *((name, name) for name in found.outputs)]
        self.port.offer(ports, chosen.midi_port)


class Rail(QWidget):
    """The folded panel: an icon for each section, which opens the panel over the stage."""

    def __init__(self, opened: Callable[[str], None]) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(RAIL)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 14, 8, 8)
        column.setSpacing(10)
        self._buttons = []
        for key, shape, words in SECTIONS:
            made = button(tr(words), "icon", tr(words), partial(opened, key))
            self._buttons.append((made, shape))
            column.addWidget(made)
        column.addStretch(1)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        for made, shape in self._buttons:
            made.setIcon(icon(shape, theme.second))


def _gate_words(value: int) -> str:
    return tr("Off") if value <= GATE_OFF_DB else f"−{-value} dBFS"  # noqa: RUF001
