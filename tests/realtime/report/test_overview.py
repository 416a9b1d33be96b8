"""The overview before the figures: each row whole, and the note on another take."""

from __future__ import annotations

from realtime.report.overview import comparison_note, overview
from realtime.report.report import build_report
from realtime.takes.notes import TakeNotes
from tests.realtime.report.playing import played, scale, steady


def rows_of(notes: TakeNotes) -> dict[str, str]:
    return {str(label): str(said) for label, said in overview(build_report(notes))}


def test_an_unclear_key_is_marked() -> None:
    """Tones and semitones in turn have no tonic; then there is no mood."""
    rows = [(i * 0.4, i * 0.4 + 0.3, pitch, 64) for i, pitch in enumerate((60, 61, 63, 64, 66, 67, 69, 70) * 8)]
    assert rows_of(played(rows)) == {
        "Played": "25.5 s, 2.5 strikes a second",
        "Range": "C4 to A#4, 10 semitones",
        "Most often": "C4; of all octaves C",
        "Likely key": "G minor, not clearly",
    }


def test_one_note_has_no_key() -> None:
    """And no note has no row."""
    assert rows_of(played(steady(1, 0.5))) == {
        "Played": "0.4 s, 2.5 strikes a second",
        "Range": "C4 to C4, 0 semitones",
        "Most often": "C4; of all octaves C",
        "Likely key": "–",  # noqa: RUF001
    }
    assert rows_of(played([])) == {}


def test_the_note_on_a_comparison() -> None:
    """None without another take; a reason with another piece."""
    ten = played(scale(10, 0.3), name="Ten")
    notes = [comparison_note(build_report(ten, other)) for other in (None, ten, played(steady(20, 0.5), name="B"))]
    assert [note and str(note) for note in notes] == [
        None,
        "Compared with Ten. Differences too small to mean anything are left out.",
        "B seems to be another piece, so the takes are not compared.",
    ]
