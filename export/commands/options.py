"""Options that several commands of `liszten-export` have."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Audio = Annotated[Path | None, typer.Option(help="Recording of at least 10 s to check with; default: the demo's.")]
Reference = Annotated[Path | None, typer.Option("--checkpoint", help="Compare with this checkpoint, hop by hop.")]
Scores = Annotated[Path | None, typer.Option(help="scores.json of `liszten-train evaluate -o`, for the card.")]
