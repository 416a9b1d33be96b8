"""What lies under the mouse on the stage: a key, the split point, a chip of the legend. Device pixels."""

from __future__ import annotations

from dataclasses import dataclass

from gui.stage.stage import Stage

SPLIT_ASIDE, SPLIT_ABOVE = 10, 18
SOFTEST, LOUDEST = 40, 112


@dataclass(frozen=True)
class Hand:
    """The legend's chip of a hand, "left" or "right"."""

    name: str


@dataclass(frozen=True)
class Split:
    """The mark between the hands."""


@dataclass(frozen=True)
class Key:
    """A key. velocity: louder the nearer to its front it was touched."""

    pitch: int
    velocity: int


Touched = Hand | Split | Key | None


def touched(stage: Stage, x: int, y: int) -> Touched:
    """The uppermost thing at a pixel that takes a click."""
    if hand := stage.chips.hand_at(x, y):
        return Hand(hand)
    geometry = stage.geometry
    mark = stage.chips.split_x
    aside, above = geometry.px(SPLIT_ASIDE), geometry.px(SPLIT_ABOVE)
    if mark is not None and abs(x - mark) <= aside and geometry.hit - above <= y < geometry.hit:
        return Split()
    pitch = geometry.pitch_at(x, y)
    if pitch is None:
        return None
    length = geometry.black_height if geometry.key(pitch).black else geometry.keyboard
    share = min((y - geometry.hit) / length, 1.0)
    return Key(pitch, round(SOFTEST + (LOUDEST - SOFTEST) * share))


def split_at(stage: Stage, x: int) -> int:
    """The lowest pitch of the right hand when the mark is dragged to a column."""
    return min(stage.geometry.keys, key=lambda key: (abs(key.x - x), key.black)).pitch
