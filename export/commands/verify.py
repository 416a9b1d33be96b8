"""`liszten-export verify`: a model file run against its contract."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from export.commands.options import Audio, Reference


def verify(
    model: Annotated[Path, typer.Argument(help="ONNX file.")],
    checkpoint: Reference = None,
    audio: Audio = None,
) -> None:
    """Run a file against its contract; exit status 6 when a clause does not hold."""
    from export.model_files import verify_file

    verify_file(model, checkpoint, audio)
