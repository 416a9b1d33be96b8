"""Reading pieces for the replay in the background, as a long one takes a while."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from gui.state.sentences import told
from gui.takes.comparison import Comparison, compare_hearings
from gui.takes.piece import Piece, open_first, open_piece
from realtime.takes.edits import is_improved


@dataclass(frozen=True)
class Opened:
    """What was read. comparison: of a take that was improved; problem: a sentence when there is no piece."""

    piece: Piece | None = None
    comparison: Comparison | None = None
    problem: str = ""


class Opener:
    """Only what was asked for last is given. wake: called in another thread when `take` has something."""

    def __init__(self, wake: Callable[[], None]) -> None:
        self._wake = wake
        self._wish = 0
        self._found: queue.SimpleQueue[tuple[int, Opened]] = queue.SimpleQueue()

    def open(self, path: Path, first: bool) -> None:
        """Read a take's folder or a MIDI file. first: an improved take as it was heard first."""
        self._wish += 1
        wish = self._wish
        threading.Thread(target=lambda: self._read(wish, path, first), name="open", daemon=True).start()

    def forget(self) -> None:
        """What is being read is not wanted any more."""
        self._wish += 1

    def take(self) -> Opened | None:
        """What was read since the last call, if it is still wanted."""
        found = None
        while not self._found.empty():
            wish, opened = self._found.get()
            found = opened if wish == self._wish else found
        return found

    def _read(self, wish: int, path: Path, first: bool) -> None:
        try:
            piece = open_first(path) if first else open_piece(path)
            opened = Opened(piece, compare_hearings(path) if is_improved(path) else None)
        except Exception as error:  # whatever it is, the player waits for an answer
            opened = Opened(problem=told(error))
        self._found.put((wish, opened))
        self._wake()
