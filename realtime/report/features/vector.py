"""The feature vector of a window, from which a listener's impression is predicted.

Computed from onsets, offsets, velocities and pedal of 8 to 20 s, without score and recording. The features form ten
families; each feature's name begins with that of its family, so that a model can weigh families.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from realtime.analysis.strikes import strikes
from realtime.contract import Float64Array
from realtime.notes import NoteTable
from realtime.report.features.articulation import articulation_features
from realtime.report.features.content import content_features
from realtime.report.features.dynamics import dynamics_features
from realtime.report.features.level import level_features
from realtime.report.features.pedal import depth_features, pedal_features
from realtime.report.features.rubato import rubato_features
from realtime.report.features.sound import modelled_sound, sound_features
from realtime.report.features.texture import texture_features
from realtime.report.features.timing import timing_features

SHORTEST_WINDOW_S, WINDOW_S, LONGEST_WINDOW_S = 8.0, 12.0, 20.0
# No strike for so long and no key down at its end: listeners hear the end of a phrase there.
SILENCE_S = 0.6
FEWEST_NOTES = 12
# Of longer takes some windows are left out: these are half an hour, and as many as a median needs.
MOST_WINDOWS = 300
LONGEST_HELD_S = 60.0  # after that a note is silent, held or not
# Features of absolute velocities; all others depend on differences between velocities only.
LEVEL_FAMILY = "level"
# Features of the pedal's depth: a transcription has only up and down.
DEPTH_FAMILY = "depth"
# Families that describe what is played; the others describe how.
MUSIC_FAMILIES = ("texture", "content")


@dataclass(frozen=True, eq=False)
class Window:
    """The notes struck in start_s <= onset < end_s of a take, and the take's whole pedal."""

    start_s: float
    end_s: float
    notes: NoteTable


def describe(notes: NoteTable) -> dict[str, float]:
    """All features of a window with at least two strikes, by name, in a fixed order; all finite."""
    groups, sound = strikes(notes), modelled_sound(notes)
    families: Mapping[str, Mapping[str, float]] = {
        "timing": timing_features(notes, groups),
        "rubato": rubato_features(notes, groups),
        "dynamics": dynamics_features(notes, groups),
        LEVEL_FAMILY: level_features(notes, groups, sound),
        "sound": sound_features(sound),
        "touch": articulation_features(notes, groups),
        "pedal": pedal_features(notes, groups),
        DEPTH_FAMILY: depth_features(notes),
        "texture": texture_features(notes, groups),
        "content": content_features(notes, groups),
    }
    return {f"{family}.{name}": float(value) for family, found in families.items() for name, value in found.items()}


def table(windows: list[Window]) -> tuple[tuple[str, ...], Float64Array]:
    """Names (F,) and values (W, F) of the features of at least one window."""
    rows = [describe(window.notes) for window in windows]
    return tuple(rows[0]), np.array([list(row.values()) for row in rows])


def windows(notes: NoteTable) -> list[Window]:
    """Overlapping windows of a take: from one phrase end to another 8 to 20 s later, else 12 s, moving by half of that.

    A take of less than 20 s is one window. Windows with fewer than 12 notes are left out, and of more than 300 all but
    so many, evenly spread. No note is held for more than 60 s.
    """
    if len(notes) < FEWEST_NOTES:
        return []
    found = _all_windows(replace(notes, offset=np.minimum(notes.offset, notes.onset + LONGEST_HELD_S)))
    if len(found) <= MOST_WINDOWS:
        return found
    return [found[round(place)] for place in np.linspace(0, len(found) - 1, MOST_WINDOWS)]


def _all_windows(notes: NoteTable) -> list[Window]:
    begin, end = float(notes.onset[0]), float(notes.offset.max())
    pauses = _pauses(notes)
    found = []
    start = begin
    while True:
        stop = end if end - start <= LONGEST_WINDOW_S else _stop(start, pauses)
        window = cut(notes, start, stop)
        if len(window.notes) >= FEWEST_NOTES:
            found.append(window)
        if stop >= end:
            return found
        start = _next_start(start, stop, pauses)


def cut(notes: NoteTable, start_s: float, end_s: float) -> Window:
    """One window of a take."""
    return Window(start_s, end_s, notes.between(start_s, end_s))


def _pauses(notes: NoteTable) -> Float64Array:
    """(P,) s: onsets that follow a silence: no key was down just before, and none struck for SILENCE_S."""
    held_until = np.maximum.accumulate(notes.offset)[:-1]
    quiet = (np.diff(notes.onset) >= SILENCE_S) & (held_until < notes.onset[1:])
    return notes.onset[1:][quiet]


def _stop(start: float, pauses: Float64Array) -> float:
    """The phrase end nearest to WINDOW_S from `start` that a window may have, else exactly there."""
    length = pauses - start
    fit = length[(length >= SHORTEST_WINDOW_S) & (length <= LONGEST_WINDOW_S)]
    return start + (float(fit[np.abs(fit - WINDOW_S).argmin()]) if len(fit) else WINDOW_S)


def _next_start(start: float, stop: float, pauses: Float64Array) -> float:
    """Half a window on; at the phrase's beginning nearest to there, if it lies within a quarter of the window."""
    middle, reach = (start + stop) / 2, (stop - start) / 4
    near = pauses[np.abs(pauses - middle) < reach]
    return float(near[np.abs(near - middle).argmin()]) if len(near) else middle
