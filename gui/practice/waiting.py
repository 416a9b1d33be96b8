"""Wait mode in the window: the picture runs on to the next group, and stands there until it was struck."""

from __future__ import annotations

from collections.abc import Sequence

from gui.practice.course import Course, FromEngine, LessonEvent
from realtime.practice.score import Group, Score
from realtime.practice.wait import WaitMode

CATCH_UP_S = 0.12  # who plays faster than the tempo is caught up with in about so long


class WaitCourse(Course):
    """tempo: share of the written one at which blocks come; loop: whether it begins anew at the end; first: index of
    the group to begin with."""

    def __init__(self, part: Score, tempo: float, loop: bool, first: int = 0) -> None:
        super().__init__(part)
        self.tempo = tempo
        self._mode = WaitMode(part, loop)
        self._next = first
        self._goal = part.seconds(part.groups[first].beat)
        self._before = self._goal  # place of the group before
        self._place, self._at = self._goal, 0.0

    def begin(self, now_s: float) -> Sequence[LessonEvent]:
        self._at = now_s
        events = self._mode.begin(now_s, self._next)
        return self._follow(events)

    def observe(self, message: FromEngine) -> Sequence[LessonEvent]:
        return self._follow(self._mode.observe(message))

    def advance(self, now_s: float) -> Sequence[LessonEvent]:
        return self._follow(self._mode.advance(now_s))

    def skip(self, now_s: float) -> Sequence[LessonEvent]:
        return self._follow(self._mode.skip(now_s))

    def stop(self, now_s: float) -> Sequence[LessonEvent]:
        self._mode.stop()
        return super().stop(now_s)

    def place(self, now_s: float) -> float:
        """At the tempo to the next group; faster while that before it, which was struck already, is still to come."""
        step = min(max(now_s - self._at, 0.0), 1.0)
        self._at = now_s
        behind = max(self._before - self._place, 0.0)
        hurry = behind * min(step / CATCH_UP_S, 1.0)
        self._place = min(self._place + hurry + self.tempo * step, self._goal)
        return self._place

    @property
    def group(self) -> Group | None:
        return None if self.over else self.part.groups[self._next]

    def _follow(self, events: Sequence[LessonEvent]) -> Sequence[LessonEvent]:
        """Keep up with the mode."""
        self.expecting = self._mode.wanted
        group = self._mode.group
        if group is None:
            self.over = self.over or self._mode.rounds > 0
            return events
        goal = self.part.seconds(group.beat)
        if goal < self._goal:  # from the end to the begin
            self._place = self._before = goal
        elif goal > self._goal:
            self._before = self._goal
        self._goal, self._next = goal, group.index
        return events
