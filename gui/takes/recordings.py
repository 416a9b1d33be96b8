"""Recordings that are transcribed in the background: files that become takes, and takes that are transcribed again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from gui.state.controller import Controller
from gui.takes.library import BEST, Row
from gui.takes.transcriptions import LISZTEN, Transcription, Transcriptions
from realtime.events import Event, StreamStarted
from realtime.takes.edits import improve_take, take_from_recording
from realtime.takes.folder import take_audio
from realtime.transcription.batch import Job


class Recordings:
    """Recordings in the queue, transcribed with the settings of a controller and the longest delay."""

    def __init__(self, controller: Controller, queue: Transcriptions) -> None:
        self.files: list[Transcription] = []
        self._controller = controller
        self._queue = queue
        self._improving: dict[Path, Transcription] = {}
        self._seen: set[Transcription] = set()

    def transcribe(self, audio: Path) -> None:
        """Queue a file; it becomes a take."""
        parent = self._controller.settings.takes_folder

        def finish(stream: StreamStarted, events: list[Event]) -> Path:
            return take_from_recording(parent, audio, stream, events, audio.stem)

        item = Transcription(audio.name, self._job(audio), finish)
        self.files.append(item)
        self._queue.add(item)

    def improve(self, row: Row, transcriber: str = LISZTEN) -> None:
        """Transcribe a take's recording again, with the longest delay or with another transcriber."""
        if self.improvement(row) is None:

            def finish(stream: StreamStarted, events: list[Event]) -> Path:
                improve_take(row.folder, stream, events)
                return row.folder

            own = replace(self._job(take_audio(row.folder)), tuning_cents=self._controller.settings.tuning_cents)
            item = Transcription(row.name, own, finish, transcriber=transcriber)
            self._improving[row.folder] = item
            self._queue.add(item)

    def is_surest(self, row: Row) -> bool:
        """Whether a take has the surest notes of the model that listens: to hear it once more would give the same. A
        recorded one has them at once, as it keeps the notes of the slowest delay."""
        stream = self._controller.session.stream
        return row.delay == BEST and (stream is None or row.model == stream.model)

    def improvement(self, row: Row) -> Transcription | None:
        """How far the improving of a take is, None when it is not being improved."""
        item = self._improving.get(row.folder)
        return None if item is None or item.over else item

    def cancel(self, item: Transcription) -> None:
        """End a transcription."""
        self._queue.cancel(item)

    def clear_files(self) -> None:
        """Forget what is over."""
        self.files = [item for item in self.files if not item.over]

    def ended(self) -> list[tuple[Transcription, Path | None]]:
        """What is over and was not given before; of an improvement with the folder of its take."""
        folders = {item: folder for folder, item in self._improving.items()}
        items = [item for item in (*self.files, *folders) if item.over and item not in self._seen]
        self._seen.update(items)
        for item in items:
            if item in folders:
                del self._improving[folders[item]]
        return [(item, folders.get(item)) for item in items]

    def close(self) -> None:
        """End all of them."""
        self._queue.close()

    def _job(self, audio: Path) -> Job:
        return Job(audio, audio.name, None, delay=BEST, settings=self._controller.decoder, model=self._controller.model)
