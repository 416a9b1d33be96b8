"""A stream as a standard MIDI file: type 1, 480 ticks per quarter, 120 quarters per minute, sustain as CC64.

Times are the events' `time`: when it sounded, not when it was told.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path

import mido

from realtime.events import Event, Pedal, StreamStarted
from realtime.midi.reader import SUSTAIN, TEMPO_US
from realtime.notes import whole_notes
from realtime.version import program_version

TICKS_PER_QUARTER = 480
TICKS_PER_S = TICKS_PER_QUARTER * 1_000_000 / TEMPO_US
RELEASE_VELOCITY = 64
# Among messages of one tick: the pedal first, and a note ends before it is struck again.
PEDAL_RANK, OFF_RANK, ON_RANK = range(3)


def midi_file(stream: StreamStarted, events: Iterable[Event]) -> mido.MidiFile:
    """The stream's notes and pedal. A text event in the first track names program, model and delay."""
    kept = list(events)
    file = mido.MidiFile(type=1, ticks_per_beat=TICKS_PER_QUARTER, charset="utf-8")
    head = mido.MidiTrack()
    head.append(mido.MetaMessage("set_tempo", tempo=TEMPO_US))
    head.append(mido.MetaMessage("text", text=f"Liszten {program_version()}, model {stream.model}, {stream.delay}"))
    file.tracks.extend((head, _notes_track(stream, kept)))
    return file


def midi_bytes(stream: StreamStarted, events: Iterable[Event]) -> bytes:
    """`midi_file` as the bytes of the file."""
    buffer = io.BytesIO()
    midi_file(stream, events).save(file=buffer)
    return buffer.getvalue()


def _notes_track(stream: StreamStarted, events: list[Event]) -> mido.MidiTrack:
    timed: list[tuple[int, int, mido.Message]] = []
    for note in whole_notes(events):
        on, off = _ticks(note.onset), max(_ticks(note.offset), _ticks(note.onset) + 1)
        timed.append((on, ON_RANK, mido.Message("note_on", note=note.pitch, velocity=note.velocity)))
        timed.append((off, OFF_RANK, mido.Message("note_off", note=note.pitch, velocity=RELEASE_VELOCITY)))
    for event in events:
        if isinstance(event, Pedal):
            message = mido.Message("control_change", control=SUSTAIN, value=event.value)
            timed.append((_ticks(event.time), PEDAL_RANK, message))
    track = mido.MidiTrack([mido.MetaMessage("track_name", name=Path(stream.source).name)])
    now = 0
    for tick, _, message in sorted(timed, key=lambda entry: entry[:2]):
        message.time = tick - now  # each is this track's own; copies would take as long as all the rest
        track.append(message)
        now = tick
    return track


def _ticks(time_s: float) -> int:
    return round(max(time_s, 0.0) * TICKS_PER_S)
