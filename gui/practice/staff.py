"""Sheet music by the line: where its notes lie, and which lines are to be seen as one plays on.

All places are in px of the page at its own size, from the top left corner of its line.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from gui.practice.staff_svg import SVG

HALF_LINE = 0.5
TRANSLATED = re.compile(r"translate\(\s*(-?[\d.]+)[\s,]+(-?[\d.]+)")
LEVEL = re.compile(r"M\s*-?[\d.]+\s+(-?[\d.]+)\s+L")


@dataclass(frozen=True)
class Place:
    """x, y: of a note's head, its left end and its middle."""

    x: float
    y: float


@dataclass(frozen=True, eq=False)
class StaffLine:
    """A line of sheet music. svg: verovio's; width, height: px; heads: id of a note -> its head; top, bottom: of the
    uppermost and the lowest line of its staves; step: from one note of the scale to the next."""

    svg: str
    width: float
    height: float
    heads: dict[str, Place]
    top: float
    bottom: float
    step: float

    @cached_property
    def ends(self) -> tuple[float, float]:
        """x of its first and of its last note."""
        across = [place.x for place in self.heads.values()]
        return (min(across), max(across)) if across else (0.0, self.width)

    def share(self, x: float) -> float:
        """How much of the line is over at a place, 0-1."""
        first, last = self.ends
        return min(max((x - first) / max(last - first, 1.0), 0.0), 1.0)


@dataclass(frozen=True)
class _Frame:
    """How a page's own units lie in px: times `scale`, after the margin was added."""

    scale: float
    margin: tuple[float, float]

    def place(self, at: tuple[float, float]) -> Place:
        return Place(self.scale * (at[0] + self.margin[0]), self.row(at[1]))

    def row(self, y: float) -> float:
        return self.scale * (y + self.margin[1])


def read_line(svg: str) -> StaffLine:
    """Find the notes on a page of verovio's that holds one line."""
    page = ElementTree.fromstring(svg)
    width, height = (float((page.get(name) or "0").removesuffix("px")) for name in ("width", "height"))
    frame = _frame(page, width)
    heads: dict[str, Place] = {}
    levels: set[float] = set()
    for group in page.iter(f"{SVG}g"):
        names = (group.get("class") or "").split()
        if "note" in names and (at := _head(group)) is not None:
            heads[group.get("id") or ""] = frame.place(at)
        elif "staff" in names:
            levels.update(_levels(group))
    rows = sorted(levels) or [0.0, height / frame.scale]
    gap = min(after - before for before, after in pairwise(rows))
    return StaffLine(svg, width, height, heads, frame.row(rows[0]), frame.row(rows[-1]), frame.scale * gap / 2)


def _frame(page: ElementTree.Element, width: float) -> _Frame:
    inner = page.find(f"{SVG}svg")
    box = "0 0 1 1" if inner is None else inner.get("viewBox") or "0 0 1 1"
    margins = (group for group in page.iter(f"{SVG}g") if group.get("class") == "page-margin")
    margin = next((at for group in margins if (at := _translated(group)) is not None), (0.0, 0.0))
    return _Frame(width / float(box.split()[2]), margin)


def _head(note: ElementTree.Element) -> tuple[float, float] | None:
    """Where the head of a note lies."""
    for part in note.findall(f"{SVG}g"):
        for drawn in part.findall(f"{SVG}use") if part.get("class") == "notehead" else ():
            return _translated(drawn)
    return None


def _levels(staff: ElementTree.Element) -> Iterator[float]:
    """The rows of a staff's lines."""
    for path in staff.findall(f"{SVG}path"):
        if (line := LEVEL.match(path.get("d") or "")) is not None:
            yield float(line[1])


def _translated(element: ElementTree.Element) -> tuple[float, float] | None:
    moved = TRANSLATED.match(element.get("transform") or "")
    return None if moved is None else (float(moved[1]), float(moved[2]))


class PageTurn:
    """Which lines are to be seen. A page turns when half of its last line is over: that line then is the first.

    heights: of the lines, px; room: of what shows them. first: index of the uppermost line that is seen.
    """

    def __init__(self, heights: Sequence[float], room: float) -> None:
        self.first = 0
        self._heights, self._room = heights, room

    @property
    def shown(self) -> range:
        """Indices of the lines that are seen whole, one at least."""
        end, used = self.first + 1, self._heights[self.first]
        while end < len(self._heights) and used + self._heights[end] <= self._room:
            used += self._heights[end]
            end += 1
        return range(self.first, end)

    def follow(self, line: int, share: float) -> bool:
        """The player has played `share` (0-1) of a line; whether a page turns."""
        shown, before = self.shown, self.first
        if line not in shown or (line == shown[-1] and share >= HALF_LINE and line + 1 < len(self._heights)):
            self.first = line
        return self.first != before
