"""Note tables: order, pedal, slices, and their way through MIDI files."""

from pathlib import Path

import mido
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from realtime.errors import FileError
from realtime.events import End, Event, NoteOff, NoteOn, Pedal
from realtime.notes import NoteTable, paired
from training.data.corpus.midi import read_midi, write_midi


def played() -> NoteTable:
    return NoteTable.build(
        onset=[3.0, 1.0, 1.0, 2.0],
        offset=[3.5, 1.5, 2.5, 2.2],
        pitch=[60, 64, 60, 64],
        velocity=[80, 70, 60, 50],
        pedal_time=[1.2, 2.1, 2.4],
        pedal_value=[100, 30, 90],
    )


def test_build_sorts_by_onset_then_pitch():
    """Columns arrive in any order."""
    assert list(zip(played().onset, played().pitch, strict=True)) == [(1.0, 60), (1.0, 64), (2.0, 64), (3.0, 60)]


def test_build_refuses_columns_of_different_length():
    """One velocity too few is an error, not a shift."""
    with pytest.raises(ValueError, match="differ in length: 2, 2, 2, 1"):
        NoteTable.build([0, 1], [1, 2], [60, 61], [64])


def test_pedal_event_counts_from_its_own_instant():
    """At 1.2 s the pedal is down, just before it is still up."""
    assert [played().pedal_at(t) for t in (1.19, 1.2, 2.0, 2.1, 9.0)] == [0, 100, 100, 30, 90]


def test_sustained_offset_waits_for_the_pedal():
    """60 released at 2.5 under a pedal that never rises; 64 released at 1.5 sounds to 2.1; the last one is held too."""
    assert [np.inf, 2.1, 2.2, np.inf] == played().sustained_offset().tolist()


def test_next_onset_is_the_next_of_the_same_pitch():
    """60 at 1 and 3 s, 64 at 1 and 2 s."""
    assert [3.0, 2.0, np.inf, np.inf] == played().next_onset().tolist()


def test_slice_keeps_what_still_rings_and_the_pedal_state():
    """At 2.05 both notes of 1.0 s ring on (the pedal holds 64, whose key struck again at 2.0 replaced it)."""
    part = played().slice(2.05, 0.5)
    assert [(int(p), round(float(o), 6)) for p, o in zip(part.pitch, part.onset, strict=True)] == [
        (60, -1.05),
        (64, -0.05),
    ]
    assert [round(float(o), 6) for o in part.offset] == [0.45, 0.15]
    assert [(round(float(t), 6), int(v)) for t, v in zip(part.pedal_time, part.pedal_value, strict=True)] == [
        (0.0, 100),
        (0.05, 30),
        (0.35, 90),
    ]


def test_slice_leaves_out_notes_damped_before():
    """A dry note that ended 0.4 s before the slice is gone, one that ended 0.2 s before may still be fading."""
    dry = NoteTable.build([0.0, 0.1], [0.6, 0.8], [50, 52], [64, 64])
    assert dry.slice(1.0, 1.0).pitch.tolist() == [52]


def test_slice_takes_onsets_from_its_start_up_to_but_without_its_end():
    """Neighbouring slices share no onset."""
    beats = NoteTable.build([0.0, 1.0, 2.0], [0.1, 1.1, 2.1], [60, 61, 62], [64, 64, 64])
    assert beats.slice(1.0, 1.0).pitch.tolist() == [61]


@given(start=st.floats(0, 4), seconds=st.floats(0.1, 4))
def test_no_onset_is_lost_or_invented_by_a_slice(start: float, seconds: float):
    """Inside the window a slice has exactly the notes of the whole."""
    whole, part = played(), played().slice(start, seconds)
    inside = (whole.onset >= start) & (whole.onset < start + seconds)
    assert whole.pitch[inside].tolist() == part.pitch[part.onset >= 0].tolist()


def test_midi_file_gives_back_the_performance(tmp_path: Path):
    """Times are whole milliseconds here, so nothing is rounded away."""
    write_midi(played(), tmp_path / "a.mid")
    again = read_midi(tmp_path / "a.mid")
    for name in ("onset", "offset", "pitch", "velocity", "pedal_time", "pedal_value"):
        np.testing.assert_allclose(getattr(again, name), getattr(played(), name), atol=1e-9)


def test_tracks_play_together(tmp_path: Path):
    """480 ticks at 0.5 s, then 1 s a beat: tick 240 is 0.25 s, 480 is 0.5 s, 960 is 1.5 s, 1440 is 1.75 s; the last key
    is released in another track."""
    tempo = [
        mido.MetaMessage("set_tempo", tempo=t, time=d) for t, d in ((500_000, 0), (1_000_000, 480), (250_000, 480))
    ]
    notes = [
        mido.Message("note_on", note=60, velocity=70, time=240),
        mido.Message("control_change", control=64, value=90, time=240),
        mido.Message("note_on", note=60, velocity=80, time=480),
        mido.Message("note_on", note=60, velocity=0, time=1440),
    ]
    tracks = [mido.MidiTrack(notes[-1:]), mido.MidiTrack(tempo), mido.MidiTrack(notes[:-1])]
    mido.MidiFile(type=1, ticks_per_beat=480, tracks=tracks).save(tmp_path / "a.mid")
    performance = read_midi(tmp_path / "a.mid")
    assert performance.onset.tolist() == pytest.approx([0.25, 1.5])
    assert performance.offset.tolist() == pytest.approx([1.5, 1.75])
    assert performance.velocity.tolist() == [70, 80]
    assert performance.pedal_time.tolist() == [0.5]


