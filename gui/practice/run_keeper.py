"""The runs of lessons are kept: recorded from their begin on, and written when they have ended."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from gui.practice.past_runs import PastRuns
from realtime.engine.messages import Message, RecordRun
from realtime.practice.runs import Run
from realtime.practice.takes.recorder import RunRecorder, worth_a_take
from realtime.practice.verdicts import Marked, Missed


class Keeper:
    """What a lesson tells of its runs; this one keeps none."""

    def begin(self) -> None:
        """A run begins, or goes on."""

    def pause(self) -> None:
        """It stands still."""

    def end(self, run: Run | None, verdicts: Sequence[Marked | Missed]) -> None:
        """It has ended. run: what is kept of it, None where nothing was played."""


class RunKeeper(Keeper):
    """send: gives the engine an order. past: the runs on disk; folder: in which they lie."""

    def __init__(self, send: Callable[[RecordRun], None], past: PastRuns, folder: Path) -> None:
        self._send, self._past = send, past
        self._recorder = RunRecorder(folder)
        self._piece: Path | None = None

    def open(self, piece: Path) -> None:
        """Another piece is practised."""
        self._piece = piece

    def observe(self, message: Message) -> None:
        """The next message of the engine."""
        self._recorder.observe(message)

    def begin(self) -> None:
        if self._recorder.recording:
            self._recorder.go_on()
        else:
            self._recorder.begin(self._send)

    def pause(self) -> None:
        self._recorder.pause()

    def end(self, run: Run | None, verdicts: Sequence[Marked | Missed]) -> None:
        self._recorder.end(run is not None and worth_a_take(False, run.seconds))
        if run is not None and self._piece is not None:
            self._past.keep(run, self._piece, self._recorder.kept, verdicts)
