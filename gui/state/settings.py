"""What the player chose, kept as a versioned TOML file in the user's configuration folder.

A file that cannot be read is set aside, never lost and never fatal; unknown keys and wrong values are ignored one
by one, so that a newer or older Liszten keeps what it understands.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Annotated, get_type_hints

import platformdirs
import tomli_w

from gui.stage import theme
from gui.stage.geometry import FIT, RANGES
from gui.state.keymap import Keymap
from gui.translation import mark
from realtime.contract import LIVE
from realtime.errors import DataError, FileError
from realtime.limits import (
    MIDI_CHANNEL,
    SENSITIVITY,
    TRANSPOSE,
    TUNING_CENTS,
    VELOCITY,
    VELOCITY_GAMMA,
    Limits,
)
from realtime.midi.system import VIRTUAL
from realtime.system.regular_file import MIB, read_regular
from realtime.system.storage import make_folder, replace_file, set_aside
from realtime.validation import PathText, Pitch, Velocity, build, limits_of, read_toml, within
from realtime.words import Phrase, Said

logger = logging.getLogger(__name__)
VERSION = 1
SET_ASIDE = Phrase("settings.set_aside", "It was kept as {path}, and everything is as it was at first.")
GATE_OFF_DB = -81.0
GREEN, TRANSPARENT = "green", "transparent"


@dataclass
class Settings:
    """headphones: name of the output in which metronome and other hand may sound, "" for none; input: name of the
    microphone, "" for the system's; channel: "auto", "mix" or a number from 1; gate_db: dBFS,
    GATE_OFF_DB for none; tuning_cents: by which the piano lies above A4 = 440 Hz; ignore_own: as in `StreamSettings`;
    midi_port: "virtual", "none" or a name; velocity_*: a `VelocityCurve`; split: lowest pitch of the right hand; speed:
    of the blocks, px a second; keys: how many the keyboard shows, or FIT; glow and text: per cent; second_theme: "" as
    the window's; second_background: "" the theme's, GREEN or TRANSPARENT; first_note: whether it begins a take; model:
    a file, "" for the shipped one; language: as `translation.use` takes it, "" for the system's; guided: whether the
    first-run guide was shown; practice_view: "blocks", "staff" or "both"; practice_split: of
    both, the share of the staff, per cent; shortcuts: as a `Keymap` takes them; motion:
    "reduced" or "full", "" as the system has it."""

    input: str = ""
    headphones: str = ""
    channel: str = "auto"
    gate_db: Annotated[float, within(Limits(GATE_OFF_DB, -20.0))] = GATE_OFF_DB
    sensitivity: Annotated[float, within(SENSITIVITY)] = 50.0
    min_note_ms: Annotated[float, within(Limits(20.0, 200.0))] = 40.0
    pedal: bool = True
    tuning_cents: Annotated[float, within(TUNING_CENTS)] = 0.0
    ignore_own: bool = False
    delay: str = LIVE
    midi_port: str = VIRTUAL
    midi_channel: Annotated[int, within(MIDI_CHANNEL)] = 1
    transpose: Annotated[int, within(TRANSPOSE)] = 0
    velocity_gamma: Annotated[float, within(VELOCITY_GAMMA)] = 1.0
    velocity_low: Annotated[int, within(Limits(0, VELOCITY.most))] = 0
    velocity_high: Velocity = VELOCITY.most
    click_plays: bool = True
    theme: str = "night"
    colours: str = "hands"
    split: Pitch = 60
    names: bool = True
    chords: bool = True
    tails: bool = True
    speed: Annotated[float, within(Limits(60.0, 400.0))] = 132.0
    glow: Annotated[int, within(Limits(0, 100))] = 100
    keys: int = 88
    motion: str = ""
    text: Annotated[int, within(Limits(90, 160))] = 100
    second_theme: str = ""
    second_keys: int = 88
    second_background: str = ""
    panel: bool = True
    width: Annotated[int, within(Limits(1024, 20_000))] = 1600
    height: Annotated[int, within(Limits(640, 20_000))] = 1000
    takes: PathText = ""
    first_note: bool = False
    model: PathText = ""
    device: str = "auto"
    language: str = ""
    guided: bool = False
    practice_view: str = "both"
    practice_split: Annotated[int, within(Limits(15, 85))] = 50
    shortcuts: dict[str, str] = field(default_factory=dict)

    @property
    def takes_folder(self) -> Path:
        """Where takes are recorded."""
        return Path(self.takes) if self.takes else platformdirs.user_documents_path() / "Liszten" / "Takes"


LIMITS = limits_of(Settings)
# `studio` is for recordings: nobody waits that long while playing.
DELAY_WORDS = {LIVE: mark("Live"), "fast": mark("Fast"), "balanced": mark("Balanced"), "accurate": mark("Accurate")}
# The values of those that are one of a few.
CHOICES: dict[str, tuple[str | int, ...]] = {
    "delay": tuple(DELAY_WORDS),
    "theme": tuple(theme.THEMES),
    "colours": (theme.ONE, theme.HANDS, theme.PITCH, theme.VELOCITY),
    "keys": (FIT, *RANGES),
    "motion": ("", "reduced", "full"),
    "second_theme": ("", *theme.THEMES),
    "second_keys": tuple(RANGES),
    "second_background": ("", GREEN, TRANSPARENT),
    "device": ("auto", "cpu", "cuda"),
    "practice_view": ("blocks", "staff", "both"),
}


def whole_limits(name: str) -> tuple[int, int]:
    """The limits of a setting that is moved in whole steps."""
    low, high = LIMITS[name]
    return round(low), round(high)


def settings_path() -> Path:
    """Where the settings lie on this system."""
    return platformdirs.user_config_path("liszten", appauthor=False) / "settings.toml"


def load(path: Path) -> tuple[Settings, Said | None]:
    """The settings, and what went wrong with the file, None when nothing did."""
    try:
        raw = read_toml(read_regular(path, MIB).decode("utf-8-sig"))
    except FileNotFoundError:
        return Settings(), None
    except (OSError, UnicodeError, DataError) as error:
        logger.warning("settings: %s", error)
        return Settings(), _set_aside(path)
    settings = Settings()
    for name, value in _understood(raw):
        setattr(settings, name, value)
    settings.shortcuts = Keymap(settings.shortcuts).chosen
    if raw.get("calm") is True and "motion" not in raw:  # what it was called before the system was asked
        settings.motion = "reduced"
    if raw.get("second_green") is True and "second_background" not in raw:  # before it could be transparent too
        settings.second_background = GREEN
    # A floor above the ceiling fits both limits and makes no curve.
    settings.velocity_low = min(settings.velocity_low, settings.velocity_high)
    return settings, None


def save(settings: Settings, path: Path) -> None:
    """Write the settings. Raises FileError."""
    text = tomli_w.dumps({"version": VERSION, **asdict(settings)})
    make_folder(path.parent)
    replace_file(path, text.encode(errors="replace"))  # the name of a folder on an old disk may be no text


def _understood(raw: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """The names and values of those settings in a file that are what they should be; the others are logged."""
    # A shortcut that cannot be costs only itself, too: they are sorted out by `Keymap`.
    kinds = get_type_hints(Settings, include_extras=True) | {"shortcuts": dict[str, object]}
    for name in kinds.keys() & raw.keys():
        try:
            value = build(kinds[name], raw[name])
        except DataError as error:
            logger.warning("settings: %s, %s", name, error)
            continue
        if name not in CHOICES or value in CHOICES[name]:
            yield name, value
        else:
            logger.warning("settings: %s is none of %s", name, CHOICES[name])


def _set_aside(path: Path) -> Said:
    try:
        return SET_ASIDE(path=set_aside(path))
    except FileError as error:
        return error.said
