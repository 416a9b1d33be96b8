"""`liszten-train tune`: a model's decoder tuned on takes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def tune(
    takes: Annotated[list[Path], typer.Argument(help="Folders of takes whose notes.mid you have corrected.")],
    model: Annotated[Path | None, typer.Option(help="ONNX file to tune; default: the shipped model.")] = None,
    output: Annotated[Path, typer.Option("-o", help="The tuned copy.")] = Path("tuned.onnx"),
) -> None:
    """Tune the decoder to your piano and room, and write a copy of the model for --model."""
    from training.commands.tuning import tune_model

    typer.echo(tune_model(takes, model, output))
