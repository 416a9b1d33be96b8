"""MusicXML drawn on pages: by verovio as SVG, which svglib and reportlab put on the A4 pages of a PDF."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ElementTree
from typing import Any

from realtime.errors import LisztenError, UsageError
from realtime.score.engraving import DRAFT_NOTE, MISSING
from realtime.score.title import title_shape
from realtime.score.toolkit import toolkit
from realtime.words import Phrase

NOT_DRAWN = Phrase(
    "score.not_drawn", "The score cannot be drawn. Write it as .musicxml and open that in a notation program."
)

# Tenths of a millimetre.
_WIDTH, _HEIGHT, _TALLEST = 2100, 2970, 60_000
_OPTIONS = {"pageWidth": _WIDTH, "scale": 40, "footer": "none", "pageMarginLeft": 100, "pageMarginRight": 100}
_SVG, _XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
_MARGIN, _TITLE_SIZE, _NOTE_SIZE = 40, 16, 9  # points; a long title is as small as the note


def svg_page(musicxml: bytes) -> bytes:
    """One page as tall as it has to be, UTF-8."""
    return _drawn(musicxml, {"pageHeight": _TALLEST, "adjustPageHeight": True})[0]


def pdf_pages(musicxml: bytes, title: str) -> bytes:
    """A PDF of A4 pages; the title stands on the first, and on every one that it is a draft. Raises UsageError when
    something that it needs is not installed."""
    # The title is set here: svglib does not centre text.
    pages = _drawn(musicxml, {"pageHeight": _HEIGHT, "header": "none", "pageMarginTop": 200, "pageMarginBottom": 150})
    try:
        from reportlab.graphics import renderPDF
        from reportlab.graphics.shapes import Drawing
        from reportlab.lib.pagesizes import A4
        from reportlab.pdfgen.canvas import Canvas
        from svglib.svglib import svg2rlg
    except ImportError as error:
        raise UsageError(MISSING()) from error
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=True)
    canvas.setTitle(title)
    for number, page in enumerate(pages, 1):
        drawing: Any = svg2rlg(io.BytesIO(page))
        drawing.scale(A4[0] / drawing.width, A4[1] / drawing.height)
        renderPDF.draw(drawing, canvas, 0, 0)
        if number == 1:
            room = A4[0] - 2 * _MARGIN
            shape, width = title_shape(title, _TITLE_SIZE, _NOTE_SIZE, room)
            renderPDF.draw(Drawing(room, _TITLE_SIZE, shape), canvas, (A4[0] - width) / 2, A4[1] - _MARGIN)
        canvas.setFont("Helvetica", _NOTE_SIZE)
        canvas.drawString(_MARGIN, _MARGIN / 2, DRAFT_NOTE)
        canvas.drawRightString(A4[0] - _MARGIN, _MARGIN / 2, f"{number} / {len(pages)}")
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _drawn(musicxml: bytes, options: dict[str, Any]) -> list[bytes]:
    """The pages as SVG, UTF-8."""
    drawer = toolkit(**_OPTIONS, **options)
    if not drawer.loadData(musicxml.decode()):
        raise LisztenError(NOT_DRAWN())
    return [_flat(drawer.renderToSVG(number)) for number in range(1, drawer.getPageCount() + 1)]


def _flat(page: str) -> bytes:
    """Without the picture inside the picture that verovio draws: SVG Tiny, so Qt, knows none, and svglib shrinks it."""
    ElementTree.register_namespace("", _SVG)
    ElementTree.register_namespace("xlink", _XLINK)
    root = ElementTree.fromstring(page)
    inner = next(child for child in root if child.tag == f"{{{_SVG}}}svg")
    root.set("viewBox", inner.attrib.pop("viewBox"))
    inner.tag = f"{{{_SVG}}}g"
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))
