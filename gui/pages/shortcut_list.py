"""The list of keyboard shortcuts in the settings sheet: each with a field that takes a key, and a way back."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QKeySequenceEdit, QLineEdit, QVBoxLayout, QWidget

from gui.pages.shortcuts import PORTABLE
from gui.stage.theme import THEMES
from gui.state.controller import Controller
from gui.state.keymap import COMMANDS, LESSON, PAGES, Command, key_words, title
from gui.translation import mark, tr
from gui.widgets.controls import button, lay_row
from gui.widgets.label import Label
from gui.widgets.style import icon

FIELD, HEIGHT = 160, 34
WHERE = {PAGES: mark("takes, files and practice"), LESSON: mark("practice")}


class ShortcutRow(QWidget):
    """One command: its words at the left, its key and a way back to the first ones at the right, below why not."""

    def __init__(self, command: Command, controller: Controller) -> None:
        super().__init__()
        self.command = command
        self._controller = controller
        words = title(command)
        self.words = f"{words} ({tr(WHERE[command.place])})" if command.place in WHERE else words
        name, self.problem = Label(self.words), Label()
        name.setObjectName("value")
        name.setWordWrap(True)
        self.problem.setObjectName("problem")
        self.problem.setWordWrap(True)
        self.problem.hide()
        self.field = QKeySequenceEdit()
        self.field.setMaximumSequenceLength(1)
        self.field.setFixedSize(FIELD, HEIGHT)
        self.field.setAccessibleName(tr("Key for “{}”", words))
        self.field.editingFinished.connect(self._typed)
        none = tr("No key")
        self.none = button(f"{words}. {none}", "icon", none, partial(self._choose, ""))
        first = tr("Back to: {}", ", ".join(map(key_words, command.keys)))
        self.reset = button(f"{words}. {first}", "icon", first, self._back)
        for sign in (self.none, self.reset):  # so that the fields stand below each other
            kept = sign.sizePolicy()
            kept.setRetainSizeWhenHidden(True)
            sign.setSizePolicy(kept)
        lay_row(self, (name, self.problem), (self.field, self.none, self.reset), 5)

    def show_key(self) -> None:
        """Bring the field in line with the settings."""
        keymap = self._controller.keymap
        keys = keymap.keys(self.command.name)
        self.field.setKeySequence(QKeySequence.fromString(keys[0], PORTABLE) if keys else QKeySequence())
        if (line := self.field.findChild(QLineEdit)) is not None:
            line.setPlaceholderText(tr("No key"))  # Qt has just put its own words there
        self.reset.setVisible(self.command.name in keymap.chosen)
        second = THEMES[self._controller.settings.theme].second
        self.none.setVisible(bool(keys))
        self.none.setIcon(icon("close", second, 16))
        self.reset.setIcon(icon("reset", second, 16))

    def _typed(self) -> None:
        key = self.field.keySequence().toString(PORTABLE)
        if not key or key in self._controller.keymap.keys(self.command.name):
            self.show_key()
            self._show_problem("")
        elif problem := self._controller.keymap.problem(self.command.name, key):
            self.show_key()
            self._show_problem(problem)
        else:
            self._choose(key)

    def _choose(self, key: str) -> None:
        self._show_problem("")
        self._controller.choose_key(self.command.name, key)

    def _back(self) -> None:
        """To the first keys, unless another command has got one of them meanwhile."""
        problems = (self._controller.keymap.problem(self.command.name, key) for key in self.command.keys)
        problem = next(filter(None, problems), "")
        if not problem:
            self._controller.choose_key(self.command.name, None)
        self._show_problem(problem)

    def _show_problem(self, problem: str) -> None:
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))


class ShortcutList(QWidget):
    """All commands whose keys may be changed."""

    def __init__(self, controller: Controller) -> None:
        super().__init__()
        self.rows = [ShortcutRow(command, controller) for command in COMMANDS]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for row in self.rows:
            column.addWidget(row)

    def show_keys(self) -> None:
        """Bring every field in line with the settings."""
        for row in self.rows:
            row.show_key()

    def filter(self, search: str, title: str) -> bool:
        """Show the rows that hold every word of `search`, in their own words or in the section's; whether there is
        one."""
        wanted = search.casefold().split()
        for row in self.rows:
            text = f"{row.words} {title}".casefold()
            row.setVisible(all(word in text for word in wanted))
        return any(not row.isHidden() for row in self.rows)
