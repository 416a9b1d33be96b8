"""A setting that the player may change: its words, the control that it wants, and its values in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gui.state.settings import Settings
from gui.translation import tr

Value = str | int | float | bool


@dataclass(frozen=True)
class OnOff:
    """A switch."""


@dataclass(frozen=True)
class Choice:
    """One of a few. choices: value and words of each; what devices add to them comes from the window."""

    choices: tuple[tuple[Value, str], ...]


@dataclass(frozen=True)
class Range:
    """A slider in whole steps. words: of a step; step, value: from a setting to its step and back."""

    low: int
    high: int
    words: Callable[[int], str]
    step: Callable[[float], int] = round
    value: Callable[[int], float] = int


@dataclass(frozen=True)
class Place:
    """A file or a folder. none: words for ""."""

    folder: bool
    none: str


@dataclass(frozen=True)
class Option:
    """A setting. name: its field in Settings; section: key of SECTIONS; words, help: as `mark` gives them."""

    name: str
    section: str
    words: str
    help: str
    control: OnOff | Choice | Range | Place

    def parse(self, text: str) -> Value:
        """The value whose `str` is `text`."""
        kind = type(getattr(Settings(), self.name))
        value: Value = kind(text)
        return value

    def value_text(self, value: Value) -> str:
        """A value in words."""
        match self.control:
            case OnOff():
                return tr("On") if value else tr("Off")
            case Choice(choices=choices):
                return next((tr(words) for known, words in choices if known == value), str(value))
            case Range(words=words, step=step):
                return words(step(float(value)))
            case Place(none=none):
                return str(value) or tr(none)

    @property
    def default(self) -> Value:
        """What it is at first."""
        value: Value = getattr(Settings(), self.name)
        return value
