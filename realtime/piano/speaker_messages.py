"""What a window and the process that plays takes say to each other."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from realtime.notes import NoteTable
from realtime.words import Phrase, Said

NO_SPEAKER = Phrase(
    "speaker.none", "No loudspeaker answers: the take is shown without its sound. Connect one, then play it again."
)
Sound = Path | NoteTable
Loop = tuple[float, float]  # begin and end, s


@dataclass(frozen=True)
class Play:
    """Play from `at_s` on, within `loop` if there is one. turn: names this order in the answers; sound: None for that
    of the last order."""

    turn: int
    sound: Sound | None
    at_s: float
    loop: Loop | None = None


@dataclass(frozen=True)
class Hush:
    """Be silent at once."""


@dataclass(frozen=True)
class Sounding:
    """At monotonic time `at` the listener has heard `played_s` seconds since the order `turn`."""

    turn: int
    played_s: float
    at: float


@dataclass(frozen=True)
class Mute:
    """The order `turn` cannot be played. said: one sentence."""

    turn: int
    said: Said


Answer = Sounding | Mute
