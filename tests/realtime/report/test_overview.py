"""What is told before the figures: each row whole, and what is said of another take."""

from __future__ import annotations

from realtime.report.overview import comparison_note, overview
from realtime.report.report import build_report
from realtime.takes.notes import TakeNotes
from tests.realtime.report.playing import played, scale, steady


def told(notes: TakeNotes) -> dict[str, str]:
    return {str(label): str(said) for label, said in overview(build_report(notes))}


def test_a_key_that_is_a_toss_up_is_told_as_such() -> None:
    """Tones and semitones in turn have no tonic; then nothing is said of the mood."""
    rows = [(i * 0.4, i * 0.4 + 0.3, pitch, 64) for i, pitch in enumerate((60, 61, 63, 64, 66, 67, 69, 70) * 8)]
    assert told(played(rows)) == {
        "Played": "25.5 s, 2.5 strikes a second",
        "Range": "C4 to A#4, 10 semitones",
        "Most often": "C4; of all octaves C",
        "Likely key": "G minor, not clearly",
    }


def test_one_note_has_no_key() -> None:
    """Nor has nothing a row."""
    assert told(played(steady(1, 0.5))) == {
        "Played": "0.4 s, 2.5 strikes a second",
        "Range": "C4 to C4, 0 semitones",
        "Most often": "C4; of all octaves C",
        "Likely key": "–",  # noqa: RUF001
    }
    assert told(played([])) == {}


def test_what_a_comparison_says_of_the_other_take() -> None:
    """Nothing without one; why there is none with another piece."""
    ten = played(scale(10, 0.3), name="Ten")
    notes = [comparison_note(build_report(ten, other)) for other in (None, ten, played(steady(20, 0.5), name="B"))]
    assert [note and str(note) for note in notes] == [
        None,
        "Compared with Ten. Differences too small to mean anything are left out.",
        "B seems to be another piece, so the takes are not compared.",
    ]
