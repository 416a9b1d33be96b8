"""The stage of a replay shows all keys, or those that its piece needs."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication

from gui.stage.geometry import PITCHES, RANGES
from gui.stage.stage import Look
from gui.takes.outline import Outline
from gui.takes.piece import Piece
from gui.takes.whole_roll import WholeRoll
from gui.widgets.stage.replay_view import ReplayView
from realtime.notes import NoteTable
from realtime.takes.notes import TakeNotes


def piece(low: int, high: int) -> Piece:
    """Two notes."""
    notes = TakeNotes.of(NoteTable.build([1.0, 1.0], [2.0, 2.0], [low, high], [80, 80]))
    return Piece("Two notes", WholeRoll(notes), Outline.of(notes), notes, 2.0, Path("take"))


class Halted:
    """A replay that stands still."""

    def __init__(self) -> None:
        self.piece: Piece | None = None
        self.playing = False

    def snapshot(self, _now: float, reach_s: float) -> object:
        roll = WholeRoll(NoteTable()) if self.piece is None else self.piece.roll
        return roll.at(0.0, reach_s)

    def position(self, _now: float) -> float:
        return 0.0


def test_the_keyboard_follows_the_piece(qapp: QApplication):
    """And the player, who may want another number of keys, or all."""
    replay = Halted()
    view = ReplayView(replay, Look(fit=True))  # type: ignore[arg-type]
    view.resize(1280, 700)
    view.advance(0.0)
    assert view.stage.geometry.pitches == PITCHES
    for low, high, shown in ((60, 72, range(53, 80)), (36, 84, range(36, 85))):
        replay.piece = piece(low, high)
        view.advance(0.1)
        assert view.stage.geometry.pitches == shown
    view.set_look(Look(keys=RANGES[61]))
    view.advance(0.2)
    assert view.stage.geometry.pitches == RANGES[61]
    view.set_look(Look(fit=True))
    view.advance(0.3)
    assert view.stage.geometry.pitches == range(36, 85)
