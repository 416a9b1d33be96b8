"""A row of the settings: what an option is, its control, and the way back to what it was at first."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from gui.stage.theme import THEMES
from gui.state.controller import Controller
from gui.state.option import Choice, OnOff, Option, Place, Range, Value
from gui.translation import tr
from gui.widgets.controls import DropDown, Switch, button, lay_row
from gui.widgets.label import Label, plain_tip
from gui.widgets.style import icon
from gui.widgets.value_slider import ValueSlider

CONTROL = 250  # width, px


class OptionRow(QWidget):
    """One option: words and help at the left, its control and a way back to the default at the right."""

    def __init__(self, option: Option, controller: Controller) -> None:
        super().__init__()
        self.option = option
        self._controller = controller
        name, self._help = Label(tr(option.words)), Label()
        name.setObjectName("value")
        name.setWordWrap(True)
        self._help.setObjectName("small")
        self._help.setWordWrap(True)
        self._help.setText(f"{tr(option.help)} {tr('At first: {}.', option.value_text(option.default))}")
        self.control = self._made()
        if not isinstance(self.control, Switch):
            self.control.setFixedWidth(CONTROL)
        back = tr("Back to: {}", option.value_text(option.default))
        self.reset = button(f"{tr(option.words)}. {back}", "icon", back, partial(self._choose, option.default))
        lay_row(self, (name, self._help), (self.control, self.reset), 8)

    def show_value(self, extra: tuple[tuple[Value, str], ...] = ()) -> None:
        """Bring the control in line with the settings. extra: choices that the computer adds."""
        value: Value = getattr(self._controller.settings, self.option.name)
        theme = THEMES[self._controller.settings.theme]
        self.reset.setVisible(value != self.option.default)
        self.reset.setIcon(icon("reset", theme.second, 16))
        match self.control:
            case Switch():
                self.control.set_theme(theme)
                self.control.setChecked(bool(value))
            case DropDown() if isinstance(self.option.control, Choice):
                self.control.set_theme(theme)
                choices = [(tr(words), str(known)) for known, words in self.option.control.choices]
                self.control.offer([*choices, *((words, str(known)) for known, words in extra)], str(value))
            case ValueSlider() if isinstance(self.option.control, Range):
                self.control.show_value(self.option.control.step(float(value)))
                self.control.set_mark(self.option.control.step(float(self.option.default)), theme.second)
            case QPushButton():
                self.control.setText(Path(str(value)).name or self.option.value_text(value))
                self.control.setToolTip(plain_tip(str(value)))

    def _made(self) -> QWidget:
        option, words = self.option, tr(self.option.words)
        match option.control:
            case OnOff():
                switch = Switch(words)
                switch.clicked.connect(self._choose)
                return switch
            case Choice():
                choice = DropDown(words)
                choice.picked.connect(lambda text: self._choose(option.parse(text)))
                return choice
            case Range(low=low, high=high, words=said, value=value):
                slider = ValueSlider(words, low, high, said)
                slider.title.hide()
                slider.released.connect(lambda step: self._choose(value(step)))
                return slider
            case Place(folder=folder):
                pressed = QPushButton()
                pressed.setAccessibleName(words)
                pressed.clicked.connect(lambda: self._browse(folder))
                return pressed

    def _browse(self, folder: bool) -> None:
        words = tr(self.option.words)
        if folder:
            chosen = QFileDialog.getExistingDirectory(self, words)
        else:
            chosen, _ = QFileDialog.getOpenFileName(self, words, filter="*.onnx")
        if chosen:
            self._choose(chosen)

    def _choose(self, value: Value) -> None:
        self._controller.choose(self.option.name, value)
