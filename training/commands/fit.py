"""`liszten-train fit`: train the network."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def fit(
    config: Annotated[
        Path | None, typer.Argument(help="TOML file of the run; without one: the starter corpus.")
    ] = None,
    minutes: Annotated[float | None, typer.Option(help="Stop after so many minutes of training.")] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on from the checkpoint in the run's folder.")] = False,
    init: Annotated[Path | None, typer.Option(help="Start from the weights of a checkpoint or ONNX file.")] = None,
    out: Annotated[Path | None, typer.Option(help="Folder of the run; default: runs/NAME.")] = None,
    anneal: Annotated[
        int | None, typer.Option(min=1, help="With --resume: let the rate fall to zero in so many steps.")
    ] = None,
) -> None:
    """Train the ear and print the path of its checkpoint."""
    from training.fit.fit import fit_command

    typer.echo(fit_command(config, minutes, resume, init, out, anneal))
