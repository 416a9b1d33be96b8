"""A piece as sheet music for the screen: an SVG picture for each line, drawn by verovio in a process of its own.

Notes and bars have the ids of `realtime.practice.score`, as both are read from the same document with the same seed.
"""

from __future__ import annotations

from multiprocessing.connection import Connection
from pathlib import Path

from realtime.errors import FileError, LisztenError
from realtime.practice.document import BROKEN, Document, read_document
from realtime.practice.notation import LIMIT_S, TOO_SLOW
from realtime.score.toolkit import toolkit
from realtime.system import process
from realtime.system.errand import answer
from realtime.system.storage import plain_name

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
    document = read_document(path)
    name = plain_name(path)
    try:
        found: list[str] | LisztenError = answer(
            "realtime.practice.engraving:run", "engraving", LIMIT_S, document, name, width, scale
        )
    except TimeoutError as error:
        raise FileError(TOO_SLOW(path=name)) from error
    except EOFError as error:
        raise FileError(BROKEN(path=name)) from error
    if isinstance(found, LisztenError):
        raise found
    return found


def run(parent: Connection, document: Document, path: str, width: int, scale: int) -> None:
    """Body of the process that draws. path: of the file, for sentences."""

    def leave() -> None:
        raise SystemExit

    process.on_terminate(leave)
    try:
        parent.send(engraved(document, path, width, scale))
    except LisztenError as error:
        parent.send(error)


def engraved(document: Document, path: str, width: int, scale: int) -> list[str]:
    """As `engrave`, in this process."""
    drawer = toolkit(inputFrom=document.format, pageWidth=round(100 * width / scale), scale=scale, **OPTIONS)
    if not drawer.loadData(document.text):
        raise FileError(BROKEN(path=path))
    return [drawer.renderToSVG(page + 1) for page in range(drawer.getPageCount())]
