"""Play mode in the window: the piece runs by itself, round after round, and every note gets its verdict."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from gui.practice.course import Course, FromEngine, LessonEvent
from gui.practice.parts import tail
from realtime.practice.play import Click, Round, Rounds
from realtime.practice.play_mode import PlayEvent, PlayMode, RoundEnded
from realtime.practice.score import Group, Score
from realtime.practice.verdicts import Marked, Missed
from realtime.transcription.expected import Expect

CLICK_SEEN_S = 0.15


class PlayCourse(Course):
    """rounds: tempo, loop and ramp; beside: what may be played beside the part, such as the other hand; first: index of
    the group to begin with, from whose bar on it is played."""

    def __init__(self, part: Score, rounds: Rounds, beside: Score, on_time_ms: float, first: int = 0) -> None:
        super().__init__(part)
        self.tempo = rounds.tempo
        self.lead_s = rounds.lead_s
        self._rounds, self._beside, self._on_time_ms = rounds, beside, on_time_ms
        self._first = first
        self._mode: PlayMode | None = None
        self._offset = 0  # index in the part of the first group that the mode has
        self._played = 0
        self._clicks: tuple[Round | None, tuple[Click, ...]] = (None, ())
        self._place = part.seconds(part.groups[first].beat)

    def begin(self, now_s: float) -> Sequence[LessonEvent]:
        """After a count-in, from the bar where it stands."""
        score = tail(self.part, self.part.groups[self._first].beat)
        self._offset = len(self.part.groups) - len(score.groups)
        loop = self._rounds.loop and not self._offset  # a round from the middle is followed by whole ones
        rounds = replace(self._rounds, tempo=self.tempo, loop=loop, lead_s=self.lead_s)
        self._mode = PlayMode(score, rounds, self._on_time_ms, self._beside)
        return self._take(self._mode.begin(now_s))

    def stop(self, now_s: float) -> Sequence[LessonEvent]:
        events = () if self._mode is None else self._take(self._mode.finish(now_s))
        self._mode = None
        return [*events, *super().stop(now_s)]

    def observe(self, message: FromEngine) -> Sequence[LessonEvent]:
        return () if self._mode is None else self._take(self._mode.observe(message))

    def advance(self, now_s: float) -> Sequence[LessonEvent]:
        if self._mode is None:
            return ()
        events = self._take(self._mode.advance(now_s))
        if self._mode.done:
            self._first = 0
            if self._rounds.loop:
                self.begin(now_s)
            else:
                self.over, self._mode = True, None
        return events

    def place(self, now_s: float) -> float:
        ran = self.round
        if ran is not None:
            beat = min(ran.beat(now_s), self.part.end)
            self._place = self.part.seconds(beat)
            self._first = next((one.index for one in self.part.groups if one.beat >= beat), self.part.groups[-1].index)
        return self._place

    def click(self, now_s: float) -> Click | None:
        """The beat of the metronome that is seen now."""
        return next((one for one in self._metronome if one.time <= now_s < one.time + CLICK_SEEN_S), None)

    def beats_before(self, now_s: float) -> int:
        """Quarters of the count-in that are still to come, the present one among them; 0 after it."""
        ran, clicks = self.round, self._metronome
        if ran is None or now_s >= ran.start_s or not clicks:
            return 0
        return sum(click.count_in and click.time > now_s for click in clicks) + (clicks[0].time <= now_s)

    @property
    def group(self) -> Group | None:
        return None if self.round is None else self.part.groups[self._first]

    @property
    def round(self) -> Round | None:
        """The one that runs."""
        return None if self._mode is None else self._mode.round

    @property
    def _metronome(self) -> tuple[Click, ...]:
        """The beats of the present round."""
        if self._clicks[0] is not self.round:
            self._clicks = self.round, () if self.round is None else tuple(self.round.clicks())
        return self._clicks[1]

    def _take(self, told: Iterable[PlayEvent]) -> list[LessonEvent]:
        """What concerns the lesson, with the indices of the part's groups."""
        events: list[LessonEvent] = []
        for one in told:
            match one:
                case Expect():
                    self.expecting = one
                case Marked() | Missed():
                    events.append(replace(one, group=one.group + self._offset))
                case RoundEnded():
                    self._played += 1
                    events.append(replace(one, number=self._played))
        if self.round is not None:
            self.tempo = self.round.tempo
        return events
