"""Curves over the time of a take, as SVG, before those of an earlier take of the same piece."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from realtime.contract import Float64Array
from realtime.report.facts import clock
from realtime.report.page import svg
from realtime.report.page.series import Series, density_series, loudness_series, tempo_series
from realtime.report.page.svg import Scale
from realtime.report.report import Report
from realtime.takes.notes import TakeNotes

WIDTH = 960.0
LEFT, RIGHT = 44.0, 12.0
HEIGHT, TOP, BOTTOM = 132.0, 10.0, 20.0
CLOCK_STEPS_S = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1200, 3600)
MOST_CLOCKS = 10
MOST_DOTS = 6_000


def tempo_graph(report: Report) -> str | None:
    """Local tempo, with the pulse of the whole take as a dashed line; None without a pulse."""
    return _graph("Tempo over time, in beats a minute", report.notes, tempo_series(report))


def dynamics_graph(report: Report) -> str | None:
    """Mean velocity, with the notes as dots unless there are more than 6,000; None without velocities."""
    notes, series = report.notes, loudness_series(report)
    dots = ""
    if series is not None and len(notes) <= MOST_DOTS:
        across, down = _axes(notes, series)
        x, y = across.all(notes.onset), down.all(notes.velocity.astype(np.float64))
        dots = svg.boxes(x - 1.2, y - 1.2, np.full(len(x), 2.4), 2.4, "dot")
    return _graph("Loudness over time, in MIDI velocity", notes, series, dots)


def density_graph(report: Report) -> str | None:
    """Notes struck per second; None when everything is struck within a second."""
    return _graph("Density over time, in notes a second", report.notes, density_series(report))


def clocks(across: Scale, top: float, bottom: float) -> Iterator[str]:
    """Lines at round times, each with its time below."""
    span = across.high - across.low
    step = next((step for step in CLOCK_STEPS_S if span / step <= MOST_CLOCKS), CLOCK_STEPS_S[-1])
    for time in step * np.arange(np.ceil(across.low / step), np.floor(across.high / step) + 1):
        yield svg.line(across(time), top, across(time), bottom, "grid")
        yield svg.text(across(time), bottom + 13, clock(time), "axis middle")


def _axes(notes: TakeNotes, series: Series) -> tuple[Scale, Scale]:
    begin = float(notes.onset[0])
    across = Scale(begin, begin + notes.span_s, LEFT, WIDTH - RIGHT)
    return across, Scale(series.high, series.low, TOP, HEIGHT - BOTTOM)


def _graph(label: str, notes: TakeNotes, series: Series | None, dots: str = "") -> str | None:
    if series is None:
        return None
    across, down = _axes(notes, series)
    lines = [
        svg.line(LEFT, down(value), WIDTH - RIGHT, down(value), "grid")
        + svg.text(LEFT - 6, down(value) + 3.5, f"{value:g}", "axis end")
        for value in svg.ticks(series.low, series.high, 5)
    ]
    curves = [] if series.earlier is None else [_curve(*series.earlier, across, down, "curve before")]
    if series.overall is not None:
        curves.append(svg.line(LEFT, down(series.overall), WIDTH - RIGHT, down(series.overall), "usual"))
    curves.append(_curve(series.time, series.value, across, down, "curve"))
    return svg.picture(WIDTH, HEIGHT, label, *lines, *clocks(across, TOP, HEIGHT - BOTTOM), dots, *curves)


def _curve(time: Float64Array, value: Float64Array, across: Scale, down: Scale, kind: str) -> str:
    return svg.curve(across.all(time), down.all(value), kind)
