"""The work of `liszten transcribe`: where files go, progress, and the summary at the end."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from realtime.audio.files import open_audio
from realtime.cli.console import Console, json_output, notice_line, print_json
from realtime.errors import FileError, LisztenError, ModelError, UsageError
from realtime.events import Event, to_json
from realtime.system.storage import make_folder, plain_name, require_writable
from realtime.transcription.batch import Job, Outcome, run_job, run_jobs
from realtime.words import Phrase, Said

TWICE = Phrase("transcribe.twice", "Several recordings would become {path}. Rename one, or give it a run of its own.")
ONE_AT_A_TIME = Phrase(
    "transcribe.one_at_a_time", "Standard output takes one recording at a time. Use -o DIR for several."
)
EXISTS = Phrase("transcribe.exists", "There is already {names}. Use --overwrite, or -o for another folder.")
MORE_EXIST = Phrase(
    "transcribe.more_exist", "There is already {names} and {more} more. Use --overwrite, or -o for another folder."
)
STANDARD_INPUT = Phrase("transcribe.standard_input", "Standard input")

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress

STANDARD = Path("-")
SOME_FAILED = 7
NAMED_IN_THE_WAY = 5


class Progress(Protocol):
    """Shows how far the recordings are."""

    def advance(self, job: Job, time_s: float) -> None:
        """`job` has come to `time_s`."""

    def done(self, job: Job) -> None:
        """`job` has ended."""


class Transcription:
    """A run over some recordings. template: a Job without its paths; output: folder, "-" or None (beside each)."""

    def __init__(self, template: Job, output: Path | None, json: bool, overwrite: bool, console: Console) -> None:
        self._template = template
        self._output = output
        self._json = json
        self._overwrite = overwrite
        self._console = console

    def run(self, recordings: Sequence[Path], workers: int | None) -> int:
        """Transcribe all; the exit status: 0, or 7 when some of several failed.

        Raises the LisztenError of a single recording, or one that concerns them all.
        """
        begun = time.monotonic()
        with _spooled(recordings) as spooled:
            jobs = [self._job(recording, spooled) for recording in recordings]
            self._check_outputs(jobs)
            workers = min(workers or os.cpu_count() or 1, len(jobs))
            outcomes = self._alone(jobs[0]) if len(jobs) == 1 else self._together(jobs, workers)
            failures = [outcome for outcome in outcomes if outcome.error is not None]
        written = len(jobs) - len(failures)
        if not self._json and len(jobs) > 1:
            self._console.say(f"{written} of {len(jobs)} recordings in {time.monotonic() - begun:.0f} s.")
        return SOME_FAILED if failures else 0

    def _job(self, recording: Path, spooled: Path | None) -> Job:
        name = "stdin" if recording == STANDARD else recording.stem
        to_stdout = self._output == STANDARD or (recording == STANDARD and self._output is None)
        folder = recording.parent if self._output is None else self._output
        output = (
            None if to_stdout or (self._json and self._output is None) else folder / f"{name}.{self._template.format}"
        )
        audio = spooled if recording == STANDARD and spooled is not None else recording
        return replace(self._template, audio=audio, source=plain_name(recording), output=output)

    def _check_outputs(self, jobs: Sequence[Job]) -> None:
        """Raises FileError when a file exists or its folder cannot be written, UsageError when two recordings
        would become one file."""
        outputs = [job.output for job in jobs if job.output is not None]
        twice = [path for path, count in Counter(outputs).items() if count > 1]
        if twice:
            raise UsageError(TWICE(path=twice[0]))
        if self._output == STANDARD and len(jobs) > 1 and not self._json:
            raise UsageError(ONE_AT_A_TIME())
        in_the_way = [str(path) for path in outputs if path.exists()]
        if in_the_way and not self._overwrite:
            left = len(in_the_way) - NAMED_IN_THE_WAY
            names = ", ".join(in_the_way[:NAMED_IN_THE_WAY])
            raise FileError(EXISTS(names=names) if left <= 0 else MORE_EXIST(names=names, more=left))
        if self._output is not None and self._output != STANDARD:
            make_folder(self._output)
        for folder in {path.parent for path in outputs}:
            require_writable(folder)

    def _alone(self, job: Job) -> Iterator[Outcome]:
        """One recording, in this process, its events printed as they come. Raises its LisztenError."""
        binary = None if self._json else sys.stdout.buffer
        lines = json_output()
        with _progress([job], self._console) as progress:

            def publish(event: Event) -> None:
                if self._json:
                    lines.write(to_json(event) + "\n")
                progress.advance(job, float(getattr(event, "emitted", 0.0)))

            def warn(said: Said) -> None:
                self._warn(said, job)

            try:
                run_job(job, publish, binary, warn)
            except LisztenError as error:
                raise _named(error, job) from error
            progress.done(job)
        lines.flush()
        yield Outcome(job)

    def _together(self, jobs: Sequence[Job], workers: int) -> Iterator[Outcome]:
        """Several recordings in processes; each one's events are printed when it is done."""
        with (
            _progress(jobs, self._console) as progress,
            closing(run_jobs(jobs, workers, self._json, progress.advance)) as outcomes,
        ):
            for outcome in outcomes:
                progress.done(outcome.job)
                self._print_outcome(outcome)
                yield outcome

    def _print_outcome(self, outcome: Outcome) -> None:
        """Its error or its events. Raises ModelError, which concerns all recordings."""
        if isinstance(outcome.error, ModelError):
            raise outcome.error
        lines = json_output()
        lines.write("".join(to_json(event) + "\n" for event in outcome.events))
        lines.flush()
        for said in outcome.warnings:
            self._warn(said, outcome.job)
        if outcome.error is not None:
            self._console.warn(f"liszten: {_named(outcome.error, outcome.job)}")

    def _warn(self, said: Said, job: Job) -> None:
        """Tell what a player should know of a recording."""
        said = _renamed(said, job)
        self._console.warn(f"liszten: {said}")
        if self._json:
            print_json(notice_line(said))


