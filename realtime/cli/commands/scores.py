"""Scores on the command line: a file, or a piece that comes with the program, and which part of it."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from realtime.limits import Limits
from realtime.words import Phrase

if TYPE_CHECKING:
    from realtime.cli.console import Console
    from realtime.practice.score import Score

BARS = re.compile(r"(\d+)(?:\s*[-–]\s*(\d+))?")  # noqa: RUF001
NO_BARS = Phrase("practice.no_bars", "'{text}' are no bars. Give the first and the last, such as 5-8.")
NO_SUCH_PIECE = Phrase(
    "practice.no_such_piece", "{text} does not exist, and no piece that comes along is called so. There are: {names}."
)
SEVERAL_PIECES = Phrase("practice.several_pieces", "Several pieces that come along are called {text}: {names}.")
NO_TEMPO = Phrase(
    "practice.no_tempo", "'{text}' is no tempo. Give a share of the written one, from {least:.0%} to {most:.0%}."
)


def _offered(begun: str) -> list[str]:
    """Names of the pieces that come along, for the shell, which adds files itself."""
    from realtime.practice.library import bundled

    return [piece.path.stem for piece in bundled() if begun and piece.path.stem.startswith(begun)]


class HandsWanted(StrEnum):
    """Whose notes are practised."""

    left = "left"
    right = "right"
    both = "both"


ScoreArgument = Annotated[
    str,
    typer.Argument(
        metavar="SCORE",
        help="A piece as MusicXML, MEI or MIDI, a take, or the name of one that comes along, such as minuet-in-g.",
        autocompletion=_offered,
    ),
]
HandsOption = Annotated[HandsWanted, typer.Option("--hands", help="One hand alone, or both.")]
BarsOption = Annotated[
    str | None, typer.Option("--bars", metavar="A-B", help="Only from one bar to another. [default: all]")
]
PartOption = Annotated[
    str,
    typer.Option("--part", metavar="N|NAME", help="Of a piece for two players: whose part. [default: the first]"),
]
OnTimeOption = Annotated[
    float,
    typer.Option("--on-time", min=5, max=500, metavar="MS", help="A note that is off by more is early or late."),
]


def parse_bars(text: str | None) -> tuple[int, int] | None:
    """The option --bars, "5-8" or "5"; None for all. Raises UsageError."""
    from realtime.errors import UsageError

    if text is None:
        return None
    found = BARS.fullmatch(text.strip())
    if found is None:
        raise UsageError(NO_BARS(text=text))
    first, last = int(found[1]), int(found[2] or found[1])
    return first, last


def parse_tempo(text: str, limits: Limits[float]) -> float:
    """The option --tempo, "80%" or "80": a share. Raises UsageError."""
    from realtime.errors import UsageError

    try:
        share = float(text.strip().removesuffix("%")) / 100
    except ValueError:
        share = 0.0
    if not limits.least <= share <= limits.most:
        raise UsageError(NO_TEMPO(text=text, least=limits.least, most=limits.most))
    return share


def read_piece(text: str, console: Console, part: str = "") -> Score:
    """The part of the piece of an argument SCORE; what of it was left out is a remark. Raises FileError."""
    from realtime.practice.reading import read_score

    score = read_score(piece_path(text), part)
    for remark in score.remarks:
        console.say(str(remark))
    return score


def piece_path(text: str) -> Path:
    """A file that there is, or that of the piece which comes along under this name. Raises FileError."""
    from realtime.errors import FileError
    from realtime.practice.library import bundled, search

    path = Path(text)
    if path.exists():
        return path
    named = [piece for piece in bundled() if text.lower() in (piece.title.lower(), piece.path.stem)]
    found = named or search(bundled(), text)
    if len(found) == 1:
        return found[0].path
    names = ", ".join(piece.path.stem for piece in found or bundled())
    raise FileError(SEVERAL_PIECES(text=text, names=names) if found else NO_SUCH_PIECE(text=text, names=names))


def part_of(piece: Score, hands: HandsWanted, bars: tuple[int, int] | None) -> Score:
    """The notes of a hand in some bars. Raises UsageError when there are none."""
    part = piece.hand(hands.value)
    return part if bars is None else part.between(*bars)
