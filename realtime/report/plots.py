"""The pictures of a report: piano-roll with pedal and parts, curves over time, two-ended scales."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from realtime.report import svg
from realtime.report.dynamics import has_velocity
from realtime.report.facts import clock
from realtime.report.measures import Measures
from realtime.report.pulse import Pulse
from realtime.report.svg import Scale
from realtime.report.take_notes import BoolArray, TakeNotes
from realtime.sinks.notes import note_name

WIDTH = 960.0
LEFT, RIGHT = 44.0, 12.0
ONE_ROW_S = 75.0
MOST_ROWS = 8
ROLL_HEIGHT = 190.0
NARROWEST_SEMITONE, WIDEST_SEMITONE = 2.4, 5.0
LEAST_SEMITONES = 24
PARTS_HEIGHT, PEDAL_HEIGHT, CLOCK_HEIGHT = 20.0, 10.0, 18.0
CURVE_HEIGHT, CURVE_TOP, CURVE_BOTTOM = 132.0, 10.0, 20.0
MOST_DOTS = 6_000
# Velocity ramp of the daylight theme at 1, 32, 64, 96 and 127; it also reads in grey.
RAMP = ("#7DA2C9", "#6584C9", "#655BBE", "#6F2C96", "#660049")
RAMP_EDGES = (16, 48, 80, 112)
ONE_COLOUR = "#0B74C4"


def rolls(notes: TakeNotes, measures: Measures) -> Iterator[str]:
    """The take as rows of a piano-roll, each with its parts above, its pedal and its clock below.

    One row up to 75 s; beyond, rows of a minute or more, eight at most.
    """
    begin, end = float(notes.onset[0]), float(notes.onset[0]) + notes.playing_s
    rows = 1 if end - begin <= ONE_ROW_S else min(MOST_ROWS, int(np.ceil((end - begin) / 60)))
    row_s = (end - begin) / rows
    for row in range(rows):
        yield _roll(notes, measures, begin + row * row_s, begin + (row + 1) * row_s)


def _roll(notes: TakeNotes, measures: Measures, low_s: float, high_s: float) -> str:
    across = Scale(low_s, high_s, LEFT, WIDTH - RIGHT)
    middle, half = _middle_pitch(measures)
    semitone = float(np.clip(ROLL_HEIGHT / (2 * half), NARROWEST_SEMITONE, WIDEST_SEMITONE))
    height = 2 * half * semitone
    down = Scale(middle + half, middle - half, PARTS_HEIGHT, PARTS_HEIGHT + height)
    bottom = PARTS_HEIGHT + height
    inside = (notes.onset < high_s) & (notes.offset >= low_s)
    return svg.picture(
        WIDTH,
        bottom + PEDAL_HEIGHT + CLOCK_HEIGHT,
        f"Piano-roll from {clock(low_s)} to {clock(high_s)}",
        *_octaves(down, middle - half, middle + half),
        *_seconds(across, PARTS_HEIGHT, bottom + PEDAL_HEIGHT),
        *_parts(measures, across, bottom),
        *_notes(notes, inside, across, down, 0.85 * semitone),
        *_pedal(measures, across, bottom),
    )


def _middle_pitch(measures: Measures) -> tuple[float, float]:
    """Middle of the range and half of its height, in semitones with a margin."""
    low, high = measures.lowest or 0, measures.highest or 0
    return (low + high) / 2, max(high - low, LEAST_SEMITONES) / 2 + 2


def _octaves(down: Scale, low: float, high: float) -> Iterator[str]:
    for pitch in range(int(np.ceil(low)), int(high) + 1):
        if pitch % 12 == 0:
            yield svg.line(LEFT, down(pitch), WIDTH - RIGHT, down(pitch), "octave")
            yield svg.text(LEFT - 6, down(pitch) + 3.5, note_name(pitch), "axis end")


def _seconds(across: Scale, top: float, bottom: float) -> Iterator[str]:
    for time in svg.ticks(across.low, across.high, 8):
        yield svg.line(across(time), top, across(time), bottom, "grid")
        yield svg.text(across(time), bottom + 13, clock(time), "axis middle")


def _parts(measures: Measures, across: Scale, bottom: float) -> Iterator[str]:
    if len(measures.sections) < 2:
        return
    for part in measures.sections:
        if part.start_s < across.high and part.end_s > across.low:
            x = across(max(part.start_s, across.low))
            yield svg.line(x, 4, x, bottom, "part")
            yield svg.text(x + 5, 14, part.label, "letter")


def _notes(notes: TakeNotes, inside: BoolArray, across: Scale, down: Scale, height: float) -> Iterator[str]:
    """A path for each step of loudness; every note is at least 1.5 pixels long."""
    left = np.maximum(across.all(notes.onset[inside]), LEFT)
    right = np.minimum(across.all(notes.offset[inside]), WIDTH - RIGHT)
    top = down.all(notes.pitch[inside].astype(np.float64)) - height / 2
    width = np.maximum(right - left, 1.5)
    if not has_velocity(notes):
        yield svg.boxes(left, top, width, height, "note", ONE_COLOUR)
        return
    step = np.digitize(notes.velocity[inside], RAMP_EDGES)
    for i, colour in enumerate(RAMP):
        yield svg.boxes(left[step == i], top[step == i], width[step == i], height, "note", colour)


def _pedal(measures: Measures, across: Scale, bottom: float) -> Iterator[str]:
    if measures.pedalling is None:
        return
    down, up = measures.strokes.down, measures.strokes.up
    inside = (down < across.high) & (up > across.low)
    left = np.maximum(across.all(down[inside]), LEFT)
    right = np.minimum(across.all(up[inside]), WIDTH - RIGHT)
    yield svg.text(LEFT - 6, bottom + 7.5, "Pedal", "axis end")
    width = np.maximum(right - left - 1, 1.0)
    yield svg.boxes(left, np.full(len(left), bottom + 2), width, PEDAL_HEIGHT - 4, "pedal")


def tempo_curve(notes: TakeNotes, pulse: Pulse) -> str:
    """Local tempo over time, with the pulse of the whole take as a dashed line."""
    room = 0.1 * pulse.bpm
    low, high = float(pulse.tempo.min()) - room, float(pulse.tempo.max()) + room
    across, down = _axes(notes, low, high)
    pulse_line = svg.line(LEFT, down(pulse.bpm), WIDTH - RIGHT, down(pulse.bpm), "usual")
    drawn = svg.curve(across.all(pulse.time), down.all(pulse.tempo), "curve")
    return _curve_picture("Tempo over time, in beats a minute", across, down, pulse_line, drawn)


def dynamics_curve(notes: TakeNotes, measures: Measures) -> str:
    """Mean velocity over time, with the notes as dots as long as they are not too many to be seen."""
    low, high = float(notes.velocity.min()) - 4, float(notes.velocity.max()) + 4
    across, down = _axes(notes, low, high)
    dots = ""
    if len(notes) <= MOST_DOTS:
        x, y = across.all(notes.onset), down.all(notes.velocity.astype(np.float64))
        dots = svg.boxes(x - 1.2, y - 1.2, np.full(len(x), 2.4), 2.4, "dot")
    texture = measures.curves
    drawn = svg.curve(across.all(texture.time), down.all(texture.velocity), "curve")
    return _curve_picture("Loudness over time, in MIDI velocity", across, down, dots, drawn)


def density_curve(notes: TakeNotes, measures: Measures) -> str:
    """Notes struck per second over time."""
    texture = measures.curves
    across, down = _axes(notes, 0.0, 1.1 * float(texture.density.max()))
    drawn = svg.curve(across.all(texture.time), down.all(texture.density), "curve")
    return _curve_picture("Density over time, in notes a second", across, down, drawn)


def _axes(notes: TakeNotes, low: float, high: float) -> tuple[Scale, Scale]:
    begin = float(notes.onset[0])
    across = Scale(begin, begin + notes.playing_s, LEFT, WIDTH - RIGHT)
    return across, Scale(high, low, CURVE_TOP, CURVE_HEIGHT - CURVE_BOTTOM)


def _curve_picture(label: str, across: Scale, down: Scale, *parts: str) -> str:
    lines = [
        svg.line(LEFT, down(value), WIDTH - RIGHT, down(value), "grid")
        + svg.text(LEFT - 6, down(value) + 3.5, f"{value:g}", "axis end")
        for value in svg.ticks(down.high, down.low, 4)
    ]
    seconds = _seconds(across, CURVE_TOP, CURVE_HEIGHT - CURVE_BOTTOM)
    return svg.picture(WIDTH, CURVE_HEIGHT, label, *lines, *seconds, *parts)


def two_ended_scale(label: str, value: float, band: tuple[float, float], earlier: float | None) -> str:
    """A track without figures: the band as a soft bar, this take as a dot, the earlier one as a ring behind it."""
    across = Scale(0.0, 1.0, 10.0, 310.0)
    band_x = np.array([across(band[0])])
    parts = [
        svg.line(across(0), 9, across(1), 9, "track"),
        svg.line(across(0.5), 3, across(0.5), 15, "middle-mark"),
        svg.boxes(band_x, np.array([5.5]), np.array([across(band[1])]) - band_x, 7.0, "band"),
    ]
    if earlier is not None:
        parts.append(f'<circle cx="{across(earlier):.1f}" cy="9" r="5" class="ring"/>')
    parts.append(f'<circle cx="{across(value):.1f}" cy="9" r="6" class="mark"/>')
    return svg.picture(320, 18, label, *parts)
