"""Curves over the time of a take; an earlier take of the same piece lies behind, stretched to the same length."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from realtime.report import svg
from realtime.report.comparison import same_level
from realtime.report.facts import clock
from realtime.report.report import Report
from realtime.report.svg import Scale
from realtime.report.take_notes import Float64Array, TakeNotes

WIDTH = 960.0
LEFT, RIGHT = 44.0, 12.0
HEIGHT, TOP, BOTTOM = 132.0, 10.0, 20.0
CLOCK_STEPS_S = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1200, 3600)
MOST_CLOCKS = 10
MOST_DOTS = 6_000


def tempo_graph(report: Report) -> str | None:
    """Local tempo, with the pulse of the whole take as a dashed line; None without a pulse."""
    pulse = report.measures.pulse
    if pulse is None:
        return None
    usual = None if report.usual is None else report.usual.measures.pulse
    if usual is not None and not same_level(pulse.bpm, usual.bpm):
        usual = None
    shown = pulse.tempo if usual is None else np.concatenate([pulse.tempo, usual.tempo])
    room = 0.1 * pulse.bpm
    across, down = _axes(report.notes, float(shown.min()) - room, float(shown.max()) + room)
    behind = "" if usual is None or report.usual is None else _behind(report.usual.notes, usual.time, usual.tempo, down)
    return _graph(
        "Tempo over time, in beats a minute",
        across,
        down,
        behind,
        svg.line(LEFT, down(pulse.bpm), WIDTH - RIGHT, down(pulse.bpm), "usual"),
        svg.curve(across.all(pulse.time), down.all(pulse.tempo), "curve"),
    )


def dynamics_graph(report: Report) -> str | None:
    """Mean velocity, with the notes as dots as long as they are not too many to be seen; None without velocities."""
    notes, texture = report.notes, report.measures.curves
    if report.measures.velocity is None:
        return None
    across, down = _axes(notes, float(notes.velocity.min()) - 4, float(notes.velocity.max()) + 4)
    dots, behind = "", ""
    if len(notes) <= MOST_DOTS:
        x, y = across.all(notes.onset), down.all(notes.velocity.astype(np.float64))
        dots = svg.boxes(x - 1.2, y - 1.2, np.full(len(x), 2.4), 2.4, "dot")
    if report.usual is not None:
        usual = report.usual.measures.curves
        behind = _behind(report.usual.notes, usual.time, usual.velocity, down)
    drawn = svg.curve(across.all(texture.time), down.all(texture.velocity), "curve")
    return _graph("Loudness over time, in MIDI velocity", across, down, dots, behind, drawn)


def density_graph(report: Report) -> str | None:
    """Notes struck per second; None when everything is struck within a second."""
    texture = report.measures.curves
    if len(texture.time) < 2:
        return None
    across, down = _axes(report.notes, 0.0, 1.1 * float(texture.density.max()))
    behind = ""
    if report.usual is not None:
        usual = report.usual.measures.curves
        behind = _behind(report.usual.notes, usual.time, usual.density, down)
    drawn = svg.curve(across.all(texture.time), down.all(texture.density), "curve")
    return _graph("Density over time, in notes a second", across, down, behind, drawn)


def clocks(across: Scale, top: float, bottom: float) -> Iterator[str]:
    """Lines at round times, with their clocks below."""
    span = across.high - across.low
    step = next((step for step in CLOCK_STEPS_S if span / step <= MOST_CLOCKS), CLOCK_STEPS_S[-1])
    for time in step * np.arange(np.ceil(across.low / step), np.floor(across.high / step) + 1):
        yield svg.line(across(time), top, across(time), bottom, "grid")
        yield svg.text(across(time), bottom + 13, clock(time), "axis middle")


def _axes(notes: TakeNotes, low: float, high: float) -> tuple[Scale, Scale]:
    begin = float(notes.onset[0])
    return Scale(begin, begin + notes.playing_s, LEFT, WIDTH - RIGHT), Scale(high, low, TOP, HEIGHT - BOTTOM)


def _behind(notes: TakeNotes, time: Float64Array, values: Float64Array, down: Scale) -> str:
    """A curve of the earlier take as if both began and ended together, without what lies beyond the picture."""
    across, _ = _axes(notes, 0.0, 1.0)
    low, high = sorted((down.low, down.high))
    inside = (values >= low) & (values <= high)  # also False where there is no value
    return svg.curve(across.all(time), down.all(np.where(inside, values, np.nan)), "curve before")


def _graph(label: str, across: Scale, down: Scale, *parts: str) -> str:
    lines = [
        svg.line(LEFT, down(value), WIDTH - RIGHT, down(value), "grid")
        + svg.text(LEFT - 6, down(value) + 3.5, f"{value:g}", "axis end")
        for value in svg.ticks(down.high, down.low, 5)  # the axis begins on top, with the highest value
    ]
    return svg.picture(WIDTH, HEIGHT, label, *lines, *clocks(across, TOP, HEIGHT - BOTTOM), *parts)
