"""The rows of the list of pieces: those of lately first, then those that come along by grade, then the player's own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from gui.practice.today_words import history_words
from gui.translation import tr
from realtime.practice.library import Piece, Place
from realtime.practice.progress import History


@dataclass(frozen=True)
class PieceRow:
    """section: the title under which it stands; more: a second line, in words."""

    section: str
    piece: Piece
    more: str

    @property
    def path(self) -> Path:
        """The piece's file."""
        return self.piece.path


def rows_of(
    recent: Sequence[Place], bundled: Sequence[Piece], own: Sequence[Piece], practised: Mapping[str, History]
) -> Iterator[PieceRow]:
    """All pieces that are known, in order; what was practised lately is not listed twice. practised: by piece id."""
    known = {str(piece.path): piece for piece in (*bundled, *own)}
    for place in recent:
        piece = known.get(place.path) or Piece(Path(place.path), place.title)
        where = tr("bar {} last time", place.bar) if place.bar else tr("upbeat last time")
        past = practised.get(place.piece)
        words = (piece.composer, where, "" if past is None else history_words(past))
        yield PieceRow(tr("Recent"), piece, " · ".join(word for word in words if word))
    lately = {place.path for place in recent}
    for piece in bundled:
        if str(piece.path) not in lately:
            yield PieceRow(tr("Grade {}", piece.grade), piece, piece.composer)
    for piece in own:
        if str(piece.path) not in lately:
            yield PieceRow(tr("Your folder"), piece, piece.path.name)
