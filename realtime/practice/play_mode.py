"""Play mode: the piece runs at its tempo, and each note of the player gets a verdict."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import ClassVar

from realtime.events import NoteOn
from realtime.practice.play import Click, Round, Rounds
from realtime.practice.score import Score
from realtime.practice.trainer import ANSWER_S, EAR_S, WINDOW_S, Trainer
from realtime.practice.verdicts import ON_TIME_MS, Marked, Missed, Position, Result, Tally
from realtime.transcription.expected import Expect, GroupPassed, Heard

SETTLED_S = WINDOW_S + EAR_S + ANSWER_S + 0.01  # so long after its end all of a round is decided


@dataclass(frozen=True)
class RoundEnded:
    """The part was played to its end. number: how often, from 1 on; tempo: share of the written one."""

    kind: ClassVar[str] = "round"

    number: int
    tempo: float
    result: Result


PlayEvent = Marked | Missed | Expect | Position | Click | RoundEnded


class PlayMode:
    """What the engine tells, and the time that goes by -> verdicts, positions, clicks, and questions to the ear.

    All times are seconds of the stream's clock. round: the one that runs, None before the first and after the last.
    """

    def __init__(
        self,
        score: Score,
        rounds: Rounds,
        on_time_ms: float = ON_TIME_MS,
        beside: Score | None = None,
        asks: bool = True,
        with_first_note: bool = False,
    ) -> None:
        """beside, asks: as `Trainer` takes them. with_first_note: the first round begins with the player's first note
        of the first group, and not after a count-in: for a recording."""
        self._score, self._rounds, self._on_time_ms = score, rounds, on_time_ms
        self._beside, self._asks, self._with_first_note = beside, asks, with_first_note
        self.round: Round | None = None
        self.done = False
        self._number = self._clean = 0

    def begin(self, now_s: float) -> list[PlayEvent]:
        """The stream begins, or the player is ready."""
        if not self._with_first_note:
            self._start(self._rounds.first(self._score, now_s))
        return []

    def observe(self, message: NoteOn | Heard | GroupPassed) -> list[PlayEvent]:
        """The next message of the engine."""
        if isinstance(message, NoteOn) and self.round is None and not self.done:
            self._start_with(message)
        if self.round is None or isinstance(message, GroupPassed):
            return []
        told = self._trainer.note(message) if isinstance(message, NoteOn) else self._trainer.answer(message)
        return self._counted(told)

    def advance(self, now_s: float) -> list[PlayEvent]:
        """It is `now_s`."""
        if self.round is None:
            return []
        events: list[PlayEvent] = []
        while self._clicks and self._clicks[0].time <= now_s:
            events.append(self._clicks.popleft())
        while self._positions and self._positions[0][0] <= now_s:
            events.append(self._positions.popleft()[1])
        events += self._counted(self._trainer.advance(now_s))
        if now_s >= self.round.end_s + SETTLED_S:
            events += self._end_round(self.round, now_s)
        return events

    def closing(self, now_s: float) -> list[PlayEvent]:
        """The sound ends: what the ear is to be asked before."""
        return [] if self.round is None else [*self._trainer.closing(now_s)]

    def finish(self, now_s: float) -> list[PlayEvent]:
        """Nothing more will come: what is left of a round, which has ended when its last notes were due."""
        self.done = True
        if self.round is None:
            return []
        if now_s > self.round.time(self._score.groups[-1].beat):
            return self._end_round(self.round, now_s)
        return self._counted(self._trainer.finish(now_s))

    def _start(self, begun: Round) -> None:
        self.round = begun
        self._tally = Tally()
        self._trainer = Trainer(self._score, begun.time, self._on_time_ms, self._beside, self._asks)
        self._clicks = deque(begun.clicks())
        self._positions = deque((begun.time(one.beat), Position(one.beat, one.bar)) for one in self._score.groups)

    def _start_with(self, note: NoteOn) -> None:
        first = self._score.groups[0]
        if note.pitch in first.pitches:
            begun = Round(self._score, 0.0, self._rounds.tempo, counted_in=False)
            self._start(Round(self._score, note.time - begun.time(first.beat), self._rounds.tempo, counted_in=False))

    def _counted(self, told: list[Marked | Missed | Expect]) -> list[PlayEvent]:
        for one in told:
            if not isinstance(one, Expect):
                self._tally.add(one)
        return [*told]

    def _end_round(self, ended: Round, now_s: float) -> list[PlayEvent]:
        rest = self._counted(self._trainer.finish(now_s))
        self._number += 1
        result = self._tally.result
        self._clean = self._clean + 1 if result.clean else 0
        following = None if self.done else self._rounds.after(ended, self._clean, now_s)
        if following is None:
            self.round, self.done = None, True
        else:
            self._clean = self._clean if following.tempo == ended.tempo else 0
            self._start(following)
        return [*rest, RoundEnded(self._number, ended.tempo, result)]
