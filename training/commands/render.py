"""`liszten-train render`: training segments to listen to."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def render(
    config: Annotated[Path | None, typer.Argument(help="TOML file of a run; without one: the starter corpus.")] = None,
    output: Annotated[Path, typer.Option("-o", help="Folder to write to.")] = Path("rendered"),
    seed: Annotated[int, typer.Option(min=0, help="Number of the first segment.")] = 0,
    count: Annotated[int, typer.Option(min=1, help="How many segments.")] = 8,
) -> None:
    """Write training segments to listen to, each with a picture of its sound under its labels."""
    from training.commands.rendering import render_segments

    for path in render_segments(config, output, seed, count):
        typer.echo(path)