def test_something_else_than_midi_is_refused(tmp_path: Path):
    """Text under a MIDI name does not pass for an empty performance."""
    (tmp_path / "a.mid").write_bytes(b"not a MIDI file, only text")
    with pytest.raises(FileError, match=r"a\.mid is a broken MIDI file"):
        read_midi(tmp_path / "a.mid")


def table(notes: NoteTable) -> list[tuple[float, ...]]:
    """A row a note: onset, offset, pitch, velocity, confidence."""
    assert notes.confidence is not None
    columns = (notes.onset, notes.offset, notes.pitch, notes.velocity, notes.confidence)
    return list(zip(*(column.tolist() for column in columns), strict=True))


def test_events_are_paired_once_and_for_all():
    """A key struck again was released before, a release without a note-on does not count, a note without a release
    lasts to the last event; notes by onset, then pitch, whatever the order in which they end."""
    events: list[Event] = [
        NoteOff(0.1, 0.2, 62),
        NoteOn(0.5, 0.6, 64, 10, 0.1),
        NoteOn(0.5, 0.7, 60, 20, 0.2),
        NoteOn(1.0, 1.1, 60, 30, 0.3),
        Pedal(1.25, 1.3, 127),
        NoteOff(1.5, 1.6, 60),
        NoteOff(1.75, 1.8, 60),
        NoteOn(2.0, 2.1, 72, 40, 0.4),
        NoteOff(2.5, 2.6, 64),
        End(4.0, 4.0, 4, 0, "end of file"),
    ]
    notes = NoteTable.from_events(events)
    assert table(notes) == [
        (0.5, 1.0, 60, 20, 0.2),
        (0.5, 2.5, 64, 10, 0.1),
        (1.0, 1.5, 60, 30, 0.3),
        (2.0, 4.0, 72, 40, 0.4),
    ]
    assert (notes.pedal_time.tolist(), notes.pedal_value.tolist()) == ([1.25], [127])
    assert [on.pitch for on in paired(events).unreleased] == [72]


def test_only_and_between_keep_every_column_and_the_pedal():
    """Neither loses a note's confidence; the later bound is left out."""
    notes = NoteTable.build([1, 2, 3], [1.5, 2.5, 9], [60, 61, 62], [1, 2, 3], [0.5], [64], confidence=[0.1, 0.2, 0.3])
    assert table(notes.between(2.0, 3.0)) == [(2.0, 2.5, 61, 2, 0.2)]
    assert table(notes.only(notes.pitch != 61)) == [(1.0, 1.5, 60, 1, 0.1), (3.0, 9.0, 62, 3, 0.3)]
    assert notes.between(2.0, 3.0).pedal_value.tolist() == [64]


def test_offsets_are_extended_by_the_pedal():
    """To its lift, to the key's next onset or to the end; 63 lifts it, and a held key is never cut."""
    notes = NoteTable.build(
        [0.0, 0.0, 0.5, 2.0, 3.0],
        [0.2, 0.3, 0.7, 2.1, 9.0],
        [60, 62, 60, 64, 65],
        [64] * 5,
        [0.1, 1.0, 1.5],
        [64, 63, 99],
    )
    assert notes.pedal_extended(5.0).tolist() == [0.5, 1.0, 1.0, 5.0, 9.0]


def test_a_pedal_at_64_still_holds():
    """A pedal that rises gradually is up at 63."""
    notes = NoteTable.build([0.0], [0.2], [60], [64], [0.1, 1.0, 1.5], [127, 64, 63])
    assert notes.sustained_offset().tolist() == [1.5]


def test_a_slice_has_the_pedal_at_its_start_once():
    """An event at that very time is the state there, and not repeated; one at the end belongs to the next slice."""
    part = played().slice(1.2, 1.2)
    assert [round(time, 6) for time in part.pedal_time.tolist()] == [0.0, 0.9]
    assert part.pedal_value.tolist() == [100, 30]


def test_one_keyboard_plays_a_key_once_at_a_time():
    """Of two notes of one pitch and onset the longest stays; an earlier one ends where the next begins; A0 and C8 are
    keys, their neighbours none."""
    notes = NoteTable.build([0, 0, 1, 2, 2, 2, 2], [0.5, 3, 0.5, 3, 3, 3, 3], [60, 60, 60, 20, 21, 108, 109], [64] * 7)
    alone = notes.one_key_per_pitch()
    assert (alone.onset[:2].tolist(), alone.offset[:2].tolist()) == ([0.0, 1.0], [1.0, 1.0])
    assert alone.on_the_keyboard().pitch.tolist() == [60, 60, 21, 108]


def test_values_beyond_midi_are_the_nearest():
    """A velocity of 0 would be a release."""
    notes = NoteTable.build([0, 1], [1, 2], [60, 61], [0, 128], [0, 1], [-1, 128]).in_range()
    assert (notes.velocity.tolist(), notes.pedal_value.tolist()) == ([1, 127], [0, 127])
