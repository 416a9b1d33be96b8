"""Takes on disk: a folder `2026-11-21 10-00-00 Take 03` with the sound, the events and the MIDI file.

The events are the truth; the MIDI file can be made from them, and the sound's header from its length, so a take
that a killed process left behind opens like any other.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from realtime.audio.wav import repair_wav
from realtime.errors import DataError, FileError
from realtime.events import Event, StreamStarted, event_of
from realtime.system.storage import file_error, make_folder, plain_name, replacing
from realtime.validation import LONGEST_SHOWN, build, read_json
from realtime.words import Phrase, Said, plain

NUMBER = Phrase("take.number", "Take {number}")
NO_EVENTS = Phrase("take.no_events", "{folder} is no take: it has no {file} that can be read.")
NO_STREAM = Phrase("take.no_stream", "{folder} is no take: its {file} does not begin with a stream.")
DAMAGED = Phrase(
    "take.damaged",
    "{path} is damaged: event {number} says {found}. Mend the file, or transcribe the recording again.",
)

AUDIO, EVENTS, MIDI, CARD = "audio.wav", "notes.jsonl", "notes.mid", "take.json"
# A take written less than this ago may still be recorded by another program.
STILL_RUNNING_S = 10.0
NAME = re.compile(r"\d{4}-\d\d-\d\d \d\d-\d\d-\d\d Take (\d+)")


@dataclass(frozen=True)
class Card:
    """What a take's `take.json` holds. name: what the player calls it, "" for its number."""

    name: str = ""


@dataclass(frozen=True)
class Take:
    """A recorded take. events: without the leading `stream`."""

    folder: Path
    stream: StreamStarted
    events: tuple[Event, ...]

    @property
    def audio(self) -> Path:
        """The sound: mono as recorded live, or a copy of the recording that was transcribed. It may be missing."""
        return take_audio(self.folder)

    @property
    def midi(self) -> Path:
        """The notes for other programs."""
        return self.folder / MIDI


def take_audio(folder: Path) -> Path:
    """Path of a take's sound; the file is missing when the take has none."""
    copies = (path for path in sorted(folder.glob("audio.*")) if path.name != AUDIO)
    own = folder / AUDIO
    return own if own.exists() else next(copies, own)


def take_name(folder: Path) -> Said:
    """What the player calls a take; its number until it has a name."""
    try:
        card = build(Card, read_json((folder / CARD).read_bytes()))
    except (OSError, DataError):
        card = Card()
    name = plain_name(card.name)
    return plain(name) if name else unnamed(folder)


def unnamed(folder: Path) -> Said:
    """What a take is called that has no name: its number, or its folder where that has none."""
    match = NAME.fullmatch(folder.name)
    return NUMBER(number=int(match[1])) if match else plain(plain_name(folder.name))


def new_take_folder(parent: Path) -> Path:
    """Create the folder of the next take under `parent`, numbered after the highest there. Raises FileError."""
    make_folder(parent)
    while True:
        try:
            numbers = [int(match[1]) for entry in parent.iterdir() if (match := NAME.fullmatch(entry.name))]
        except OSError as error:
            raise file_error(error, parent) from error
        folder = parent / f"{datetime.now():%Y-%m-%d %H-%M-%S} Take {max(numbers, default=0) + 1:02d}"
        try:
            folder.mkdir()
        except FileExistsError:  # another take has just begun
            continue
        except OSError as error:
            raise file_error(error, folder) from error
        return folder


def is_left_behind(folder: Path) -> bool:
    """Whether a take was never finished and has not been written lately. Raises OSError.

    Sound is written all the time, events only when somebody plays. A time in the future, from a clock that was set
    back, does not count as lately.
    """
    events = folder / EVENTS
    if not events.exists() or (folder / MIDI).exists():
        return False
    written = max(path.stat().st_mtime for path in (events, folder / AUDIO) if path.exists())
    return abs(time.time() - written) > STILL_RUNNING_S


def open_take(folder: Path) -> Take:
    """Read a take; finish what a killed process left undone. Raises FileError when it is no take, or damaged."""
    try:
        events = list(read_events(folder / EVENTS))
    except OSError as error:
        raise FileError(NO_EVENTS(folder=folder, file=EVENTS)) from error
    if not events or not isinstance(events[0], StreamStarted):
        raise FileError(NO_STREAM(folder=folder, file=EVENTS))
    take = Take(folder, events[0], tuple(events[1:]))
    if not take.midi.exists():  # it is what is written last
        if take.audio.exists():
            repair_wav(take.audio)
        from realtime.midi.file import midi_bytes  # with its library, which a window need not load to begin

        with replacing(take.midi) as file:
            file.write(midi_bytes(take.stream, take.events))
    return take


def read_events(path: Path) -> Iterator[Event]:
    """The events of a JSON Lines file up to the first line that was not written whole.

    Lines of other kinds (levels, warnings) are skipped. Raises OSError, and FileError for an invalid event: leaving it
    out, or guessing, would present a damaged take as a whole one.
    """
    count = 0
    with path.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            try:
                raw = json.loads(line)
            except (json.JSONDecodeError, RecursionError):
                return
            except ValueError as error:  # a number of thousands of digits
                raise _damaged(path, count + 1, plain_name(line[:LONGEST_SHOWN])) from error
            try:
                event = event_of(raw)
            except DataError as error:
                raise _damaged(path, count + 1, f'"{error.place}": {error.found or "-"}') from error
            if event is not None:
                count += 1
                yield event


def _damaged(path: Path, number: int, found: str) -> FileError:
    """number: of the event. found: the invalid part, as the file has it."""
    return FileError(DAMAGED(path=path, number=number, found=found))
