"""Takes on disk: a folder `2026-11-21 10-00-00 Take 03` with the sound, the events and the MIDI file.

The events are the truth; the MIDI file can be made from them, and the sound's header from its length, so a take
that a killed process left behind opens like any other.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from realtime.audio.wav import recorded_s, repair_wav
from realtime.clock import DECIMALS
from realtime.errors import DataError, FileError
from realtime.events import End, Event, Gap, NoteOn, StreamStarted, event_of, stage_of, to_json
from realtime.notes import Sounding
from realtime.system.regular_file import MIB, read_regular, regular_file
from realtime.system.storage import discard_parts, file_error, make_folder, plain_name, replace_file
from realtime.takes.stages import Staged, is_complete, kept_events, sent_later
from realtime.validation import LONGEST_SHOWN, build, read_json
from realtime.words import Phrase, Said, plain

NUMBER = Phrase("take.number", "Take {number}")
IMPORT_NUMBER = Phrase("take.import_number", "Recording {number}")
NO_EVENTS = Phrase("take.no_events", "{folder} is no take: it has no {file} that can be read.")
NO_STREAM = Phrase("take.no_stream", "{folder} is no take: its {file} does not begin with a stream.")
DAMAGED = Phrase(
    "take.damaged",
    "{path} is damaged: event {number} says {found}. Mend the file, or transcribe the recording again.",
)
LINES_LOST = Phrase("take.lines_lost", "Lines of {file} that could not be read were left out: {count}.")
UNFINISHED = Phrase(
    "take.unfinished",
    "The take could not be finished in time. What was recorded is kept in {folder}, and is finished when you open it.",
)
CUT_OFF = "cut off"  # reason of the End of a take whose process died

AUDIO, EVENTS, MIDI, CARD = "audio.wav", "notes.jsonl", "notes.mid", "take.json"
MOST_CARD, MOST_EVENTS = MIB, 512 * MIB  # bytes; a day of playing takes some 200 MiB
LONGEST_LINE = MIB
# A take written less than this ago may still be recorded by another program.
STILL_RUNNING_S = 10.0
DELETED = ".deleted"  # folder of takes that can still be brought back
TAKE, IMPORT = "Take", "Import"  # what was recorded, and what was transcribed of a file: each is numbered by itself
NAME = re.compile(rf"(\d{{4}}-\d\d-\d\d \d\d-\d\d-\d\d) ({TAKE}|{IMPORT}) (\d+)")


@dataclass(frozen=True)
class Card:
    """What a take's `take.json` holds. name: what the player calls it, "" for its number."""

    name: str = ""


@dataclass(frozen=True)
class Take:
    """A recorded take. events: what is kept, without the leading `stream`; remarks: what of them could not be read."""

    folder: Path
    stream: StreamStarted
    events: tuple[Event, ...]
    remarks: tuple[Said, ...] = ()

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
        card = build(Card, read_json(read_regular(folder / CARD, MOST_CARD)))
    except (OSError, DataError):
        card = Card()
    name = plain_name(card.name)
    return plain(name) if name else unnamed(folder)


def unnamed(folder: Path) -> Said:
    """What a take is called that has no name: its number, or its folder where that has none."""
    match = NAME.fullmatch(folder.name)
    if match is None:
        return plain(plain_name(folder.name))
    return (NUMBER if match[2] == TAKE else IMPORT_NUMBER)(number=int(match[3]))


def new_take_folder(parent: Path, kind: str = TAKE) -> Path:
    """Create the folder of the next TAKE or IMPORT under `parent`, numbered after the highest of its kind there, also
    of those that may be brought back. Raises FileError."""
    make_folder(parent)
    while True:
        try:
            entries = [*parent.iterdir(), *(parent / DELETED).glob("*")]
        except OSError as error:
            raise file_error(error, parent) from error
        names = [match for entry in entries if (match := NAME.fullmatch(entry.name))]
        number = max((int(match[3]) for match in names if match[2] == kind), default=0) + 1
        folder = parent / f"{datetime.now():%Y-%m-%d %H-%M-%S} {kind} {number:02d}"
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
    remarks: list[Said] = []
    try:
        if is_left_behind(folder):
            _end(folder)
        events = read_events(folder / EVENTS, remarks)
    except OSError as error:
        raise FileError(NO_EVENTS(folder=folder, file=EVENTS)) from error
    if not events or not isinstance(events[0], StreamStarted):
        raise FileError(NO_STREAM(folder=folder, file=EVENTS))
    take = Take(folder, events[0], tuple(events[1:]), tuple(remarks))
    if not take.midi.exists():  # it is what is written last
        if take.audio.exists():
            repair_wav(take.audio)
        from realtime.midi.file import midi_bytes  # with its library, which a window need not load to begin

        replace_file(take.midi, midi_bytes(take.stream, take.events))
    return take


