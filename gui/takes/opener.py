"""Reading pieces for the replay in the background, as a long one takes a while."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from gui.state.background import Background
from gui.state.failures import explain
from gui.takes.comparison import Comparison, compare_versions
from gui.takes.piece import Piece, open_first, open_piece
from realtime.takes.edits import is_improved
from realtime.words import Said


@dataclass(frozen=True)
class Opened:
    """What was read. comparison: of a take that was improved; problem: a sentence when there is no piece."""

    piece: Piece | None = None
    comparison: Comparison | None = None
    problem: Said | None = None


class Opener:
    """Only what was asked for last is given. wake: called in another thread when `take` has something."""

    def __init__(self, wake: Callable[[], None]) -> None:
        self._reading = Background[Opened]("open", wake)

    def open(self, path: Path, first: bool) -> None:
        """Read a take's folder or a MIDI file. first: an improved take as it was transcribed first."""
        self._reading.ask(partial(_read, path, first))

    def forget(self) -> None:
        """What is being read is not wanted any more."""
        self._reading.forget()

    def take(self) -> Opened | None:
        """What was read since the last call, if it is still wanted."""
        return self._reading.take()


def _read(path: Path, first: bool) -> Opened:
    try:
        piece = open_first(path) if first else open_piece(path)
        return Opened(piece, compare_versions(path) if is_improved(path) else None)
    except Exception as error:  # whatever it is, the player waits for an answer
        return Opened(problem=explain(error))
