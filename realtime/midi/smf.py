"""Standard MIDI files: from bytes to the messages of every track, as far as they can be read.

The format: "Standard MIDI Files 1.0", RP-001, MIDI Manufacturers Association (1996). Programs write much that it
forbids and players play all the same: lengths and counts that are wrong, alien chunks, events of a wrong size, running
status across other events and tracks, tracks without an end. All of that is read, and what could not be read is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from realtime.limits import CONTROLLER
from realtime.midi.encoder import NOTE_OFF, NOTE_ON
from realtime.words import Phrase, Said

HEADER, TRACK, CHUNK_HEAD, HEADER_DATA = b"MThd", b"MTrk", 8, 6
RIFF_DATA = b"data"
# Where a track is not known to be over, four bytes may also be events of it; these five would strike the key 0.
SHORT_TRACK = TRACK + b"\0"
CHUNK_NAME = re.compile(rb"[ -~]{4}")
PROGRAM, PITCH_BEND, SYSTEM = 0xC0, 0xE0, 0xF0  # between the first two, events have one data byte
SYSEX, SYSEX_PART, META = 0xF0, 0xF7, 0xFF
TEXT, END_OF_TRACK, TEMPO, SIGNATURE = 0x01, 0x2F, 0x51, 0x58
TEMPO_BYTES = 3
SHORTEST_UNIT = 6  # of a time signature, as a power of two: bars of 64ths
# Data bytes of the system messages that have some. They do not belong into a file.
SYSTEM_DATA = {0xF1: 1, 0xF2: 2, 0xF3: 1}
# What a longer number counts as: sums of it stay within 63 bits, and no time of music comes near.
GREATEST = 2**40
MOST_REMARKS = 8
END_EVENT = bytes((META, END_OF_TRACK, 0))

TRACK_COUNT = Phrase("midi_file.track_count", "Tracks in the MIDI file: {found}, although it says {count}.")
TRACK_LENGTH = Phrase("midi_file.track_length", "The MIDI file gives a wrong length for track {track}.")
TRACK_REST = Phrase("midi_file.track_rest", "After the end of track {track} {count} bytes were left out.")
NO_STATUS = Phrase(
    "midi_file.no_status", "Track {track} of the MIDI file does not say what its first events are; that was guessed."
)
CLIPPED = Phrase("midi_file.clipped", "Values beyond 127 in track {track} were taken for 127: {count}.")
SECOND_FILE = Phrase("midi_file.second_file", "A second MIDI file in the same file was left out.")
MORE = Phrase("midi_file.more", "The MIDI file has {count} more faults.")


class Message(NamedTuple):
    """A channel message. track: its index; status: kind and channel; second: 0 for kinds with one data byte."""

    tick: int
    track: int
    status: int
    first: int
    second: int


class Damage(NamedTuple):
    """From where on a track could not be read. track: from 1; byte: place in the MIDI file."""

    track: int
    tick: int
    byte: int


@dataclass
class MidiData:
    """What a file holds. kind: 0-2, how its tracks belong together; division: what a tick is, as the file has it.

    messages, tempos (tick, track, us per quarter), time signatures (tick, track, numerator, denominator), texts of text
    events: track by track, each in order of time.
    ends: the last tick of every track. damage, remarks: what is wrong; with damage something is missing.
    """

    kind: int
    division: int
    messages: list[Message] = field(default_factory=list)
    tempos: list[tuple[int, int, int]] = field(default_factory=list)
    signatures: list[tuple[int, int, int, int]] = field(default_factory=list)
    texts: list[bytes] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    damage: list[Damage] = field(default_factory=list)
    remarks: list[Said] = field(default_factory=list)


class _Event(NamedTuple):
    """data: its data bytes, of a meta event with its type before them; after: where the next event begins."""

    tick: int
    status: int
    data: bytes
    after: int

    @property
    def ends_track(self) -> bool:
        return self.status == META and self.data[0] == END_OF_TRACK


class _CutShortError(Exception):
    """The data end within an event."""


def parse(content: bytes) -> MidiData:
    """The tracks of a MIDI file, which may lie inside another (RIFF, MacBinary).

    Raises ValueError when there is no header or no track.
    """
    begin = content.find(HEADER)
    if begin < 0 or len(content) < begin + CHUNK_HEAD + HEADER_DATA:
        raise ValueError("it has no header")
    content = content[begin : _end_inside(content, begin)]
    kind, count = (int.from_bytes(content[at : at + 2]) for at in (8, 10))
    data = MidiData(kind, int.from_bytes(content[12:14], signed=True))
    _read_chunks(content, data)
    if not data.ends:
        raise ValueError("it has no track")
    if count != len(data.ends):
        data.remarks.append(TRACK_COUNT(count=count, found=len(data.ends)))
    if (more := len(data.remarks) - MOST_REMARKS) > 0:
        data.remarks[MOST_REMARKS:] = [MORE(count=more)]
    return data


def _end_inside(content: bytes, begin: int) -> int:
    """Where the MIDI file ends that begins at `begin`: within a RIFF file with its chunk, if another follows there."""
    if not content.endswith(RIFF_DATA, 0, max(begin - 4, 0)):
        return len(content)
    end = begin + int.from_bytes(content[begin - 4 : begin], "little")
    follows = end + (end - begin) % 2
    return end if CHUNK_NAME.match(content, follows) or CHUNK_NAME.match(content, end) else len(content)


def _read_chunks(content: bytes, data: MidiData) -> None:
    """All tracks into `data`. Other chunks are skipped by their length; what is no chunk, up to the next track."""
    at = _chunk_end(content, 0)
    if not _is_chunk(content, at):
        at = CHUNK_HEAD
    running = NOTE_ON
    while 0 <= at < len(content):
        if content.startswith(TRACK, at):
            track = _TrackReader(content, at, running)
            at, running = track.read(data), track.running
        elif content.startswith(HEADER, at):
            data.remarks.append(SECOND_FILE())
            return
        else:
            at = _chunk_end(content, at) if _is_chunk(content, at) else content.find(TRACK, at)


def _chunk_end(content: bytes, at: int) -> int:
    return at + CHUNK_HEAD + int.from_bytes(content[at + 4 : at + CHUNK_HEAD])


def _is_chunk(content: bytes, at: int) -> bool:
    """Whether a track or header begins there, or another chunk that ends within the file."""
    if content.startswith((TRACK, HEADER), at):
        return True
    return CHUNK_NAME.match(content, at) is not None and at + CHUNK_HEAD <= _chunk_end(content, at) <= len(content)


class _TrackReader:
    """One track. running: the status in force before it, and after `read` behind it.

    Its length is believed when a chunk, the end of the file or of the track is where it says. Else the track goes on
    to its end event or to the end of the file. Where another track begins it is over in any case.
    """

    def __init__(self, content: bytes, at: int, running: int) -> None:
        self.running = running
        self._content = content
        self._at = self._begin = min(at + CHUNK_HEAD, len(content))
        self._tick = 0
        self._stated, self._guessed = False, False
        end = _chunk_end(content, at)
        self._believed = end == len(content) or (
            end < len(content) and (_is_chunk(content, end) or content.endswith(END_EVENT, self._at, end))
        )
        self._end = end if self._believed else len(content)

    def read(self, data: MidiData) -> int:
        """Add the track to `data`; where the next chunk begins, if the file is right."""
        events, whole = self._events()
        kept = _up_to_its_end(events, whole)
        after = kept[-1].after if kept else self._begin
        cut_short = len(kept) == len(events) and not whole
        tick = self._tick if cut_short or not kept else kept[-1].tick
        self._judge(data, kept, whole, Damage(len(data.ends) + 1, tick, after))
        _add(data, kept, tick)
        return self._end if self._believed else after

    def _judge(self, data: MidiData, kept: Sequence[_Event], whole: bool, end: Damage) -> None:
        """Tell what is wrong with the track. whole: whether all that was begun could be read; end: of what is kept."""
        number, _, after = end
        ended = (bool(kept) and kept[-1].ends_track) or self._content.startswith(TRACK, after)
        if not ended and not (whole and self._believed):
            data.damage.append(end)
        elif not self._believed:
            data.remarks.append(TRACK_LENGTH(track=number))
        elif any(self._content[after : self._end]):
            data.remarks.append(TRACK_REST(track=number, count=self._end - after))
        if self._guessed:
            data.remarks.append(NO_STATUS(track=number))

    def _events(self) -> tuple[list[_Event], bool]:
        """The events, and whether the last one is whole."""
        events: list[_Event] = []
        while self._at < self._end:
            ended = bool(events) and events[-1].ends_track
            if self._chunk_begins(ended):
                self._believed = False
                break
            if ended and not self._believed:
                break
            try:
                events.append(self._event())
            except _CutShortError:
                return events, False
        return events, True

    def _chunk_begins(self, ended: bool) -> bool:
        """Whether the next chunk begins where the next event is looked for. ended: whether the track is over."""
        if ended:
            return _is_chunk(self._content, self._at)
        return self._content.startswith(SHORT_TRACK if self._believed else TRACK, self._at)

    def _event(self) -> _Event:
        self._tick += self._number()
        status = self._status()
        if status == META:
            kind = self._bytes(1)
            data = kind + self._bytes(self._number())
        elif status in (SYSEX, SYSEX_PART):
            data = self._bytes(self._number())
        elif status >= SYSTEM:
            data = self._bytes(SYSTEM_DATA.get(status, 0))
        else:
            data = self._bytes(1 if PROGRAM <= status < PITCH_BEND else 2)
        return _Event(self._tick, status, data, self._at)

    def _status(self) -> int:
        """The status byte of the next event, or the one in force."""
        status = self._bytes(1)[0]
        if status < NOTE_OFF:
            self._at -= 1
            self._guessed |= not self._stated
            return self.running
        if status < SYSTEM:
            self.running, self._stated = status, True
        return status

    def _number(self) -> int:
        """A variable-length quantity, also of more bytes than the format allows."""
        number = 0
        while True:
            byte = self._bytes(1)[0]
            number = min(number << 7 | byte & 0x7F, GREATEST)
            if byte < 0x80:
                return number

    def _bytes(self, count: int) -> bytes:
        """The next bytes. Raises _CutShortError when there are fewer."""
        begin, self._at = self._at, self._at + count
        if self._at > self._end:
            raise _CutShortError
        return self._content[begin : self._at]


def _up_to_its_end(events: Sequence[_Event], whole: bool) -> Sequence[_Event]:
    """Without what follows the track's end, unless that is events too and comes to an end of its own."""
    first = next((index for index, event in enumerate(events) if event.ends_track), None)
    return events if first is None or (whole and events[-1].ends_track) else events[: first + 1]


def _add(data: MidiData, events: Iterable[_Event], last: int) -> None:
    """A track of these events into `data`. last: its last tick."""
    track, clipped = len(data.ends), 0
    for tick, status, values, _ in events:
        if status < SYSTEM:
            clipped += max(values) > CONTROLLER.most
            first, second = (min(value, CONTROLLER.most) for value in (*values, 0)[:2])
            data.messages.append(Message(tick, track, status, first, second))
        elif status == META and values[0] == TEMPO and len(values) > TEMPO_BYTES:
            data.tempos.append((tick, track, int.from_bytes(values[1 : 1 + TEMPO_BYTES])))
        elif status == META and values[0] == SIGNATURE and len(values) > 2:
            if values[1] > 0 and values[2] <= SHORTEST_UNIT:
                data.signatures.append((tick, track, values[1], 2 ** values[2]))
        elif status == META and values[0] == TEXT:
            data.texts.append(values[1:])
    data.ends.append(last)
    if clipped:
        data.remarks.append(CLIPPED(track=track + 1, count=clipped))
