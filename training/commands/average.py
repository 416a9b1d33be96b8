"""`liszten-train average`: several checkpoints in, their mean out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def average(
    checkpoints: Annotated[list[Path], typer.Argument(help="Checkpoints of runs that went on from one another.")],
    weights: Annotated[str, typer.Option(help="One number for each, as 1,1,2; default: all alike.")] = "",
    output: Annotated[Path, typer.Option("-o", help="The checkpoint to write.")] = Path("average.ckpt"),
) -> None:
    """Write the mean of several checkpoints' weights as a checkpoint: to export, or to go on from with --init."""
    from realtime.errors import UsageError
    from training.model.average import average as mean_of

    try:
        shares = [float(number) for number in weights.split(",")] if weights else [1.0] * len(checkpoints)
    except ValueError as error:
        raise UsageError(f"--weights {weights} are not numbers with commas between them, as 1,1,2.") from error
    mean_of(checkpoints, shares).save(output)
    typer.echo(output)
