"""When a chord's name is shown: not for the moment in which its keys go down one by one, and a little longer than it
sounds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from gui.stage.chords import Chord, name_chord
from gui.stage.roll import Block

PEDAL_S, STABLE_S, STAYS_S = 1.5, 0.12, 0.8
STANDING_S = 0.001  # less than this between two looks, and time stands still


class SoundingNotes(Protocol):
    """The blocks of a moment."""

    @property
    def blocks(self) -> Iterable[Block]: ...


class ChordWatch:
    """Look at what sounds again and again; the chord to be shown."""

    def __init__(self) -> None:
        self._shown: Chord | None = None
        self._keys: tuple[frozenset[int], frozenset[int]] = (frozenset(), frozenset())
        self._since = self._sounded = self._looked = 0.0

    def look(self, roll: SoundingNotes, now: float) -> Chord | None:
        """The chord to show at stream time `now`, s. A key counts while it is held, and for 1.5 s under the pedal."""
        sounding = [block for block in roll.blocks if _sounds(block, now)]
        held = frozenset(block.pitch for block in sounding if block.release is None or now < block.release)
        keys = frozenset(block.pitch for block in sounding), held
        if keys != self._keys or now < self._since:
            self._keys, self._since = keys, now
        if now - self._since >= STABLE_S and (chord := _named(*keys)) is not None:
            self._shown, self._sounded = chord, now
        elif not 0 <= now - self._sounded <= STAYS_S or (not sounding and abs(now - self._looked) < STANDING_S):
            self._shown = None  # at the end of a piece nothing sounds, and time goes no further
        self._looked = now
        return self._shown


def _named(sounding: frozenset[int], held: frozenset[int]) -> Chord | None:
    """The chord of all that sounds; where a melody runs on in the pedal, that of the keys that are held."""
    chord = name_chord(sounding)
    if chord is None or chord.name:
        return chord
    of_held = name_chord(held)
    return of_held if of_held is not None and of_held.name else chord


def _sounds(block: Block, now: float) -> bool:
    # The first of these tests ends it for nearly all blocks that a stage remembers.
    if (block.damped is not None and now >= block.damped) or block.onset > now:
        return False
    if block.release is None or now < block.release:
        return True
    return now - block.release < PEDAL_S