def _named(error: LisztenError, job: Job) -> LisztenError:
    """The error of a job, without the name of the file into which standard input was copied."""
    return error if Path(job.source) != STANDARD else type(error)(_renamed(error.said, job))


def _renamed(said: Said, job: Job) -> Said:
    if Path(job.source) != STANDARD:
        return said
    return said.phrase(**{n: STANDARD_INPUT() if value == str(job.audio) else value for n, value in said.values})


@contextmanager
def _spooled(recordings: Sequence[Path]) -> Iterator[Path | None]:
    """Standard input as a file, when it is among the recordings: audio must be seekable."""
    if STANDARD not in recordings:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="liszten-") as folder:
        path = Path(folder) / "stdin"
        with path.open("wb") as file:
            shutil.copyfileobj(sys.stdin.buffer, file)
        yield path


@contextmanager
def _progress(jobs: Sequence[Job], console: Console) -> Iterator[Progress]:
    """A progress bar on standard error, when it is a terminal and the command is not quiet."""
    if console.quiet or not sys.stderr.isatty():
        yield _NoProgress()
        return
    from rich.console import Console as RichConsole
    from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as RichProgress

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[done]}"), TimeRemainingColumn())
    with RichProgress(*columns, console=RichConsole(stderr=True), transient=True) as bar:
        yield _BarProgress(bar, jobs)


class _NoProgress:
    def advance(self, job: Job, time_s: float) -> None:
        """Nothing is shown."""

    def done(self, job: Job) -> None:
        """Nothing is shown."""


class _BarProgress:
    """One bar over the sound of all recordings."""

    def __init__(self, bar: RichProgress, jobs: Sequence[Job]) -> None:
        self._bar = bar
        self._lengths = {job: _length(job) for job in jobs}
        self._seconds = dict.fromkeys(jobs, 0.0)
        self._done = 0
        self._task = bar.add_task("Transcribing", total=sum(self._lengths.values()), done=self._count())

    def advance(self, job: Job, time_s: float) -> None:
        """Move the bar."""
        self._seconds[job] = time_s
        if time_s > self._lengths[job]:  # it was unknown, or estimated
            self._lengths[job] = time_s
            self._bar.update(self._task, total=sum(self._lengths.values()))
        self._bar.update(self._task, completed=sum(self._seconds.values()))

    def done(self, job: Job) -> None:
        """Count the recording, whether it went well or not."""
        self._done += 1
        self.advance(job, self._lengths[job])
        self._bar.update(self._task, done=self._count())

    def _count(self) -> str:
        return f"{self._done}/{len(self._lengths)}"


def _length(job: Job) -> float:
    """Seconds of a recording that will be transcribed; 0 when unknown."""
    try:
        audio = open_audio(job.audio)
    except LisztenError:
        return 0.0
    whole = audio.length_s or 0.0
    return max(min(whole, whole if job.end_s is None else job.end_s) - job.start_s, 0.0)
