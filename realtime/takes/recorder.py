"""A take as it is being recorded: the folder with `audio.wav`, `notes.jsonl` and `notes.mid`.

Sound and events are written to the disk at once; the MIDI file is written when the take ends, and can be made from the
events (`realtime.takes.folder.open_take`) when the process was killed before.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime, timedelta
from io import FileIO
from pathlib import Path

from realtime.audio.wav import WavRecorder
from realtime.clock import DECIMALS, seconds
from realtime.contract import FloatArray
from realtime.errors import FileError
from realtime.events import End, Event, Gap, NoteOff, NoteOn, StreamStarted, to_json
from realtime.midi.file import midi_bytes
from realtime.system.storage import reason, replacing, write_all
from realtime.takes.folder import AUDIO, EVENTS, MIDI, new_take_folder
from realtime.takes.recent import Past
from realtime.words import Phrase

UNSAVED = Phrase("take.unsaved", "The take cannot be saved any further: {why}. What was recorded is kept in {folder}.")


class TakeSink:
    """Records one take into a new folder under `parent`; `folder` is its path once it is open.

    begin: absolute sample index of the stream at which the take begins; the take's own times, its notes and when it
    started count from there.
    opened: called with the folder once it is there. past: sound and events before `begin` with which the take begins.
    Raises FileError when it cannot be saved; the part that was saved is kept.
    """

    def __init__(
        self,
        parent: Path,
        begin: int = 0,
        opened: Callable[[Path], None] | None = None,
        past: Past | None = None,
    ) -> None:
        self._parent = parent
        self._opened = opened
        self._past = past
        self._begin = begin if past is None else past.begin
        self._begin_s = 0.0
        self._held: set[int] = set()
        self._stream: StreamStarted | None = None
        self._events: list[Event] = []
        self._file: FileIO | None = None
        self._wav: WavRecorder | None = None
        self.folder = parent

    def open(self, stream: StreamStarted) -> None:
        """Make the folder and begin its files."""
        self.folder = new_take_folder(self._parent)
        self._begin_s = seconds(self._begin, stream.sample_rate)
        started = datetime.fromisoformat(stream.started) + timedelta(seconds=self._begin_s)
        self._stream = stream = replace(stream, started=f"{started:%Y-%m-%dT%H:%M:%SZ}")
        self._wav = WavRecorder(self.folder / AUDIO)
        self._wav.open(stream)
        try:
            self._file = (self.folder / EVENTS).open("xb", buffering=0)
        except OSError as error:
            raise self._unsaved(error) from error
        self._write(stream)
        if self._opened is not None:
            self._opened(self.folder)
        if self._past is not None:
            self._begin_with(self._past)
            self._past = None

    def send(self, event: Event) -> None:
        """Write one event, when it belongs to the take."""
        if self._belongs(event) and not isinstance(event, StreamStarted):
            shifted = replace(event, time=self._since(event.time), emitted=self._since(event.emitted))
            if isinstance(shifted, End):
                shifted = replace(shifted, notes=self._count(NoteOn), gaps=self._count(Gap))
            self._events.append(shifted)
            self._write(shifted)

    def audio(self, position: int, block: FloatArray) -> None:
        """Write mono samples."""
        assert self._wav is not None
        try:
            self._wav.audio(position - self._begin, block)
        except FileError as error:
            raise self._unsaved(error.__cause__) from error

    def close(self) -> None:
        """Finish the sound and the events, then write the MIDI file."""
        with ExitStack() as parts:
            if self._stream is not None and self._file is not None:
                parts.callback(self._write_midi, self._stream)
            if self._file is not None:
                parts.callback(self._file.close)
            if self._wav is not None:
                parts.callback(self._wav.close)

    def _begin_with(self, past: Past) -> None:
        """Write the past; notes that were struck before it are left out, with their note-offs."""
        assert self._wav is not None
        try:
            for data in past.sound:
                self._wav.pcm(data)
        except FileError as error:
            raise self._unsaved(error.__cause__) from error
        for event in past.events_since_begin():
            self.send(event)

    def _belongs(self, event: Event) -> bool:
        """Whether an event is part of the take; notes struck before it began are not, nor are their note-offs."""
        if isinstance(event, NoteOn) and event.time >= self._begin_s:
            self._held.add(event.pitch)
            return True
        if isinstance(event, NoteOff) and event.pitch in self._held:
            self._held.remove(event.pitch)
            return True
        return not isinstance(event, (NoteOn, NoteOff))

    def _count(self, kind: type[Event]) -> int:
        return sum(isinstance(event, kind) for event in self._events)

    def _since(self, time_s: float) -> float:
        return round(max(time_s - self._begin_s, 0.0), DECIMALS)

    def _write(self, event: Event) -> None:
        assert self._file is not None
        whole = self._file.tell()
        try:
            write_all(self._file, (to_json(event) + "\n").encode())
        except OSError as error:
            self._file.truncate(whole)
            raise self._unsaved(error) from error

    def _write_midi(self, stream: StreamStarted) -> None:
        with replacing(self.folder / MIDI) as file:
            file.write(midi_bytes(stream, self._events))

    def _unsaved(self, error: BaseException | None) -> FileError:
        why = reason(error) if isinstance(error, OSError) else str(error)
        return FileError(UNSAVED(why=why, folder=self.folder))
