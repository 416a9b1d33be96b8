"""`liszten score`: a take as sheet music."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from realtime.cli.commands import options
from realtime.cli.commands.takes import read_take
from realtime.words import Phrase

NO_SCORE = Phrase(
    "score.no_score", "{output} is no name of sheet music. Give -o a name that ends in .musicxml, .pdf or .svg."
)


def score(
    context: typer.Context,
    take: options.TakeArgument,
    output: Annotated[
        Path,
        typer.Option("--output", "-o", metavar="FILE.musicxml", help="The file to write: .musicxml, .pdf or .svg."),
    ],
    tempo: Annotated[
        float | None,
        typer.Option("--tempo", min=20, max=400, metavar="BPM", help="About how many beats a minute it has."),
    ] = None,
    time_signature: Annotated[
        str | None, typer.Option("--time-signature", metavar="N/M", help="Its time signature, such as 3/4 or 6/8.")
    ] = None,
    overwrite: options.OverwriteOption = False,
) -> None:
    """Write a take as sheet music: a draft, whose beats, bars, hands and voices are estimated."""
    from realtime.analysis.metre import Signature
    from realtime.errors import UsageError
    from realtime.score.draft import draft_score
    from realtime.score.engraving import musicxml
    from realtime.score.page import pdf_pages, svg_page
    from realtime.system.storage import replace_file, require_free

    suffix = output.suffix.lower()
    if suffix not in (".musicxml", ".xml", ".pdf", ".svg"):
        raise UsageError(NO_SCORE(output=output))
    signature = None if time_signature is None else Signature.parsed(time_signature)
    require_free(output, overwrite)
    draft = draft_score(read_take(take, context.obj), tempo, signature)
    document = musicxml(draft)
    if suffix == ".pdf":
        document = pdf_pages(document, draft.name)
    elif suffix == ".svg":
        document = svg_page(document)
    replace_file(output, document)
    found = draft.metre.signature
    beats = draft.quarter_bpm / float(found.beat)
    key = draft.key.name if draft.key else "unknown key"
    context.obj.say(
        f"{output}: a draft in {found.numerator}/{found.denominator}, {key}, about {beats:.0f} beats a minute."
    )
