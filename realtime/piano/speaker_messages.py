"""The messages between a window and the process that plays takes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from realtime.notes import NoteTable
from realtime.piano.clicks import Accompaniment
from realtime.words import Phrase, Said

NO_SPEAKER = Phrase(
    "speaker.none", "No loudspeaker answers: the take is shown without its sound. Connect one, then play it again."
)
NO_HEADPHONES = Phrase(
    "speaker.no_headphones", "The headphones {name} are not there, so nothing sounds. The metronome is seen."
)
NO_ANSWER = Phrase(
    "speaker.no_answer", "The headphones {name} do not answer, so nothing sounds. The metronome is seen."
)
Sound = Path | NoteTable | Accompaniment
Loop = tuple[float, float]  # begin and end, s


@dataclass(frozen=True)
class StartPlayback:
    """Play from `at_s` on, within `loop` if there is one. number: repeated in the answers; sound: None for
    that of the request before; due: the wall clock (`realtime.clock.wall_clock`) at which `at_s` is to be heard, None
    for at once: who is late begins further on; output: name of a device or a part of it, "" for the system's
    loudspeaker."""

    number: int
    sound: Sound | None
    at_s: float
    loop: Loop | None = None
    due: float | None = None
    output: str = ""


@dataclass(frozen=True)
class StopPlayback:
    """Stop at once."""


@dataclass(frozen=True)
class PlaybackPosition:
    """At monotonic time `at`, the listener has heard `played_s` seconds of request `number`."""

    number: int
    played_s: float
    at: float


@dataclass(frozen=True)
class PlaybackFailed:
    """Request `number` cannot be played. problem: one sentence."""

    number: int
    problem: Said


def silence(output: str) -> Said:
    """Why nothing is heard of an output that was there, by its name, "" for the system's loudspeaker."""
    return NO_ANSWER(name=output) if output else NO_SPEAKER()


Request = StartPlayback | StopPlayback
Answer = PlaybackPosition | PlaybackFailed
