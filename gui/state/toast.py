"""A short message at the foot of a page that goes by itself, with an offer to undo for some seconds."""

from __future__ import annotations

from dataclasses import dataclass

UNDO_S, TOAST_S = 10.0, 6.0  # how long it is shown, with an offer to undo and without


@dataclass(frozen=True)
class Toast:
    """undo: whether it can be undone; until: monotonic time."""

    text: str
    until: float
    undo: bool = False
