"""A score as falling blocks: where each lies, with whose hand, and which lines are seen."""

from __future__ import annotations

from dataclasses import replace

from gui.practice.score_roll import ScoreRoll
from gui.stage.roll import Block
from realtime.practice.score import Bar, Group, Score, ScoreNote
from tests.gui.practice.pieces import C3, C4, D4, E4, G3, G4, PIECE


def told(blocks: object) -> list[tuple[int, float, float | None, bool, str]]:
    return [(b.pitch, b.onset, b.release, b.struck_again, b.hand) for b in blocks]  # type: ignore[attr-defined]


def test_every_note_has_its_block():
    """By onset, with its hand; a key that is struck again where it ends says so."""
    assert told(ScoreRoll(PIECE).blocks) == [
        (C3, 0.0, 3.0, False, "left"),
        (C4, 0.0, 1.0, False, "right"),
        (D4, 1.0, 2.0, False, "right"),
        (E4, 2.0, 3.0, False, "right"),
        (G3, 3.0, 6.0, False, "left"),
        (G4, 3.0, 4.0, True, "right"),
        (G4, 4.0, 5.0, False, "right"),
    ]


def test_what_is_seen_at_a_place():
    """Blocks that have not ended, up to the end of sight; beats between bar lines; a bar line that has just passed."""
    seen = ScoreRoll(PIECE).at(3.4, 1.0, {C4: Block(C4, 80, 7.0)})
    assert [(block.pitch, block.onset) for block in seen.blocks] == [(G3, 3.0), (G4, 3.0), (G4, 4.0)]
    assert (seen.beats, seen.bars) == ((4.0,), ((3.0, 2),))
    assert [*seen.held] == [C4]
    assert ScoreRoll(PIECE).at(3.51, 0.4, {}).bars == ()


def test_a_grace_note_is_seen_and_ends_where_its_key_is_struck():
    """60 ms at least, but never over the next block of its key."""
    grace = ScoreNote(C4, 0.0, 0.0, "right", optional=True)
    score = Score(
        "Grace",
        (
            Group(0, 0.0, 1, (grace, ScoreNote(D4, 0.0, 1.0, "right"))),
            Group(1, 0.05, 1, (ScoreNote(C4, 0.05, 1, "right"),)),
        ),
        (Bar(1, 0.0, 4.0),),
        ((0.0, 60.0),),
    )
    assert told(ScoreRoll(score).blocks)[0] == (C4, 0.0, 0.05, True, "right")
    alone = replace(score, groups=score.groups[:1])
    assert told(ScoreRoll(alone).blocks)[0] == (C4, 0.0, 0.06, False, "right")


def test_the_outline_has_the_hands():
    """As many as notes, in the same order."""
    outline = ScoreRoll(PIECE).outline
    assert outline.hands == ("left", "right", "right", "right", "left", "right", "right")
    assert outline.end.tolist() == [3.0, 1.0, 2.0, 3.0, 6.0, 4.0, 5.0]
