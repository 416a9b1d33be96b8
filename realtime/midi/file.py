"""A stream as a standard MIDI file: type 1, 480 ticks per quarter, 120 quarters per minute, sustain as CC64.

Times are the events' `time`: when they sounded, not when they were emitted.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path

import mido
import numpy as np

from realtime.contract import Float64Array, IntArray
from realtime.events import Event, StreamStarted
from realtime.midi.encoder import RELEASE_VELOCITY, SUSTAIN
from realtime.midi.reader import TEMPO_US
from realtime.notes import NoteTable
from realtime.version import program_version

TICKS_PER_QUARTER = 480
TICKS_PER_S = TICKS_PER_QUARTER * 1_000_000 / TEMPO_US
# Among messages of one tick: the pedal first, and a note ends before the next of its pitch begins.
PEDAL_RANK, OFF_RANK, ON_RANK = range(3)


def midi_file(stream: StreamStarted, events: Iterable[Event]) -> mido.MidiFile:
    """The stream's notes and pedal. A text event in the first track names program, model and delay."""
    file = mido.MidiFile(type=1, ticks_per_beat=TICKS_PER_QUARTER, charset="utf-8")
    head = mido.MidiTrack()
    head.append(mido.MetaMessage("set_tempo", tempo=TEMPO_US))
    head.append(mido.MetaMessage("text", text=f"Liszten {program_version()}, model {stream.model}, {stream.delay}"))
    file.tracks.extend((head, _notes_track(stream, NoteTable.from_events(events))))
    return file


def midi_bytes(stream: StreamStarted, events: Iterable[Event]) -> bytes:
    """`midi_file` as the bytes of the file."""
    buffer = io.BytesIO()
    midi_file(stream, events).save(file=buffer)
    return buffer.getvalue()


def _notes_track(stream: StreamStarted, notes: NoteTable) -> mido.MidiTrack:
    timed: list[tuple[int, int, mido.Message]] = []
    begin, end = _ticks(notes.onset), _ticks(notes.offset)
    rows = zip(begin.tolist(), end.tolist(), notes.pitch.tolist(), notes.velocity.tolist(), strict=True)
    for on, off, pitch, velocity in rows:
        timed.append((on, ON_RANK, mido.Message("note_on", note=pitch, velocity=velocity)))
        timed.append((max(off, on + 1), OFF_RANK, mido.Message("note_off", note=pitch, velocity=RELEASE_VELOCITY)))
    for tick, value in zip(_ticks(notes.pedal_time).tolist(), notes.pedal_value.tolist(), strict=True):
        timed.append((tick, PEDAL_RANK, mido.Message("control_change", control=SUSTAIN, value=value)))
    track = mido.MidiTrack([mido.MetaMessage("track_name", name=Path(stream.source).name)])
    now = 0
    for tick, _, message in sorted(timed, key=lambda entry: entry[:2]):
        message.time = tick - now  # the messages are this track's own: copying them would double the time
        track.append(message)
        now = tick
    return track


def _ticks(time_s: Float64Array) -> IntArray:
    """(T,) s -> (T,) ticks, none before the first."""
    return np.round(np.maximum(time_s, 0.0) * TICKS_PER_S).astype(np.int64)
