"""Many recordings at once: jobs, the worker processes that do them, and their outcomes.

`run_job` is a plain function, so that anything that maps functions over machines can run it too.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Generator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import BinaryIO

from realtime.audio.mono import Channel
from realtime.errors import FileError, LisztenError
from realtime.events import Event, StreamStarted, jsonl_bytes
from realtime.midi.file import midi_bytes
from realtime.sinks.csv_file import csv_bytes
from realtime.sinks.file import FileSink, Render
from realtime.system import process
from realtime.system.shutdown import WORKER_S
from realtime.transcription.decoder import DecoderSettings
from realtime.transcription.model import OnnxStep, shipped_model
from realtime.transcription.recording import transcribe_file
from realtime.words import Phrase, Said

FORMATS: dict[str, Render] = {"mid": midi_bytes, "jsonl": jsonl_bytes, "csv": csv_bytes}
WORKER_DIED = Phrase(
    "batch.worker_died",
    "{audio} could not be transcribed: the process that read it ended. Is the file broken?",
)


@dataclass(frozen=True)
class Job:
    """One recording to transcribe. source: its name in the events; output: file to write, or None; tuning_cents: by
    which the piano lies above A4 = 440 Hz, None to find it out."""

    audio: Path
    source: str
    output: Path | None
    format: str = "mid"
    delay: str = "studio"
    channel: Channel = "auto"
    start_s: float = 0.0
    end_s: float | None = None
    settings: DecoderSettings = field(default_factory=DecoderSettings)
    model: Path | None = None
    device: str = "auto"
    tuning_cents: float | None = None


@dataclass(frozen=True)
class Outcome:
    """How a job ended. events: the whole stream, if they were wanted; error: None when all went well;
    warnings: what a player should know of the recording."""

    job: Job
    events: tuple[Event, ...] = ()
    error: LisztenError | None = None
    warnings: tuple[Said, ...] = ()


def run_job(
    job: Job,
    publish: Callable[[Event], None],
    stdout: BinaryIO | None = None,
    warn: Callable[[Said], None] = lambda _said: None,
) -> None:
    """Transcribe one recording; `publish` gets every event, `warn` what a player should know of the recording. The
    file goes to `job.output`, else to `stdout` if given.

    Raises LisztenError.
    """
    target = job.output or stdout
    sink = None if target is None else FileSink(FORMATS[job.format], target)
    model = _model(job.model, job.device)
    stretch = (job.start_s, job.end_s)
    how = (job.delay, job.settings, *stretch, job.channel, job.tuning_cents)
    for event in transcribe_file(job.audio, model, *how, warn):
        if isinstance(event, StreamStarted):
            event = replace(event, source=job.source)
            if sink is not None:
                sink.open(event)
        elif sink is not None:
            sink.send(event)
        publish(event)
    if sink is not None:
        sink.close()


def run_jobs(
    jobs: Sequence[Job], workers: int, keep_events: bool, progress: Callable[[Job, float], None]
) -> Generator[Outcome]:
    """Run jobs in `workers` processes and give the outcomes as they come; `progress(job, seconds transcribed)`.

    Closing the iterator ends the processes; no half-written file stays.
    """
    waiting = list(reversed(jobs))
    pool = [Worker(keep_events) for _ in range(min(workers, len(jobs)))]
    busy: dict[Connection, Worker] = {}
    try:
        for worker in pool:
            busy[worker.begin(waiting.pop())] = worker
        while busy:
            for pipe in wait(list(busy)):
                worker = busy.pop(pipe)  # type: ignore[call-overload]
                answer = worker.answer()
                if isinstance(answer, float):
                    progress(worker.job, answer)
                    busy[worker.pipe] = worker
                    continue
                if waiting:
                    busy[worker.begin(waiting.pop())] = worker
                yield answer
    finally:
        for worker in pool:
            worker.end()


class Worker:
    """A worker process and the job that it does. keep_events: whether its outcomes hold them; body: the function that
    the process runs, "module:function", with a pipe and keep_events."""

    job: Job
    pipe: Connection

    def __init__(self, keep_events: bool, body: str = "realtime.transcription.batch:work") -> None:
        self.body = body
        self._keep_events = keep_events
        self._process: SpawnProcess | None = None

    def begin(self, job: Job) -> Connection:
        """Give it a job, in a new process if the last one has died; the pipe on which it answers.

        Raises OSError when it dies at this very moment.
        """
        if self._process is not None and not self._process.is_alive():
            self.end()
        if self._process is None:
            self.pipe, theirs = process.pipe()
            self._process = process.spawn(self.body, "transcriber", theirs, self._keep_events)
            theirs.close()
        self.job = job
        self.pipe.send(job)
        return self.pipe

    def lower_priority(self) -> None:
        """Let other programs, and a live stream, go first; without effect where the system has no priorities."""
        if self._process is not None:
            process.give_way(self._process)

    def answer(self) -> float | Outcome:
        """Seconds transcribed so far, or the outcome; a process that died has failed at its job."""
        try:
            answer: float | Outcome = self.pipe.recv()
        except (EOFError, OSError):
            self.end()
            return Outcome(self.job, error=FileError(WORKER_DIED(audio=self.job.source)))
        return answer

    def end(self) -> None:
        """End the process, in the middle of its job if need be."""
        if self._process is not None:
            self._process.terminate()
            process.end(self._process, WORKER_S)
            self.pipe.close()
            self._process = None


def work(pipe: Connection, keep_events: bool) -> None:
    """Body of a worker process: jobs come in, seconds transcribed and outcomes go out."""
    serve(pipe, lambda job: _outcome(job, pipe, keep_events))


def serve(pipe: Connection, outcome: Callable[[Job], Outcome]) -> None:
    """Do the jobs that come in, until the parent closes the pipe or ends the process."""

    def leave() -> None:
        raise SystemExit

    process.on_terminate(leave)
    with suppress(EOFError):
        while True:
            pipe.send(outcome(pipe.recv()))


def _outcome(job: Job, pipe: Connection, keep_events: bool) -> Outcome:
    events: list[Event] = []
    warnings: list[Said] = []

    def publish(event: Event) -> None:
        if keep_events:
            events.append(event)
        pipe.send(float(getattr(event, "emitted", 0.0)))

    try:
        run_job(job, publish, warn=warnings.append)
    except LisztenError as error:
        return Outcome(job, error=error, warnings=tuple(warnings))
    return Outcome(job, tuple(events), warnings=tuple(warnings))


@functools.cache
def _model(path: Path | None, device: str) -> OnnxStep:
    """The model, loaded once a process."""
    return OnnxStep(path or shipped_model(), device)
