"""A ring of rows on which whatever no longer changes is drawn once; each frame shows another stretch of it.

Rows are counted from the performance's start, and may be negative. The buffer holds the newest of them.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from gui.stage.surface import Canvas, pygame

# Columns that are looked after together, px.
BAND = 32
PREMULTIPLIED = pygame.BLEND_PREMULTIPLIED


class ScrollBuffer:
    """Pixels, as wide as `ground` × `rows`: row r lies at r modulo `rows`. ground: what lies below all that is drawn,
    uint8 (width, 4) as B G R X, in every row the same."""

    def __init__(self, ground: npt.NDArray[np.uint8], rows: int) -> None:
        self._rows = rows
        self._width = len(ground)
        self._canvas = Canvas(self._width, rows)
        self._ground = ground.view(np.uint32)[:, 0]
        self._pixels = self._canvas.pixels.view(np.uint32)[:, :, 0]
        self._empty_after = np.full(self._width // BAND + 1, np.iinfo(np.int64).min)
        self.forget()

    def clear(self, first: int, end: int) -> None:
        """Make rows `first` to `end` - 1 empty."""
        for at, _, count in self._parts(max(first, end - self._rows), end):
            self._pixels[at : at + count] = self._ground

    def forget(self) -> None:
        """Make all of it empty."""
        self._pixels[:] = self._ground
        self._empty_after[:] = np.iinfo(np.int64).min

    def put(self, picture: pygame.Surface, x: int, row: int, within: tuple[int, int]) -> None:
        """Draw a sprite with its top at `row`; only what falls `within` these rows (first, and the one after)."""
        top, end = max(row, within[0]), min(row + picture.get_height(), within[1])
        for at, first, count in self._parts(top, end):
            part = (0, first - row, picture.get_width(), count)
            self._canvas.surface.blit(picture, (x, at), part, special_flags=PREMULTIPLIED)

    def mark(self, x: int, width: int, until: int) -> None:
        """Mark columns as filled until the stage has scrolled to `until`."""
        bands = self._empty_after[x // BAND : (x + width - 1) // BAND + 1]
        np.maximum(bands, until, out=bands)

    def columns(self, scroll: int) -> tuple[int, int]:
        """First filled column at `scroll`, and the one after the last; (0, 0) for none."""
        filled = np.flatnonzero(self._empty_after > scroll)
        return (int(filled[0]) * BAND, min((int(filled[-1]) + 1) * BAND, self._width)) if len(filled) else (0, 0)

    def show(self, target: pygame.Surface, first: int, box: pygame.Rect) -> None:
        """Draw on `target`, whose top is row `first`, what lies in `box`."""
        for at, row, count in self._parts(first + box.top, first + box.bottom):
            target.blit(self._canvas.surface, (box.left, row - first), (box.left, at, box.width, count))

    def _parts(self, first: int, end: int) -> Iterator[tuple[int, int, int]]:
        """Rows cut where the ring closes: where a part lies, its first row, how many."""
        while first < end:
            at = first % self._rows
            count = min(end - first, self._rows - at)
            yield at, first, count
            first += count
