"""A practice session on a recording, as fast as it goes, and on the microphone, live."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from realtime.audio.mono import Channel
from realtime.cli.practice_views import PracticeView
from realtime.clock import wall_clock
from realtime.contract import LIVE
from realtime.engine.live import messages
from realtime.engine.messages import MicrophoneSource, Notice, Start, Status
from realtime.engine.settings import StreamSettings
from realtime.engine.supervisor import Supervisor
from realtime.events import End, NoteOn, StreamStarted
from realtime.lateness import Lateness
from realtime.practice.session import Session, Told
from realtime.practice.sound.accompaniment import Accompanist
from realtime.practice.takes.hearing import hear_recording
from realtime.practice.takes.recorder import RunRecorder, worth_a_take
from realtime.system.interrupts import StopRequest
from realtime.transcription.expected import Expect, GroupPassed, Heard
from realtime.transcription.model import OnnxStep, shipped_model
from realtime.words import Phrase

SILENT_S = 20.0
SILENT = Phrase(
    "practice.silent",
    "No note was heard for {seconds:.0f} s. Play a few notes; if none arrives, choose another microphone with --input "
    "(liszten devices lists them).",
)


class Practising:
    """Between what hears and what shows: a session gets events, the player is told, the ear is asked.

    ask: hands a question to the ear.
    """

    def __init__(self, session: Session, view: PracticeView, ask: Callable[[Expect], None]) -> None:
        self._session, self._view, self._ask = session, view, ask
        self._last_note_s: float | None = 0.0  # None when silence was told

    def begin(self) -> None:
        """The stream begins."""
        self._tell(self._session.begin(0.0))

    def hear(self, event: NoteOn | Heard | GroupPassed) -> None:
        """The next message of the ear."""
        self._last_note_s = event.emitted
        self._tell(self._session.observe(event))

    def advance(self, now_s: float) -> None:
        """It is `now_s`, by the stream's clock."""
        self._tell(self._session.advance(now_s))
        if self._last_note_s is not None and now_s - self._last_note_s >= SILENT_S:
            self._last_note_s = None
            self._view.warn(SILENT(seconds=SILENT_S), SILENT.code)

    def end(self) -> None:
        """Nothing more will come."""
        self._tell(self._session.finish())
        self._view.end(self._session.ledger.result)

    def _tell(self, told: Iterable[Told | Expect]) -> None:
        for one in told:
            if isinstance(one, Expect):
                self._ask(one)
            else:
                self._view.show(one)


@dataclass(frozen=True)
class Ear:
    """What hears the piano: an input, or a recording. tuning_cents: None to find it out; the rest as in `Start`."""

    input: str | None
    recording: Path | None
    channel: Channel
    tuning_cents: float | None
    seconds: float | None
    model: Path | None
    device: str

    def hear(
        self,
        session: Session,
        view: PracticeView,
        stop: StopRequest,
        recorder: RunRecorder,
        accompanist: Accompanist | None = None,
    ) -> int:
        """Until the piece is done, the sound ends, or `stop` is requested; the exit status that notices ask for, 0
        without any. recorder: of what the microphone hears; accompanist: makes the rounds sound. Raises
        LisztenError."""
        if self.recording is None:
            return self._hear_live(session, view, stop, recorder, accompanist)
        self._hear_recording(self.recording, session, view, stop)
        return 0

    def _hear_recording(self, path: Path, session: Session, view: PracticeView, stop: StopRequest) -> None:
        hear_recording(
            path,
            session,
            OnnxStep(self.model or shipped_model(), self.device),
            view.show,
            self.channel,
            self.tuning_cents,
            self.seconds,
            lambda said: view.warn(said, said.phrase.code),
            lambda: stop.signal is not None,
        )
        view.end(session.ledger.result)

    def _hear_live(
        self,
        session: Session,
        view: PracticeView,
        stop: StopRequest,
        recorder: RunRecorder,
        accompanist: Accompanist | None,
    ) -> int:
        settings = StreamSettings(
            delay=LIVE, tuning_cents=self.tuning_cents or 0.0, find_tuning=self.tuning_cents is None
        )
        source = MicrophoneSource(self.input, self.channel)
        supervisor = Supervisor(Start(source, self.model, self.device, self.seconds, settings=settings))
        practising = Practising(session, view, supervisor.send)
        outcome = 0
        try:
            for message in messages(supervisor, stop):
                if isinstance(message, StreamStarted) and not recorder.recording:
                    recorder.begin(supervisor.send)
                elif not isinstance(message, Lateness):
                    recorder.observe(message)
                match message:
                    case StreamStarted():
                        practising.begin()
                    case NoteOn() | Heard() | GroupPassed():
                        practising.hear(message)
                    case Status():
                        practising.advance(message.time)
                        if accompanist is not None:
                            _accompany(accompanist, session, message, view)
                    case End():
                        practising.advance(message.time)
                    case Notice():
                        outcome = outcome or message.exit_code
                        view.warn(message.said, message.code)
                if session.done:
                    break
            practising.end()
        finally:
            recorder.end(worth_a_take(session.ledger.empty, session.run().seconds))
            for message in supervisor.close():
                recorder.observe(message)
        return outcome


def _accompany(accompanist: Accompanist, session: Session, status: Status, view: PracticeView) -> None:
    """Let the round that runs sound; why nothing sounds is told once."""
    accompanist.follow(session.round, status.time, status.captured or wall_clock())
    if accompanist.problem is not None:
        view.warn(accompanist.problem, accompanist.problem.phrase.code)
        accompanist.problem = None
