"""Play mode: the piece runs at its tempo, and each note of the player gets a verdict."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from typing import ClassVar

from realtime.events import NoteOn
from realtime.practice.play import Click, Round, Rounds
from realtime.practice.score import Group, Score
from realtime.practice.trainer import ANSWER_S, EAR_S, WINDOW_S, Trainer
from realtime.practice.verdicts import ON_TIME_MS, Marked, Missed, Position, Result, Tally
from realtime.transcription.expected import Expect, GroupPassed, Heard

ENTRY_NOTES = 4  # so many notes tell where a recording enters
ENTRY_S = 1.5  # or as many as come in so long
ENTRY_GROUPS = 8  # the first may be missed, or struck wrong
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
        """beside, asks: as `Trainer` takes them. with_first_note: the first round begins where the player's first notes
        fit the piece, and not after a count-in: for a recording."""
        self._score, self._rounds, self._on_time_ms = score, rounds, on_time_ms
        self._beside, self._asks, self._with_first_note = beside, asks, with_first_note
        self._first_notes: list[NoteOn] = []  # until these tell when a recording began
        self._before: list[NoteOn] = []  # that fitted nothing
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
            self._first_notes.append(message)
            return self._enter() if len(self._first_notes) >= ENTRY_NOTES else []
        if self.round is None or isinstance(message, GroupPassed):
            return []
        told = self._trainer.note(message) if isinstance(message, NoteOn) else self._trainer.answer(message)
        return self._counted(told)

    def advance(self, now_s: float) -> list[PlayEvent]:
        """It is `now_s`."""
        events = self._enter() if self._first_notes and now_s >= self._first_notes[0].time + ENTRY_S else []
        if self.round is None:
            return events
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
        entered: list[PlayEvent] = []
        while self._first_notes:
            entered += self._enter()
        self.done = True
        if self.round is None:
            return self._never_entered()
        if now_s > self.round.time(self._score.groups[-1].beat):
            return [*entered, *self._end_round(self.round, now_s)]
        return [*entered, *self._counted(self._trainer.finish(now_s))]

    def _start(self, begun: Round) -> None:
        self.round = begun
        self._tally = Tally()
        self._trainer = Trainer(self._score, begun.time, self._on_time_ms, self._beside, self._asks)
        self._clicks = deque(begun.clicks())
        self._positions = deque((begun.time(one.beat), Position(one.beat, one.bar)) for one in self._score.groups)

    def _enter(self) -> list[PlayEvent]:
        """Begin the round where most of the first notes fit; what fits nothing comes before it."""
        groups = self._score.groups[:ENTRY_GROUPS]
        begun = Round(self._score, 0.0, self._rounds.tempo, counted_in=False)
        start_s, fitting = _entry(self._first_notes, [(group, begun.time(group.beat)) for group in groups])
        if 2 * fitting < len(self._first_notes):
            self._before.append(self._first_notes.pop(0))
            return []
        self._start(replace(begun, start_s=start_s))
        notes, self._first_notes = self._first_notes, []
        return self._counted([told for note in notes for told in self._trainer.note(note)])

    def _never_entered(self) -> list[PlayEvent]:
        """The sound has ended, and what was played belongs to another piece."""
        first = self._score.groups[0]
        return [Marked(note.pitch, note.time, "extra", None, first.index, first.bar) for note in self._before]

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


def _entry(notes: list[NoteOn], due: list[tuple[Group, float]]) -> tuple[float, int]:
    """When the piece began, s, by most of the notes, and by how many; the earliest group where several are as good.

    due: the first groups and when they come if the piece begins at 0."""

    def fitting(start_s: float) -> int:
        return sum(
            any(note.pitch in group.pitches and abs(note.time - start_s - due_s) <= WINDOW_S for group, due_s in due)
            for note in notes
        )

    starts = [note.time - due_s for group, due_s in due for note in notes if note.pitch in group.pitches]
    best = max(starts, key=fitting, default=0.0)
    return best, fitting(best) if starts else 0
