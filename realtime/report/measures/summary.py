"""All measures of a take, computed from its notes and pedal alone: without a model and without a score."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from realtime.analysis.key import Key, likely_key
from realtime.analysis.pauses import Splices, closed_up
from realtime.analysis.pulse import Pulse, pulse
from realtime.analysis.strikes import Strikes, skyline
from realtime.analysis.strikes import strikes as struck_together
from realtime.report.measures.articulation import Articulation, articulation
from realtime.report.measures.dynamics import Velocity, melody_over_bass, velocity
from realtime.report.measures.mood import Mood, mood
from realtime.report.measures.pedalling import Pedalling, Presses, pedal_presses, pedalling
from realtime.report.measures.sections import Section, sections
from realtime.report.measures.texture import Curves, curves
from realtime.report.measures.timing import Timing, timing
from realtime.takes.notes import TakeNotes


@dataclass(frozen=True, eq=False)
class Measures:
    """The measures of one take, each with units and windows in its own type; None where there is nothing to measure.

    most_common_pitch: MIDI, the one struck most often (the lowest of several). most_common_pitch_class: 0-11 from C,
    likewise. lowest, highest: MIDI. strikes_per_s: strikes (notes within 50 ms are one) per second of playing.
    melody_over_bass: MIDI velocity units. strikes, presses (of the pedal): what the
    measures were computed from. Pauses are left out of all measures (`analysis/pauses.py`); times are still those of
    the take's clock.
    """

    most_common_pitch: int | None
    most_common_pitch_class: int | None
    lowest: int | None
    highest: int | None
    strikes_per_s: float
    pulse: Pulse | None
    timing: Timing
    velocity: Velocity | None
    melody_over_bass: float | None
    articulation: Articulation | None
    pedalling: Pedalling | None
    key: Key | None
    mood: Mood | None
    sections: tuple[Section, ...]
    curves: Curves
    strikes: Strikes
    presses: Presses


def measure(notes: TakeNotes) -> Measures:
    """Every measure of a take, also of one without a note."""
    whole = notes
    notes, clocks = closed_up(whole)
    groups = struck_together(notes)
    presses = pedal_presses(notes)
    strikes_per_s = len(groups) / notes.playing_s if notes.playing_s > 0 else 0.0
    loud, key = velocity(notes), likely_key(notes)
    some = len(notes) > 0
    return Measures(
        most_common_pitch=int(np.bincount(notes.pitch).argmax()) if some else None,
        most_common_pitch_class=int(np.bincount(notes.pitch % 12).argmax()) if some else None,
        lowest=int(notes.pitch.min()) if some else None,
        highest=int(notes.pitch.max()) if some else None,
        strikes_per_s=strikes_per_s,
        pulse=_pulse(groups, clocks),
        timing=timing(notes, groups),
        velocity=loud,
        melody_over_bass=melody_over_bass(notes, groups),
        articulation=articulation(notes, skyline(notes, groups), presses),
        pedalling=pedalling(notes, presses),
        key=key,
        mood=mood(strikes_per_s, loud, key),
        sections=_sections(notes, clocks),
        curves=_curves(notes, clocks),
        strikes=replace(groups, time=whole.onset[groups.begin[:-1]]),
        presses=pedal_presses(whole),
    )


def _pulse(groups: Strikes, clocks: Splices) -> Pulse | None:
    found = pulse(groups)
    return None if found is None else replace(found, time=clocks.back(found.time))


def _curves(notes: TakeNotes, clocks: Splices) -> Curves:
    found = curves(notes)
    return replace(found, time=clocks.back(found.time))


def _sections(notes: TakeNotes, clocks: Splices) -> tuple[Section, ...]:
    """A part ends where the next one begins, after a pause too."""
    parts = sections(notes)
    starts = clocks.back(np.array([part.start_s for part in parts])).tolist()
    ends = [*starts[1:], *(float(clocks.back(np.array([part.end_s]))[0]) for part in parts[-1:])]
    return tuple(Section(start, end, part.label) for start, end, part in zip(starts, ends, parts, strict=True))
