"""Takes on disk: a folder `2026-11-21 10-00-00 Take 03` with the sound, the events and the MIDI file.

The events are the truth; the MIDI file can be made from them, and the sound's header from its length, so a take
that a killed process left behind opens like any other.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path

from realtime.audio.wav import repair_wav
from realtime.contract import KEYS, LOWEST_PITCH
from realtime.errors import FileError
from realtime.events import Event, StreamStarted, from_json
from realtime.midi.file import midi_bytes
from realtime.system.storage import file_error, make_folder, plain_name, replacing

AUDIO, EVENTS, MIDI, CARD = "audio.wav", "notes.jsonl", "notes.mid", "take.json"
# A take that was written so lately may be another program's that is still recording.
STILL_RUNNING_S = 10.0
# Nobody plays for so long; a damaged clock says so.
LONGEST_TAKE_S = 86_400.0
# What a whole number in an event can be, by its name.
LIMITS = {"pitch": (LOWEST_PITCH, LOWEST_PITCH + KEYS - 1), "velocity": (1, 127), "value": (0, 127)}
OTHER_LIMITS = (0, 2**31 - 1)
# Halves of characters, which no file can hold.
HALVES = re.compile("[\ud800-\udfff]")
NAME = re.compile(r"\d{4}-\d\d-\d\d \d\d-\d\d-\d\d Take (\d+)")


@dataclass(frozen=True)
class Take:
    """A recorded take. events: without the leading `stream`."""

    folder: Path
    stream: StreamStarted
    events: tuple[Event, ...]

    @property
    def audio(self) -> Path:
        """The sound: as it was heard, mono, or a copy of the recording that was transcribed. It may be missing."""
        return take_audio(self.folder)

    @property
    def midi(self) -> Path:
        """The notes for other programs."""
        return self.folder / MIDI


def take_audio(folder: Path) -> Path:
    """The sound of a take, which is not there when the take has none."""
    copies = (path for path in sorted(folder.glob("audio.*")) if path.name != AUDIO)
    own = folder / AUDIO
    return own if own.exists() else next(copies, own)


def take_name(folder: Path) -> str:
    """What the player calls a take; "Take 3" until it has a name."""
    try:
        named = json.loads((folder / CARD).read_text(encoding="utf-8"))["name"]
    except (OSError, ValueError, KeyError, TypeError):
        named = ""
    match = NAME.fullmatch(folder.name)
    called = plain_name(named) if isinstance(named, str) else ""
    return called or (f"Take {int(match[1])}" if match else plain_name(folder.name))


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
    """Whether a take was never finished, and nobody has been at it lately. Raises OSError.

    Sound is written all the time, events only when somebody plays. A time in the future, from a clock that was put
    back, tells of no writing either.
    """
    events = folder / EVENTS
    if not events.exists() or (folder / MIDI).exists():
        return False
    written = max(path.stat().st_mtime for path in (events, folder / AUDIO) if path.exists())
    return abs(time.time() - written) > STILL_RUNNING_S


def open_take(folder: Path) -> Take:
    """Read a take; finish what a killed process left undone. Raises FileError when it is no take, or damaged."""
    try:
        events = checked_events(folder / EVENTS)
    except OSError as error:
        raise FileError(f"{folder} is no take: it has no {EVENTS} that can be read.") from error
    if not events or not isinstance(events[0], StreamStarted):
        raise FileError(f"{folder} is no take: its {EVENTS} does not begin with a stream.")
    take = Take(folder, events[0], tuple(events[1:]))
    if not take.midi.exists():  # it is what is written last
        if take.audio.exists():
            repair_wav(take.audio)
        with replacing(take.midi) as file:
            file.write(midi_bytes(take.stream, take.events))
    return take


def checked_events(path: Path) -> list[Event]:
    """The events of a JSON Lines file, all of whose values are what they should be.

    Raises OSError, and FileError when a value is of another type or beyond its limits: leaving the event out, or
    guessing, would give out a damaged take for a whole one.
    """
    events = []
    for number, event in enumerate(read_events(path), start=1):
        for field in fields(event):
            if not _is_right(field.name, str(field.type), value := getattr(event, field.name)):
                told = f'"{field.name}": {json.dumps(value)[:40]}'
                raise FileError(
                    f"{path} is damaged: event {number} says {told}. Mend the file, or transcribe the recording again."
                )
        events.append(event)
    return events


def _is_right(name: str, kind: str, value: object) -> bool:
    """Whether a field of an event may have this value. kind: "str", "int" or "float", as the event declares it."""
    if kind == "str":
        return isinstance(value, str) and not HALVES.search(value)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    if kind == "int":
        least, most = LIMITS.get(name, OTHER_LIMITS)
        return isinstance(value, int) and least <= value <= most
    return -LONGEST_TAKE_S <= value <= LONGEST_TAKE_S  # neither infinite nor NaN


def read_events(path: Path) -> Iterator[Event]:
    """The events of a JSON Lines file up to the first line that was not written whole. Raises OSError.

    Lines that tell something else (levels, warnings) are passed over.
    """
    with path.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            try:
                yield from_json(line)
            except (json.JSONDecodeError, RecursionError):
                return
            except ValueError:
                continue
