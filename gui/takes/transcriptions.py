"""Recordings that are being transcribed: a queue, two at a time at most, each in a process that can be ended."""

from __future__ import annotations

import contextlib
import threading
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from multiprocessing.connection import wait
from pathlib import Path

from gui.state.failures import explain
from realtime.audio.files import open_audio
from realtime.events import Event, NoteOn, StreamStarted
from realtime.transcription.batch import Job, Outcome, Worker
from realtime.words import Said

LOOK_S = 0.1
# A recording that is being copied into its take is waited for; the window has been hidden by then.
CLOSE_LIMIT_S = 60.0
LISZTEN, TRANSKUN = "realtime.transcription.batch:work", "realtime.transcription.transkun:work"
Finish = Callable[[StreamStarted, list[Event]], Path]


class TranscriptionState(Enum):
    """Where a recording stands."""

    WAITING = "waiting"
    TRANSCRIBING = "transcribing"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(eq=False)
class Transcription:
    """One recording in the queue. finish: makes a take of the events and returns its folder; it is called in the
    queue's thread. transcriber: the function that transcribes it in a process, as `Worker` takes it; length_s: 0 until
    it is known; problem: one sentence when it failed; warnings: what else to know of it, a sentence each."""

    title: str
    job: Job
    finish: Finish
    state: TranscriptionState = TranscriptionState.WAITING
    done_s: float = 0.0
    length_s: float = 0.0
    notes: int = 0
    problem: Said | None = None
    warnings: tuple[Said, ...] = ()
    take: Path | None = None
    transcriber: str = LISZTEN

    @property
    def share(self) -> float:
        """The share that is transcribed, 0-1."""
        return min(self.done_s / self.length_s, 1.0) if self.length_s else 0.0

    @property
    def over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in (TranscriptionState.DONE, TranscriptionState.FAILED, TranscriptionState.CANCELLED)


class Transcriptions:
    """Does what is added, in order. wake: called, in the queue's thread, when anything has changed."""

    def __init__(
        self, wake: Callable[[], None], workers: int = 2, worker: Callable[[str], Worker] | None = None
    ) -> None:
        self._wake = wake
        self._limit = workers
        self._new_worker = worker or (lambda transcriber: Worker(True, transcriber))
        self._waiting: deque[Transcription] = deque()
        self._busy: dict[Worker, Transcription] = {}
        self._stirred = threading.Event()
        self._closing = False
        self._thread: threading.Thread | None = None

    def add(self, item: Transcription) -> None:
        """Queue a recording."""
        self._waiting.append(item)
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="transcriptions", daemon=True)
            self._thread.start()
        self._stirred.set()

    def cancel(self, item: Transcription) -> None:
        """End it, whether it waits or is being transcribed."""
        if not item.over:
            item.state = TranscriptionState.CANCELLED
            self._stirred.set()

    def close(self) -> None:
        """End all of them; one that has been transcribed becomes a take."""
        self._closing = True
        self._stirred.set()
        if self._thread is not None:
            self._thread.join(CLOSE_LIMIT_S)

    def _work(self) -> None:
        idle: list[Worker] = []
        try:
            while not self._closing:
                self._hand_out(idle)
                if not self._busy:
                    self._rest(idle)
                else:
                    self._listen(idle)
        finally:
            for worker in (*idle, *self._busy):
                worker.end()

    def _rest(self, idle: list[Worker]) -> None:
        """Nothing to do: let the processes and their memory go, and wait."""
        while idle:
            idle.pop().end()
        self._stirred.wait()
        self._stirred.clear()

    def _hand_out(self, idle: list[Worker]) -> None:
        while self._waiting and len(self._busy) < self._limit:
            item = self._waiting.popleft()
            with _failing(item):
                if item.state is TranscriptionState.WAITING and self._measured(item):
                    self._begin(item, idle)
            self._wake()

    def _begin(self, item: Transcription, idle: list[Worker]) -> None:
        worker = self._worker(item.transcriber, idle)
        try:
            worker.begin(item.job)
        except OSError:  # its process has died while it had nothing to do
            worker.end()
            worker.begin(item.job)
        worker.lower_priority()
        self._busy[worker] = item

    def _worker(self, transcriber: str, idle: list[Worker]) -> Worker:
        fitting = next((worker for worker in idle if worker.body == transcriber), None)
        if fitting is None:
            return self._new_worker(transcriber)
        idle.remove(fitting)
        return fitting

    def _measured(self, item: Transcription) -> bool:
        """Find out how long it is; False when it was cancelled meanwhile. Raises FileError for what is no recording."""
        file = open_audio(item.job.audio)
        item.length_s = file.length_s or 0.0
        if item.over:
            return False
        item.state = TranscriptionState.TRANSCRIBING
        return True

    def _listen(self, idle: list[Worker]) -> None:
        """Take in what the processes answer, and end those whose recording was cancelled or has failed here."""
        workers = {worker.pipe: worker for worker in self._busy}
        for pipe in wait(list(workers), LOOK_S):
            worker = workers[pipe]  # type: ignore[index]
            item = self._busy[worker]
            with _failing(item):
                answer = worker.answer()
                if isinstance(answer, Outcome):
                    del self._busy[worker]
                    idle.append(worker)
                    self._end(item, answer)
                else:
                    item.done_s = answer
        for worker, item in list(self._busy.items()):
            if item.over:
                del self._busy[worker]
                worker.end()
        self._wake()

    def _end(self, item: Transcription, outcome: Outcome) -> None:
        if item.state is TranscriptionState.CANCELLED:
            return
        if outcome.error is not None:
            raise outcome.error
        stream, *events = outcome.events
        assert isinstance(stream, StreamStarted)
        item.warnings = outcome.warnings
        item.notes = sum(isinstance(event, NoteOn) for event in events)
        item.take = item.finish(stream, events)
        item.state = TranscriptionState.DONE


@contextlib.contextmanager
def _failing(item: Transcription) -> Iterator[None]:
    """Whatever goes wrong within lets this recording fail, and none of the others."""
    try:
        yield
    except Exception as error:
        _fail(item, explain(error))


def _fail(item: Transcription, problem: Said) -> None:
    """What was cancelled meanwhile, as its take was deleted, has not failed."""
    if item.state is not TranscriptionState.CANCELLED:
        item.problem, item.state = problem, TranscriptionState.FAILED
