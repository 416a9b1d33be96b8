"""`liszten-export card`: the card of a model file, anew."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from export.commands.options import Audio, Reference, Scores


def card(
    model: Annotated[Path, typer.Argument(help="ONNX file.")],
    checkpoint: Reference = None,
    audio: Audio = None,
    scores: Scores = None,
) -> None:
    """Write the model card anew, with the file's present calibration and the given scores."""
    from export.model_files import write_card

    write_card(model, checkpoint, audio, scores)
