"""A take as it is being recorded: the folder with `audio.wav`, `notes.jsonl` and `notes.mid`.

Sound and events of both stages (`realtime.takes.stages`) are written to the disk at once; the MIDI file is written when
the take ends, and can be made from the events (`realtime.takes.folder.open_take`) when the process was killed before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from io import FileIO
from pathlib import Path
from typing import TypeVar

from realtime.audio.wav import WavRecorder
from realtime.clock import DECIMALS, samples, seconds
from realtime.contract import FloatArray
from realtime.errors import FileError
from realtime.events import End, Event, Gap, Kept, NoteOff, NoteOn, Pedal, Stage, StreamStarted, to_json
from realtime.midi.file import midi_bytes
from realtime.notes import Sounding
from realtime.system.storage import is_in_place, reason, replace_file, write_all
from realtime.takes.folder import AUDIO, EVENTS, MIDI, completed, new_take_folder, read_lines
from realtime.takes.recent import Past
from realtime.takes.stages import kept_events
from realtime.takes.trimming import LEAD_S, Ending, Lead, end_of
from realtime.words import Phrase

UNSAVED = Phrase("take.unsaved", "The take cannot be saved any further: {why}. What was recorded is kept in {folder}.")
GONE = Phrase("take.gone", "The take cannot be saved any further: its folder {folder} was removed or moved.")
CHECK_S = 1.0
Sent = TypeVar("Sent", bound=NoteOn | NoteOff | Pedal | Gap | End)


class TakeSink:
    """Records one take into a new folder under `parent`; `folder` is its path once it is open.

    begin: absolute sample index of the stream at which the take begins; the take's own times, its notes and when it
    started count from there. The take is over with the End that it is sent: what comes later is left out, but for kept
    events of what was before. If their End does not come, what was sent takes the place of those that are missing.
    opened: called with the folder once it is there. past: sound and events before `begin` with which the take begins.
    trims: whether silence before the first note and after the last is left out; until there is a note, all is kept.
    Raises FileError when it cannot be saved; the part that was saved is kept. That its files are still there is looked
    at once a second, and at the end.
    """

    def __init__(
        self,
        parent: Path,
        begin: int = 0,
        opened: Callable[[Path], None] | None = None,
        past: Past | None = None,
        trims: bool = False,
    ) -> None:
        self._parent = parent
        self._opened = opened
        self._past = past
        self._begin = begin if past is None else past.begin
        self._begin_s = 0.0
        self._sent, self._kept = _Stage(), _Stage()
        self._stream: StreamStarted | None = None
        self._end: End | None = None
        self._complete = False
        self._file: FileIO | None = None
        self._wav: WavRecorder | None = None
        self._check_at = self._begin
        self._trims = trims
        self._lead: Lead | None = None  # until the first note
        self._pedals: dict[Stage, Pedal] = {}  # as it was last
        self._endings: dict[Stage, Ending] = {"live": Ending(), "kept": Ending()}
        self.folder = parent

    def open(self, stream: StreamStarted) -> None:
        """Make the folder and begin its files."""
        self.folder = new_take_folder(self._parent)
        self._begin_s = seconds(self._begin, stream.sample_rate)
        if self._trims and self._past is None:
            self._lead = Lead(stream.sample_rate)
        self._stream = _later(stream, self._begin_s)
        self._wav = WavRecorder(self.folder / AUDIO)
        self._wav.open(stream)
        with self._saving():
            self._file = (self.folder / EVENTS).open("xb", buffering=0)
        self._write(self._stream)
        if self._opened is not None:
            self._opened(self.folder)
        if self._past is not None:
            self._begin_with(self._past)
            self._past = None

    def send(self, event: Event) -> None:
        """Write an event that was sent, when it belongs to the take."""
        if self._end is not None or isinstance(event, StreamStarted):
            return
        self._look_for_begin(event, "live")
        if self._sent.belongs(event, self._begin_s):
            if isinstance(event, End):
                self._end = event = self._sent.end(self._without_silence(event))
            self._endings["live"].observe_event(event)
            self._write(self._shifted(event), "live")

    def keep(self, kept: Kept) -> None:
        """Write an event that is kept, when it belongs to the take."""
        event = kept.event
        if isinstance(event, End):
            end = self._shifted(event if self._end is None else min(event, self._end, key=lambda end: end.time))
            for release in self._kept.sounding.releases(end.time):
                self._write(release, "kept")
            self._write(self._kept.end(end), "kept")
            self._complete = True
            return
        self._look_for_begin(event, "kept")
        if (self._end is None or event.time < self._end.time) and self._kept.belongs(event, self._begin_s):
            self._endings["kept"].observe_event(event)
            shifted = self._shifted(event)
            self._kept.sounding.observe_event(shifted)
            self._write(shifted, "kept")

    def audio(self, position: int, block: FloatArray) -> None:
        """Write mono samples."""
        assert self._wav is not None and self._stream is not None
        if self._end is not None:
            return
        if position >= self._check_at:
            self._check_at = position + samples(CHECK_S, self._stream.sample_rate)
            self._require_in_place()
        if self._lead is not None:
            self._lead.keep(position, block)
        with self._saving():
            self._wav.audio(position - self._begin, block)

    def close(self) -> None:
        """Finish the sound and the events, then write the MIDI file; not where the folder is gone."""
        with self._saving(), ExitStack() as parts:
            if self._stream is not None and self._file is not None and not self._gone:
                parts.callback(self._write_midi, self._stream)
            if self._file is not None:
                parts.callback(self._file.close)
            if self._end is not None and not self._complete and not self._gone:
                parts.callback(self._complete_kept, self._shifted(self._end))
            if self._wav is not None:
                parts.callback(self._wav.close)
            if self._file is not None:
                parts.callback(self._require_in_place)  # what was pushed last comes first

    def _look_for_begin(self, event: Event, stage: Stage) -> None:
        """Let the take begin a second before its first note, if this is that."""
        if self._lead is None:
            return
        if isinstance(event, Pedal):
            self._pedals[stage] = event
        elif isinstance(event, NoteOn) and event.time >= self._begin_s:
            assert self._stream is not None and self._wav is not None and self._file is not None
            rate = self._stream.sample_rate
            begin, sound = self._lead.since(samples(event.time - LEAD_S, rate))
            self._lead = None
            if begin > self._begin:
                with self._saving():
                    self._wav.shorten(0)
                    self._wav.pcm(sound)
                    self._file.seek(0)
                    self._file.truncate()
                self._begin_again(begin, seconds(begin, rate))

    def _begin_again(self, begin: int, begin_s: float) -> None:
        """Write from another begin on, with the pedal as it was then."""
        assert self._stream is not None
        self._stream = _later(self._stream, begin_s - self._begin_s)
        self._begin, self._begin_s = begin, begin_s
        self._sent, self._kept = _Stage(), _Stage()
        self._write(self._stream)
        for stage, pedal in self._pedals.items():
            shifted = self._shifted(pedal)
            if stage == "kept":
                self._kept.sounding.observe_event(shifted)
            self._write(shifted, stage)

    def _without_silence(self, end: End) -> End:
        """The end, with the sound up to there, once the last note has rung."""
        assert self._stream is not None and self._wav is not None
        end_s = end_of(self._endings.values(), end.time)
        if not self._trims or end_s == end.time:
            return end
        with self._saving():
            self._wav.shorten(samples(end_s - self._begin_s, self._stream.sample_rate))
        return replace(end, time=end_s, emitted=end_s)

    def _begin_with(self, past: Past) -> None:
        """Write the past; notes that were struck before it are left out, with their note-offs."""
        assert self._wav is not None
        with self._saving():
            for data in past.sound:
                self._wav.pcm(data)
        for event in past.events_since_begin():
            self.send(event)
        for event in past.kept_since_begin():
            self.keep(Kept(event))

    def _complete_kept(self, end: End) -> None:
        for event, _ in completed(list(read_lines(self.folder / EVENTS)), end.time, end.reason):
            self._write(event, "kept")

    def _shifted(self, event: Sent) -> Sent:
        return replace(event, time=self._since(event.time), emitted=self._since(event.emitted))

    def _since(self, time_s: float) -> float:
        return round(max(time_s - self._begin_s, 0.0), DECIMALS)

    @property
    def _gone(self) -> bool:
        """Whether its files were removed, or lie somewhere else."""
        assert self._file is not None and self._wav is not None
        return not (is_in_place(self._file, self.folder / EVENTS) and self._wav.in_place)

    def _require_in_place(self) -> None:
        if self._gone:
            raise FileError(GONE(folder=self.folder))

    def _write(self, event: Event, stage: Stage | None = None) -> None:
        assert self._file is not None
        whole = self._file.tell()
        with self._saving():
            try:
                write_all(self._file, (to_json(event, stage) + "\n").encode())
            except OSError:
                self._file.truncate(whole)
                raise

    def _write_midi(self, stream: StreamStarted) -> None:
        """Of the events on the disk: those of an hour would take 10 MB of memory."""
        lines = read_lines(self.folder / EVENTS)
        kept = (event for event, stage in lines if stage != "live") if self._complete else kept_events(lines)
        replace_file(self.folder / MIDI, midi_bytes(stream, kept))

    @contextmanager
    def _saving(self) -> Iterator[None]:
        """What the system refuses is told as a failure of the take. Raises FileError."""
        try:
            yield
        except OSError as error:
            raise FileError(UNSAVED(why=reason(error), folder=self.folder)) from error
        except FileError as error:
            if not isinstance(error.__cause__, OSError):
                raise
            raise FileError(UNSAVED(why=reason(error.__cause__), folder=self.folder)) from error


def _later(stream: StreamStarted, by_s: float) -> StreamStarted:
    """A stream that started so much later."""
    started = datetime.fromisoformat(stream.started) + timedelta(seconds=by_s)
    return replace(stream, started=f"{started:%Y-%m-%dT%H:%M:%SZ}")


class _Stage:
    """What of one stage was written: how much, and what of it sounds."""

    def __init__(self) -> None:
        self.sounding = Sounding()
        self._held: set[int] = set()
        self._notes = self._gaps = 0

    def belongs(self, event: Event, begin_s: float) -> bool:
        """Whether an event is part of the take; notes struck before it began are not, nor are their note-offs."""
        if isinstance(event, NoteOn) and event.time >= begin_s:
            self._held.add(event.pitch)
            self._notes += 1
            return True
        if isinstance(event, NoteOff) and event.pitch in self._held:
            self._held.remove(event.pitch)
            return True
        self._gaps += isinstance(event, Gap)
        return not isinstance(event, (NoteOn, NoteOff))

    def end(self, end: End) -> End:
        """With what the take has in this stage."""
        return replace(end, notes=self._notes, gaps=self._gaps)
