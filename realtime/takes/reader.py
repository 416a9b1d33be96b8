"""A take's notes from disk: the folder of a take, its JSON lines, or any MIDI file."""

from __future__ import annotations

import re
from pathlib import Path

from realtime.errors import FileError
from realtime.events import StreamStarted
from realtime.limits import DAY_S
from realtime.midi.reader import MIDI_SUFFIXES, read_midi_file
from realtime.system.regular_file import regular_file
from realtime.system.storage import plain_name
from realtime.takes.folder import EVENTS, MOST_EVENTS, NO_EVENTS, read_events, take_name
from realtime.takes.notes import TakeNotes
from realtime.words import Phrase, Said

TOO_LONG = Phrase("reader.too_long", "{path} lasts for more than a day, so its times must be damaged.")
MISSING = Phrase("reader.missing", "{path} does not exist. Give a take's folder, its {file} or a MIDI file.")
UNREADABLE = Phrase("reader.unreadable", "{path} cannot be read: {why}.")
NO_MIDI_FILE = Phrase("reader.no_midi_file", "{path} is not a MIDI file, although it is called one.")
NEITHER = Phrase(
    "reader.neither",
    "{path} is neither a take nor a MIDI file. A recording has to be written down first: liszten transcribe {path}",
)
TELLS_NO_STREAM = Phrase(
    "reader.no_stream", "{path} tells of no stream. Give a take's folder, its {file} or a MIDI file."
)
SEVERAL_STREAMS = Phrase("reader.several_streams", "{path} holds several streams; keep each in a file of its own.")

# A MIDI file begins with its header; inside RIFF or MacBinary something comes before.
MIDI_HEADER, RIFF_MIDI = b"MThd", re.compile(rb"RIFF....RMID", re.DOTALL)
# Begin of the text event in our own files, whose notes and pedal were transcribed.
OWN_TEXT = b"Liszten "
# Largest share of a MIDI file's notes without a release; with more, releases count as unknown.
MOST_UNRELEASED = 0.1

DRUMS = Phrase("take.drums", "Notes of the drum channel were left out: {count}.")


def read_take(path: Path) -> TakeNotes:
    """The notes of a take's folder, of its `notes.jsonl` (or what `--json` printed), or of a MIDI file.

    Raises FileError when it is none of these, or broken.
    """
    notes = _read(path)
    if notes.duration_s > DAY_S:
        raise FileError(TOO_LONG(path=path))
    return notes


def _read(path: Path) -> TakeNotes:
    try:
        if path.is_dir():
            return _read_lines(path / EVENTS, path.resolve())
        with regular_file(path, MOST_EVENTS) as file:
            begin = file.read(4096)
    except FileNotFoundError as error:
        raise FileError(MISSING(path=path, file=EVENTS)) from error
    except OSError as error:
        raise FileError(UNREADABLE(path=path, why=error.strerror or str(error))) from error
    named_midi = path.suffix.lower() in MIDI_SUFFIXES
    if begin.startswith(MIDI_HEADER) or RIFF_MIDI.match(begin) or (named_midi and MIDI_HEADER in begin):
        return _read_midi(path)
    if begin.lstrip().startswith(b"{"):
        return _read_lines(path, path.parent.resolve() if path.name == EVENTS else None)
    if named_midi:
        raise FileError(NO_MIDI_FILE(path=path))
    raise FileError(NEITHER(path=path))


def _read_lines(path: Path, folder: Path | None) -> TakeNotes:
    """folder: of the take that the lines belong to, if any."""
    remarks: list[Said] = []
    try:
        events = read_events(path, remarks)
    except OSError as error:
        raise FileError(NO_EVENTS(folder=path.parent, file=path.name)) from error
    if not events or not isinstance(events[0], StreamStarted):
        raise FileError(TELLS_NO_STREAM(path=path, file=EVENTS))
    if sum(isinstance(event, StreamStarted) for event in events) > 1:
        raise FileError(SEVERAL_STREAMS(path=path))
    if folder is None:
        return TakeNotes.of_stream(events[0], events[1:], plain_name(path.stem), remarks=remarks)
    return TakeNotes.of_stream(events[0], events[1:], str(take_name(folder)), plain_name(folder.name), remarks)


def _read_midi(path: Path) -> TakeNotes:
    """Notes and CC64 of all tracks and of all channels but the one for drums."""
    found = read_midi_file(path)
    transcribed = any(text.startswith(OWN_TEXT) for text in found.texts)
    return TakeNotes.of(
        found.table,
        pedal_source="transcribed" if transcribed else "cc64",
        name=plain_name(path.stem),
        transcribed=transcribed,
        releases_known=found.unreleased <= MOST_UNRELEASED * len(found.table),
        remarks=[*found.remarks, *([DRUMS(count=found.drums)] if found.drums else [])],
    )
