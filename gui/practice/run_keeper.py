"""The runs of lessons are kept: recorded from their begin on, and written when they have ended."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from gui.practice.past_runs import PastRuns
from realtime.engine.messages import Message, RecordRun
from realtime.practice.runs import Run
from realtime.practice.takes.recorder import RunRecorder, worth_a_take
from realtime.practice.verdicts import Marked, Missed

PAUSE_S = 60.0  # after so long a pause nothing more is recorded of a run


class Keeper:
    """What a lesson tells of its runs; this one keeps none."""

    def begin(self) -> None:
        """A run begins, or goes on."""

    def pause(self, now: float) -> None:
        """It stands still. now: monotonic time, s."""

    def end(self, run: Run | None, verdicts: Sequence[Marked | Missed]) -> None:
        """It has ended. run: what is kept of it, None where nothing was played."""


class RunKeeper(Keeper):
    """send: gives the engine an order. past: the runs on disk; folder: in which they lie."""

    def __init__(self, send: Callable[[RecordRun], None], past: PastRuns, folder: Path) -> None:
        self._send, self._past = send, past
        self._recorder = RunRecorder(folder)
        self._piece: Path | None = None
        self._paused_at: float | None = None
        self._cut = False  # whether a long pause has ended the take of the present run

    def open(self, piece: Path) -> None:
        """Another piece is practised."""
        self._piece = piece

    def observe(self, message: Message) -> None:
        """The next message of the engine."""
        self._recorder.observe(message)

    def begin(self) -> None:
        self._paused_at = None
        if self._cut and self._recorder.kept is not None:  # it goes on beyond its take
            self._recorder.kept = replace(self._recorder.kept, whole=False)
        elif not self._recorder.recording and not self._cut:
            self._recorder.begin(self._send)

    def pause(self, now: float) -> None:
        self._paused_at = now

    def tick(self, now: float) -> None:
        """Time goes by."""
        if self._paused_at is not None and now >= self._paused_at + PAUSE_S and self._recorder.recording:
            self._recorder.end(worth=True)
            self._cut = True

    def end(self, run: Run | None, verdicts: Sequence[Marked | Missed]) -> None:
        if self._recorder.recording:
            self._recorder.end(run is not None and worth_a_take(False, run.seconds))
        take, self._recorder.kept = self._recorder.kept, None
        self._cut, self._paused_at = False, None
        if run is not None and self._piece is not None:
            self._past.keep(run, self._piece, take, verdicts)
