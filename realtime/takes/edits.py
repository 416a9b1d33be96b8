"""Changes to a take on disk: name it, replace its notes by better ones and undo that, make one from a recording."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path

from realtime.errors import FileError
from realtime.events import Event, StreamStarted, jsonl_bytes
from realtime.midi.file import midi_bytes
from realtime.system.regular_file import read_regular
from realtime.system.storage import file_error, plain_name, replace_file, replacing
from realtime.takes.folder import (
    CARD,
    EVENTS,
    IMPORT,
    MIDI,
    MOST_EVENTS,
    Card,
    Take,
    new_take_folder,
    open_take,
    read_events,
)
from realtime.words import Phrase, Said

NEVER_IMPROVED = Phrase("take.never_improved", "{folder} has only one version of its notes.")
NO_FIRST_STREAM = Phrase(
    "take.no_first_stream",
    "The notes that {folder} had first cannot be read: {file} does not begin with a stream.",
)

BEFORE = "notes before.jsonl"  # the first notes of an improved take
COPY_BYTES = 1 << 20
DAMAGED = "notes damaged.jsonl"  # notes that could not be read, once the recording was transcribed again


def rename_take(folder: Path, name: str) -> None:
    """Name a take; "" restores its number. Raises FileError."""
    card = Card(" ".join(plain_name(name).split()))
    replace_file(folder / CARD, json.dumps(asdict(card), ensure_ascii=False).encode())


def improve_take(folder: Path, stream: StreamStarted, events: Sequence[Event]) -> None:
    """Replace the notes of a take by another transcription; the first ones are kept, also when they are damaged.

    Raises FileError.
    """
    try:
        take = open_take(folder)
    except FileError:
        if not (folder / EVENTS).exists():
            raise
        _copy(folder / EVENTS, folder / DAMAGED)
        _set_notes(folder, stream, events)
        return
    if not (folder / BEFORE).exists():
        replace_file(folder / BEFORE, read_regular(folder / EVENTS, MOST_EVENTS))  # with what was sent
    _set_notes(folder, replace(stream, source=take.stream.source, started=take.stream.started), events)


def undo_improvement(folder: Path) -> None:
    """Restore the first notes of a take. Raises FileError."""
    first = first_notes(folder)
    try:
        replace_file(folder / EVENTS, read_regular(folder / BEFORE, MOST_EVENTS))
        replace_file(folder / MIDI, midi_bytes(first.stream, first.events))
        (folder / BEFORE).unlink()
    except OSError as error:
        raise file_error(error, folder / BEFORE) from error


def is_improved(folder: Path) -> bool:
    """Whether a take has better notes than its first ones."""
    return (folder / BEFORE).exists()


def first_notes(folder: Path) -> Take:
    """An improved take with its first notes. Raises FileError."""
    remarks: list[Said] = []
    try:
        first, *events = read_events(folder / BEFORE, remarks)
    except (OSError, ValueError) as error:
        raise FileError(NEVER_IMPROVED(folder=folder)) from error
    if not isinstance(first, StreamStarted):
        raise FileError(NO_FIRST_STREAM(folder=folder, file=BEFORE))
    return Take(folder, first, tuple(events), tuple(remarks))


def take_from_recording(parent: Path, audio: Path, stream: StreamStarted, events: Sequence[Event], name: str) -> Path:
    """Make a take of a recording that was transcribed, with a copy of its sound. Raises FileError.

    The notes are written first: a program that is killed while it copies leaves a take without sound.
    """
    folder = new_take_folder(parent, IMPORT)
    try:
        rename_take(folder, name)
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        _set_notes(folder, replace(stream, source=plain_name(audio.name), started=now), events)
        with audio.open("rb") as sound, replacing(folder / f"audio{audio.suffix.lower() or '.wav'}") as copy:
            shutil.copyfileobj(sound, copy, COPY_BYTES)
    except (OSError, FileError) as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise (error if isinstance(error, FileError) else file_error(error, folder)) from error
    return folder


def _set_notes(folder: Path, stream: StreamStarted, events: Sequence[Event]) -> None:
    replace_file(folder / EVENTS, jsonl_bytes(stream, events))
    replace_file(folder / MIDI, midi_bytes(stream, events))


def _copy(source: Path, to: Path) -> None:
    """Raises FileError."""
    try:
        shutil.copyfile(source, to)
    except OSError as error:
        raise file_error(error, to) from error
