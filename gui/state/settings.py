"""What the player chose, kept as a versioned TOML file in the user's configuration folder.

A file that cannot be read is set aside, never lost and never fatal; unknown keys and wrong values are ignored one
by one, so that a newer or older Liszten keeps what it understands.
"""

from __future__ import annotations

import json
import logging
import tomllib
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from pathlib import Path

import platformdirs

from gui.stage.geometry import FIT, RANGES
from gui.state.curve import HARDEST, SOFTEST
from gui.state.keymap import Keymap
from gui.translation import mark, tr
from realtime.audio.resample import FARTHEST_CENTS
from realtime.contract import DELAYS
from realtime.midi.system import VIRTUAL
from realtime.midi.velocity import LOUDEST
from realtime.system.storage import file_error, make_folder, replacing

logger = logging.getLogger(__name__)
VERSION = 1
SET_ASIDE = mark("It was kept as {path}, and everything is as it was at first.")
GATE_OFF_DB = -81.0
GREEN, TRANSPARENT = "green", "transparent"


@dataclass
class Settings:
    """input: name of the microphone, "" for the system's; channel: "auto", "mix" or a number from 1; gate_db: dBFS,
    GATE_OFF_DB for none; tuning_cents: by which the piano lies above A4 = 440 Hz; ignore_own: as IgnoreOwn has it;
    midi_port: "virtual", "none" or a name; velocity_*: a `VelocityCurve`; split: lowest pitch of the right hand; speed:
    of the blocks, px a second; keys: how many the keyboard shows, or FIT; glow and text: per cent; second_theme: "" as
    the window's; second_background: "" the theme's, GREEN or TRANSPARENT; first_note: whether it begins a take; model:
    a file, "" for the shipped one; language: as `translation.use` takes it, "" for the system's; guided: whether the
    first-run guide was shown; shortcuts: as a `Keymap` takes them; motion: "reduced" or "full", "" as the system has
    it."""

    input: str = ""
    channel: str = "auto"
    gate_db: float = GATE_OFF_DB
    sensitivity: float = 50.0
    min_note_ms: float = 40.0
    pedal: bool = True
    tuning_cents: float = 0.0
    ignore_own: bool = False
    delay: str = "balanced"
    midi_port: str = VIRTUAL
    midi_channel: int = 1
    transpose: int = 0
    velocity_gamma: float = 1.0
    velocity_low: int = 0
    velocity_high: int = LOUDEST
    click_plays: bool = True
    theme: str = "night"
    colours: str = "hands"
    split: int = 60
    names: bool = True
    chords: bool = True
    tails: bool = True
    speed: float = 132.0
    glow: int = 100
    keys: int = 88
    motion: str = ""
    text: int = 100
    second_theme: str = ""
    second_keys: int = 88
    second_background: str = ""
    panel: bool = True
    width: int = 1600
    height: int = 1000
    takes: str = ""
    first_note: bool = False
    model: str = ""
    device: str = "auto"
    language: str = ""
    guided: bool = False
    shortcuts: dict[str, str] = field(default_factory=dict)

    @property
    def takes_folder(self) -> Path:
        """Where takes are recorded."""
        return Path(self.takes) if self.takes else platformdirs.user_documents_path() / "Liszten" / "Takes"


# Name -> what a value must be, beyond its type.
LIMITS: dict[str, tuple[float, float]] = {
    "gate_db": (GATE_OFF_DB, -20),
    "sensitivity": (0, 100),
    "min_note_ms": (20, 200),
    "tuning_cents": (-FARTHEST_CENTS, FARTHEST_CENTS),
    "midi_channel": (1, 16),
    "transpose": (-24, 24),
    "velocity_gamma": (SOFTEST, HARDEST),
    "velocity_low": (0, LOUDEST),
    "velocity_high": (1, LOUDEST),
    "split": (21, 108),
    "speed": (60, 400),
    "glow": (0, 100),
    "text": (90, 160),
    "width": (1024, 20_000),
    "height": (640, 20_000),
}
WORDS: dict[str, tuple[str | int, ...]] = {
    "delay": tuple(DELAYS),
    "theme": ("night", "daylight", "contrast"),
    "colours": ("one", "hands", "pitch", "velocity"),
    "keys": (FIT, *RANGES),
    "motion": ("", "reduced", "full"),
    "second_theme": ("", "night", "daylight", "contrast"),
    "second_keys": tuple(RANGES),
    "second_background": ("", GREEN, TRANSPARENT),
    "device": ("auto", "cpu", "cuda"),
}


def settings_path() -> Path:
    """Where the settings lie on this system."""
    return platformdirs.user_config_path("liszten", appauthor=False) / "settings.toml"


def load(path: Path) -> tuple[Settings, str]:
    """The settings, and a sentence about what went wrong with the file, "" when nothing did."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings(), ""
    except (OSError, ValueError) as error:
        logger.warning("settings: %s", error)
        return Settings(), _set_aside(path)
    settings = Settings()
    for known in fields(Settings):
        if known.name in raw and _fits(known.name, raw[known.name], getattr(settings, known.name)):
            setattr(settings, known.name, type(getattr(settings, known.name))(raw[known.name]))
    settings.shortcuts = Keymap(settings.shortcuts).chosen
    if raw.get("calm") is True and "motion" not in raw:  # what it was called before the system was asked
        settings.motion = "reduced"
    if raw.get("second_green") is True and "second_background" not in raw:  # before it could be transparent too
        settings.second_background = GREEN
    # A floor above the ceiling fits both limits and makes no curve.
    settings.velocity_low = min(settings.velocity_low, settings.velocity_high)
    return settings, ""


def save(settings: Settings, path: Path) -> None:
    """Write the settings. Raises FileError."""
    lines = [f"version = {VERSION}", *(f"{name} = {_toml(value)}" for name, value in asdict(settings).items())]
    make_folder(path.parent)
    with replacing(path) as file:
        file.write(("\n".join(lines) + "\n").encode())


def _set_aside(path: Path) -> str:
    aside = path.with_name(f"{path.stem} broken {datetime.now():%Y-%m-%d %H-%M-%S}.toml")
    try:
        path.replace(aside)
    except OSError as error:
        return str(file_error(error, path))
    return tr(SET_ASIDE, path=aside)


def _fits(name: str, value: object, default: object) -> bool:
    """Whether a value from a file may stand in the place of the default."""
    if isinstance(default, float) and isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    if type(value) is not type(default):
        return False
    if name in LIMITS and isinstance(value, int | float):
        return LIMITS[name][0] <= value <= LIMITS[name][1]
    return name not in WORDS or value in WORDS[name]


def _toml(value: object) -> str:
    """A boolean, number, string or table as TOML; JSON's strings are TOML's, but for the delete character."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_toml(key)} = {_toml(inside)}" for key, inside in value.items()) + "}"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
