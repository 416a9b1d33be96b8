"""When a chord's name is shown: not for the moment in which its keys go down one by one, and a little longer than it
sounds. No Qt."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from gui.chords import Chord, name_chord
from gui.roll import Block

PEDAL_S, STABLE_S, STAYS_S = 1.5, 0.12, 0.8


class Sounding(Protocol):
    """The blocks of a moment."""

    @property
    def blocks(self) -> Iterable[Block]: ...


class ChordWatch:
    """Look at what sounds again and again; the chord to be shown."""

    def __init__(self) -> None:
        self._shown: Chord | None = None
        self._keys: frozenset[int] = frozenset()
        self._since = self._sounded = 0.0

    def look(self, seen: Sounding, now: float) -> Chord | None:
        """The chord to show at stream time `now`, s. A key counts while it is held, and for 1.5 s under the pedal."""
        keys = frozenset(block.pitch for block in seen.blocks if _sounds(block, now))
        if keys != self._keys or now < self._since:
            self._keys, self._since = keys, now
        if now - self._since >= STABLE_S and (chord := name_chord(keys)) is not None:
            self._shown, self._sounded = chord, now
        elif not 0 <= now - self._sounded <= STAYS_S:
            self._shown = None
        return self._shown


def _sounds(block: Block, now: float) -> bool:
    if block.onset > now:
        return False
    if block.release is None or now < block.release:
        return True
    return (block.damped is None or now < block.damped) and now - block.release < PEDAL_S
