"""Which unexpected notes may be mistakes of the ear, and are not held against the player.

An unexpected note is doubtful when it may be an octave or a strong partial of a surer one, or when its key was struck
just before and may merely sound on. Of two unexpected notes the louder is surer. One of which the ear itself is not
sure is none: of those that nobody played two of five are let off so, of those that somebody did one of fifteen.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection
from dataclasses import dataclass

# Semitones from a note that sounds to those that are heard in its place or beside it: octaves, and strong partials.
GHOSTS = (-12, 12, 19, 24, 28)
TOGETHER_S = 0.08  # a ghost comes with its note
CERTAIN = 0.8  # an unexpected note of which the ear is less sure counts for nothing
LATEST_S = 0.42  # by then all is told that may explain a note: a soft key beside it by the surest delay
AGAIN_S = 0.5  # a key that was struck so lately may merely sound on


@dataclass(frozen=True)
class Stroke:
    """A note-on. time: when it sounded, s; velocity: MIDI; written: whether it is one of the score's; group: of the
    score, where the player was, if that is known."""

    time: float
    pitch: int
    velocity: int
    written: bool
    group: int = 0


class Doubts:
    """The notes that were heard, and which of them are doubtful."""

    def __init__(self) -> None:
        self._strokes: deque[Stroke] = deque()

    def add(self, stroke: Stroke) -> None:
        """A note was heard."""
        self._strokes.append(stroke)

    def forget(self, before_s: float) -> None:
        """No note before this time will be asked about."""
        while self._strokes and self._strokes[0].time < before_s - AGAIN_S:
            self._strokes.popleft()

    def doubtful(self, stroke: Stroke) -> bool:
        """Whether an unexpected note may be none. All notes until `TOGETHER_S` after it must have been added."""
        return any(_explains(other, stroke) for other in self._strokes)


class Unexpected:
    """The notes that were heard; those that are not written wait until all is known that may explain them."""

    def __init__(self, patience_s: float) -> None:
        """patience_s: after so long all notes are told that sounded within `TOGETHER_S` of one."""
        self._patience_s = patience_s
        self._doubts = Doubts()
        self._waiting: deque[Stroke] = deque()

    def add(self, stroke: Stroke) -> None:
        """A note was heard."""
        self._doubts.add(stroke)
        if not stroke.written:
            self._waiting.append(stroke)

    def certain(self, now_s: float, awaited: Collection[int] = ()) -> list[Stroke]:
        """Those that have waited long enough at `now_s`, and are no mistakes of the ear. awaited: keys that are
        listened for; what one of them would explain waits for as long as it may still be told, LATEST_S."""

        def is_ripe(stroke: Stroke) -> bool:
            explained = any(stroke.pitch - pitch in GHOSTS for pitch in awaited)
            return stroke.time + (LATEST_S if explained else self._patience_s) <= now_s

        ripe = [stroke for stroke in self._waiting if is_ripe(stroke)]
        self._waiting = deque(stroke for stroke in self._waiting if not is_ripe(stroke))
        certain = [stroke for stroke in ripe if not self._doubts.doubtful(stroke)]
        self._doubts.forget(now_s - self._patience_s - AGAIN_S)
        return certain


def _explains(other: Stroke, stroke: Stroke) -> bool:
    """Whether a note may be heard because of another one."""
    if other.pitch == stroke.pitch:
        return 0 < stroke.time - other.time <= AGAIN_S
    surer = other.written or other.velocity > stroke.velocity
    return surer and stroke.pitch - other.pitch in GHOSTS and abs(stroke.time - other.time) <= TOGETHER_S
