"""A piece as sheet music for the screen: an SVG picture for each line, drawn by verovio in a process of its own.

Notes and bars have the ids of `realtime.practice.score`, as both are read from the same document with the same seed.
"""

from __future__ import annotations

from multiprocessing.connection import Connection
from pathlib import Path

from realtime.errors import FileError
from realtime.practice.document import BROKEN, Document
from realtime.practice.notation import LIMIT_S, ask, serve
from realtime.score.toolkit import toolkit

# Page of verovio's units: tenths of a millimetre at 100 %. A page as low as can be holds one line.
LOWEST_PAGE = 100
OPTIONS = {
    "breaks": "auto",
    "pageHeight": LOWEST_PAGE,
    "adjustPageHeight": True,
    "pageMarginLeft": 40,
    "pageMarginRight": 20,
    "pageMarginTop": 20,
    "pageMarginBottom": 20,
    "header": "none",
    "footer": "none",
    "svgFormatRaw": True,
}


def engrave(path: Path, width: int, scale: int) -> list[str]:
    """The lines of a piece, each an SVG picture `width` px wide. scale: per cent of verovio's size, at which five staff
    lines are 72 px high. Raises FileError with what is wrong with the file."""
    found: list[str] = ask("realtime.practice.engraving:run", path, LIMIT_S, width, scale)
    return found


def run(parent: Connection, document: Document, path: str, width: int, scale: int) -> None:
    """Body of the process that draws."""
    serve(parent, lambda: engraved(document, path, width, scale))


def engraved(document: Document, path: str, width: int, scale: int) -> list[str]:
    """As `engrave`, in this process. path: of the file, for sentences."""
    drawer = toolkit(inputFrom=document.format, pageWidth=round(100 * width / scale), scale=scale, **OPTIONS)
    if not drawer.loadData(document.text):
        raise FileError(BROKEN(path=path))
    return [drawer.renderToSVG(page + 1) for page in range(drawer.getPageCount())]
