"""Activations -> note and pedal events."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from realtime.clock import Timeline
from realtime.contract import Activations, StreamSpec
from realtime.events import Event


@dataclass(frozen=True)
class DecoderSettings:
    """What a player may turn. sensitivity: 0-100, 50 as calibrated, more hears softer notes (and more false ones).
    min_note_ms: no note is shorter. pedal: whether pedal events are sent. velocity_curve: exponent, < 1 louder."""

    sensitivity: float = 50.0
    min_note_ms: float = 30.0
    pedal: bool = True
    velocity_curve: float = 1.0


class Decoder:
    """Activations of one delay, frame by frame -> events. Pure and deterministic.

    `settings` and `timeline` may be replaced between pushes; `set_delay` keeps the held notes.
    """

    settings: DecoderSettings
    timeline: Timeline

    def __init__(self, spec: StreamSpec, delay: str, settings: DecoderSettings | None = None) -> None:
        """Raises KeyError for a delay that the model lacks."""
        raise NotImplementedError

    def push(self, activations: Activations, gate_open: npt.NDArray[np.bool_] | None = None) -> list[Event]:
        """T consecutive frames, and per frame whether new notes are allowed (T,) -> events in order."""
        raise NotImplementedError

    def set_delay(self, delay: str) -> None:
        """Go on with another delay's activations: held notes stay held, none is told twice."""
        raise NotImplementedError

    def flush(self) -> list[Event]:
        """Close all notes and lift the pedal, at the last frame's time."""
        raise NotImplementedError

    def reset(self) -> None:
        """As new."""
        raise NotImplementedError
