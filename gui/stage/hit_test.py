"""Hit testing: what lies under the mouse on the stage (a key, the split point, a chip of the legend). Device pixels."""

from __future__ import annotations

from dataclasses import dataclass

from gui.stage.stage import Stage

SPLIT_ASIDE, SPLIT_ABOVE = 10, 18
SOFTEST, LOUDEST = 40, 112


@dataclass(frozen=True)
class HandChip:
    """The legend's chip of a hand, "left" or "right"."""

    name: str


@dataclass(frozen=True)
class SplitMark:
    """The mark between the hands."""


@dataclass(frozen=True)
class KeyTarget:
    """A key. velocity: louder the nearer to its front it was clicked."""

    pitch: int
    velocity: int


Target = HandChip | SplitMark | KeyTarget | None


def target_at(stage: Stage, x: int, y: int) -> Target:
    """The uppermost thing at a pixel that takes a click."""
    if hand := stage.chips.hand_at(x, y):
        return HandChip(hand)
    geometry = stage.geometry
    mark = stage.chips.split_x
    aside, above = geometry.px(SPLIT_ASIDE), geometry.px(SPLIT_ABOVE)
    if mark is not None and abs(x - mark) <= aside and geometry.hit - above <= y < geometry.hit:
        return SplitMark()
    pitch = geometry.pitch_at(x, y)
    if pitch is None:
        return None
    length = geometry.black_height if geometry.key(pitch).black else geometry.keyboard
    share = min((y - geometry.hit) / length, 1.0)
    return KeyTarget(pitch, round(SOFTEST + (LOUDEST - SOFTEST) * share))


def split_at(stage: Stage, x: int) -> int:
    """The lowest pitch of the right hand when the mark is dragged to a column."""
    return min(stage.geometry.keys, key=lambda key: (abs(key.x - x), key.black)).pitch
