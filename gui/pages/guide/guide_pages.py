"""The pages of the first-run guide: what each step asks for, and what it has found so far."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from gui.pages.guide.guide_parts import Finding, InputRow
from gui.stage.theme import Theme
from gui.state.controller import Controller
from gui.state.device_search import FoundDevices
from gui.state.first_run import CHECKED, FirstRun
from gui.state.guide_words import (
    correction_words,
    echo_words,
    level_advice,
    level_words,
    numbered,
    octave_words,
    tuning_words,
)
from gui.state.recipes import APPS, NOTHING, recipe
from gui.translation import mark, tr
from gui.widgets.controls import DropDown, Switch
from gui.widgets.label import Label, plain_tip
from gui.widgets.meter_view import MeterView
from realtime.midi.system import PORT_NAME, VIRTUAL
from realtime.notes import note_name

INPUTS_SHOWN = 4
PLACES = {60: mark("the middle of the keyboard"), 36: mark("far left"), 96: mark("far right")}


class Meters(Protocol):
    """What a page needs of `InputLevels`."""

    def read(self) -> dict[str, float]: ...
    def moves(self, name: str) -> bool: ...
    def close(self) -> None: ...


class Page(QWidget):
    """One step. title, text: its question in words."""

    title = ""
    text = ""

    def __init__(self, guide: FirstRun, controller: Controller) -> None:
        super().__init__()
        self.guide, self.controller = guide, controller
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(8)

    def enter(self) -> None:
        """The step begins."""

    def leave(self) -> None:
        """The step ends."""

    def show_devices(self, found: FoundDevices) -> None:
        """Devices and ports were looked for."""

    def refresh(self, theme: Theme, now: float) -> None:
        """Bring the page up to date. now: monotonic, s."""


class MicrophonePage(Page):
    """Every microphone with its level; the one that picks up the piano is marked."""

    title = mark("Which microphone hears your piano?")
    text = mark("Play a few notes. A good place is half a metre to two metres from the piano, not on the piano itself.")

    def __init__(self, guide: FirstRun, controller: Controller, meters: Callable[[], Meters]) -> None:
        """meters: starts to listen to all microphones."""
        super().__init__(guide, controller)
        self._start = meters
        self._levels: Meters | None = None
        self._rows: dict[str, InputRow] = {}
        self._none = Label(tr("Looking for microphones …"))
        self._none.setObjectName("second")
        self.column.addWidget(self._none)
        self.column.addStretch(1)

    def enter(self) -> None:
        if not self.controller.demo:
            self._levels = self._start()

    def leave(self) -> None:
        if self._levels is not None:
            self._levels.close()
        self._levels = None

    def show_devices(self, found: FoundDevices) -> None:
        """The best four, each with its level anew."""
        if list(self._rows) != [device.name for device in found.inputs[:INPUTS_SHOWN]] and self._levels is not None:
            self.leave()
            self.enter()
        for row in self._rows.values():
            self.column.removeWidget(row)
            row.deleteLater()
        self._rows = {}
        for index, device in enumerate(found.inputs[:INPUTS_SHOWN]):
            words = tr("{} (Bluetooth, not advised)", device.name) if device.bluetooth else device.name
            row = self._rows[device.name] = InputRow(words, tr("hears you"))
            row.clicked.connect(partial(self.controller.set_input, device.name))
            chosen = self.controller.settings.input
            row.setChecked(device.name == chosen or (not chosen and device.default))
            self.column.insertWidget(index, row)
        self._none.setText(tr("No microphone found. Connect one, and it appears here."))
        self._none.setVisible(not self._rows)

    def refresh(self, theme: Theme, now: float) -> None:
        del now
        levels = {} if self._levels is None else self._levels.read()
        session = self.controller.session
        for name, row in self._rows.items():
            level, moves = levels.get(name), self._levels is not None and self._levels.moves(name)
            if row.isChecked() and session.state == "listening":
                level = max(level or session.meter.bar, session.meter.bar)
                moves = moves or session.meter.word in ("Good level", "Too loud", "Too quiet")
            row.show_level(level, moves, theme)


class LevelPage(Page):
    """A loud and a soft note must land in the band."""

    title = mark("Play one very loud and one very soft note")
    text = mark("The loud one should stay below −3 dB, the soft one should stand out of the noise of the room.")  # noqa: RUF001

    def __init__(self, guide: FirstRun, controller: Controller) -> None:
        super().__init__(guide, controller)
        self._meter = MeterView()
        self._loud, self._soft = Finding(tr("Very loud")), Finding(tr("Very soft"))
        self._advice = Label()
        self._advice.setObjectName("second")
        self._advice.setWordWrap(True)
        self.column.addWidget(self._meter)
        self.column.addSpacing(4)
        self.column.addWidget(self._loud)
        self.column.addWidget(self._soft)
        self.column.addWidget(self._advice)
        self.column.addStretch(1)

    def leave(self) -> None:
        self.guide.set_gate()

    def refresh(self, theme: Theme, now: float) -> None:
        del now
        session, level = self.controller.session, self.guide.level
        self._meter.set_theme(theme)
        self._meter.show_level(session.meter, self.controller.settings.gate_db)
        soft = level.soft_word(session.noise.floor_db)
        self._loud.show_found(level.loud_word, level_words(level.loud_word, level.loud_db), theme)
        self._soft.show_found(soft, level_words(soft, level.soft_db), theme)
        self._advice.setText(level_advice(level.loud_word, soft, session.noise.gate_db is not None))


class PianoPage(Page):
    """Three keys: the octave is right, and how the piano is tuned."""

    title = mark("Play C4, then C2 and C7")
    text = mark("C4 is the C in the middle. Hold each for a second, so that its tuning can be measured.")

    def __init__(self, guide: FirstRun, controller: Controller) -> None:
        super().__init__(guide, controller)
        self._keys = {pitch: Finding(f"{note_name(pitch)} · {tr(PLACES[pitch])}") for pitch in CHECKED}
        for row in self._keys.values():
            self.column.addWidget(row)
        self._tuning = Label()
        self._tuning.setObjectName("second")
        self._tuning.setWordWrap(True)
        self.correct = QPushButton()
        self.correct.clicked.connect(self._correct)
        self.column.addSpacing(4)
        self.column.addWidget(self._tuning)
        self.column.addWidget(self.correct, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(1)

    def _correct(self) -> None:
        if (cents := self.guide.correction) is not None:
            self.controller.set_tuning(float(cents))

    def refresh(self, theme: Theme, now: float) -> None:
        del now
        for pitch, row in self._keys.items():
            recognised = pitch in self.guide.pitches
            row.show_found("good" if recognised else "wait", tr("heard") if recognised else tr("not yet"), theme)
        cents, correction = self.guide.tuning_cents, self.guide.correction
        offer = correction_words(correction, self.controller.settings.tuning_cents)
        found = [octave_words(self.guide.octaves_off), tuning_words(cents)]
        if correction is None and cents is not None:
            found.append(offer)
        self._tuning.setText(" ".join(words for words in found if words))
        self.correct.setText(offer)
        self.correct.setVisible(correction is not None)


class SendPage(Page):
    """The port, a test chord, and a recipe for the program that receives the notes."""

    title = mark("Where should the notes go?")
    text = mark("Choose the program that you use; it finds the notes like those of a keyboard.")

    def __init__(self, guide: FirstRun, controller: Controller) -> None:
        super().__init__(guide, controller)
        self._ports: tuple[str, ...] = ()
        self.port = DropDown(tr("MIDI port"))
        self.port.picked.connect(lambda name: controller.set_port(midi_port=name))
        self._state = Label()
        self._state.setObjectName("second")
        self.chord = QPushButton(tr("Play a test chord"))
        row = QHBoxLayout()
        row.addWidget(self.port, 1)
        row.addWidget(self._state)
        row.addWidget(self.chord)
        self.column.addLayout(row)
        grid = QGridLayout()
        grid.setSpacing(6)
        self.apps: dict[str, QPushButton] = {}
        for index, (key, words) in enumerate(APPS):
            made = self.apps[key] = QPushButton(tr(words))
            made.setObjectName("choice")
            made.setCheckable(True)
            made.clicked.connect(partial(self._choose, key))
            grid.addWidget(made, index // 3, index % 3)
        self.column.addLayout(grid)
        self._recipe = Label()
        self._recipe.setObjectName("second")
        self._recipe.setTextFormat(Qt.TextFormat.RichText)
        self._recipe.setWordWrap(True)
        self._recipe.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.column.addWidget(self._recipe, 1)

    def show_devices(self, found: FoundDevices) -> None:
        self._ports = found.outputs

    def refresh(self, theme: Theme, now: float) -> None:
        self.port.set_theme(theme)
        self.port.offer(
            [(PORT_NAME, VIRTUAL), *((name, name) for name in self._ports)], self.controller.settings.midi_port
        )
        port = self.controller.session.port
        self._state.setText(tr("Open", about="port") if port.open else tr("Not open"))
        self._state.setToolTip(plain_tip(tr(port.problem or "")))
        self.chord.setEnabled(port.open)
        app = self.guide.app
        steps = recipe(app, port.name or PORT_NAME) if app else []
        self._recipe.setText(numbered(steps, "" if app == NOTHING else theme.accent))
        for key, made in self.apps.items():
            made.setChecked(key == app)

    def _choose(self, app: str) -> None:
        self.guide.app = app


class EchoPage(Page):
    """The echo test: silence, six notes, and whether they come back."""

    title = mark("Is there an echo?")
    text = mark("Liszten sends a few notes and listens. If your speakers play them, every note would come twice.")

    def __init__(self, guide: FirstRun, controller: Controller) -> None:
        super().__init__(guide, controller)
        self.begin = QPushButton(tr("Begin, and stay silent"))
        self.begin.setObjectName("primary")
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName(tr("Echo check"))
        self._result = Finding(tr("Echo check"))
        self._advice = Label()
        self._advice.setObjectName("second")
        self._advice.setWordWrap(True)
        self.column.addWidget(self.begin, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self._progress)
        self.column.addWidget(self._result)
        self.column.addWidget(self._advice)
        self.column.addStretch(1)
        self.first_note = Switch(tr("Record from the first note"))
        self.first_note.clicked.connect(lambda on: controller.choose("first_note", on))
        words = Label(tr("Record by itself whenever I play: a take begins with the first note."))
        words.setWordWrap(True)
        row = QHBoxLayout()
        row.addWidget(self.first_note)
        row.addWidget(words, 1)
        self.column.addLayout(row)

    def refresh(self, theme: Theme, now: float) -> None:
        self.first_note.set_theme(theme)
        self.first_note.setChecked(self.controller.settings.first_note)
        guide, ready = self.guide, self.controller.session.state == "listening" and self.controller.session.port.open
        self.begin.setEnabled(ready and not guide.testing)
        self._progress.setRange(0, 100)
        self._progress.setValue(round(100 * guide.echo_share(now)))
        state, found, advice = echo_words(guide, ready)
        self._result.show_found(state, found, theme)
        self._advice.setText(advice)
