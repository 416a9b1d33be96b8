"""Where the 88 keys and the hit line lie on a stage of a given size, in device pixels."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from realtime.contract import KEYS, LOWEST_PITCH

MARGIN = 16.0
KEY_HEIGHT, LEAST_KEYBOARD, GREATEST_SHARE = 6.25, 96.0, 0.22
LOW_STAGE = 604.0  # that of a window 760 px high: below, the keyboard takes its least height
BLACK_WIDTH, BLACK_HEIGHT, BLACK_SHIFT = 0.583, 0.635, 0.15
# Pitch class of a black key -> how many black widths it lies right of the gap between its white neighbours.
SHIFTS = {1: -BLACK_SHIFT, 3: BLACK_SHIFT, 6: -BLACK_SHIFT, 8: 0.0, 10: BLACK_SHIFT}
PITCHES = range(LOWEST_PITCH, LOWEST_PITCH + KEYS)
# Number of keys -> the pitches of such a keyboard; each begins and ends with a white key.
RANGES = {
    25: range(48, 73),
    37: range(48, 85),
    49: range(36, 85),
    61: range(36, 97),
    76: range(28, 104),
    88: PITCHES,
}
# FIT in the place of such a number: all keys while listening, and as many as a piece needs in its replay.
FIT, LEAST_FITTING = 0, 25


@dataclass(frozen=True)
class Key:
    """A key. x, width: device pixels; white keys touch each other, black ones lie over them."""

    pitch: int
    black: bool
    x: int
    width: int


@dataclass(frozen=True)
class Geometry:
    """A stage of width × height device pixels; scale: device pixels per logical pixel."""

    width: int
    height: int
    scale: float
    keyboard: int
    black_height: int
    keys: tuple[Key, ...]

    @property
    def pitches(self) -> range:
        """The pitches that have a key."""
        return range(self.keys[0].pitch, self.keys[-1].pitch + 1)

    @property
    def hit(self) -> int:
        """The y at which blocks leave the keyboard: first row of the felt line."""
        return self.height - self.keyboard

    def key(self, pitch: int) -> Key:
        """The key of a MIDI pitch among `pitches`."""
        return self.keys[pitch - self.keys[0].pitch]

    def pitch_at(self, x: int, y: int) -> int | None:
        """The pitch of the key at a device pixel; None above the keyboard and beside it."""
        if not self.hit <= y < self.height:
            return None
        under = [key for key in self.keys if key.x <= x < key.x + key.width]
        blacks = [key for key in under if key.black and y < self.hit + self.black_height]
        whites = [key for key in under if not key.black]
        return next((key.pitch for key in (*blacks, *whites)), None)

    def lane(self, pitch: int) -> tuple[int, int]:
        """x and width of a key's blocks."""
        key = self.key(pitch)
        return key.x + 1, key.width - 2

    def px(self, logical: float) -> int:
        """Logical pixels in whole device pixels, at least 1."""
        return max(round(logical * self.scale), 1)


def fitting(pitches: Collection[int]) -> range:
    """The keys that a piece needs, two octaves at least, from a white key to a white key; all for no pitches."""
    if not pitches:
        return PITCHES
    low, high = min(pitches), max(pitches)
    missing = max(LEAST_FITTING - (high - low + 1), 0)
    low = max(low - missing // 2, PITCHES[0])
    high = min(max(high + missing - missing // 2, low + LEAST_FITTING - 1), PITCHES[-1])
    low = max(min(low, high - LEAST_FITTING + 1), PITCHES[0])
    return range(low - (low % 12 in SHIFTS), high + 1 + (high % 12 in SHIFTS))


def geometry(width: int, height: int, scale: float = 1.0, pitches: range = PITCHES) -> Geometry:
    """Lay the keyboard out. width, height: device pixels; pitches: the first and the last are white keys."""
    white = (width - 2 * MARGIN * scale) / sum(pitch % 12 not in SHIFTS for pitch in pitches)
    highest = GREATEST_SHARE * height if height / scale >= LOW_STAGE else 0.0
    keyboard = round(max(min(KEY_HEIGHT * white, highest), LEAST_KEYBOARD * scale))
    keys: list[Key] = []
    whites = 0
    for pitch in pitches:
        left = MARGIN * scale + whites * white
        shift = SHIFTS.get(pitch % 12)
        if shift is None:
            keys.append(Key(pitch, False, round(left), round(MARGIN * scale + (whites + 1) * white) - round(left)))
            whites += 1
        else:
            black = round(BLACK_WIDTH * white)
            keys.append(Key(pitch, True, round(left + (shift - 0.5) * black), black))
    return Geometry(width, height, scale, keyboard, round(BLACK_HEIGHT * keyboard), tuple(keys))
