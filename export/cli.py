"""`liszten-export`: checkpoint -> ONNX file and model card, and the file run against its contract."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from training import entry

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)

Audio = Annotated[Path | None, typer.Option(help="Recording of at least 10 s to check with; default: the demo's.")]
Reference = Annotated[Path | None, typer.Option("--checkpoint", help="Compare with this checkpoint, hop by hop.")]
Scores = Annotated[Path | None, typer.Option(help="scores.json of `liszten-train evaluate -o`, for the card.")]


@app.callback()
def options(debug: Annotated[bool, typer.Option("--debug", help="Show tracebacks.")] = False) -> None:
    """Export and verify Liszten's ear."""


@app.command()
def onnx(
    checkpoint: Annotated[Path, typer.Argument(help="Checkpoint of `liszten-train fit`.")],
    output: Annotated[Path, typer.Option("-o", help="File to write; its name becomes the model's.")],
    audio: Audio = None,
    scores: Scores = None,
) -> None:
    """Export a checkpoint, check the file against torch and its contract, and write its card beside it."""
    from export.commands import export_command

    export_command(checkpoint, output, audio, scores)


@app.command()
def verify(
    model: Annotated[Path, typer.Argument(help="ONNX file.")],
    checkpoint: Reference = None,
    audio: Audio = None,
) -> None:
    """Run a file against its contract; exit status 6 when a clause does not hold."""
    from export.commands import verify_command

    verify_command(model, checkpoint, audio)


@app.command()
def card(
    model: Annotated[Path, typer.Argument(help="ONNX file.")],
    checkpoint: Reference = None,
    audio: Audio = None,
    scores: Scores = None,
) -> None:
    """Write the model card anew, with the file's present calibration and the given scores."""
    from export.commands import card_command

    card_command(model, checkpoint, audio, scores)


def main() -> None:
    entry.run(app, "liszten-export")


if __name__ == "__main__":
    main()
