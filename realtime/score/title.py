"""The title of a PDF page, drawn as outlines of a font that comes with the program.

PDF's own fonts have the letters of Western Europe alone, and a PDF takes no other font of this kind.
"""

from __future__ import annotations

import io
import unicodedata
from importlib.resources import files
from typing import Any

from realtime.errors import UsageError
from realtime.score.engraving import MISSING

FONT = "Inter-SemiBold.otf"
_MORE = "…"
_NON_ZERO = 1  # what lies inside any outline of a letter is filled


def title_shape(words: str, size: float, least_size: float, widest: float) -> tuple[Any, float]:
    """reportlab's `Path` of words from (0, 0) to the right, in points, and its width.

    Words wider than `widest` are set smaller, at `least_size` at the smallest, and cut there. Letters that the font
    lacks (it has Latin, Greek and Cyrillic ones) are left out. Raises UsageError when something is not installed.
    """
    try:
        from fontTools.pens.reportLabPen import ReportLabPen
        from fontTools.pens.transformPen import TransformPen
        from fontTools.ttLib import TTFont
        from reportlab.graphics.shapes import Path
    except ImportError as error:
        raise UsageError(MISSING()) from error
    font = TTFont(io.BytesIO((files("assets") / "fonts" / FONT).read_bytes()))
    letters, glyphs, em = font.getBestCmap(), font.getGlyphSet(), font["head"].unitsPerEm
    known = [letter for letter in unicodedata.normalize("NFC", words) if ord(letter) in letters]
    widths = {letter: glyphs[letters[ord(letter)]].width / em for letter in {*known, _MORE, " "}}
    shown, size = _fitted("".join(known).split(), widths, size, least_size, widest)
    path = Path(fillMode=_NON_ZERO, strokeColor=None)
    pen, across = ReportLabPen(glyphs, path), 0.0
    for letter in shown:
        glyphs[letters[ord(letter)]].draw(TransformPen(pen, (size / em, 0, 0, size / em, across, 0)))
        across += size * widths[letter]
    return path, across


def _fitted(
    words: list[str], widths: dict[str, float], size: float, least_size: float, widest: float
) -> tuple[str, float]:
    """The text that fits, and its size. widths: of letters of size 1."""
    text = " ".join(words)
    wide = sum(widths[letter] for letter in text)
    if wide * size <= widest:
        return text, size
    size = max(least_size, widest / wide)
    while sum(widths[letter] for letter in text) * size > widest * (1 + 1e-9):
        text = text.removesuffix(_MORE)[:-1].rstrip() + _MORE
    return text, size
