"""What runs through a take, for page and window: tempo, loudness and density over time, another take behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from realtime.contract import Float64Array
from realtime.report.comparison import same_level
from realtime.report.measures.summary import Measures
from realtime.report.report import Report
from realtime.takes.notes import TakeNotes

# Beyond the softest and the loudest note, in velocities; beyond the curves, as a share.
VELOCITY_ROOM, ROOM = 4.0, 0.1

Points = tuple[Float64Array, Float64Array]


@dataclass(frozen=True, eq=False)
class Course:
    """time: (T,) s; value: (T,), NaN where there is none. low, high: ends of the axis.

    usual: the value of the whole take, where it has one. behind: the same of the other take as if both began and ended
    together, NaN beyond the axis.
    """

    time: Float64Array
    value: Float64Array
    low: float
    high: float
    usual: float | None = None
    behind: Points | None = None


def tempo_course(report: Report) -> Course | None:
    """Local tempo and the pulse, beats a minute; None without a pulse. Another take that was read at another level of
    the metre is left out."""
    pulse = report.measures.pulse
    if pulse is None:
        return None
    other = None if report.usual is None else report.usual.measures.pulse
    if other is not None and not same_level(pulse.bpm, other.bpm):
        other = None
    shown = pulse.tempo if other is None else np.concatenate([pulse.tempo, other.tempo])
    low, high = float(shown.min()) - ROOM * pulse.bpm, float(shown.max()) + ROOM * pulse.bpm
    behind = _behind(report, low, high, lambda _: None if other is None else (other.time, other.tempo))
    return Course(pulse.time, pulse.tempo, low, high, pulse.bpm, behind)


def loudness_course(report: Report) -> Course | None:
    """Mean velocity of 4 s; the axis has room for every note; None without velocities."""
    if report.measures.velocity is None:
        return None
    curves, velocity = report.measures.curves, report.notes.velocity
    low, high = float(velocity.min()) - VELOCITY_ROOM, float(velocity.max()) + VELOCITY_ROOM
    behind = _behind(report, low, high, lambda usual: (usual.curves.time, usual.curves.velocity))
    return Course(curves.time, curves.velocity, low, high, behind=behind)


def density_course(report: Report) -> Course | None:
    """Notes struck per second; None when everything is struck within a second."""
    curves = report.measures.curves
    if len(curves.time) < 2:
        return None
    high = (1 + ROOM) * float(curves.density.max())
    behind = _behind(report, 0.0, high, lambda usual: (usual.curves.time, usual.curves.density))
    return Course(curves.time, curves.density, 0.0, high, behind=behind)


def _behind(report: Report, low: float, high: float, of: Callable[[Measures], Points | None]) -> Points | None:
    if report.usual is None or (points := of(report.usual.measures)) is None:
        return None
    time, value = points
    inside = (value >= low) & (value <= high)  # also False where there is no value
    return _stretched(time, report.usual.notes, report.notes), np.where(inside, value, np.nan)


def _stretched(time: Float64Array, other: TakeNotes, own: TakeNotes) -> Float64Array:
    share = (time - float(other.onset[0])) / max(other.span_s, 1e-9)
    return float(own.onset[0]) + own.span_s * share
