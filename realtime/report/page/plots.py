"""Pictures of the page: the piano-roll with pedal and parts, and the two-ended scale of an impression."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from realtime.contract import BoolArray
from realtime.notes import note_name
from realtime.report.facts import clock
from realtime.report.measures.dynamics import has_velocity
from realtime.report.measures.summary import Measures
from realtime.report.page import svg
from realtime.report.page.graphs import LEFT, RIGHT, WIDTH, clocks
from realtime.report.page.svg import Scale
from realtime.takes.notes import TakeNotes

ONE_ROW_S = 75.0
MOST_ROWS = 8
ROLL_HEIGHT = 190.0
NARROWEST_SEMITONE, WIDEST_SEMITONE = 2.4, 5.0
LEAST_SEMITONES = 24
LETTER_WIDTH = 18.0
PARTS_HEIGHT, PEDAL_HEIGHT, CLOCK_HEIGHT = 20.0, 10.0, 18.0
# Velocity ramp of the daylight theme at 1, 32, 64, 96 and 127; it also reads in grey.
RAMP = ("#7DA2C9", "#6584C9", "#655BBE", "#6F2C96", "#660049")
RAMP_EDGES = (16, 48, 80, 112)
ONE_COLOUR = "#0B74C4"


def rolls(notes: TakeNotes, measures: Measures) -> Iterator[str]:
    """The take as rows of a piano-roll, each with its parts above, its pedal and its times below.

    One row up to 75 s; beyond, rows of a minute or more, eight at most. Rows in which nothing sounds are left out.
    """
    begin, end = float(notes.onset[0]), float(notes.onset[0]) + notes.span_s
    rows = 1 if end - begin <= ONE_ROW_S else min(MOST_ROWS, int(np.ceil((end - begin) / 60)))
    row_s = (end - begin) / rows
    for row in range(rows):
        low_s, high_s = begin + row * row_s, begin + (row + 1) * row_s
        if _inside(notes, low_s, high_s).any():
            yield _roll(notes, measures, low_s, high_s)


def _inside(notes: TakeNotes, low_s: float, high_s: float) -> BoolArray:
    """(N,) which notes sound between two times."""
    return np.asarray((notes.onset < high_s) & (notes.offset >= low_s), np.bool_)


def _roll(notes: TakeNotes, measures: Measures, low_s: float, high_s: float) -> str:
    across = Scale(low_s, high_s, LEFT, WIDTH - RIGHT)
    middle, half = _middle_pitch(measures)
    semitone = float(np.clip(ROLL_HEIGHT / (2 * half), NARROWEST_SEMITONE, WIDEST_SEMITONE))
    height = 2 * half * semitone
    down = Scale(middle + half, middle - half, PARTS_HEIGHT, PARTS_HEIGHT + height)
    bottom = PARTS_HEIGHT + height
    return svg.picture(
        WIDTH,
        bottom + PEDAL_HEIGHT + CLOCK_HEIGHT,
        f"Piano-roll from {clock(low_s)} to {clock(high_s)}",
        *_octaves(down, middle - half, middle + half),
        *clocks(across, PARTS_HEIGHT, bottom + PEDAL_HEIGHT),
        *_parts(measures, across, bottom),
        *_notes(notes, _inside(notes, low_s, high_s), across, down, 0.85 * semitone),
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


def _parts(measures: Measures, across: Scale, bottom: float) -> Iterator[str]:
    if len(measures.sections) < 2:
        return
    taken = np.inf
    for part in reversed(measures.sections):  # where letters would lie on another, that of the later part stands
        if part.start_s < across.high and part.end_s > across.low:
            x = across(max(part.start_s, across.low))
            yield svg.line(x, 4, x, bottom, "part")
            if x + LETTER_WIDTH <= taken:
                yield svg.text(x + 5, 14, part.label, "letter")
                taken = x


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
    down, up = measures.presses.down, measures.presses.up
    inside = (down < across.high) & (up > across.low)
    left = np.maximum(across.all(down[inside]), LEFT)
    right = np.minimum(across.all(up[inside]), WIDTH - RIGHT)
    yield svg.text(LEFT - 6, bottom + 7.5, "Pedal", "axis end")
    width = np.maximum(right - left - 1, 1.0)
    yield svg.boxes(left, np.full(len(left), bottom + 2), width, PEDAL_HEIGHT - 4, "pedal")


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
