"""One run of practice, from the first sound to its result, whatever the mode."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Protocol

from realtime.events import NoteOn
from realtime.practice.play import Round
from realtime.practice.play_mode import PlayMode, RoundEnded
from realtime.practice.runs import STARTED, Mode, Run, bar_rows, piece_id, run_result
from realtime.practice.score import Hands, Score
from realtime.practice.verdicts import ON_TIME_MS, RIGHT_KEY, Marked, Missed, Result, Tally
from realtime.transcription.expected import Expect, GroupPassed, Heard
from realtime.words import Phrase, Said

LISTENED = 32  # by so many notes it is told whether this is the piece
LEAST_RIGHT = 0.45  # of these; follow mode finds some of any piece
LEAST_HEARD = 8  # a whole run that is shorter is not doubted
AGAIN_RIGHT = 0.7  # of these make it the piece again
OTHER_PIECE = Phrase(
    "practice.other_piece", "This does not seem to be {title}. Choose the piece that you play, or begin at another bar."
)

Message = NoteOn | Heard | GroupPassed


class Told(Protocol):
    """What is told the player: a frozen dataclass. kind: names it for programs."""

    kind: ClassVar[str]


@dataclass(frozen=True)
class Doubted:
    """What is played does not seem to be the piece."""

    kind: ClassVar[str] = "warning"

    said: Said


class Exercise(Protocol):
    """A mode: what the engine tells, and the time that goes by -> what is told the player, and questions to the ear."""

    def begin(self, now_s: float) -> Iterable[Told | Expect]:
        """The stream begins."""

    def observe(self, message: Message) -> Iterable[Told | Expect]:
        """The next message of the engine."""

    def advance(self, now_s: float) -> Iterable[Told | Expect]:
        """It is `now_s`."""

    def closing(self, now_s: float) -> Iterable[Told | Expect]:
        """The sound is about to end: what is asked before."""

    def finish(self, now_s: float) -> Iterable[Told | Expect]:
        """Nothing more will come."""

    @property
    def done(self) -> bool:
        """Whether the piece has been played to its end."""


@dataclass(frozen=True)
class Lesson:
    """What is practised. piece: the whole; score: the part; tempo: share of the written one at which it begins, 0 where
    the player keeps none; on_time_ms: how far from its moment a note is on time."""

    piece: Score
    score: Score
    mode: Mode
    hands: Hands
    tempo: float = 0.0
    on_time_ms: float = ON_TIME_MS


class Ledger:
    """Counts what a player is told, and notices when it is another piece. tally: of it all; tempo: as in `Lesson`, of
    the last round."""

    def __init__(self, lesson: Lesson, began: datetime) -> None:
        """began: local time."""
        self._lesson, self._began = lesson, began
        self.tally = Tally()
        self._verdicts: list[Marked | Missed] = []
        self._lately: deque[bool] = deque(maxlen=LISTENED)
        self._doubted = False
        self.tempo, self._clean_tempo = lesson.tempo, 0.0

    @property
    def result(self) -> Result:
        """So far."""
        return self.tally.result

    @property
    def verdicts(self) -> tuple[Marked | Missed, ...]:
        """All that were told."""
        return tuple(self._verdicts)

    @property
    def empty(self) -> bool:
        """Whether nothing was played."""
        return not any(isinstance(one, Marked) for one in self._verdicts)

    def counted(self, told: Iterable[Told | Expect]) -> list[Told | Expect]:
        """The same, and a doubt where there is one, told once for as long as it lasts."""
        shown: list[Told | Expect] = []
        for one in told:
            shown += [one] if isinstance(one, Expect) else self.told([one])
        return shown

    def told(self, told: Iterable[Told]) -> list[Told]:
        """As `counted`, where nobody is asked."""
        return [each for one in told for each in (one, *self._count(one))]

    def ended(self) -> list[Told]:
        """Nothing more will come: the doubt about a run that was too short for one before."""
        right, heard = sum(self._lately), len(self._lately)
        if not LEAST_HEARD <= heard < LISTENED or right >= LEAST_RIGHT * heard:
            return []
        return [Doubted(OTHER_PIECE(title=self._lesson.piece.title))]

    def run(self, seconds: float) -> Run:
        """What is kept. seconds: how long it took."""
        lesson = self._lesson
        return Run(
            piece=piece_id(lesson.piece),
            title=lesson.piece.title,
            started=self._began.strftime(STARTED),
            seconds=round(seconds, 1),
            mode=lesson.mode,
            hands=lesson.hands,
            first_bar=lesson.score.bars[0].number,
            last_bar=lesson.score.bars[-1].number,
            tempo=self.tempo,
            clean_tempo=self._clean_tempo,
            result=run_result(self.result),
            bars=bar_rows(lesson.score, self._verdicts),
            part=lesson.piece.part,
            beats=(lesson.score.bars[0].beat, lesson.score.bars[-1].beat),
            on_time_ms=lesson.on_time_ms,
        )

    def _count(self, told: Told) -> list[Told]:
        match told:
            case Marked() | Missed():
                self.tally.add(told)
                self._verdicts.append(told)
            case RoundEnded(tempo=tempo, result=result):
                self.tempo = tempo
                self._clean_tempo = max(self._clean_tempo, tempo if result.clean else 0.0)
        return self._doubts(told) if isinstance(told, Marked) else []

    def _doubts(self, told: Marked) -> list[Told]:
        self._lately.append(told.verdict in RIGHT_KEY)
        right = sum(self._lately)
        if self._doubted:
            self._doubted = right < AGAIN_RIGHT * LISTENED
            return []
        self._doubted = len(self._lately) == LISTENED and right < LEAST_RIGHT * LISTENED
        return [Doubted(OTHER_PIECE(title=self._lesson.piece.title))] if self._doubted else []


class Session:
    """An exercise and its ledger: what the engine tells, and the time -> what the player is told, and questions."""

    def __init__(self, exercise: Exercise, ledger: Ledger) -> None:
        self._exercise, self.ledger = exercise, ledger
        self._now_s = self._seconds = 0.0  # the stream's clock; how long it has run, in every stream

    @property
    def done(self) -> bool:
        """Whether the piece has been played to its end."""
        return self._exercise.done

    @property
    def round(self) -> Round | None:
        """That which runs, in play mode."""
        return self._exercise.round if isinstance(self._exercise, PlayMode) else None

    def begin(self, now_s: float) -> list[Told | Expect]:
        """The stream begins, or one that begins anew, as after a fault."""
        self._now_s = now_s
        return self.ledger.counted(self._exercise.begin(now_s))

    def observe(self, message: Message) -> list[Told | Expect]:
        """The next message of the engine."""
        return self.ledger.counted(self._exercise.observe(message))

    def advance(self, now_s: float) -> list[Told | Expect]:
        """It is `now_s`, by the stream's clock."""
        self._seconds += max(now_s - self._now_s, 0.0)
        self._now_s = now_s
        return self.ledger.counted(self._exercise.advance(now_s))

    def closing(self) -> list[Told | Expect]:
        """The sound is about to end: what is asked before."""
        return self.ledger.counted(self._exercise.closing(self._now_s))

    def finish(self) -> list[Told | Expect]:
        """Nothing more will come."""
        return [*self.ledger.counted(self._exercise.finish(self._now_s)), *self.ledger.ended()]

    def run(self) -> Run:
        """What is kept of it."""
        return self.ledger.run(self._seconds)
