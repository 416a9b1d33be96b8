"""The pages of takes and files for `gui.tools.screenshots`: takes on disk, a replay in mid-air, a queue at work."""

from __future__ import annotations

import time
from collections.abc import Callable
from operator import attrgetter
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from gui.pages.main_window import MainWindow
from gui.pages.takes.gallery import Gallery
from gui.takes.library import Row
from gui.takes.transcriptions import Transcription, TranscriptionState
from gui.widgets.tabs import FILES, TAKES
from realtime.audio.audio_file import BROKEN
from realtime.audio.demo import demo_recording
from realtime.events import Event, NoteOff, NoteOn, Pedal, StreamStarted
from realtime.piano.speaker_messages import Answer, Loop, Sound
from realtime.takes.edits import improve_take, take_from_recording
from realtime.takes.notes import TakeNotes
from realtime.takes.reader import read_take
from realtime.transcription.batch import Job

STREAM = StreamStarted("liszten", "balanced", 0.058, 48_000, "Scarlett 2i2 USB", "2025-11-21T10:00:00Z")
# Date, name, seconds of the demo's notes.
SHELF = (
    ("2025-06-12 17-40-12", "Scales", 8.0),
    ("2025-08-30 10-32-00", "Nocturne op. 9 no. 2, slowly and with every repeat that the first edition asks for", 12.0),
    ("2025-11-05 18-39-51", "Lesson with Clara", 21.0),
    ("2025-11-18 15-46-08", "", 17.0),
    ("2025-11-20 16-53-30", "Second try, with the pedal", 25.0),
    ("2025-11-21 16-00-04", "Für Elise", 30.0),
    ("2025-11-21 18-30-27", "", 30.0),
)
QUEUE = (
    ("Nocturne in E flat.flac", TranscriptionState.DONE, 268.0, 268.0, None),
    (
        "letter.docx",
        TranscriptionState.FAILED,
        0.0,
        0.0,
        BROKEN(path="letter.docx"),
    ),
    ("Lesson of 14 October.m4a", TranscriptionState.TRANSCRIBING, 1843.0, 792.0, None),
    ("Prelude.wav", TranscriptionState.TRANSCRIBING, 143.0, 20.0, None),
    ("Invention 8.mp3", TranscriptionState.WAITING, 0.0, 0.0, None),
)
PATIENCE_S = 60.0


class SilentLoudspeaker:
    """A loudspeaker that makes no sound."""

    def prepare(self) -> None: ...
    def play(self, sound: Sound, at_s: float, loop: Loop | None = None) -> None: ...
    def stop(self) -> None: ...
    def answers(self) -> list[Answer]:
        return []

    def close(self) -> None: ...


def takes(window: MainWindow) -> None:
    """The list, with a chosen take beside it."""
    _open(window, fill_shelf(window.controller.settings.takes_folder)[0])


def no_takes(window: MainWindow) -> None:
    """Before the first take."""
    window.pages.loudspeaker = SilentLoudspeaker()
    window.pages.turn(TAKES)
    wait(window, lambda: window.pages.takes.library.looked)


def replay(window: MainWindow) -> None:
    """Falling blocks, in a loop."""
    row = _open(window, fill_shelf(window.controller.settings.takes_folder)[0])
    window.pages.gallery.replay(row)
    controller = window.pages.takes.replay
    controller.pause(time.monotonic())
    for name, place in (("A", 2.0), ("B", 11.0)):
        controller.seek(place, time.monotonic())
        controller.set_flag(name, time.monotonic())
    controller.seek(5.5, time.monotonic())


def improved(window: MainWindow) -> None:
    """A take that was transcribed again, and one that was just deleted."""
    shelf = fill_shelf(window.controller.settings.takes_folder)
    events = [event for event in demo_events(29.0) if not isinstance(event, NoteOn) or event.pitch != 64]
    improve_take(shelf[1], STREAM, events)
    row = _open(window, shelf[1])
    window.pages.takes.delete(window.pages.takes.library.rows[2], time.monotonic())
    window.pages.takes.choose(row, time.monotonic())
    wait(window, lambda: window.pages.takes.comparison is not None)


def report(window: MainWindow) -> None:
    """The report of a take, against another one of the same piece."""
    shelf = fill_shelf(window.controller.settings.takes_folder)
    _open(window, shelf[0])
    gallery, reports = window.pages.gallery, window.pages.gallery.reports
    gallery.open_report()
    wait(window, lambda: _read(gallery))
    reports.compare(shelf[3])
    wait(window, lambda: _read(gallery))


def share(window: MainWindow) -> QWidget | None:
    """The dialog that shares a take."""
    row = _open(window, fill_shelf(window.controller.settings.takes_folder)[0])
    gallery = window.pages.gallery
    gallery.share(row)
    return gallery.share_sheet


def files(window: MainWindow) -> None:
    """Recordings in every state."""
    window.pages.loudspeaker = SilentLoudspeaker()
    window.pages.turn(FILES)
    for title, state, length_s, done_s, problem in QUEUE:
        job = Job(Path(title), title, None)
        item = Transcription(title, job, lambda _stream, _events: Path(), state, done_s, length_s, 812, problem)
        window.pages.takes.recordings.files.append(item)


def fill_shelf(parent: Path) -> list[Path]:
    """Takes of the demo recording, the newest first."""
    folders = []
    for number, (date, name, length_s) in enumerate(SHELF, 1):
        made = take_from_recording(parent, demo_recording(), STREAM, demo_events(length_s), name)
        folders.append(made.rename(parent / f"{date} Take {number:02d}"))
    return folders[::-1]


def demo_events(length_s: float) -> list[Event]:
    """The notes of the demo's first seconds."""
    notes = read_take(demo_recording().with_suffix(".mid"))
    return [event for event in events_of(notes) if getattr(event, "time", 0.0) < length_s]


def events_of(notes: TakeNotes) -> list[Event]:
    """Columns as events in order of time; a key is released before it is struck again."""
    offs = (NoteOff(float(at), float(at), int(pitch)) for at, pitch in zip(notes.offset, notes.pitch, strict=True))
    pedal = (
        Pedal(float(at), float(at), int(value)) for at, value in zip(notes.pedal_time, notes.pedal_value, strict=True)
    )
    ons = (
        NoteOn(float(at), float(at), int(pitch), int(velocity), 1.0)
        for at, pitch, velocity in zip(notes.onset, notes.pitch, notes.velocity, strict=True)
    )
    ordered: list[Event] = sorted([*pedal, *offs, *ons], key=attrgetter("time"))
    return ordered


def _open(window: MainWindow, folder: Path) -> Row:
    """The page of takes, with this one chosen."""
    window.pages.loudspeaker = SilentLoudspeaker()
    window.pages.turn(TAKES)
    library = window.pages.takes.library
    wait(window, lambda: library.row(folder) is not None)
    row = library.row(folder)
    assert row is not None
    window.pages.takes.choose(row, time.monotonic())
    wait(window, lambda: window.pages.takes.replay.piece is not None)
    return row


def _read(gallery: Gallery) -> bool:
    """Whether the report is made."""
    gallery.reports.pump()
    return not gallery.reports.reading


def wait(window: MainWindow, there: Callable[[], object]) -> None:
    """Until threads have found something."""
    deadline = time.monotonic() + PATIENCE_S
    while not there() and time.monotonic() < deadline:
        QApplication.processEvents()
        window.pages.pump(time.monotonic())
        time.sleep(0.01)


PAGES = (takes, no_takes, replay, improved, report, share, files)
