"""Sheet music as a score to practise: MusicXML and MEI, through verovio.

verovio is written in C++ and ends the program, or never returns, with some damaged files: it reads in a process of its
own. That takes some tenths of a second and, for three hundred pages, a minute: not for the thread of a window.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from realtime.errors import FileError, LisztenError
from realtime.practice.document import BROKEN, Document, read_document
from realtime.practice.mei import MeiDocument
from realtime.practice.score import Score
from realtime.practice.unfolded import score_of
from realtime.score.toolkit import toolkit
from realtime.system import process
from realtime.system.errand import answer
from realtime.system.regular_file import MIB
from realtime.system.storage import plain_name
from realtime.words import Phrase

TOO_SLOW = Phrase(
    "notation.too_slow", "{path} takes too long to read. Save the movement or the part that you practise by itself."
)
LIMIT_S = 120.0
MOST_MEMORY = 4096 * MIB
# Nothing is drawn: one system takes the least time.
OPTIONS = {"breaks": "none"}


def read_notation(path: Path, part: str = "", limit_s: float = LIMIT_S) -> Score:
    """The score of a file of sheet music, repeats written out.

    part: as in `score_of`; limit_s: after which a file is given up. Raises FileError with what is wrong with the file.
    """
    found: Score = ask("realtime.practice.notation:run", path, limit_s, plain_name(path.stem), part)
    return found


def ask(target: str, path: Path, limit_s: float, *arguments: object) -> Any:
    """What the function `target` ("module:function") answers in a process of its own about a file of sheet music. It
    gets the pipe to `serve`, the document, the name of its file, for sentences, and `arguments`. Raises FileError."""
    document, name = read_document(path), plain_name(path)
    try:
        found = answer(target, "sheet music", limit_s, document, name, *arguments)
    except TimeoutError as error:
        raise FileError(TOO_SLOW(path=name)) from error
    except EOFError as error:
        raise FileError(BROKEN(path=name)) from error
    if isinstance(found, LisztenError):
        raise found
    return found


def serve(parent: Connection, found: Callable[[], object]) -> None:
    """Body of a process that `ask` starts: send what is found."""
    process.on_terminate(sys.exit)
    _limit_memory()
    try:
        parent.send(found())
    except LisztenError as error:
        parent.send(error)


def run(parent: Connection, document: Document, path: str, title: str, part: str) -> None:
    """Body of the process that reads."""
    serve(parent, lambda: notated(document, path, title, part))


def _limit_memory() -> None:
    """A damaged file can make verovio ask for ever more; Windows has only the limit of time."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def notated(document: Document, path: str, title: str, part: str = "") -> Score:
    """The score of a document, in this process. path: of the file, for sentences; title: of a piece that has none;
    part: as in `score_of`. Raises FileError."""
    page = MeiDocument(_loaded(document, path).getMEI())
    plain = _loaded(Document(page.plain(), "mei"), path)
    timemap = plain.renderToTimemap({"useFractions": True, "includeMeasures": True, "includeRests": True})
    return score_of(page, timemap, path, title, part)


def _loaded(document: Document, path: str) -> Any:
    """A toolkit with the document."""
    reader = toolkit(inputFrom=document.format, **OPTIONS)
    if not reader.loadData(document.text):
        raise FileError(BROKEN(path=path))
    return reader
