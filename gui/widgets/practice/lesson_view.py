"""The stage of a lesson: the score comes down to the keys, which light as they are heard."""

from __future__ import annotations

from dataclasses import replace

from gui.practice.lesson import Lesson
from gui.stage.geometry import fitting
from gui.stage.stage import FALL_SPEED, SPEED, Look
from gui.state.session import Session
from gui.takes.whole_roll import RollSnapshot
from gui.translation import tr
from gui.widgets.stage.stage_widget import StageWidget
from realtime.notes import note_name
from realtime.practice.score import Score

AROUND = 5  # keys that are seen beside the piece's


class LessonView(StageWidget):
    """Shows a lesson, None for none. look: that of the live stage."""

    def __init__(self, session: Session, look: Look) -> None:
        super().__init__(_falling(look))
        self._session = session
        self._wanted = look
        self._fitted: Score | None = None
        self._lesson: Lesson | None = None

    def show_lesson(self, lesson: Lesson | None) -> None:
        """Another lesson; the keys that its piece needs are shown."""
        self._lesson = lesson
        self._fit()

    def set_look(self, look: Look) -> None:
        self._wanted, self._fitted = look, None
        self._fit()

    def advance(self, now: float) -> bool:
        """Draw the frame of monotonic time `now`; whether the next one will differ."""
        fresh, held = self.fresh, self._session.roll.held
        if self._lesson is None:
            changed = self.stage.draw(RollSnapshot((), held, (), False), 0.0)
        else:
            snapshot = self._lesson.picture(self.stage.ahead_s, held)
            changed = self.stage.draw(snapshot, self._lesson.place, lesson=self._lesson.marks(now))
        self.repaint_only(changed, fresh)
        return bool(changed)

    def describe(self) -> None:
        """Tell screen readers what is waited for, else what sounds; call it at most once a second."""
        missing = [] if self._lesson is None else [note_name(pitch) for pitch in self._lesson.missing]
        held = [note_name(pitch) for pitch in sorted(self._session.roll.held)]
        words = tr("Waiting for {}", ", ".join(missing)) if missing else ", ".join(held) or tr("no key down")
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)

    def _fit(self) -> None:
        score = None if self._lesson is None else self._lesson.score
        if score is not None and score is self._fitted:
            return
        self._fitted = score
        look = _falling(self._wanted)
        if score is not None:
            pitches = {note.pitch for group in score.groups for note in group.notes}
            look = replace(look, keys=fitting({min(pitches) - AROUND, max(pitches) + AROUND}))
        super().set_look(look)


def _falling(look: Look) -> Look:
    """Blocks of a score have hands of their own, which are told by colour; they fall as much slower than they rise as
    by default."""
    palette = replace(look.palette, mode="hands")
    speed = look.speed * FALL_SPEED / SPEED
    return replace(look, palette=palette, falling=True, speed=speed, split=False, chords=False, hidden="")
