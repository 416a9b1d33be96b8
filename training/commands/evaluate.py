"""`liszten-train evaluate`: metrics of a model on recordings."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def evaluate(
    model: Annotated[Path | None, typer.Option(help="ONNX file; default: the shipped model.")] = None,
    sets: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            help="maps-dev, maps-synth, lone-dev, noise-dev, rendered, life, beginnings, or a folder of recordings; "
            "may be repeated.",
        ),
    ] = None,
    delays: Annotated[
        list[str] | None,
        typer.Option("--delay", help="live, fast, balanced, accurate, studio; default: all. May be repeated."),
    ] = None,
    peers: Annotated[
        bool, typer.Option("--peers", help="Score other installed transcribers on the same files.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object and no tables.")] = False,
    output: Annotated[
        Path | None, typer.Option("-o", help="Folder for CSV, JSON and a piano-roll picture per file.")
    ] = None,
) -> None:
    """Score the shipped model and decoder on recordings whose notes are known."""
    from training.commands.evaluation import evaluate_sets

    raise typer.Exit(evaluate_sets(model, sets or [], delays or [], peers, as_json, output))
