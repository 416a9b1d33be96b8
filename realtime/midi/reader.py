"""MIDI files as a note table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

import mido
import numpy as np
from mido.midifiles import meta

from realtime.contract import Float64Array, IntArray
from realtime.midi.encoder import SUSTAIN
from realtime.notes import NoteTable, OpenNotes

DRUMS = 9  # the channel on which General MIDI has no pitches
TEMPO_US = 500_000  # a quarter, until a file says otherwise


class MidiNotes(NamedTuple):
    """drums: how many notes of the drum channel were left out of the table. unreleased: how many of it are never
    released."""

    table: NoteTable
    drums: int
    unreleased: int


class _AnyKey(meta.MetaSpec_key_signature):  # type: ignore[misc]
    """Reads an impossible key signature, which many programs write, as C instead of refusing the file."""

    type = "key_signature"

    def decode(self, message: Any, data: Sequence[int]) -> None:
        try:
            super().decode(message, data)
        except meta.KeySignatureError:
            message.key = "C"


def open_midi(path: Path, clip: bool = False) -> mido.MidiFile:
    """Read a MIDI file. clip: whether data bytes beyond 127 are taken for 127 and not for damage.

    Raises OSError when it cannot be read or does not begin as one, ValueError when it is damaged.
    """
    meta.add_meta_spec(_AnyKey)
    try:
        return mido.MidiFile(path, clip=clip)
    except (EOFError, IndexError, KeyError, TypeError) as error:
        raise ValueError(f"{path} is not a MIDI file, or damaged") from error


def in_order(file: mido.MidiFile) -> list[tuple[int, mido.Message]]:
    """(tick, message) of all tracks in order of time; mido's own merging copies every message twice."""
    timed = []
    for track in file.tracks:
        tick = 0
        for message in track:
            tick += message.time
            timed.append((tick, message))
    return sorted(timed, key=itemgetter(0))


def midi_notes(messages: Sequence[tuple[int, mido.Message]], division: int) -> MidiNotes:
    """Notes and pedal of all channels but the one for drums. messages: as `in_order` gives them; division: of the file.

    A second note-on of a pitch on its channel ends the earlier note there; a note that is never released ends with the
    file.
    """
    played = [(tick, m) for tick, m in messages if not m.is_meta and getattr(m, "channel", DRUMS) != DRUMS]
    changes = [(tick, m.tempo) for tick, m in messages if m.type == "set_tempo" and m.tempo > 0]
    tempo = np.array([(0, TEMPO_US), *changes])
    pedal = [(tick, m.value) for tick, m in played if m.type == "control_change" and m.control == SUSTAIN]
    notes, unreleased = _notes(played, messages[-1][0] if messages else 0)
    on, off, pitch, velocity = _columns(notes, 4)
    times, values = _columns(pedal, 2)
    on_s, off_s, pedal_s = (tick_seconds(ticks, tempo, division) for ticks in (on, off, times))
    drums = sum(m.type == "note_on" and m.channel == DRUMS and m.velocity > 0 for _, m in messages)
    return MidiNotes(NoteTable.build(on_s, off_s, pitch, velocity, pedal_s, values), drums, unreleased)


def tick_seconds(ticks: IntArray, tempo: IntArray, division: int) -> Float64Array:
    """(N,) ticks -> (N,) s. tempo: (C, 2) tick and us per quarter of every change, sorted, the first one at tick 0.

    division: ticks per quarter, or when negative the frames per second (negated) and ticks per frame of its two bytes.
    """
    if division < 0:
        frames, per_frame = -(division >> 8), division & 0xFF
        return np.asarray(ticks / (frames * max(per_frame, 1)), np.float64)
    start, seconds_per_tick = tempo[:, 0], tempo[:, 1] / 1e6 / division
    base = np.concatenate([[0.0], np.cumsum(np.diff(start) * seconds_per_tick[:-1])])
    part = np.clip(np.searchsorted(start, ticks, side="right") - 1, 0, None)
    return np.asarray(base[part] + (ticks - start[part]) * seconds_per_tick[part], np.float64)


def _notes(played: Iterable[tuple[int, mido.Message]], last: int) -> tuple[list[tuple[int, int, int, int]], int]:
    """(onset, offset, pitch, velocity) of every note, in ticks; how many had no note-off. last: of the file."""
    notes: OpenNotes[tuple[int, int], tuple[int, int]] = OpenNotes()
    rows = []
    unreleased = 0
    for tick, message in played:
        if message.type not in ("note_on", "note_off"):
            continue
        key = (message.channel, message.note)
        begins = message.type == "note_on" and message.velocity > 0
        on = notes.note_on(key, (tick, message.velocity)) if begins else notes.note_off(key)
        if on is not None:
            rows.append((on[0], tick, message.note, on[1]))
            unreleased += begins
    rows.extend((onset, last, note, velocity) for (_, note), (onset, velocity) in notes.down.items())
    return rows, unreleased + len(notes.down)


def _columns(rows: Sequence[tuple[int, ...]], count: int) -> IntArray:
    return np.array(rows, np.int64).reshape(-1, count).T
