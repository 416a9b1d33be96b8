"""MIDI files to and from the table of notes."""

from __future__ import annotations

from pathlib import Path

import mido

from realtime.errors import FileError
from realtime.midi.encoder import RELEASE_VELOCITY, SUSTAIN
from realtime.midi.reader import TEMPO_US, read_midi_file
from realtime.notes import NoteTable

_TICKS_PER_BEAT = 500  # at TEMPO_US 1 tick = 1 ms


def read_midi(path: Path) -> NoteTable:
    """Notes and CC64 of all tracks, as `midi_notes` has them.

    Raises FileError when it cannot be read whole.
    """
    found = read_midi_file(path)
    if found.remarks:
        raise FileError(f"{path} cannot be read whole: {found.remarks[0]}")
    return found.table


def write_midi(performance: NoteTable, path: Path) -> None:
    """One track, 1 tick = 1 ms, CC64 included; note-offs come before other messages of the same tick."""
    events: list[tuple[int, int, mido.Message]] = []
    for onset, offset, pitch, velocity in zip(
        performance.onset, performance.offset, performance.pitch, performance.velocity, strict=True
    ):
        start, end = round(onset * 1000), max(round(offset * 1000), round(onset * 1000) + 1)
        events.append((start, 2, mido.Message("note_on", note=int(pitch), velocity=int(velocity))))
        events.append((end, 0, mido.Message("note_off", note=int(pitch), velocity=RELEASE_VELOCITY)))
    for time, value in zip(performance.pedal_time, performance.pedal_value, strict=True):
        events.append((round(time * 1000), 1, mido.Message("control_change", control=SUSTAIN, value=int(value))))
    events.sort(key=lambda event: event[:2])
    track = mido.MidiTrack([mido.MetaMessage("set_tempo", tempo=TEMPO_US)])
    now = 0
    for tick, _, message in events:
        track.append(message.copy(time=max(0, tick) - now))
        now = max(0, tick)
    mido.MidiFile(type=0, ticks_per_beat=_TICKS_PER_BEAT, tracks=[track]).save(path)
