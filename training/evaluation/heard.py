"""What a decoder told, as a performance that can be scored."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from realtime.events import Event, NoteOff, NoteOn, Pedal
from realtime.notes import NoteTable


class Heard(NamedTuple):
    """Notes and pedal as heard; in note order the stream's clock (seconds) when each left the decoder, and its p."""

    performance: NoteTable
    emitted: npt.NDArray[np.float64]
    p: npt.NDArray[np.float64]


def from_events(events: Iterable[Event]) -> Heard:
    """The notes and pedal of one finished stream; every NoteOn must be followed by its NoteOff, else ValueError."""
    sounding: dict[int, NoteOn] = {}
    rows: list[tuple[NoteOn, float]] = []
    pedal: list[Pedal] = []
    for event in events:
        if isinstance(event, NoteOn):
            sounding[event.pitch] = event
        elif isinstance(event, NoteOff):
            rows.append((sounding.pop(event.pitch), event.time))
        elif isinstance(event, Pedal):
            pedal.append(event)
    if sounding:
        raise ValueError(f"{len(sounding)} notes were never released: pitches {sorted(sounding)}")
    rows.sort(key=lambda row: (row[0].time, row[0].pitch))
    performance = NoteTable.build(
        onset=[on.time for on, _ in rows],
        offset=[off for _, off in rows],
        pitch=[on.pitch for on, _ in rows],
        velocity=[on.velocity for on, _ in rows],
        pedal_time=[event.time for event in pedal],
        pedal_value=[event.value for event in pedal],
    )
    emitted, p = (np.array([getattr(on, name) for on, _ in rows], np.float64) for name in ("emitted", "p"))
    return Heard(performance, emitted, p)
