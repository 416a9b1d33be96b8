"""The take that has just been recorded, and how many were recorded since the player last saw the list."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from gui.state.background import Background
from gui.state.failures import explain
from gui.takes.library import Row, read_row, unreadable_row


class LastTake:
    """`row` is the take to tell of, None for none. wake: called in another thread when `pump` has work."""

    def __init__(self, wake: Callable[[], None]) -> None:
        self.row: Row | None = None
        self.unseen: set[Path] = set()
        self._reading = Background[Row]("last take", wake)

    def saved(self, folder: Path) -> None:
        """A take is complete."""
        self.unseen.add(folder)
        self._reading.ask(partial(_read, folder))

    def pump(self) -> bool:
        """Take in what was read; whether there was anything."""
        row = self._reading.take()
        self.row = row or self.row
        return row is not None

    def dismiss(self) -> None:
        """The player has seen enough of it, or plays on."""
        self._reading.forget()
        self.row = None

    def seen(self) -> None:
        """The list is shown."""
        self.unseen.clear()


def _read(folder: Path) -> Row:
    try:
        return read_row(folder)
    except Exception as error:  # whatever it is, the player is told that there is a take
        return unreadable_row(folder, explain(error))
