"""MIDI files as a note table: tempo, channels, drums, and which note-off ends which note."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import NamedTuple

import numpy as np

from realtime.contract import Float64Array, IntArray
from realtime.errors import FileError
from realtime.midi.encoder import CONTROL, NOTE_OFF, NOTE_ON, SUSTAIN
from realtime.midi.smf import Damage, Message, MidiData, parse
from realtime.notes import NoteTable
from realtime.system.regular_file import read_regular
from realtime.words import Phrase, Said

BROKEN_MIDI = Phrase("reader.broken_midi", "{path} is a broken MIDI file; save or copy it once more.")
OTHER_FORMAT = Phrase(
    "reader.other_format", "{path} is of another format ({format}). Save it as a Standard MIDI File (.mid)."
)
NO_CLOCK = Phrase("reader.no_clock", "{path} is a broken MIDI file: its clock stands still.")
TOO_LARGE = Phrase("reader.too_large", "{path} is larger than {most} MB, which is no MIDI file of a performance.")
DAMAGED = Phrase(
    "midi_file.damaged", "Track {track} of the MIDI file could be read to {time:.1f} s only (byte {byte})."
)
SEVERAL_PIECES = Phrase(
    "midi_file.several_pieces", "The MIDI file holds {count} separate pieces (type 2); they follow one another."
)

MIDI_SUFFIXES = (".mid", ".midi", ".rmi", ".kar")
KIND_BITS, CHANNEL_BITS = 0xF0, 0x0F  # of a status byte
OTHER_FORMATS = {b"SMF2CLIP": "MIDI 2.0", b"XMF_": "XMF", b"PK\3\4": "ZIP", b"\x1f\x8b": "gzip", b"<?xml": "XML"}
DRUMS = 9  # the channel on which General MIDI has no pitches
TEMPO_US = 500_000  # a quarter, until a file says otherwise
FRAMES_DROPPED, DROP_RATE = 29, 30_000 / 1001  # what 29 means: the frames a second of NTSC
SEPARATE_PIECES = 2  # the type of file whose tracks do not belong together
MEGABYTE = 1_000_000
MOST_MEGABYTES = 16  # some four million events


class MidiNotes(NamedTuple):
    """drums: how many notes of the drum channel were left out of the table; unreleased: how many of it are never
    released; texts: of the text events; remarks: what is wrong with the file, or was left out of damaged ones."""

    table: NoteTable
    drums: int
    unreleased: int
    texts: tuple[bytes, ...] = ()
    remarks: tuple[Said, ...] = ()


def read_midi_file(path: Path) -> MidiNotes:
    """The notes of a MIDI file, of those that are damaged as far as they can be read.

    Raises FileError when it cannot be read at all.
    """
    data = read_midi_data(path)
    found = midi_notes(data)
    if data.damage and not len(found.table):
        raise FileError(BROKEN_MIDI(path=path))
    return found


def read_midi_data(path: Path) -> MidiData:
    """The messages of a MIDI file whose ticks have a length. Raises FileError when it cannot be read."""
    try:
        if path.stat().st_size > MOST_MEGABYTES * MEGABYTE:
            raise FileError(TOO_LARGE(path=path, most=MOST_MEGABYTES))
        content = read_regular(path, MOST_MEGABYTES * MEGABYTE)
    except (OSError, ValueError) as error:
        raise FileError(BROKEN_MIDI(path=path)) from error
    try:
        data = parse(content)
    except ValueError as error:
        other = next((name for begin, name in OTHER_FORMATS.items() if content.startswith(begin)), None)
        raise FileError(OTHER_FORMAT(path=path, format=other) if other else BROKEN_MIDI(path=path)) from error
    if not _has_clock(data.division):
        raise FileError(NO_CLOCK(path=path))
    return data


def midi_notes(data: MidiData) -> MidiNotes:
    """Notes and pedal of all channels but the one for drums. The pieces of a file of several follow one another.

    A note ends with its note-off, with the next note-on of its key on its channel and track, or with the file.
    """
    pieces = _pieces(data)
    columns = zip(*(piece.columns for piece in pieces), strict=True)
    return MidiNotes(
        NoteTable.build(*(np.concatenate(column) for column in columns)),
        sum(piece.drums for piece in pieces),
        sum(piece.unreleased for piece in pieces),
        tuple(data.texts),
        (
            *([SEVERAL_PIECES(count=len(pieces))] if len(pieces) > 1 else ()),
            *(piece.told(damage) for piece in pieces for damage in data.damage if piece.has(damage)),
            *data.remarks,
        ),
    )


def tick_seconds(ticks: IntArray, tempo: IntArray, division: int) -> Float64Array:
    """(N,) ticks -> (N,) s. tempo: (C, 2) tick and us per quarter of every change, sorted, the first one at tick 0.

    division: ticks per quarter, or when negative the frames per second (negated) and ticks per frame of its two bytes.
    """
    if division < 0:
        frames, per_frame = -(division >> 8), division & 0xFF
        return np.asarray(ticks / ((DROP_RATE if frames == FRAMES_DROPPED else frames) * per_frame), np.float64)
    start, seconds_per_tick = tempo[:, 0], tempo[:, 1] / 1e6 / division
    base = np.concatenate([[0.0], np.cumsum(np.diff(start) * seconds_per_tick[:-1])])
    part = np.clip(np.searchsorted(start, ticks, side="right") - 1, 0, None)
    return np.asarray(base[part] + (ticks - start[part]) * seconds_per_tick[part], np.float64)


def tempo_changes(data: MidiData, track: int | None = None) -> IntArray:
    """(C, 2) tick and us per quarter of every change, sorted, the first one at tick 0. track: the only one that
    counts, None for all."""
    changes = [(tick, us) for tick, of, us in data.tempos if track in (None, of) and us > 0]
    return np.array([(0, TEMPO_US), *sorted(changes, key=itemgetter(0))])


def _has_clock(division: int) -> bool:
    """Whether ticks have a length."""
    return division > 0 or division & 0xFF > 0


def _pieces(data: MidiData) -> list[_Piece]:
    """The tracks as one piece, or each that plays by itself when the file says that they do not belong together."""
    tracks = [(track, list(messages)) for track, messages in groupby(data.messages, attrgetter("track"))]
    if data.kind != SEPARATE_PIECES or len(tracks) < 2:
        return [_Piece(data, sorted(data.messages, key=attrgetter("tick")))]
    pieces: list[_Piece] = []
    for track, messages in tracks:
        pieces.append(_Piece(data, messages, track, pieces[-1].end_s if pieces else 0.0))
    return pieces


class _Piece:
    """What plays together. messages: in order of time; track: the only one that it consists of, None for all.

    columns: onset, offset, pitch, velocity of its notes, time and value of its pedal. start_s: when it begins.
    """

    def __init__(
        self, data: MidiData, messages: Sequence[Message], track: int | None = None, start_s: float = 0.0
    ) -> None:
        self._tempo = tempo_changes(data, track)
        self._division, self._track, self._start_s = data.division, track, start_s
        last = max(data.ends) if track is None else data.ends[track]
        self.end_s = self._second(last)
        self.drums = sum(m.status == NOTE_ON | DRUMS and m.second > 0 for m in messages)
        played = [m for m in messages if m.status & CHANNEL_BITS != DRUMS]
        notes, self.unreleased = _notes(played, last)
        on, off, pitch, velocity = _columns(notes, 4)
        times, values = _columns(_pedal(played), 2)
        on_s, off_s, pedal_s = (self._seconds(ticks) for ticks in (on, off, times))
        self.columns = (on_s, off_s, pitch, velocity, pedal_s, values)

    def has(self, damage: Damage) -> bool:
        """Whether one of its tracks is damaged there."""
        return self._track is None or damage.track == self._track + 1

    def told(self, damage: Damage) -> Said:
        """Where that is."""
        return DAMAGED(track=damage.track, time=self._second(damage.tick), byte=damage.byte)

    def _second(self, tick: int) -> float:
        return float(self._seconds(np.array([tick]))[0])

    def _seconds(self, ticks: IntArray) -> Float64Array:
        return self._start_s + tick_seconds(ticks, self._tempo, self._division)


@dataclass
class _Down:
    """A key that is down. onset: tick; ons: note-ons that no note-off has ended yet; released: the last note-off since
    its onset that left some of them."""

    onset: int
    velocity: int
    ons: int
    released: int | None = None


class _Notes:
    """Pairs note-ons with note-offs, one message at a time.

    A key that is struck again before its note-off comes back with as many note-offs as note-ons: it is up after the
    last. A note-off at the tick of the later note-on therefore ends the earlier note.
    """

    def __init__(self) -> None:
        self.unreleased = 0
        self._rows: list[tuple[int, int, int, int]] = []
        self._down: defaultdict[tuple[int, int], dict[int, _Down]] = defaultdict(dict)  # channel, pitch -> track -> key

    def add(self, message: Message) -> None:
        """A message of any kind, in order of time."""
        kind, key = message.status & KIND_BITS, (message.status & CHANNEL_BITS, message.first)
        if kind == NOTE_ON and message.second > 0:
            self._note_on(message, key)
        elif kind in (NOTE_ON, NOTE_OFF):
            self._note_off(message, key)

    def all(self, last: int) -> list[tuple[int, int, int, int]]:
        """(onset, offset, pitch, velocity) of every note, in ticks. last: tick of the file's end."""
        for (_, pitch), tracks in self._down.items():
            for down in tracks.values():
                self._end(down, last, pitch)
        return self._rows

    def _note_on(self, message: Message, key: tuple[int, int]) -> None:
        self.unreleased += 1
        earlier = self._down[key].pop(message.track, None)
        if earlier is not None:
            self._end(earlier, message.tick, message.first)
        ons = 1 if earlier is None else earlier.ons + 1
        self._down[key][message.track] = _Down(message.tick, message.second, ons)

    def _note_off(self, message: Message, key: tuple[int, int]) -> None:
        """Ends a note of its own track; without one there, the oldest of its channel."""
        tracks = self._down[key]
        track = message.track if message.track in tracks else next(iter(tracks), None)
        if track is None:
            return
        self.unreleased -= 1
        down = tracks[track]
        down.ons -= 1
        if down.ons == 0:
            self._rows.append((down.onset, message.tick, message.first, down.velocity))
            del tracks[track]
        elif message.tick > down.onset:
            down.released = message.tick

    def _end(self, down: _Down, tick: int, pitch: int) -> None:
        """A note that the next one or the end of the file ends, unless a note-off has come before."""
        released = tick if down.released is None else down.released
        self._rows.append((down.onset, released, pitch, down.velocity))


def _notes(played: Iterable[Message], last: int) -> tuple[list[tuple[int, int, int, int]], int]:
    """(onset, offset, pitch, velocity) of every note, in ticks; how many had no note-off. last: of the file."""
    notes = _Notes()
    for message in played:
        notes.add(message)
    return notes.all(last), notes.unreleased


def _pedal(played: Iterable[Message]) -> list[tuple[int, int]]:
    """(tick, CC64) of the channels with notes, or of all if none of these has a pedal: it is as far down as on any."""
    moves = [(m, m.status & CHANNEL_BITS) for m in played if m.status & KIND_BITS == CONTROL and m.first == SUSTAIN]
    with_notes = {m.status & CHANNEL_BITS for m in played if m.status & KIND_BITS == NOTE_ON}
    values: dict[int, int] = {}
    pedal = []
    for move, channel in [entry for entry in moves if entry[1] in with_notes] or moves:
        values[channel] = move.second
        pedal.append((move.tick, max(values.values())))
    return pedal


def _columns(rows: Sequence[tuple[int, ...]], count: int) -> IntArray:
    return np.array(rows, np.int64).reshape(-1, count).T
