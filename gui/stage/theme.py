"""The three themes: every colour of the window and the stage, by its role."""

from __future__ import annotations

import functools
from dataclasses import dataclass

Rgb = tuple[int, int, int]
HANDS, ONE, PITCH, VELOCITY = "hands", "one", "pitch", "velocity"
VELOCITY_STEPS = (1, 32, 64, 96, 127)
QUIETEST_MIX = 0.34


@dataclass(frozen=True)
class Theme:
    """Colours as "#rrggbb"; names say the role. pitch: C ... B; velocity: at 1, 32, 64, 96, 127.

    lane_c, lane_f, lane_black, beat: how much of `grid` the lines at C, at F, the tint of black lanes and the lines of
    beats take, 0-1;
    glow: whether light is drawn at the hit line; shadow: whether blocks cast one; hatch: whether the left hand's blocks
    are hatched.
    """

    name: str
    title: str
    window: str
    stage: str
    panel: str
    card: str
    line: str
    edge: str
    text: str
    second: str
    third: str
    accent: str
    on_accent: str
    right: str
    left: str
    single: str
    pedal: str
    good: str
    warning: str
    error: str
    record: str
    felt_top: str
    felt_bottom: str
    on_block: str
    grid: str
    lane_c: float
    lane_f: float
    lane_black: float
    beat: float
    glow: bool
    shadow: bool
    hatch: bool
    pitch: tuple[str, ...]
    velocity: tuple[str, ...]


_BRIGHT_RAMP = ("#55488D", "#347EC4", "#09B4BB", "#75DF8F", "#F6ED77")
NIGHT = Theme(
    name="night", title="Night", window="#0E1117", stage="#0A0D13", panel="#141922", card="#1B212D",
    line="#2C3545", edge="#6B7890", text="#F1F4F9", second="#B4BECD", third="#8A96A8",
    accent="#7AA8FF", on_accent="#0B1220", right="#48BFF5", left="#FFB04A", single="#8FB4FF", pedal="#9B8CFF",
    good="#5BD6A2", warning="#FFC857", error="#FF8080", record="#FF5A67",
    felt_top="#8C2A3A", felt_bottom="#5A1723", on_block="#08111F", grid="#FFFFFF",
    lane_c=0.10, lane_f=0.04, lane_black=0.016, beat=0.08, glow=True, shadow=False, hatch=False,
    pitch=("#FF958E", "#55C4FE", "#E0AF3B", "#BDA7FE", "#7ACF7E", "#FC90BC",
           "#0DCFDF", "#FB9D59", "#95B6FE", "#B5C24E", "#E497E8", "#28D4B2"),
    velocity=_BRIGHT_RAMP,
)  # fmt: skip
DAYLIGHT = Theme(
    name="daylight", title="Daylight", window="#EDF0F5", stage="#F8FAFC", panel="#FFFFFF", card="#F3F6FA",
    line="#D3DAE4", edge="#7D8898", text="#131A26", second="#465265", third="#5F6B7D",
    accent="#1F5FD0", on_accent="#FFFFFF", right="#0B74C4", left="#B85C00", single="#3B62C9", pedal="#5B4BC4",
    good="#0A7A50", warning="#8A5A00", error="#B3261E", record="#C8202F",
    felt_top="#8C2A3A", felt_bottom="#5A1723", on_block="#FFFFFF", grid="#131A26",
    lane_c=0.16, lane_f=0.06, lane_black=0.016, beat=0.12, glow=False, shadow=True, hatch=False,
    pitch=("#B94642", "#037BAB", "#8F6B02", "#795BBF", "#278733", "#B14576",
           "#00818C", "#AC5701", "#466CC8", "#707902", "#9C4EA1", "#00856E"),
    velocity=("#7DA2C9", "#6584C9", "#655BBE", "#6F2C96", "#660049"),
)  # fmt: skip
CONTRAST = Theme(
    name="contrast", title="High contrast", window="#000000", stage="#000000", panel="#000000", card="#000000",
    line="#FFFFFF", edge="#FFFFFF", text="#FFFFFF", second="#FFFFFF", third="#E6E6E6",
    accent="#FFE600", on_accent="#000000", right="#33E1FF", left="#FFC400", single="#FFFFFF", pedal="#FFFFFF",
    good="#5CFFB0", warning="#FFE600", error="#FF9A9A", record="#FF7A85",
    felt_top="#FFFFFF", felt_bottom="#FFFFFF", on_block="#000000", grid="#FFFFFF",
    lane_c=0.35, lane_f=0.14, lane_black=0.0, beat=0.28, glow=False, shadow=False, hatch=True,
    pitch=("#FEB5AE", "#8ED5FE", "#FDC010", "#CEC0FF", "#7CE782", "#FEB0CE",
           "#11E4F6", "#FFB98A", "#B2CAFE", "#C8D73D", "#FAA8FF", "#04EBC5"),
    velocity=_BRIGHT_RAMP,
)  # fmt: skip
THEMES = {theme.name: theme for theme in (NIGHT, DAYLIGHT, CONTRAST)}


@functools.cache
def rgb(colour: str) -> Rgb:
    """ "#rrggbb" -> 0-255 each."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mix(first: Rgb, second: Rgb, share: float) -> Rgb:
    """`first` with `share` (0-1) of `second`."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
    return red, green, blue


@dataclass(frozen=True)
class Palette:
    """Which note has which colour. mode: "one", "hands", "pitch" or "velocity"; split: lowest right-hand pitch."""

    theme: Theme
    mode: str = HANDS
    split: int = 60

    def left(self, pitch: int, hand: str = "") -> bool:
        """Whether a note is the left hand's. hand: "left" or "right" where it is known, "" by the split point."""
        return self.mode == HANDS and self.hand(pitch, hand) == "left"

    def hand(self, pitch: int, hand: str = "") -> str:
        """The hand of a note: "left" or "right" where hands are distinguished, else "both"."""
        if self.mode != HANDS:
            return "both"
        return hand or ("left" if pitch < self.split else "right")

    def colour(self, pitch: int, velocity: int, hand: str = "") -> Rgb:
        """The full colour of a note: that of its key, and of its block at the greatest loudness."""
        if self.mode == HANDS:
            return rgb(self.theme.left if self.left(pitch, hand) else self.theme.right)
        if self.mode == PITCH:
            return rgb(self.theme.pitch[pitch % 12])
        if self.mode == VELOCITY:
            return self._ramp(velocity)
        return rgb(self.theme.single)

    def block_colour(self, pitch: int, velocity: int, hand: str = "") -> Rgb:
        """The colour of a block: softer notes are mixed with the stage, by 34 % at most."""
        full = self.colour(pitch, velocity, hand)
        if self.mode == VELOCITY:
            return full
        return mix(full, rgb(self.theme.stage), QUIETEST_MIX * (1 - velocity / 127))

    def _ramp(self, velocity: int) -> Rgb:
        upper = next(i for i, step in enumerate(VELOCITY_STEPS) if velocity <= step or step == VELOCITY_STEPS[-1])
        if upper == 0:
            return rgb(self.theme.velocity[0])
        low, high = VELOCITY_STEPS[upper - 1], VELOCITY_STEPS[upper]
        share = min((velocity - low) / (high - low), 1.0)
        return mix(rgb(self.theme.velocity[upper - 1]), rgb(self.theme.velocity[upper]), share)
