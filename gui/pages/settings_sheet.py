"""The settings sheet: every option in its section, with what it was at first, a way back to it, and a search."""

# ruff: noqa: N802 - Qt chooses the names of what it calls

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QRect, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QKeySequenceEdit,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from gui.pages.shortcut_list import ShortcutList
from gui.stage.theme import THEMES
from gui.state.controller import Controller
from gui.state.device_search import FoundDevices
from gui.state.option import Option, Value
from gui.state.options import KEYS, OPTIONS, SECTIONS, found
from gui.translation import tr
from gui.widgets.controls import button, head
from gui.widgets.label import Label
from gui.widgets.motion import SHEET_MS, Sliding
from gui.widgets.option_row import OptionRow
from gui.widgets.reset_offer import ResetOffer
from gui.widgets.style import icon
from realtime.system.log import log_path

WIDTH, NAVIGATION = 780, 168
BESIDE = 40  # of the window, that a sheet leaves at its left
SEARCH_HEIGHT = 34


class SettingsSheet(QWidget):
    """All options, over the right of the window: what is changed takes effect at once, beside it. show_table,
    show_guide: open the table of keyboard shortcuts, and the first-run guide."""

    def __init__(
        self, parent: QWidget, controller: Controller, show_table: Callable[[], None], show_guide: Callable[[], None]
    ) -> None:
        super().__init__(parent)
        self.setObjectName("sheet")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(tr("Settings"))
        self.opened = False
        self._sliding = Sliding(self, lambda: None, SHEET_MS)
        self._before: QWidget | None = None  # what had the focus before it opened
        self._box = QRect()
        self._show_guide = show_guide
        self._show_table = show_table
        self._controller = controller
        self._devices = FoundDevices()
        self.offer = ResetOffer(self, controller)
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search"))
        self.search.setAccessibleName(tr("Search the settings"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter)
        self._nothing = Label(tr("Nothing is called that."))
        self._nothing.setObjectName("small")
        self.rows = [OptionRow(option, controller) for option in OPTIONS]
        self.shortcuts = ShortcutList(controller)
        self._heads = {key: head(tr(words)) for key, words in SECTIONS.items()}
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._column = QVBoxLayout()
        self._scroll.setWidget(self._options(self._column))
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 0, 0, 1)  # the edge
        row.setSpacing(0)
        row.addWidget(self._navigation())
        row.addWidget(self._scroll, 1)
        self._filter("")
        self.hide()

    def open(self) -> None:
        """Come in."""
        if not self.opened:
            self._before = self.window().focusWidget()
        self.opened = True
        self._place(slides=True)
        self.search.setFocus()

    def leave(self) -> None:
        """Go out again."""
        if self.opened:
            self.opened = False
            self.offer.end()
            self._place(slides=True)
            if self._before is not None and isValid(self._before):
                self._before.setFocus()

    def lay_out(self, box: QRect) -> None:
        """box: what of the window a sheet may cover."""
        self._box = box
        self._place(slides=False)

    def show_settings(self) -> None:
        """Bring every control in line with the settings."""
        for row in self.rows:
            row.show_value(self._extra(row.option))
        self.shortcuts.show_keys()
        self.offer.look()
        self._close.setIcon(icon("close", THEMES[self._controller.settings.theme].second, 16))
        self._place(slides=True)

    def show_devices(self, found: FoundDevices) -> None:
        """Offer the devices and ports that were found."""
        self._devices = found
        self.show_settings()

    def go_to(self, section: str) -> None:
        """Bring a section to the top."""
        self.search.clear()
        self._column.activate()
        self._scroll.verticalScrollBar().setValue(self._heads[section].y() - 12)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # In a field for words no key that this does not want is a command, but for Esc.
        typing = isinstance(self.focusWidget(), QLineEdit | QKeySequenceEdit)
        event.setAccepted(typing and event.key() != Qt.Key.Key_Escape)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes round within the sheet, which hides what lies below it."""
        step = QWidget.nextInFocusChain if forward else QWidget.previousInFocusChain
        here = self.focusWidget() or self.search
        at: QWidget | None = step(here)
        while at is not None and at is not here:
            tabbed = at.focusPolicy().value & Qt.FocusPolicy.TabFocus.value and at.focusProxy() is None
            if tabbed and self.isAncestorOf(at) and at.isVisible() and at.isEnabled():
                at.setFocus(Qt.FocusReason.TabFocusReason)
                return True
            at = step(at)
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the offer to undo at the foot."""
        super().resizeEvent(event)
        self.offer.toast.place_above(self.height())

    def _place(self, slides: bool) -> None:
        """At the right, as wide as words of this size want it."""
        self._sliding.calm = self._controller.calm
        wide = min(round(WIDTH * self._controller.settings.text / 100), self._box.width() - BESIDE)
        home = QRect(self._box.right() + 1 - wide, self._box.top(), wide, self._box.height())
        self._sliding.place(home, self.opened, slides)
        self.raise_()

    def _extra(self, option: Option) -> tuple[tuple[Value, str], ...]:
        if option.name == "input":
            return tuple((device.name, device.name) for device in self._devices.inputs)
        if option.name == "headphones":
            return tuple((name, name) for name in self._devices.speakers)
        return tuple((name, name) for name in self._devices.outputs) if option.name == "midi_port" else ()

    def _navigation(self) -> QWidget:
        side = QWidget()
        side.setObjectName("navigation")
        side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        side.setMinimumWidth(NAVIGATION)  # words may be longer, or larger
        column = QVBoxLayout(side)
        column.setContentsMargins(12, 16, 12, 16)
        column.setSpacing(4)
        self.search.setMinimumHeight(SEARCH_HEIGHT)
        title, line = Label(tr("Settings")), QHBoxLayout()
        title.setObjectName("name")
        close = tr("Close the settings")
        self._close = button(close, "icon", f"{close} ({self._controller.keymap.keys_text('escape')})", self.leave)
        line.addWidget(title, 1)
        line.addWidget(self._close)
        column.addLayout(line)
        column.addSpacing(4)
        column.addWidget(self.search)
        column.addSpacing(8)
        for key, words in SECTIONS.items():
            made = button(tr(words), "entry", tr(words), partial(self.go_to, key))
            made.setText(tr(words))
            column.addWidget(made)
        column.addStretch(1)
        for words, tip, pressed in (
            (tr("Table of shortcuts"), self._controller.keymap.keys_text("keys"), self._show_table),
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
        self.leave()
        self._show_guide()

    def _open_log(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(log_path().parent)))
