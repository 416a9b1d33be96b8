"""A file that was opened to be practised: its score, or why there is none; and the score at a glance."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from gui.practice.score_roll import ScoreRoll
from gui.state.failures import explain
from gui.takes.outline import Outline
from realtime.practice.reading import read_score
from realtime.practice.score import Score
from realtime.words import Said


@dataclass(frozen=True)
class OpenedPiece:
    """A file that was read. problem: a sentence when there is no score."""

    path: Path
    score: Score | None = None
    problem: Said | None = None


@dataclass(frozen=True, eq=False)
class WholePiece:
    """A score at a glance. bars: begin and end of each, s at the written tempo; length_s: of all."""

    outline: Outline
    bars: tuple[tuple[float, float], ...]
    length_s: float

    @staticmethod
    def of(score: Score) -> WholePiece:
        """That of a score."""
        bars = tuple((score.seconds(bar.beat), score.seconds(bar.end)) for bar in score.bars)
        return WholePiece(ScoreRoll(score).outline, bars, bars[-1][1])


def open_piece(path: Path) -> OpenedPiece:
    """Read a file; raises nothing. May be called in any thread."""
    try:
        return OpenedPiece(path, read_score(path))
    except Exception as error:  # whatever it is, the player waits for an answer
        return OpenedPiece(path, problem=_by_name(explain(error), path))


def _by_name(said: Said, path: Path) -> Said:
    """The player has just chosen the file: its name says which one."""
    values = ((place, path.name if value == str(path) else value) for place, value in said.values)
    return replace(said, values=tuple(values))
