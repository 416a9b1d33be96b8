"""A piece for the tests of practice, written by hand: two bars of three quarters, both hands, a quarter a second."""

from __future__ import annotations

from dataclasses import replace

from realtime.events import NoteOn
from realtime.practice.score import Bar, Group, Hand, Score, ScoreNote
from realtime.transcription.expected import GroupPassed, Heard

C4, D4, E4, G4, C3, G3 = 60, 62, 64, 67, 48, 55


def note(pitch: int, beat: float, hand: Hand = "right", length: float = 1.0) -> ScoreNote:
    """With the id that its pitch and beat make."""
    return ScoreNote(pitch, beat, length, hand, id=f"n{pitch}-{beat:g}")


def group(index: int, beat: float, *notes: ScoreNote) -> Group:
    """Of the bar in which its beat lies."""
    return Group(index, beat, 1 + int(beat // 3), notes)


# Beats 0 to 5: C3 below C4, D4, E4; G3 below G4, and G4 once more; the last quarter is silent.
PIECE = Score(
    "Two bars",
    (
        group(0, 0, note(C3, 0, "left", 3.0), note(C4, 0)),
        group(1, 1, note(D4, 1)),
        group(2, 2, note(E4, 2)),
        group(3, 3, note(G3, 3, "left", 3.0), note(G4, 3)),
        group(4, 4, note(G4, 4)),
    ),
    (Bar(1, 0.0, 3.0), Bar(2, 3.0, 3.0)),
    ((0.0, 60.0),),
)


def without_page(score: Score) -> Score:
    """The same as a MIDI file has it: its notes are on no page."""
    groups = (replace(one, notes=tuple(replace(note, id="") for note in one.notes)) for one in score.groups)
    return replace(score, groups=tuple(groups))


def heard(pitch: int, time_s: float) -> Heard:
    """An expected key, known 50 ms later."""
    return Heard(pitch, time_s, time_s + 0.05, False)


def passed(group: int, time_s: float) -> GroupPassed:
    """All keys of a group, by the number of its `Expect`."""
    return GroupPassed(group, time_s, time_s + 0.05, 1)


def struck(pitch: int, time_s: float) -> NoteOn:
    """A key that the ear heard, told 60 ms later."""
    return NoteOn(time_s, time_s + 0.06, pitch, 80, 0.9)
