"""Follow mode in the window: the picture goes where the player is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gui.practice.course import Course, FromEngine, LessonEvent
from realtime.practice.follow_mode import FollowMode
from realtime.practice.score import Group, Score
from realtime.practice.verdicts import Position
from realtime.transcription.expected import Expect

NEAR_S, CATCH_UP_S = 4.0, 0.12  # a nearer place is gone to within about so long, a farther one at once


class FollowCourse(Course):
    """tempo: share of the written one that is taken for the player's at first; first: index of the group where the
    picture stands before the first note."""

    def __init__(self, part: Score, tempo: float, first: int = 0) -> None:
        super().__init__(part)
        beat_s = 60 / (part.tempos[0][1] * tempo)
        self._mode = FollowMode(part, beat_s)
        self._beat = part.groups[first].beat
        self._reached_s = 0.0
        self._running = False
        self._place, self._at = part.seconds(self._beat), 0.0

    def begin(self, now_s: float) -> Sequence[LessonEvent]:
        self._running, self._at, self._reached_s = True, now_s, now_s
        return ()

    def stop(self, now_s: float) -> Sequence[LessonEvent]:
        self._running = False
        return super().stop(now_s)

    def observe(self, message: FromEngine) -> Sequence[LessonEvent]:
        if not self._running:
            return ()
        return self._take(self._mode.observe(message), message.time)

    def advance(self, now_s: float) -> Sequence[LessonEvent]:
        return self._take(self._mode.advance(now_s), now_s) if self._running else ()

    def place(self, now_s: float) -> float:
        """On from the last group at the player's tempo, up to the next one."""
        step = min(max(now_s - self._at, 0.0), 1.0)
        self._at = now_s
        following = next((group.beat for group in self.part.groups if group.beat > self._beat), self.part.end)
        gone = (now_s - self._reached_s) / self._mode.beat_s if self._mode.position is not None else 0.0
        goal = self.part.seconds(min(self._beat + max(gone, 0.0), following))
        way = goal - self._place
        self._place = goal if abs(way) > NEAR_S else self._place + way * min(step / CATCH_UP_S, 1.0)
        return self._place

    @property
    def group(self) -> Group | None:
        """That after the one where the player is; the first before any note."""
        heard = self._mode.position is not None
        groups = (group for group in self.part.groups if group.beat > self._beat or not heard)
        return next((group for group in groups if group.beat >= self._beat), None) if self._running else None

    def _take(self, told: Iterable[LessonEvent | Expect], time_s: float) -> list[LessonEvent]:
        events: list[LessonEvent] = []
        for one in told:
            match one:
                case Expect():
                    self.expecting = one
                case Position(beat=beat):
                    self._beat, self._reached_s = beat, time_s
                    events.append(one)
                case _:
                    events.append(one)
        return events