def finish_take(folder: Path) -> None:
    """Complete a take whose process is known to be dead, as `open_take` does once it has been left for a while. Raises
    OSError, and FileError when it is no take, is damaged or cannot be written."""
    discard_parts(folder, 0.0)
    _end(folder)
    open_take(folder)


def _end(folder: Path) -> None:
    """Release what sounds where a take's sound breaks off, and add its End. Raises OSError, FileError."""
    path = folder / EVENTS
    lines = list(read_lines(path))
    if lines and isinstance(stream := lines[0].event, StreamStarted) and not is_complete(lines):
        at_s = recorded_s(folder / AUDIO, stream.sample_rate) if (folder / AUDIO).exists() else 0.0
        at_s = max(at_s, *(getattr(event, "emitted", 0.0) for event, _ in lines))
        added = "".join(to_json(event, stage) + "\n" for event, stage in completed(lines, at_s, CUT_OFF))
        written = read_regular(path, MOST_EVENTS)
        replace_file(path, written[: written.rfind(b"\n") + 1] + added.encode())  # without a torn last line


def completed(lines: Sequence[Staged], at_s: float, reason: str) -> Iterator[Staged]:
    """What the kept stage of a take lacks that ended at `at_s` before it was complete: what was sent later, the
    releases of what sounds, and its End."""
    added, at_s = sent_later(lines), round(at_s, DECIMALS)
    kept = [*(event for event, stage in lines if stage != "live"), *added]
    sounding = Sounding()
    for event in kept:
        sounding.observe_event(event)
    notes, gaps = (sum(isinstance(event, kind) for event in kept) for kind in (NoteOn, Gap))
    staged = any(stage is not None for _, stage in lines)
    for event in (*added, *sounding.releases(at_s), End(at_s, at_s, notes, gaps, reason)):
        yield Staged(event, "kept" if staged else None)


def read_events(path: Path, remarks: list[Said] | None = None) -> list[Event]:
    """The events of a JSON Lines file; of a take's those that are kept. remarks and errors: as `read_lines`."""
    return kept_events(read_lines(path, remarks))


def read_lines(path: Path, remarks: list[Said] | None = None) -> Iterator[Staged]:
    """The events of a JSON Lines file, of all stages.

    Lines of other kinds (levels, warnings) are skipped. So are those that are no JSON, as a bad sector leaves them:
    what is lost is added to `remarks`; only of the last one, which a killed process has not written whole, nothing is.
    Raises OSError, and FileError for an invalid event: leaving it out, or guessing, would present a damaged take as a
    whole one.
    """
    count = lost = 0
    with regular_file(path, MOST_EVENTS) as file:
        for content in _lines(file):
            line = content.decode("utf-8", "replace")
            try:
                raw = json.loads(line)
            except (json.JSONDecodeError, RecursionError):
                lost += line.endswith("\n")
                continue
            except ValueError as error:  # a number of thousands of digits
                raise _damaged(path, count + 1, plain_name(line[:LONGEST_SHOWN])) from error
            try:
                event = event_of(raw)
            except DataError as error:
                raise _damaged(path, count + 1, f'"{error.place}": {error.found or "-"}') from error
            if event is not None:
                count += 1
                yield Staged(event, stage_of(raw))
    if lost and remarks is not None:
        remarks.append(LINES_LOST(file=path.name, count=lost))


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """The lines of a file; of one that is too long, its end."""
    begun = False
    while part := file.readline(LONGEST_LINE):
        whole = part.endswith(b"\n") or len(part) < LONGEST_LINE
        if whole:
            yield b"..." + part if begun else part  # which is no JSON
        begun = not whole


def _damaged(path: Path, number: int, found: str) -> FileError:
    """number: of the event. found: the invalid part, as the file has it."""
    return FileError(DAMAGED(path=path, number=number, found=found))
