"""The metronome and the other hand of a lesson, in the headphones that the player has named; else nothing sounds."""

from __future__ import annotations

from gui.practice.lesson import Lesson
from gui.practice.playing import PlayCourse
from realtime.clock import wall_clock
from realtime.practice.score import Hands, Score
from realtime.practice.sound.accompaniment import LEAD_S, Accompanist
from realtime.words import Said


class LessonSound:
    """Follows a lesson. Its process is begun when a piece first runs by the clock."""

    def __init__(self) -> None:
        self._accompanist: Accompanist | None = None
        self._output = ""
        self._of: tuple[Score, Hands] | None = None
        self._beside: Score | None = None

    def follow(self, lesson: Lesson | None, output: str, now_s: float) -> Said | None:
        """It is `now_s` of the stream's clock; why nothing sounds, told once. output: name of the headphones, "" for
        none."""
        if output != self._output:
            self.close()
            self._output = output
        if lesson is not None:
            lesson.lead_s = LEAD_S if output else 0.0
        if self._accompanist is None:
            if not output or lesson is None or lesson.choices.mode != "play":
                return None
            self._accompanist = Accompanist(output)
        ran = None
        if lesson is not None and lesson.running and isinstance(lesson.course, PlayCourse):
            ran = lesson.course.round
            self._accompanist.metronome = lesson.choices.metronome
            self._accompanist.beside = self._rest(lesson.score, lesson.choices.hands)
        self._accompanist.follow(ran, now_s, wall_clock())
        problem, self._accompanist.problem = self._accompanist.problem, None
        return problem

    def close(self) -> None:
        """End its process."""
        if self._accompanist is not None:
            self._accompanist.close()
        self._accompanist = None

    def _rest(self, score: Score, hands: Hands) -> Score | None:
        """What the player does not practise, found once for each choice."""
        if self._of is None or self._of[0] is not score or self._of[1] != hands:
            self._of, self._beside = (score, hands), score.beside(hands)
        return self._beside
