"""`liszten report`: what a take consists of and how it may sound to listeners."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from realtime.cli.commands import options
from realtime.cli.console import print_json
from realtime.words import Phrase

NO_PAGE = Phrase("report.no_page", "{output} is no name of a web page. Give -o a name that ends in .html.")

# What a terminal of an old code page shows instead.
PLAIN = str.maketrans({"–": "-", "−": "-", "·": "|", "●": "o", "○": ".", "─": "-", "━": "="})  # noqa: RUF001


def report(
    context: typer.Context,
    take: options.TakeArgument,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE.html", help="Write one page with pictures, to print.")
    ] = None,
    against: Annotated[
        Path | None,
        typer.Option("--against", metavar="TAKE", help="An earlier take of the same piece to compare with."),
    ] = None,
    overwrite: options.OverwriteOption = False,
) -> None:
    """Tell what was heard in a take: timing, dynamics, touch, pedal, key and parts. No grades."""
    from realtime.report.document import document
    from realtime.report.page.html_page import html_page
    from realtime.report.page.table import table
    from realtime.report.report import build_report
    from realtime.system.storage import replace_file
    from realtime.takes.reader import read_take

    if output is not None:
        require_page(output, overwrite)
    found = build_report(read_take(take), None if against is None else read_take(against))
    if output is not None:
        replace_file(output, html_page(found).encode())
        context.obj.say(f"Wrote {output}.")
    if json:
        print_json(document(found))
    elif output is None:
        typer.echo(_printable(table(found)), nl=False)


def require_page(output: Path, overwrite: bool) -> None:
    """Raises UsageError unless a page may have this name, FileError when it cannot be written: before long work."""
    from realtime.errors import UsageError
    from realtime.system.storage import require_free

    if output.suffix.lower() not in (".html", ".htm"):
        raise UsageError(NO_PAGE(output=output))
    require_free(output, overwrite)


def _printable(text: str) -> str:
    """`text` in characters that standard output can show."""
    encoding = sys.stdout.encoding or "ascii"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.translate(PLAIN).encode(encoding, "replace").decode(encoding)
    return text
