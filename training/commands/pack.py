"""`liszten-train pack`: code and corpus in one file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

SMALLEST_MB = 20.0  # below that code, rooms and noise leave no corpus worth carrying


def pack(
    output: Annotated[Path, typer.Option("-o", help="Folder to write the bundle to.")],
    max_mb: Annotated[float, typer.Option("--max-mb", help="Largest size, in millions of bytes.")] = 60.0,
) -> None:
    """Bundle code and corpus in one small file, for training on another machine, and print its path."""
    import math

    from rich.console import Console

    from realtime.errors import UsageError
    from training.data.segments.segments import SourceConfig
    from training.packing.pack import MEGABYTE
    from training.packing.pack import pack as packed

    if not SMALLEST_MB <= max_mb < math.inf:
        raise UsageError(f"A bundle of {max_mb:g} MB cannot be packed: give --max-mb {SMALLEST_MB:g} or more.")
    console = Console(stderr=True)
    with console.status("packing") as status:
        path = packed(output, max_mb, SourceConfig(), status.update)
    console.print(f"{path.stat().st_size / MEGABYTE:.1f} MB; its README says how to train from it.")
    typer.echo(path)
