"""The stage of a replay: falling blocks, drawn by the same renderer as the live ones."""

from __future__ import annotations

from dataclasses import replace

from gui.chord_watch import ChordWatch
from gui.replay import Replay
from gui.stage import FALL_SPEED, SPEED, Look
from gui.stage_widget import StageWidget
from gui.translation import tr
from gui.whole_roll import Sight
from realtime.sinks.notes import note_name


class ReplayView(StageWidget):
    """Shows a replay. look: that of the live stage; its blocks fall as much slower than they rise as by default."""

    def __init__(self, replay: Replay, look: Look) -> None:
        super().__init__(_falling(look))
        self._replay = replay
        self._sight = Sight((), {}, (), False)
        self._chords = ChordWatch()

    def set_look(self, look: Look) -> None:
        super().set_look(_falling(look))

    def advance(self, now: float) -> bool:
        """Draw the frame of monotonic time `now`; whether the next one will differ."""
        fresh = self.fresh
        self._sight = self._replay.sight(now, self.stage.sight_s)
        place = self._replay.position(now)
        chord = self._chords.look(self._sight, place) if self._look.chords else None
        changed = self.stage.draw(self._sight, place, chord=chord)
        self.repaint_only(changed, fresh)
        return self._replay.playing or bool(changed)

    def describe(self) -> None:
        """Tell screen readers what sounds; call it at most once a second."""
        sounding = [note_name(pitch) for pitch in sorted(self._sight.held)]
        words = ", ".join(sounding) if sounding else tr("no key down")
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)


def _falling(look: Look) -> Look:
    return replace(look, falling=True, speed=look.speed * FALL_SPEED / SPEED)
