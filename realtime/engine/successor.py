"""What the parent of an engine must know to end a stream, and a take, in the place of an engine that has died."""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from realtime.clock import DECIMALS
from realtime.engine.messages import Message, Notice, RunClosed, RunStarted, Status, TakeSaved, TakeStarted
from realtime.errors import FileError, said
from realtime.events import End, Gap, NoteOff, NoteOn, Pedal, StreamStarted
from realtime.notes import Sounding
from realtime.system.shutdown import TAKE_S
from realtime.takes.folder import UNFINISHED, finish_take
from realtime.words import Phrase

logger = logging.getLogger(__name__)
NOT_FINISHED = Phrase("take.not_finished", "The take in {folder} could not be finished: {why}.")


class StreamState:
    """The running stream as its messages tell it. clock_s: the last known moment of it, s.

    now, everywhere: monotonic time, s.
    """

    def __init__(self) -> None:
        self.clock_s = 0.0
        self._clock_at = 0.0
        self._sounding = Sounding()
        self._notes = self._gaps = 0

    def observe(self, message: Message, now: float) -> None:
        """The next message."""
        match message:
            case StreamStarted():
                self._sounding = Sounding()
                self._notes = self._gaps = 0
                self.clock_s, self._clock_at = 0.0, now
            case NoteOn() | NoteOff() | Pedal() | Gap():
                self._sounding.observe_event(message)
                self._notes += isinstance(message, NoteOn)
                self._gaps += isinstance(message, Gap)
                self._synchronise(message.emitted, now)
            case Status():
                self._synchronise(message.time, now)

    def releases(self) -> list[NoteOff | Pedal]:
        """The events that end what sounds, now."""
        releases = self._sounding.releases(self.clock_s)
        self._sounding = Sounding()
        return releases

    def end(self, reason: str) -> End:
        """The End that the engine can give no more."""
        return End(self.clock_s, self.clock_s, self._notes, self._gaps, reason)

    def gap(self, now: float) -> Gap:
        """The sound that was lost from the last known moment until `now`."""
        return Gap(self.clock_s, self.clock_s, round(now - self._clock_at, DECIMALS))

    def _synchronise(self, time_s: float, now: float) -> None:
        if time_s >= self.clock_s:
            self.clock_s, self._clock_at = time_s, now


class OpenTakes:
    """The takes that an engine has begun and not completed; `finish` completes those that it left, in a thread."""

    def __init__(self) -> None:
        self._open: dict[Path, TakeSaved | RunClosed] = {}  # and what is told when they are complete
        self._finishing: dict[Path, threading.Thread] = {}
        self._reports: queue.SimpleQueue[TakeSaved | RunClosed | Notice] = queue.SimpleQueue()

    def observe(self, message: Message) -> None:
        """The next message."""
        match message:
            case TakeStarted(folder=folder):
                self._open[folder] = TakeSaved(folder)
            case RunStarted(folder=folder):
                self._open[folder] = RunClosed(folder)
            case TakeSaved(folder=folder) | RunClosed(folder=folder):
                self._open.pop(folder, None)
            case Notice(said=said):  # of a take that failed, and of which that was said
                for folder in [folder for folder in self._open if ("folder", str(folder)) in said.values]:
                    del self._open[folder]

    def finish(self) -> None:
        """Begin to complete what a dead engine has left. Never waits."""
        for folder, complete in self._open.items():
            thread = threading.Thread(target=self._finish, args=(folder, complete), name="finish take", daemon=True)
            self._finishing[folder] = thread
            thread.start()
        self._open.clear()

    def reports(self) -> Iterator[TakeSaved | RunClosed | Notice]:
        """What has become of them since the last call."""
        while not self._reports.empty():
            yield self._reports.get()

    def close(self) -> Iterator[TakeSaved | RunClosed | Notice]:
        """Complete what is left; what becomes of it within TAKE_S."""
        self.finish()
        until = time.monotonic() + TAKE_S
        for folder, thread in self._finishing.items():
            thread.join(max(until - time.monotonic(), 0.0))
            if thread.is_alive():
                yield Notice("take", UNFINISHED(folder=folder), FileError.exit_code)
        yield from self.reports()

    def _finish(self, folder: Path, complete: TakeSaved | RunClosed) -> None:
        try:
            finish_take(folder)
        except Exception as error:
            logger.exception("a take that was left behind cannot be finished")
            why = said(error, NOT_FINISHED(folder=folder, why=str(error)))
            self._reports.put(Notice("take", why, FileError.exit_code))
        else:
            self._reports.put(complete)
