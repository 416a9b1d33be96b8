"""The side panel of the Listen view: input, listening, MIDI and display."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout

from gui.stage.geometry import FIT, RANGES
from gui.stage.theme import HANDS, ONE, PITCH, VELOCITY, Theme
from gui.state import curve
from gui.state.controller import Controller
from gui.state.device_search import FoundDevices
from gui.state.settings import DELAY_WORDS, GATE_OFF_DB, whole_limits
from gui.translation import mark, tr
from gui.widgets.controls import DropDown, Segments, Stepper, Switch, button
from gui.widgets.label import Label, plain_tip
from gui.widgets.meter_view import MeterView
from gui.widgets.sections import Sections
from gui.widgets.state_chip import StateChip
from gui.widgets.style import icon
from gui.widgets.value_slider import ValueSlider
from gui.widgets.velocity_view import VelocityView
from realtime.midi.system import NONE, PORT_NAME, VIRTUAL
from realtime.notes import note_name

WIDTH = 320
CHANNEL_LETTERS = 3
WORD_ICONS = {
    mark("Good level"): "check",
    mark("Too quiet"): "quiet",
    mark("Too loud"): "warning",
    mark("Silent"): "quiet",
}
CURVES = {"soft": mark("Soft"), "linear": mark("Linear"), "hard": mark("Hard"), "fixed": mark("Fixed")}
# A slider that is being dragged sends to the engine at most so often.
SETTLE_MS = 60


class SidePanel(Sections):
    """Four sections of controls, each wired to the controller. refresh: look for devices and ports again."""

    def __init__(self, controller: Controller, refresh: Callable[[], None]) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setFixedWidth(WIDTH)
        self._controller = controller
        self._refresh = refresh
        self._devices = FoundDevices()
        self._theme: Theme | None = None
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self._tell_decoder)
        self._add_input()
        self._add_listening()
        self._add_midi()
        self._add_display()
        self.end()

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self._theme = theme
        self.meter.set_theme(theme)
        self.velocity.set_theme(theme)
        self._refresh_button.setIcon(icon("refresh", theme.second, 16))
        self._panic.setIcon(icon("warning", theme.error, 16))

    def show_settings(self) -> None:
        """Bring every control in line with the settings."""
        chosen = self._controller.settings
        self.channel.show_choice(chosen.channel)
        self.gate.show_value(round(chosen.gate_db))
        self.sensitivity.show_value(round(chosen.sensitivity))
        self.shortest.show_value(round(chosen.min_note_ms))
        self.delay.show_choice(chosen.delay)
        self.pedal.setChecked(chosen.pedal)
        self.midi_channel.offer([(tr("Ch {}", n), str(n)) for n in range(1, 17)], str(chosen.midi_channel))
        self.transpose.show_value(chosen.transpose)
        self.velocity.show_curve(self._controller.curve)
        kind = curve.kind(self._controller.curve)
        named = {**{key: tr(words) for key, words in CURVES.items()}, kind: curve.words(self._controller.curve)}
        self.curve.offer([(words, key) for key, words in named.items()], kind)
        self.colours.show_choice(chosen.colours)
        self.split.show_value(chosen.split)
        self.split.setVisible(chosen.colours == HANDS)
        ranges = [(tr("{} keys", number), str(number)) for number in RANGES]
        self.keys.offer([*ranges, (tr("Fit the piece"), str(FIT))], str(chosen.keys))
        self.names.setChecked(chosen.names)
        self.chords.setChecked(chosen.chords)
        self.glow.show_value(chosen.glow)
        self.glow.setEnabled(not self._controller.calm)
        self.speed.show_value(round(chosen.speed))
        self.text_size.show_value(chosen.text)
        self._offer()

    def show_devices(self, found: FoundDevices) -> None:
        """Offer the devices and ports that were found."""
        self._devices = found
        self._refresh_button.setEnabled(True)
        self._offer()

    def show_session(self) -> None:
        """Bring the meter, its word, the noise of the room, the measured delay and the velocities up to date."""
        assert self._theme is not None
        session, theme = self._controller.session, self._theme
        word = session.meter.word
        good = word == "Good level"
        colour = theme.good if good else theme.third if word == "Silent" else theme.warning
        self._level.show_state(WORD_ICONS[word], tr(word), colour, theme)
        self._show_noise(theme)
        self._lateness.setText(session.lateness_words.replace(" %", "\N{NO-BREAK SPACE}%"))
        self.velocity.show_notes(session.velocities)
        self._show_port(theme)

    def go_to(self, section: str) -> None:
        """Bring a section into view and its first control into focus."""
        first = {"input": self.input, "listening": self.delay, "midi": self.port, "display": self.colours}
        self.bring(section, first[section])

    def _show_noise(self, theme: Theme) -> None:
        noise = self._controller.session.noise
        level = noise.floor_db
        self._room.setText(tr("Room: not quiet yet") if level is None else tr("Room {}", _decibels(level)))
        self._fit.setEnabled(level is not None)
        self.gate.set_mark(None if noise.gate_db is None else round(noise.gate_db), theme.second)

    def _show_port(self, theme: Theme) -> None:
        port, wanted = self._controller.session.port, self._controller.settings.midi_port != NONE
        words = tr("Open", about="port") if port.open else tr("Not open") if wanted else tr("Off")
        shade = theme.good if port.open else theme.warning if wanted else theme.third
        sign = "check" if port.open else "warning" if wanted else "quiet"
        self._port_state.show_state(sign, words, shade, theme)

    def _add_input(self) -> None:
        self._level = StateChip()
        self.section("input", tr("Input"), self._level)
        self.input = self.themed(DropDown(tr("Microphone")))
        self.input.picked.connect(self._controller.set_input)
        self._refresh_button = button(
            tr("Look for microphones again"), "icon", tr("Look for devices and ports again"), self._look_again
        )
        self.add_row(self.input, self._refresh_button)
        choices = [("1", tr("Input 1")), ("2", tr("Input 2")), ("mix", tr("Mix")), ("auto", tr("Auto"))]
        self.channel = self.add(Segments(tr("Channel"), choices))
        self.channel.chosen.connect(self._controller.set_channel)
        self.meter = self.add(MeterView())
        self.meter.clip_seen.connect(lambda: self._controller.session.meter.clear_clip())
        self.gate = self.add(ValueSlider(tr("Noise gate"), *whole_limits("gate_db"), _gate_words))
        self.gate.moved.connect(lambda _value: self._settle.start())
        self._room = _small()
        tip = tr("Set the gate just above the noise of the room, measured while nobody plays")
        self._fit = button(tr("Fit the gate to the room"), "link", tip, self._controller.gate_the_room)
        self._fit.setText(tr("Fit"))
        self.add_row(self._room, None, self._fit)

    def _add_listening(self) -> None:
        self.section("listening", tr("Listening"))
        self.sensitivity = self.add(ValueSlider(tr("Sensitivity"), *whole_limits("sensitivity"), _per_cent))
        self.shortest = self.add(
            ValueSlider(tr("Shortest note"), *whole_limits("min_note_ms"), lambda value: f"{value} ms")
        )
        for slider in (self.sensitivity, self.shortest):
            slider.moved.connect(lambda _value: self._settle.start())
        self.add(Label(tr("Delay")))
        self.delay = self.add(Segments(tr("Delay"), [(delay, tr(words)) for delay, words in DELAY_WORDS.items()]))
        self.delay.chosen.connect(self._controller.set_delay)
        self._lateness = self.add(_small())
        self._lateness.setWordWrap(True)

    def _add_midi(self) -> None:
        self._port_state = StateChip()
        self.section("midi", tr("MIDI out"), self._port_state)
        self.port = self.themed(DropDown(tr("MIDI port")))
        self.port.picked.connect(lambda name: self._controller.set_port(midi_port=name))
        self.midi_channel = self.themed(DropDown(tr("MIDI channel")))
        self.midi_channel.setMinimumContentsLength(CHANNEL_LETTERS)
        self.midi_channel.picked.connect(lambda number: self._controller.set_port(midi_channel=int(number)))
        self.add_row(self.port, self.midi_channel).setStretch(1, 0)
        self._add_velocity()
        self._panic = self.add(
            button(tr("Panic"), "panic", tr("Silence every note"), self._controller.silence, "escape")
        )
        self._panic.setText(tr("Panic"))

    def _add_velocity(self) -> None:
        """The curve, and beside it what else changes the notes that are sent."""
        self.velocity = VelocityView()
        self.velocity.bent.connect(self._controller.set_curve)
        self.curve = self.themed(DropDown(tr("Velocity")))
        self.curve.picked.connect(lambda kind: self._controller.set_curve(curve.of_kind(kind, self._controller.curve)))
        self.transpose = Stepper(tr("Transpose"), -24, 24)
        self.transpose.moved.connect(lambda value: self._controller.set_port(transpose=value))
        self.pedal = self.themed(Switch(tr("Sustain pedal")))
        self.pedal.clicked.connect(lambda on: self._controller.set_decoder(pedal=on))
        beside = QVBoxLayout()
        beside.setSpacing(4)
        beside.addWidget(self.curve)
        for words, control in ((tr("Transpose"), self.transpose), (tr("Sustain"), self.pedal)):
            row = QHBoxLayout()
            row.setSpacing(2)
            row.addWidget(Label(words), 1)
            row.addWidget(control)
            beside.addLayout(row)
        line = self.add_row(self.velocity)
        line.setSpacing(10)
        line.addLayout(beside, 1)

    def _add_display(self) -> None:
        self.section("display", tr("Display"))
        choices = [(HANDS, tr("Hands")), (PITCH, tr("Pitch")), (VELOCITY, tr("Velocity")), (ONE, tr("One"))]
        self.colours = self.add(Segments(tr("Colours"), choices))
        self.colours.chosen.connect(lambda mode: self._controller.set_display(colours=mode))
        self.split = self.add(ValueSlider(tr("Split point"), *whole_limits("split"), note_name))
        self.split.moved.connect(lambda pitch: self._controller.set_display(split=pitch))
        self.glow = self.add(ValueSlider(tr("Glow"), *whole_limits("glow"), _per_cent))
        self.glow.moved.connect(lambda value: self._controller.set_display(glow=value))
        self.speed = self.add(ValueSlider(tr("Speed of the blocks"), *whole_limits("speed"), str))
        self.speed.moved.connect(lambda value: self._controller.set_display(speed=float(value)))
        self.text_size = self.add(ValueSlider(tr("Text size"), *whole_limits("text"), _per_cent))
        self.text_size.released.connect(lambda value: self._controller.set_display(text=value))
        self.keys = self.themed(DropDown(tr("Keys shown")))
        self.keys.picked.connect(lambda number: self._controller.set_display(keys=int(number)))
        self.add_row(Label(tr("Keys shown")), None, self.keys)
        self.names, self.chords = self.themed(Switch(tr("Note names"))), self.themed(Switch(tr("Chord names")))
        self.names.clicked.connect(lambda on: self._controller.set_display(names=on))
        self.chords.clicked.connect(lambda on: self._controller.set_display(chords=on))
        self.add_row(Label(tr("Note names")), None, self.names)
        self.add_row(Label(tr("Chord names")), None, self.chords)

    def _tell_decoder(self) -> None:
        self._controller.set_decoder(
            gate_db=float(self.gate.value),
            sensitivity=float(self.sensitivity.value),
            min_note_ms=float(self.shortest.value),
        )

    def _look_again(self) -> None:
        self._refresh_button.setEnabled(False)
        self._refresh()

    def _offer(self) -> None:
        found, chosen = self._devices, self._controller.settings
        if self._controller.demo:
            self.input.offer([(tr("Demo recording"), "demo")], "demo")
            self.input.setEnabled(False)
            self._refresh_button.setEnabled(False)
            self.channel.setEnabled(False)
        else:
            names = [(tr("System default"), "")]
            for device in found.inputs:
                words = tr("{} (Bluetooth, not advised)", device.name) if device.bluetooth else device.name
                names.append((words, device.name))
            self.input.offer(names, chosen.input)
            for index, device in enumerate(found.inputs, start=1):
                self.input.setItemData(index, plain_tip(device.host_api), Qt.ItemDataRole.ToolTipRole)
        listened = [d for d in found.inputs if d.name == chosen.input or (not chosen.input and d.default)]
        self.channel.allow("2", not listened or listened[0].channels > 1)
        ports = [(PORT_NAME, VIRTUAL), *((name, name) for name in found.outputs), (tr("No MIDI"), NONE)]
        self.port.offer(ports, chosen.midi_port)


def _small() -> QLabel:
    label = Label()
    label.setObjectName("small")
    return label


def _per_cent(value: int) -> str:
    return f"{value} %"


def _decibels(value: float) -> str:
    return f"−{-value:.0f} dBFS"  # noqa: RUF001


def _gate_words(value: int) -> str:
    return tr("Off") if value <= GATE_OFF_DB else _decibels(value)
