"""The settings sheet: every option in its section, with what it was at first, a way back to it, and a search."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QResizeEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gui.controls import DropDown, Switch, ValueSlider, button, head, lay_row
from gui.desk import Desk
from gui.look_around import Surroundings
from gui.option import Choice, OnOff, Option, Place, Range, Value
from gui.options import KEYS, OPTIONS, SECTIONS, found
from gui.reset_offer import ResetOffer
from gui.shortcut_list import ShortcutList
from gui.style import icon
from gui.theme import THEMES
from gui.translation import tr
from realtime.log import log_path

WIDTH, HEIGHT, NAVIGATION, CONTROL = 780, 620, 168, 250
SEARCH_HEIGHT = 34


class OptionRow(QWidget):
    """One option: words and help at the left, its control and a way back to the default at the right."""

    def __init__(self, option: Option, desk: Desk) -> None:
        super().__init__()
        self.option = option
        self._desk = desk
        name, self._help = QLabel(tr(option.words)), QLabel()
        name.setObjectName("value")
        name.setWordWrap(True)
        self._help.setObjectName("small")
        self._help.setWordWrap(True)
        self._help.setText(f"{tr(option.help)} {tr('At first: {}.', option.said(option.default))}")
        self.control = self._made()
        self.control.setFixedWidth(CONTROL) if not isinstance(self.control, Switch) else None
        back = tr("Back to: {}", option.said(option.default))
        self.reset = button(f"{tr(option.words)}. {back}", "icon", back, partial(self._choose, option.default))
        lay_row(self, (name, self._help), (self.control, self.reset), 8)

    def show_value(self, extra: tuple[tuple[Value, str], ...] = ()) -> None:
        """Bring the control in line with the settings. extra: choices that the computer adds."""
        value: Value = getattr(self._desk.settings, self.option.name)
        theme = THEMES[self._desk.settings.theme]
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
                self.control.setText(Path(str(value)).name or self.option.said(value))
                self.control.setToolTip(str(value))

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
        self._desk.choose(self.option.name, value)


class SettingsSheet(QDialog):
    """All options of a desk; what is changed takes effect at once. show_keys, show_guide: open
    the table of keyboard shortcuts, and the first-run guide."""

    def __init__(
        self, parent: QWidget, desk: Desk, show_keys: Callable[[], None], show_guide: Callable[[], None]
    ) -> None:
        super().__init__(parent)
        self._show_guide = show_guide
        self._show_keys = show_keys
        self.setWindowTitle(tr("Settings"))
        self._window = parent
        self._text = 0  # per cent, for which the sheet is large enough
        self._desk = desk
        self._surroundings = Surroundings()
        self.offer = ResetOffer(self, desk)
        self.finished.connect(self.offer.end)
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search"))
        self.search.setAccessibleName(tr("Search the settings"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter)
        self._nothing = QLabel(tr("Nothing is called that."))
        self._nothing.setObjectName("small")
        self.rows = [OptionRow(option, desk) for option in OPTIONS]
        self.shortcuts = ShortcutList(desk)
        self._heads = {key: head(tr(words)) for key, words in SECTIONS.items()}
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._column = QVBoxLayout()
        self._scroll.setWidget(self._options(self._column))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._navigation())
        row.addWidget(self._scroll, 1)
        self._filter("")
        self.search.setFocus()

    def show_settings(self) -> None:
        """Bring every control in line with the settings."""
        for row in self.rows:
            row.show_value(self._extra(row.option))
        self.shortcuts.show_keys()
        self.offer.look()
        if self._desk.settings.text != self._text:
            self._text = self._desk.settings.text
            self._fit(self._text / 100)

    def show_surroundings(self, found: Surroundings) -> None:
        """Offer the devices and ports that were found."""
        self._surroundings = found
        self.show_settings()

    def go_to(self, section: str) -> None:
        """Bring a section to the top."""
        self.search.clear()
        self._column.activate()
        self._scroll.verticalScrollBar().setValue(self._heads[section].y() - 12)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt chooses the name
        """Keep the offer to undo at the foot."""
        super().resizeEvent(event)
        self.offer.note.place_above(self.height())

    def _fit(self, text: float) -> None:
        """As large as words of this size want it, but smaller than the window."""
        room = self._window.size()
        self.resize(min(round(WIDTH * text), room.width() - 40), min(round(HEIGHT * text), room.height() - 40))

    def _extra(self, option: Option) -> tuple[tuple[Value, str], ...]:
        if option.name == "input":
            return tuple((device.name, device.name) for device in self._surroundings.inputs)
        return tuple((name, name) for name in self._surroundings.outputs) if option.name == "midi_port" else ()

    def _navigation(self) -> QWidget:
        side = QWidget()
        side.setObjectName("navigation")
        side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        side.setMinimumWidth(NAVIGATION)  # words may be longer, or larger
        column = QVBoxLayout(side)
        column.setContentsMargins(12, 16, 12, 16)
        column.setSpacing(4)
        self.search.setMinimumHeight(SEARCH_HEIGHT)
        column.addWidget(self.search)
        column.addSpacing(8)
        for key, words in SECTIONS.items():
            made = button(tr(words), "entry", tr(words), partial(self.go_to, key))
            made.setText(tr(words))
            column.addWidget(made)
        column.addStretch(1)
        for words, tip, pressed in (
            (tr("Table of shortcuts"), self._desk.keymap.said("keys"), self._show_keys),
            (tr("First-run guide"), tr("Microphone, level, piano, MIDI and echo, step by step"), self._guide),
            (tr("Open the log"), str(log_path()), self._open_log),
            (tr("Reset everything"), tr("Every setting as it was at first"), self.offer.reset),
        ):
            made = button(words, "link", tip, pressed)
            made.setText(words)
            column.addWidget(made)
        return side

    def _options(self, column: QVBoxLayout) -> QWidget:
        inside = QWidget()
        inside.setObjectName("sections")
        inside.setLayout(column)
        column.setContentsMargins(24, 18, 24, 18)
        column.setSpacing(0)
        column.addWidget(self._nothing)
        for key, title in self._heads.items():
            column.addWidget(title)
            title.setContentsMargins(0, 14, 0, 4)
            for row in self.rows:
                if row.option.section == key:
                    column.addWidget(row)
            if key == KEYS:
                column.addWidget(self.shortcuts)
        column.addStretch(1)
        return inside

    def _filter(self, search: str) -> None:
        shown = list(found(search))
        for row in self.rows:
            row.setVisible(row.option in shown)
        for key, title in self._heads.items():
            title.setVisible(any(option.section == key for option in shown))
        keys = self.shortcuts.filter(search, tr(SECTIONS[KEYS]))
        self._heads[KEYS].setVisible(keys)
        self._nothing.setVisible(not shown and not keys)

    def _guide(self) -> None:
        self.close()
        self._show_guide()

    def _open_log(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(log_path().parent)))
