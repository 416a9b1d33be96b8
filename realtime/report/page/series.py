"""Time series of a take, for page and window: tempo, loudness and density, with those of the earlier take."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from realtime.contract import Float64Array
from realtime.report.comparison import same_level
from realtime.report.measures.summary import Measures
from realtime.report.report import Report
from realtime.takes.notes import TakeNotes

# Margin of the axis beyond the softest and the loudest note, in velocities; beyond the curves, as a share.
VELOCITY_MARGIN, MARGIN = 4.0, 0.1

Points = tuple[Float64Array, Float64Array]


@dataclass(frozen=True, eq=False)
class Series:
    """time: (T,) s; value: (T,), NaN where there is none. low, high: ends of the axis.

    overall: the value of the whole take, where it has one. earlier: time and value of the earlier take, its time
    stretched to this take's; NaN beyond the axis.
    """

    time: Float64Array
    value: Float64Array
    low: float
    high: float
    overall: float | None = None
    earlier: Points | None = None


def tempo_series(report: Report) -> Series | None:
    """Local tempo and the pulse, beats a minute; None without a pulse. An earlier take whose pulse is of another level
    of the metre is left out."""
    pulse = report.measures.pulse
    if pulse is None:
        return None
    other = None if report.compared_with is None else report.compared_with.measures.pulse
    if other is not None and not same_level(pulse.bpm, other.bpm):
        other = None
    shown = pulse.tempo if other is None else np.concatenate([pulse.tempo, other.tempo])
    low, high = float(shown.min()) - MARGIN * pulse.bpm, float(shown.max()) + MARGIN * pulse.bpm
    earlier = _earlier(report, low, high, lambda _: None if other is None else (other.time, other.tempo))
    return Series(pulse.time, pulse.tempo, low, high, pulse.bpm, earlier)


def loudness_series(report: Report) -> Series | None:
    """Mean velocity of 4 s; the axis has room for every note; None without velocities."""
    if report.measures.velocity is None:
        return None
    curves, velocity = report.measures.curves, report.notes.velocity
    low, high = float(velocity.min()) - VELOCITY_MARGIN, float(velocity.max()) + VELOCITY_MARGIN
    earlier = _earlier(report, low, high, lambda before: (before.curves.time, before.curves.velocity))
    return Series(curves.time, curves.velocity, low, high, earlier=earlier)


def density_series(report: Report) -> Series | None:
    """Notes struck per second; None when everything is struck within a second."""
    curves = report.measures.curves
    if len(curves.time) < 2:
        return None
    high = (1 + MARGIN) * float(curves.density.max())
    earlier = _earlier(report, 0.0, high, lambda before: (before.curves.time, before.curves.density))
    return Series(curves.time, curves.density, 0.0, high, earlier=earlier)


def _earlier(report: Report, low: float, high: float, of: Callable[[Measures], Points | None]) -> Points | None:
    if report.compared_with is None or (points := of(report.compared_with.measures)) is None:
        return None
    time, value = points
    inside = (value >= low) & (value <= high)  # also False where there is no value
    return _stretched(time, report.compared_with.notes, report.notes), np.where(inside, value, np.nan)


def _stretched(time: Float64Array, other: TakeNotes, own: TakeNotes) -> Float64Array:
    share = (time - float(other.onset[0])) / max(other.span_s, 1e-9)
    return float(own.onset[0]) + own.span_s * share
