"""The take of a run: an engine records it from the run's begin to its end, beside a take of the player's own."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from realtime.engine.messages import Message, RecordRun, RunClosed, RunStarted, Status
from realtime.errors import FileError
from realtime.events import NoteOn, StreamStarted
from realtime.practice.takes.practised import RunTake, delete_take
from realtime.system.storage import make_folder
from realtime.transcription.expected import Heard

logger = logging.getLogger(__name__)
SHORT_S = 3.0  # a run that is shorter is counted, and has no take
QUIET_S = 60.0  # after so long without a note nothing more is recorded of a run


class RunRecorder:
    """Tells an engine when a run begins and ends. folder: under which the takes of runs lie. kept: the take of the last
    run that has ended, None where it was not worth it, or could not be recorded.

    A run in which nobody plays for QUIET_S has its take up to there; as long as nothing was played at all, the take
    begins anew, or waits for the end of a pause.
    """

    def __init__(self, folder: Path) -> None:
        self.kept: RunTake | None = None
        self._folder = folder
        self._send: Callable[[RecordRun], None] = lambda _order: None
        self._recording = False
        self._number = 0  # of the last take
        self._take: RunTake | None = None  # of the present run, once it is there
        self._paused = self._played = self._cut = False  # the present run; cut: nothing more is recorded of it
        self._now_s = self._since_s = 0.0  # the stream's clock; since when nobody plays
        self._worthless: set[Path] = set()  # to be deleted when they are complete
        self._closed: set[Path] = set()

    @property
    def recording(self) -> bool:
        """Whether a run has begun that has not ended."""
        return self._recording

    def begin(self, send: Callable[[RecordRun], None]) -> None:
        """A run begins. send: gives an order to the engine. A folder that cannot be made is logged: a run without a
        take is a run."""
        self._send, self._recording = send, True
        self._paused = self._played = self._cut = False
        try:
            make_folder(self._folder)
        except FileError as error:
            logger.warning("practice: %s", error)
            self._recording = False
            return
        self._begin_take()

    def pause(self) -> None:
        """The run stands still: what is played meanwhile is none of it."""
        self._paused, self._since_s = True, self._now_s

    def go_on(self) -> None:
        """It does so no more."""
        self._paused, self._since_s = False, self._now_s
        if self._cut and not self._played:
            self._drop_take()
            self._begin_take()

    def observe(self, message: Message) -> None:
        """The next message of the engine."""
        match message:
            case StreamStarted() if self._recording and self._take is None:
                self._order()  # that before was for a stream which had not begun
            case StreamStarted() if self._recording and self._take is not None:
                self._take = replace(self._take, whole=False)
            case RunStarted(folder=folder, begin_s=begin_s, number=number):
                if self._recording and number == self._number:
                    self._take, self._since_s = RunTake(folder, begin_s), begin_s
                else:  # it had ended before
                    self._worthless.add(folder)
            case RunClosed(folder=folder):
                self._closed.add(folder)
                self._tidy()
            case NoteOn(emitted=now_s) | Heard(emitted=now_s) if self._recording and not self._paused:
                self._played, self._since_s = True, now_s
            case Status(time=now_s):
                self._now_s = now_s
                if now_s >= self._since_s + QUIET_S and self._take is not None and not self._cut:
                    self._end_quiet(self._take)

    def end(self, worth: bool) -> None:
        """The run ends. worth: whether its take is to be kept; else it is deleted once it is complete."""
        if self._recording and not self._cut:
            self._send(RecordRun(None))
        self._recording = False
        self.kept = self._take if worth else None
        if not worth:
            self._drop_take()
        self._take = None

    def _end_quiet(self, take: RunTake) -> None:
        """Nobody has played for long."""
        self._send(RecordRun(None))
        self._take, self._cut = replace(take, end_s=self._now_s), True
        if not self._played and not self._paused:
            self._drop_take()
            self._begin_take()

    def _begin_take(self) -> None:
        self._take, self._cut = None, False
        self._number += 1
        self._order()

    def _drop_take(self) -> None:
        if self._take is not None:
            self._worthless.add(self._take.folder)
            self._tidy()

    def _order(self) -> None:
        self._send(RecordRun(self._folder, self._number))

    def _tidy(self) -> None:
        for folder in self._worthless & self._closed:
            delete_take(folder)
            self._worthless.discard(folder)


def worth_a_take(empty: bool, seconds: float) -> bool:
    """Whether a run is worth its sound. empty: whether nothing was played; seconds: how long it took."""
    return not empty and seconds >= SHORT_S
