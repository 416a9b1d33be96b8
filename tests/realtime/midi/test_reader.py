"""A MIDI file's tracks as notes and pedal: channels, drums, and which note-off ends which note."""

from __future__ import annotations

import io
from pathlib import Path

import mido
import pytest

from realtime.errors import FileError
from realtime.midi.reader import MidiNotes, midi_notes, read_midi_file
from realtime.midi.smf import parse


def read(*tracks: list[mido.Message]) -> MidiNotes:
    """480 ticks are half a second."""
    buffer = io.BytesIO()
    mido.MidiFile(ticks_per_beat=480, tracks=[mido.MidiTrack(track) for track in tracks]).save(file=buffer)
    return midi_notes(parse(buffer.getvalue()))


def on(note: int, time: int = 0, velocity: int = 64, channel: int = 0) -> mido.Message:
    return mido.Message("note_on", note=note, time=time, velocity=velocity, channel=channel)


def off(note: int, time: int = 0, channel: int = 0) -> mido.Message:
    return mido.Message("note_off", note=note, time=time, channel=channel)


def pedal(value: int, time: int = 0, channel: int = 0) -> mido.Message:
    return mido.Message("control_change", control=64, value=value, time=time, channel=channel)


def spans(found: MidiNotes) -> list[tuple[float, float, int]]:
    table = found.table
    return list(zip(table.onset.tolist(), table.offset.tolist(), table.velocity.tolist(), strict=True))


def test_channels_keep_their_own_keys_and_drums_are_no_piano() -> None:
    """One pitch on two channels is two notes until each is released; the drums' own CC64 is no pedal either."""
    found = read(
        [
            on(60, velocity=70),
            on(60, 480, 80, channel=1),
            on(60, velocity=90, channel=9),
            pedal(127, channel=9),
            pedal(100, channel=1),
            off(60, 480),
            off(60, 480, channel=1),
        ]
    )
    assert spans(found) == [(0.0, 1.0, 70), (0.5, 1.5, 80)]
    assert (found.table.pedal_time.tolist(), found.table.pedal_value.tolist(), found.drums) == ([0.5], [100], 1)


def test_notes_that_nothing_releases_are_counted() -> None:
    """One that is repeated ends there, the last one with the file; a note-on of velocity 0 is a release."""
    found = read(
        [on(60, velocity=70), on(60, 480, 80), on(62, velocity=90), on(62, 480, 0), mido.MetaMessage("text", time=480)]
    )
    assert (spans(found), found.unreleased) == ([(0.0, 0.5, 70), (0.5, 1.5, 80), (0.5, 1.0, 90)], 2)


@pytest.mark.parametrize(
    ("track", "expected"),
    [
        # struck again at the tick of its release, which stands behind: once, twice, and without a last release
        ([on(60), on(60, 480, 65), off(60), off(60, 480)], [(0.0, 0.5, 64), (0.5, 1.0, 65)]),
        (
            [on(60), on(60, 480, 65), off(60), on(60, 480, 66), off(60), off(60, 480)],
            [(0.0, 0.5, 64), (0.5, 1.0, 65), (1.0, 1.5, 66)],
        ),
        ([on(60), on(60, 480, 65), off(60), pedal(0, 960)], [(0.0, 0.5, 64), (0.5, 1.5, 65)]),
        # two voices on one key: it is up after the second release
        ([on(60), on(60, 480, 65), off(60, 480), off(60, 480)], [(0.0, 0.5, 64), (0.5, 1.5, 65)]),
        # one note-off for both: the key is up there, however long the file goes on or whatever follows
        ([on(60), on(60, 480, 65), off(60, 480), pedal(0, 960)], [(0.0, 0.5, 64), (0.5, 1.0, 65)]),
        (
            [on(60), on(60, 480, 65), off(60, 480), on(60, 480, 66), off(60, 480)],
            [(0.0, 0.5, 64), (0.5, 1.0, 65), (1.5, 2.0, 66)],
        ),
        # a note-off too many
        ([off(60), on(60), off(60, 480), off(60, 480)], [(0.0, 0.5, 64)]),
    ],
)
def test_a_key_is_up_after_its_last_note_off(
    track: list[mido.Message], expected: list[tuple[float, float, int]]
) -> None:
    """Also when note-on and note-off of a tick are in the wrong order."""
    assert spans(read(track)) == expected


def test_tracks_have_keys_of_their_own_on_one_channel() -> None:
    """The hands meet on a key; a note-off that has nothing to end in its track ends what another holds."""
    right, left = [on(60), off(60, 960)], [on(60, 480, 65), off(60, 960)]
    assert spans(read(right, left)) == [(0.0, 1.0, 64), (0.5, 1.5, 65)]
    assert spans(read([on(60)], [off(60, 480)])) == [(0.0, 0.5, 64)]


def test_the_pedal_is_as_far_down_as_on_any_channel_that_plays() -> None:
    """A channel's first word "up" does not lift another's pedal; a channel without notes has none to hold."""
    played = [on(60), on(64, channel=1), pedal(127), pedal(0, 480, channel=1), pedal(0, 480)]
    table = read([*played, pedal(90, channel=2)]).table
    assert (table.pedal_time.tolist(), table.pedal_value.tolist()) == ([0.0, 0.5, 1.0], [127, 127, 0])
    table = read([on(60), pedal(90, 480, channel=2)]).table
    assert (table.pedal_time.tolist(), table.pedal_value.tolist()) == ([0.5], [90])


@pytest.mark.parametrize("track", [[], [mido.MetaMessage("text", text="nothing")]])
def test_a_file_without_notes_gives_empty_columns(track: list[mido.Message]) -> None:
    """Columns of no rows, not an error."""
    table = read(track).table
    assert (len(table), len(table.pedal_time)) == (0, 0)


@pytest.mark.parametrize("key", [b"\x08\x00", b"\x00\xff"])
def test_a_key_that_no_music_has_is_no_damage(key: bytes) -> None:
    """Eight sharps, or neither major nor minor; the notes are read as ever."""
    buffer = io.BytesIO()
    mido.MidiFile(tracks=[mido.MidiTrack([mido.MetaMessage("key_signature"), on(60)])]).save(file=buffer)
    found = midi_notes(parse(buffer.getvalue().replace(b"\xff\x59\x02\x00\x00", b"\xff\x59\x02" + key)))
    assert (found.table.pitch.tolist(), found.remarks) == ([60], ())


def test_files_of_other_formats_are_named(tmp_path: Path) -> None:
    """What a player may take for a MIDI file."""
    for begin, name in ((b"SMF2CLIP", "MIDI 2.0"), (b"XMF_2.00", "XMF"), (b"PK\3\4", "ZIP"), (b"\x1f\x8b", "gzip")):
        (tmp_path / "a.mid").write_bytes(begin + bytes(100))
        with pytest.raises(FileError, match=f"of another format .{name}."):
            read_midi_file(tmp_path / "a.mid")
