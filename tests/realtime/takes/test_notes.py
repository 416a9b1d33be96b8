"""The note table of a take: the notes of one keyboard, in order, from any source."""

from __future__ import annotations

import pytest

from realtime.events import End, Event, Gap, NoteOff, NoteOn, Pedal, StreamStarted
from realtime.notes import NoteTable
from realtime.takes.notes import TakeNotes

STREAM = StreamStarted("m", "studio", 0.318, 48_000, "mic", "2026-11-21T10:00:00Z")


def test_columns_are_sorted_and_fit_one_keyboard() -> None:
    """A key struck again ends the earlier note; of two notes in one the longer stays; 120 is no piano key."""
    notes = TakeNotes.of(
        NoteTable.build(
            onset=[2, 1, 0, 0, 0],
            offset=[2.5, 9, 1, 5, 0.5],
            pitch=[120, 60, 60, 64, 60],
            velocity=[64, 65, 66, 300, 68],
            confidence=[0.1, 0.2, 0.3, 0.4, 0.5],
        )
    )
    assert tuple(column.tolist() for column in (notes.onset, notes.offset, notes.pitch, notes.velocity)) == (
        [0, 0, 1],
        [1, 5, 9],
        [60, 64, 60],
        [66, 127, 65],
    )
    assert notes.confidence is not None
    assert notes.confidence.tolist() == [0.3, 0.4, 0.2]
    assert (notes.duration_s, notes.playing_s) == (9.0, 9.0)
    assert [str(remark) for remark in notes.remarks] == ["Notes beyond the 88 keys were left out: 1."]


def test_a_note_without_end_is_cut() -> None:
    """A key that was never released does not make a take of hours; the take says so."""
    notes = TakeNotes.of(NoteTable.build([0, 1, 2], [68_400, 301, 302.5], [60, 62, 64], [80] * 3))
    assert (notes.offset.tolist(), notes.duration_s) == ([300, 301, 302], 302)
    assert [str(remark) for remark in notes.remarks] == ["Notes held for more than five minutes end there: 2."]


def test_events_become_columns() -> None:
    """With pedal, confidence, the stream's length and lost sound."""
    events: list[Event] = [
        NoteOn(0.5, 0.6, 60, 72, 0.93),
        Pedal(0.7, 0.8, 127),
        Gap(1.0, 1.0, 0.25),
        NoteOff(1.5, 1.6, 60),
        End(9.0, 9.0, 1, 1, "stopped"),
    ]
    notes = TakeNotes.of_stream(STREAM, events, "Take 03")
    assert (
        notes.onset.tolist(),
        notes.offset.tolist(),
        notes.pitch.tolist(),
        notes.velocity.tolist(),
    ) == ([0.5], [1.5], [60], [72])
    assert notes.confidence is not None
    assert (notes.confidence.tolist(), notes.pedal_time.tolist(), notes.pedal_value.tolist()) == ([0.93], [0.7], [127])
    assert (
        notes.pedal_source,
        notes.duration_s,
        notes.playing_s,
        notes.name,
    ) == ("transcribed", 9.0, 1.0, "Take 03")
    assert STREAM.started == notes.started
    assert notes.lost_s == 0.25


def test_an_empty_take_is_a_take() -> None:
    """No notes, no pedal, no length."""
    notes = TakeNotes.of_stream(STREAM, [], "")
    assert (len(notes), notes.playing_s, notes.duration_s, notes.pedal_source) == (0, 0.0, 0.0, "none")


@pytest.mark.parametrize(
    "columns", [([0.0], [], [], []), ([float("nan")], [1], [60], [64]), ([0.0], [float("inf")], [60], [64])]
)
def test_wrong_columns_are_refused(columns: tuple[list[float], ...]) -> None:
    """Different lengths, or numbers that are not finite."""
    with pytest.raises(ValueError, match=r"columns|finite"):
        TakeNotes.of(NoteTable.build(*columns))


def test_a_take_at_another_tempo_lasts_as_long_as_its_notes() -> None:
    """Its length and its lost sound are scaled too."""
    whole = TakeNotes.of(NoteTable.build([1.0], [2.0], [60], [64], [1.5], [127]), duration_s=8.0, lost_s=1.0)
    notes = whole.scaled(0.5)
    assert (notes.onset.tolist(), notes.offset.tolist(), notes.pedal_time.tolist()) == ([0.5], [1.0], [0.75])
    assert (notes.duration_s, notes.lost_s) == (4.0, 0.5)
