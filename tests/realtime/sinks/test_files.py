"""MIDI files, tables and JSON lines, read back by other means than ours."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import mido
import pytest

from realtime.errors import FileError
from realtime.events import End, Event, NoteOff, NoteOn, Pedal, StreamStarted
from realtime.midi.file import midi_bytes
from realtime.notes import NoteTable, note_name
from realtime.sinks.csv_file import csv_bytes
from realtime.sinks.file import FileSink

STREAM = StreamStarted("ear", "studio", 0.31, 48_000, "folder/étude.wav", "2026-11-21T10:00:00Z")
EVENTS: list[Event] = [
    NoteOn(0.5, 0.6, 60, 72, 0.93),
    Pedal(0.75, 0.8, 127),
    NoteOn(1.0, 1.1, 64, 1, 0.5),
    NoteOff(1.5, 1.6, 60),
    NoteOn(1.5, 1.6, 60, 127, 0.8),
    NoteOff(1.5, 1.7, 60),
    Pedal(1.5, 1.8, 0),
    End(3.0, 3.0, 3, 0, "end of file"),
]


def midi_messages(content: bytes) -> list[tuple[int, mido.Message]]:
    """(tick, message) of the notes track."""
    file = mido.MidiFile(file=io.BytesIO(content), charset="utf-8")
    tick, messages = 0, []
    for message in file.tracks[1]:
        tick += message.time
        messages.append((tick, message))
    return messages


def test_a_midi_file_is_type_1_with_480_ticks_at_120_bpm() -> None:
    """With the model and the delay in a text event."""
    file = mido.MidiFile(file=io.BytesIO(midi_bytes(STREAM, EVENTS)), charset="utf-8")
    assert (file.type, file.ticks_per_beat) == (1, 480)
    assert [message.tempo for message in file.tracks[0] if message.type == "set_tempo"] == [500_000]
    (text,) = [message.text for message in file.tracks[0] if message.type == "text"]
    assert "model ear, studio" in text
    assert file.tracks[1].name == "étude.wav"


def test_midi_times_are_when_it_sounded() -> None:
    """960 ticks are a second; at one tick the pedal comes first, and a note ends before it is struck again."""
    notes = [(tick, message) for tick, message in midi_messages(midi_bytes(STREAM, EVENTS)) if not message.is_meta]
    seen = [(tick, message.type, *message.bytes()[1:]) for tick, message in notes]
    assert seen == [
        (480, "note_on", 60, 72),
        (720, "control_change", 64, 127),
        (960, "note_on", 64, 1),
        (1440, "control_change", 64, 0),
        (1440, "note_off", 60, 64),
        (1440, "note_on", 60, 127),
        (1441, "note_off", 60, 64),
        (2880, "note_off", 64, 64),
    ]


def test_a_note_that_was_never_released_ends_with_the_stream() -> None:
    """As in a take that a killed process left."""
    notes = NoteTable.from_events([NoteOn(1.0, 1.1, 60, 72, 0.9), Pedal(4.0, 4.0, 0)])
    assert (notes.onset.tolist(), notes.offset.tolist()) == ([1.0], [4.0])


def test_csv_is_a_table_by_onset() -> None:
    """Names are scientific: note 60 is C4."""
    rows = list(csv.DictReader(io.StringIO(csv_bytes(STREAM, EVENTS).decode())))
    assert list(rows[0]) == ["onset", "offset", "pitch", "name", "velocity", "p"]
    assert [(row["onset"], row["offset"], row["pitch"], row["name"]) for row in rows] == [
        ("0.5000", "1.5000", "60", "C4"),
        ("1.0000", "3.0000", "64", "E4"),
        ("1.5000", "1.5000", "60", "C4"),
    ]
    assert (rows[0]["velocity"], rows[0]["p"]) == ("72", "0.930")


@pytest.mark.parametrize(("pitch", "name"), [(21, "A0"), (60, "C4"), (61, "C#4"), (108, "C8")])
def test_note_names(pitch: int, name: str) -> None:
    """The ends of the keyboard and its middle."""
    assert name == note_name(pitch)


def test_a_file_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    """It is there after close, alone; without a stream there is none; a missing folder is one sentence."""
    sink = FileSink(midi_bytes, tmp_path / "a.mid")
    sink.open(STREAM)
    for event in EVENTS:
        sink.send(event)
    assert list(tmp_path.iterdir()) == []
    sink.close()
    assert [tmp_path / "a.mid"] == list(tmp_path.iterdir())
    assert midi_bytes(STREAM, EVENTS) == (tmp_path / "a.mid").read_bytes()
    FileSink(midi_bytes, tmp_path / "b.mid").close()
    assert not (tmp_path / "b.mid").exists()
    homeless = FileSink(midi_bytes, tmp_path / "no" / "c.mid")
    homeless.open(STREAM)
    with pytest.raises(FileError, match=r"c\.mid cannot be written: there is no such folder; create it .*\."):
        homeless.close()
