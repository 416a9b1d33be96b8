"""What leads through a part: the ways to practise have this in common."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence

from realtime.events import NoteOn
from realtime.practice.play_mode import RoundEnded
from realtime.practice.score import Group, Score
from realtime.practice.verdicts import Marked, Missed, Position
from realtime.practice.wait import Hint, NotHeard, Passed, Round, Waiting
from realtime.transcription.expected import Expect, GroupPassed, Heard

LessonEvent = Waiting | Passed | NotHeard | Hint | Round | RoundEnded | Marked | Missed | Position
FromEngine = Heard | GroupPassed | NoteOn


class Course(ABC):
    """Leads through the groups of `part`. All times are seconds of the stream's clock, unless they are places: seconds
    at the written tempo.

    expecting: what the engine is to listen for, None for nothing; over: whether the end was reached.
    """

    def __init__(self, part: Score) -> None:
        self.part = part
        self.expecting: Expect | None = None
        self.over = False

    @abstractmethod
    def begin(self, now_s: float) -> Sequence[LessonEvent]:
        """From now on, at the present place; also when the stream has begun anew."""

    @abstractmethod
    def observe(self, message: FromEngine) -> Sequence[LessonEvent]:
        """The next message of the engine."""

    @abstractmethod
    def advance(self, now_s: float) -> Sequence[LessonEvent]:
        """Time goes by."""

    @abstractmethod
    def place(self, now_s: float) -> float:
        """Where the picture is."""

    @property
    @abstractmethod
    def group(self) -> Group | None:
        """The group to be struck next, None before the begin and after the end."""

    def stop(self, _now_s: float) -> Sequence[LessonEvent]:
        """Stand still; `begin` goes on."""
        self.expecting = None
        return ()

    def skip(self, _now_s: float) -> Sequence[LessonEvent]:
        """Pass over a group that is not heard, where the piece waits for one."""
        return ()
