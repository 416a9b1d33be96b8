"""A MIDI file's tracks as notes and pedal: channels, drums, tempo."""

from __future__ import annotations

from pathlib import Path

import mido
import pytest

from realtime.midi.reader import in_order, midi_notes, open_midi


def file_of(*messages: mido.Message) -> mido.MidiFile:
    return mido.MidiFile(ticks_per_beat=480, tracks=[mido.MidiTrack(messages)])


def test_channels_keep_their_own_keys_and_drums_are_no_piano() -> None:
    """One pitch on two channels is two notes until each is released; the drums' own CC64 is no pedal either."""
    file = file_of(
        mido.Message("note_on", note=60, velocity=70, channel=0),
        mido.Message("note_on", note=60, velocity=80, channel=1, time=480),
        mido.Message("note_on", note=60, velocity=90, channel=9),
        mido.Message("control_change", control=64, value=127, channel=9),
        mido.Message("control_change", control=64, value=100, channel=1),
        mido.Message("note_off", note=60, channel=0, time=480),
        mido.Message("note_off", note=60, channel=1, time=480),
    )
    table, drums, _ = midi_notes(in_order(file), 480)
    assert [
        (on, off, velocity) for on, off, velocity in zip(table.onset, table.offset, table.velocity, strict=True)
    ] == [
        (0.0, 1.0, 70),
        (0.5, 1.5, 80),
    ]
    assert (table.pedal_time.tolist(), table.pedal_value.tolist(), drums) == ([0.5], [100], 1)


def test_notes_that_nothing_releases_are_counted() -> None:
    """One that is repeated ends there, the last one with the file; a note-on of velocity 0 is a release."""
    file = file_of(
        mido.Message("note_on", note=60, velocity=70),
        mido.Message("note_on", note=60, velocity=80, time=480),
        mido.Message("note_on", note=62, velocity=90),
        mido.Message("note_on", note=62, velocity=0, time=480),
        mido.MetaMessage("text", text="end", time=480),
    )
    table, _, unreleased = midi_notes(in_order(file), 480)
    assert (table.onset.tolist(), table.offset.tolist(), unreleased) == ([0.0, 0.5, 0.5], [0.5, 1.5, 1.0], 2)


@pytest.mark.parametrize("file", [file_of(), file_of(mido.MetaMessage("text", text="nothing"))])
def test_a_file_without_notes_gives_empty_columns(file: mido.MidiFile) -> None:
    """Columns of no rows, not an error."""
    table = midi_notes(in_order(file), 480).table
    assert (len(table), len(table.pedal_time)) == (0, 0)


@pytest.mark.parametrize("key", [b"\x08\x00", b"\x00\xff"])
def test_a_key_that_no_music_has_is_no_damage(key: bytes, tmp_path: Path) -> None:
    """Eight sharps, or neither major nor minor; the notes are read as ever."""
    path = tmp_path / "odd.mid"
    file_of(mido.MetaMessage("key_signature"), mido.Message("note_on", note=60)).save(path)
    path.write_bytes(path.read_bytes().replace(b"\xff\x59\x02\x00\x00", b"\xff\x59\x02" + key))
    found = midi_notes(in_order(open_midi(path)), 480)
    assert found.table.pitch.tolist() == [60]
