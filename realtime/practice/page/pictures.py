"""The pictures of the page of marks: its bars, and how early or late each note was, as SVG."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from realtime.practice.page.rows import SIGNS, BarMarks
from realtime.practice.score import Score
from realtime.practice.verdicts import Marked, Missed
from realtime.report.page import svg
from realtime.report.page.graphs import LEFT, RIGHT, WIDTH
from realtime.report.page.svg import Scale

PER_ROW, CELL_HEIGHT, GAP = 16, 46.0, 4.0
TIMES_HEIGHT, BOTTOM = 150.0, 22.0
LEAST_MS = 100.0
DOT = 2.6
MOST_NUMBERS = 24


def bars_picture(bars: Sequence[BarMarks], label: str) -> str:
    """Each bar as a box with its number, its mark and its share of right keys, rows of sixteen."""
    width = (WIDTH + GAP) / PER_ROW - GAP
    rows = -(-len(bars) // PER_ROW)
    cells = (
        _cell(bar, (index % PER_ROW) * (width + GAP), (index // PER_ROW) * (CELL_HEIGHT + GAP), width)
        for index, bar in enumerate(bars)
    )
    return svg.picture(WIDTH, rows * (CELL_HEIGHT + GAP), label, *cells)


def _cell(bar: BarMarks, x: float, y: float, width: float) -> str:
    box = f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{CELL_HEIGHT:g}" rx="4" class="bar"/>'
    number = svg.text(x + 4, y + 11, str(bar.number), "number")
    if not bar.played:
        return box + number
    tally = bar.tally
    right = f"{tally.right + tally.early + tally.late}/{tally.written}"
    middle = x + width / 2
    sign = svg.text(middle, y + 28, SIGNS[bar.kind], f"sign {bar.kind}")
    return box + number + sign + svg.text(middle, y + 41, right, "few")


def times_picture(part: Score, verdicts: Sequence[Marked | Missed], on_time_ms: float, label: str) -> str | None:
    """Every note that has a time, by its place in the piece and how late it was; None without any."""
    timed = [(one, one.ms) for one in verdicts if isinstance(one, Marked) and one.ms is not None]
    if not timed:
        return None
    most = max(LEAST_MS, *(abs(ms) for _, ms in timed)) * 1.08
    across = Scale(part.begin, part.end, LEFT, WIDTH - RIGHT)
    down = Scale(-most, most, 8.0, TIMES_HEIGHT - BOTTOM)
    band = np.array([down(-on_time_ms)])
    return svg.picture(
        WIDTH,
        TIMES_HEIGHT,
        label,
        svg.boxes(np.array([LEFT]), band, np.array([WIDTH - LEFT - RIGHT]), down(on_time_ms) - band[0], "on-time"),
        *_rows(down, most),
        *_numbers(part, across),
        *(_dot(across(part.groups[one.group].beat), down(ms), one.verdict) for one, ms in timed),
    )


def _rows(down: Scale, most: float) -> Iterator[str]:
    for value in svg.ticks(-most, most, 4):
        yield svg.line(LEFT, down(value), WIDTH - RIGHT, down(value), "grid")
        yield svg.text(LEFT - 6, down(value) + 3.5, f"{value:+g}" if value else "0", "axis end")


def _numbers(part: Score, across: Scale) -> Iterator[str]:
    """Bar lines, and as many numbers as there is room for."""
    step = -(-len(part.bars) // MOST_NUMBERS)
    for index, bar in enumerate(part.bars):
        if index % step == 0:
            yield svg.line(across(bar.beat), 8.0, across(bar.beat), TIMES_HEIGHT - BOTTOM, "grid")
            yield svg.text(across(bar.beat) + 2, TIMES_HEIGHT - 8, str(bar.number), "axis")


def _dot(x: float, y: float, kind: str) -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{DOT:g}" class="{kind}"/>'
