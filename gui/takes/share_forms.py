"""What a take can be given away as: a film, sheet music, sound, MIDI, the page of its report. Each is written in a
process of its own, as a film takes a minute."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum
from importlib.util import find_spec
from multiprocessing.connection import Connection
from pathlib import Path

from gui.state.failures import explain
from realtime.score.engraving import MISSING
from realtime.system import process
from realtime.system.storage import file_error, replace_file, replacing
from realtime.takes.folder import open_take, take_audio
from realtime.takes.reader import read_take
from realtime.words import Said

STEP = 0.005  # of the whole, told at once
COPY_BYTES = 1 << 20
Shown = Callable[[float], None]


class Form(Enum):
    """The value names it in this program."""

    FILM = "film"
    PDF = "pdf"
    MUSICXML = "musicxml"
    RECORDING = "recording"
    PIANO = "piano"
    MIDI = "midi"
    PAGE = "page"


SUFFIXES = {
    Form.FILM: ".mp4",
    Form.PDF: ".pdf",
    Form.MUSICXML: ".musicxml",
    Form.PIANO: ".wav",
    Form.MIDI: ".mid",
    Form.PAGE: ".html",
}
# Packages of the extra `score`, which not every installation has.
NEEDS = {Form.PDF: ("music21", "svglib", "reportlab", "fontTools"), Form.MUSICXML: ("music21",)}


@dataclass(frozen=True)
class Order:
    """take: its folder; name: what the player calls it; size: width and height of a film, px."""

    form: Form
    take: Path
    name: str
    to: Path
    size: tuple[int, int] = (1920, 1080)


@dataclass(frozen=True)
class Written:
    """The order was carried out, or not: problem, one sentence."""

    problem: Said | None = None


def suffix(form: Form, take: Path) -> str:
    """How the name of the file ends."""
    return SUFFIXES.get(form) or take_audio(take).suffix


def missing(form: Form) -> Said | None:
    """One line about what has to be installed first, None when all is there."""
    return None if all(find_spec(name) for name in NEEDS.get(form, ())) else MISSING()


def write(order: Order, shown: Shown) -> None:
    """Carry an order out. shown: called with the share that is done, 0-1. Raises LisztenError."""
    WRITERS[order.form](order, shown)


def run(pipe: Connection, order: Order) -> None:
    """Body of the process: the share that is done goes out, at last a Written."""
    process.on_terminate(sys.exit)
    told = 0.0

    def show(share: float) -> None:
        nonlocal told
        if share >= told + STEP:
            told = share
            pipe.send(share)

    try:
        write(order, show)
    except Exception as error:  # whatever it is, the player waits for an answer
        pipe.send(Written(explain(error)))
    else:
        pipe.send(Written())


def _film(order: Order, shown: Shown) -> None:
    from gui.takes.video import Film, write_video

    write_video(order.take, order.to, Film(*order.size), shown)


def _sheet_music(order: Order, _shown: Shown) -> None:
    from realtime.score.draft import draft_score
    from realtime.score.engraving import musicxml
    from realtime.score.page import pdf_pages

    document = musicxml(draft_score(replace(read_take(order.take), name=order.name)))
    replace_file(order.to, pdf_pages(document, order.name) if order.form is Form.PDF else document)


def _recording(order: Order, shown: Shown) -> None:
    _copy(take_audio(order.take), order.to, shown)


def _piano(order: Order, shown: Shown) -> None:
    from realtime.piano.render import write_rendering
    from realtime.piano.sampler import Sampler, shipped_piano

    write_rendering(Sampler(read_take(order.take), shipped_piano()), order.to, shown)


def _midi(order: Order, shown: Shown) -> None:
    _copy(open_take(order.take).midi, order.to, shown)


def _page(order: Order, _shown: Shown) -> None:
    from realtime.report.page.html_page import html_page
    from realtime.report.report import build_report

    report = build_report(replace(read_take(order.take), name=order.name))
    replace_file(order.to, html_page(report).encode())


def _copy(source: Path, to: Path, shown: Shown) -> None:
    """Whole or not at all."""
    try:
        whole = source.stat().st_size
        with source.open("rb") as file, replacing(to) as copy:
            while part := file.read(COPY_BYTES):
                copy.write(part)
                shown(copy.tell() / whole)
    except OSError as error:
        raise file_error(error, to) from error


WRITERS: dict[Form, Callable[[Order, Shown], None]] = {
    Form.FILM: _film,
    Form.PDF: _sheet_music,
    Form.MUSICXML: _sheet_music,
    Form.RECORDING: _recording,
    Form.PIANO: _piano,
    Form.MIDI: _midi,
    Form.PAGE: _page,
}
