"""The stage of a replay: falling blocks, drawn by the same renderer as the live ones."""

from __future__ import annotations

from dataclasses import replace

from gui.stage.chord_watch import ChordWatch
from gui.stage.geometry import fitting
from gui.stage.stage import FALL_SPEED, SPEED, Look
from gui.takes.piece import Piece
from gui.takes.replay import Replay
from gui.takes.whole_roll import RollSnapshot
from gui.translation import tr
from gui.widgets.stage.stage_widget import StageWidget
from realtime.notes import note_name


class ReplayView(StageWidget):
    """Shows a replay. look: that of the live stage; its blocks fall as much slower than they rise as by default."""

    def __init__(self, replay: Replay, look: Look) -> None:
        super().__init__(_falling(look))
        self._wanted = look
        self._fitted: Piece | None = None
        self._replay = replay
        self._snapshot = RollSnapshot((), {}, (), False)
        self._chords = ChordWatch()

    def set_look(self, look: Look) -> None:
        self._wanted, self._fitted = look, None
        if not look.fit or self._replay.piece is None:
            super().set_look(_falling(look))

    def advance(self, now: float) -> bool:
        """Draw the frame of monotonic time `now`; whether the next one will differ."""
        self._fit()
        fresh = self.fresh
        self._snapshot = self._replay.snapshot(now, self.stage.ahead_s)
        place = self._replay.position(now)
        chord = self._chords.look(self._snapshot, place) if self._look.chords else None
        changed = self.stage.draw(self._snapshot, place, chord=chord)
        self.repaint_only(changed, fresh)
        return self._replay.playing or bool(changed)

    def _fit(self) -> None:
        """Where the player wants it, show the keys that the piece needs."""
        piece = self._replay.piece
        if self._wanted.fit and piece is not None and piece is not self._fitted:
            self._fitted = piece
            keys = fitting({block.pitch for block in piece.roll.blocks})
            super().set_look(replace(_falling(self._wanted), keys=keys))

    def describe(self) -> None:
        """Tell screen readers what sounds; call it at most once a second."""
        sounding = [note_name(pitch) for pitch in sorted(self._snapshot.held)]
        words = ", ".join(sounding) if sounding else tr("no key down")
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)


def _falling(look: Look) -> Look:
    return replace(look, falling=True, speed=look.speed * FALL_SPEED / SPEED)
