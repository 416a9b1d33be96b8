"""`liszten-train evaluate-practice`: wait mode with a simulated pupil."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def evaluate_practice(
    pieces: Annotated[list[Path], typer.Argument(help="MIDI files; what is struck together is one group.")],
    model: Annotated[Path | None, typer.Option(help="ONNX file; default: the shipped model.")] = None,
    groups: Annotated[int, typer.Option(min=1, help="Groups of each piece, on each piano.")] = 30,
    seed: Annotated[int, typer.Option(help="Other pupils, rooms and parts of the pieces.")] = 1,
    conditions: Annotated[
        list[str] | None, typer.Option("--condition", help="Part of a condition's name, or noise; default: all.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object and no table.")] = False,
) -> None:
    """Let pupils on rendered pianos play pieces in wait mode, and wait for each pass; then wait in noise."""
    from training.commands.practising import evaluate_pupils

    evaluate_pupils(pieces, model, groups, seed, conditions or [], as_json)
