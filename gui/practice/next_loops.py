"""The loops that are worth practising next: the hardest bars of each piece that was practised lately."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from realtime.practice.library import Place
from realtime.practice.progress import History, Suggestion

MOST = 3


@dataclass(frozen=True)
class NextLoop:
    """title, path: of the piece."""

    title: str
    path: Path
    suggestion: Suggestion


def next_loops(histories: Mapping[str, History], recent: Sequence[Place]) -> tuple[NextLoop, ...]:
    """Those of the latest pieces whose file is known. histories: by the id of the piece, the latest first. A run knows
    its piece, but not where it lies; that is known of what was opened lately."""
    known = {place.piece: Path(place.path) for place in reversed(recent)}
    loops = (
        NextLoop(past.title, known[piece], past.suggestion)
        for piece, past in histories.items()
        if past.suggestion is not None and piece in known
    )
    return tuple(loop for loop, _ in zip(loops, range(MOST), strict=False))
