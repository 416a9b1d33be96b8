"""A session: what is told, counted, doubted and kept, whatever the exercise."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from realtime.events import NoteOn
from realtime.practice.play_mode import RoundEnded
from realtime.practice.runs import BarRow, Run, piece_id, run_result
from realtime.practice.score import Bar, Moment, Score, ScoreNote, joined
from realtime.practice.session import OTHER_PIECE, Doubted, Ledger, Lesson, Message, Session, Told
from realtime.practice.verdicts import Marked, Missed, Result
from realtime.transcription.expected import Expect

PIECE = Score(
    "Tune",
    joined(Moment(float(i), 1 + i // 2, (ScoreNote(60 + i, float(i), 1.0, "right"),)) for i in range(4)),
    (Bar(1, 0.0, 2.0), Bar(2, 2.0, 2.0)),
    ((0.0, 60.0),),
)
PART = PIECE.between(2, 2)
RIGHT, WRONG = Marked(62, 1.0, "right", 10.0, 0, 2), Marked(66, 1.0, "wrong", None, 1, 2)
CLEAN = Result(1, 0, 0, 0, 0, 0.0, 0.0)
LESSON = Lesson(PIECE, PART, "play", "both", on_time_ms=80.0)
BEGAN = datetime(2026, 12, 1, 10, 0, 3)


@dataclass
class Scripted:
    """An exercise that tells what it is given."""

    told: list[Told | Expect] = field(default_factory=list)
    done: bool = False
    asked: list[object] = field(default_factory=list)

    def _next(self, why: object) -> Iterable[Told | Expect]:
        self.asked.append(why)
        told, self.told = self.told, []
        return told

    def begin(self, now_s: float) -> Iterable[Told | Expect]:
        return self._next(("begin", now_s))

    def observe(self, message: Message) -> Iterable[Told | Expect]:
        return self._next(message)

    def advance(self, now_s: float) -> Iterable[Told | Expect]:
        return self._next(("advance", now_s))

    def closing(self, now_s: float) -> Iterable[Told | Expect]:
        return self._next(("closing", now_s))

    def finish(self, now_s: float) -> Iterable[Told | Expect]:
        return self._next(("finish", now_s))


def test_everything_is_handed_on_and_counted() -> None:
    """Questions, too, which count for nothing."""
    exercise = Scripted()
    session = Session(exercise, Ledger(LESSON, BEGAN))
    question = Expect(0, (62,))
    exercise.told = [question]
    assert session.begin(0.0) == [question]
    note = NoteOn(1.0, 1.1, 62, 70, 0.9)
    exercise.told = [RIGHT]
    assert session.observe(note) == [RIGHT]
    exercise.told = [Missed(1, 2, (63,)), RoundEnded(1, 0.8, CLEAN), RoundEnded(2, 0.85, Result(0, 1, 0, 0, 0, 0, 0))]
    assert len(session.advance(9.5)) == 3
    session.closing()
    exercise.told = [WRONG]
    assert session.finish() == [WRONG]
    assert exercise.asked == [("begin", 0.0), note, ("advance", 9.5), ("closing", 9.5), ("finish", 9.5)]
    result = Result(right=1, missed=1, extra=0, early_late=0, wrong=1, bias_ms=10.0, spread_ms=0.0)
    assert session.ledger.result == result
    assert session.run() == Run(
        piece=piece_id(PIECE),
        title="Tune",
        started="2026-12-01T10:00:03",
        seconds=9.5,
        mode="play",
        hands="both",
        first_bar=2,
        last_bar=2,
        tempo=0.85,
        clean_tempo=0.8,
        result=run_result(result),
        bars=(BarRow(2, "right", right=1, wrong=1, missed=1),),
        beats=(2.0, 2.0),
        on_time_ms=80.0,
    )


def test_another_piece_is_doubted_once_for_as_long_as_it_lasts() -> None:
    """Of 32 notes 15 are enough to be the piece, 14 are not; told again after 23 were right."""
    doubted = Doubted(OTHER_PIECE(title="Tune"))
    ledger = Ledger(LESSON, BEGAN)
    assert doubted not in ledger.told([WRONG] * 17 + [RIGHT] * 15)
    assert ledger.told([WRONG] * 17) == [WRONG] * 17
    assert ledger.told([WRONG]) == [WRONG, doubted]
    assert ledger.told([WRONG] * 20) == [WRONG] * 20
    assert ledger.told([RIGHT] * 22) == [RIGHT] * 22
    assert ledger.told([WRONG] * 20) == [WRONG] * 20
    assert ledger.told([RIGHT] * 23) == [RIGHT] * 23
    assert ledger.told([WRONG] * 32).count(doubted) == 1


def test_a_short_run_of_another_piece_is_doubted_at_its_end() -> None:
    """Three of eight notes are too few, four are enough; of seven nothing is said, nor of what was told before."""
    doubted = Doubted(OTHER_PIECE(title="Tune"))
    for right, wrong, said in ((3, 5, [doubted]), (4, 4, []), (0, 7, []), (0, 31, [doubted]), (0, 32, [])):
        ledger = Ledger(LESSON, BEGAN)
        ledger.told([RIGHT] * right + [WRONG] * wrong)
        assert ledger.ended() == said
    exercise = Scripted(told=[WRONG] * 9)
    assert Session(exercise, Ledger(LESSON, BEGAN)).finish()[-1] == doubted


def test_a_run_that_ends_in_its_first_round_has_the_tempo_at_which_it_began() -> None:
    """A round that has ended says its own."""
    ledger = Ledger(replace(LESSON, tempo=0.5), BEGAN)
    ledger.told([RIGHT])
    assert (ledger.run(1.0).tempo, ledger.run(1.0).clean_tempo) == (0.5, 0.0)
    ledger.told([RoundEnded(1, 0.55, CLEAN)])
    assert (ledger.run(1.0).tempo, ledger.run(1.0).clean_tempo) == (0.55, 0.55)


def test_a_run_without_notes_is_empty() -> None:
    """What was only missed was not played."""
    ledger = Ledger(LESSON, BEGAN)
    assert ledger.empty
    ledger.counted([Missed(0, 2, (62,))])
    assert ledger.empty
    ledger.counted([WRONG])
    assert not ledger.empty


def test_a_stream_that_begins_anew_goes_on_with_the_time() -> None:
    """Twenty minutes, a restart, and two seconds more are twenty minutes and two seconds."""
    session = Session(Scripted(), Ledger(LESSON, BEGAN))
    session.begin(0.0)
    session.advance(1200.0)
    session.begin(0.0)
    session.advance(0.5)
    session.advance(2.0)
    assert session.run().seconds == 1202.0
