"""`liszten-export onnx`: a checkpoint as a model file with its card."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from export.commands.options import Audio, Scores


def onnx(
    checkpoint: Annotated[Path, typer.Argument(help="Checkpoint of `liszten-train fit`.")],
    output: Annotated[Path, typer.Option("-o", help="File to write; its name becomes the model's.")],
    audio: Audio = None,
    scores: Scores = None,
) -> None:
    """Export a checkpoint, check the file against torch and its contract, and write its card beside it."""
    from export.model_files import export_checkpoint

    export_checkpoint(checkpoint, output, audio, scores)
