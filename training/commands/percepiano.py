"""`liszten-train percepiano`: the report's impressions, learned from rated excerpts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True, help="The impressions of the report, learned from PercePiano.")
_CACHE = typer.Option(help="Folder for what was heard; default: the user's cache folder.")


@app.command("fit")
def fit(
    output: Annotated[Path, typer.Option("-o", help="Folder for the model and its card.")] = Path("impressions"),
    cache: Annotated[Path | None, _CACHE] = None,
    minutes: Annotated[
        float | None, typer.Option(help="Hear for so many minutes at most and fit on what was heard; default: all.")
    ] = None,
) -> None:
    """Hear the rated excerpts through the shipped ear, fit the impressions model and print its path."""
    from training.commands.impressions import fit_impressions

    typer.echo(fit_impressions(output, cache, minutes))


@app.command("evaluate")
def evaluate(cache: Annotated[Path | None, _CACHE] = None) -> None:
    """Print every figure of the model card: four splits, as played and as heard, beside the listeners' agreement."""
    from training.commands.impressions import print_figures

    print_figures(cache)
