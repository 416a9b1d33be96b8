"""A recording leads a session of practice: its pipeline tells what is played, and answers what the session asks.

So the sound of a take is heard again by an ear that knows what is written, which misses less than one that does not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path

from realtime.audio.mono import Channel
from realtime.contract import LIVE
from realtime.events import End, Event, NoteOn
from realtime.practice.follow_mode import FollowMode
from realtime.practice.score import Score
from realtime.practice.session import Ledger, Lesson, Session, Told
from realtime.practice.verdicts import Marked, Missed
from realtime.transcription.expected import Expect
from realtime.transcription.model_stage import StepModel
from realtime.transcription.pipeline import Pipeline
from realtime.transcription.recording import transcribe_file
from realtime.words import Said


class RecordedLesson:
    """The listener of a recording: what its pipeline tells goes to the session, whose questions go to the pipeline.

    tell: gets what the player is told.
    """

    def __init__(self, session: Session, tell: Callable[[Told], None]) -> None:
        self._session, self._say = session, tell
        self._pipeline: Pipeline | None = None

    def listen(self, pipeline: Pipeline, events: Sequence[Event], time_s: float) -> None:
        """`pipeline` has told `events` of the sound up to `time_s`."""
        if self._pipeline is None:
            self._pipeline = pipeline
            self._tell(self._session.begin(0.0))
        for event in events:
            if isinstance(event, NoteOn):
                self._tell(self._session.observe(event))
        self._answered(pipeline)
        self._tell(self._session.advance(time_s))
        self._answered(pipeline)

    def ending(self, pipeline: Pipeline, _time_s: float) -> None:
        """The sound ends."""
        self._tell(self._session.closing())
        self._answered(pipeline)

    def finish(self) -> None:
        """All has been heard."""
        self._tell(self._session.finish())

    def _answered(self, pipeline: Pipeline) -> None:
        """Answers may lead to further questions, which are answered at once."""
        while heard := pipeline.heard():
            for event in heard:
                self._tell(self._session.observe(event))

    def _tell(self, told: Iterable[Told | Expect]) -> None:
        for one in told:
            if not isinstance(one, Expect):
                self._say(one)
            elif self._pipeline is not None:
                self._pipeline.expect(one)


def hear_recording(
    path: Path,
    session: Session,
    model: StepModel,
    tell: Callable[[Told], None] = lambda _told: None,
    channel: Channel = "auto",
    tuning_cents: float | None = None,
    seconds: float | None = None,
    warn: Callable[[Said], None] = lambda _said: None,
    stopped: Callable[[], bool] = lambda: False,
    progress: Callable[[float], None] = lambda _time_s: None,
) -> None:
    """Lead a session by a recording, as fast as it goes, until it is done or `stopped`. tell: gets what the player is
    told; progress: up to where the recording was heard, s; the rest: as in `transcribe_file`. Raises FileError."""
    lesson = RecordedLesson(session, tell)
    events = transcribe_file(
        path, model, LIVE, end_s=seconds, channel=channel, tuning_cents=tuning_cents, warn=warn, listener=lesson
    )
    for event in events:
        if isinstance(event, NoteOn | End):
            progress(event.time)
        if session.done or stopped():
            break
    lesson.finish()


def hear_again(
    sound: Path,
    score: Score,
    model: StepModel,
    warn: Callable[[Said], None] = lambda _said: None,
    progress: Callable[[float], None] = lambda _time_s: None,
) -> list[Marked | Missed]:
    """What follow mode tells of the sound of a take, without a word on early and late. warn, progress: as in
    `hear_recording`. Raises FileError."""
    session = Session(FollowMode(score), Ledger(Lesson(score, score, "follow", "both"), datetime.now()))
    hear_recording(sound, session, model, warn=warn, progress=progress)
    return [*session.ledger.verdicts]
