"""`liszten-train calibrate`: a model's decoder tuned on rendered sound."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def calibrate(
    model: Annotated[Path, typer.Argument(help="Exported ONNX file; its calibration is replaced.")],
    config: Annotated[
        Path | None, typer.Argument(help="TOML file of the run whose corpus to tune on; without one: the full corpus.")
    ] = None,
    starter: Annotated[bool, typer.Option("--starter", help="Tune on the starter corpus that comes along.")] = False,
    segments: Annotated[int, typer.Option(min=1, help="Validation segments to tune on.")] = 128,
    seconds: Annotated[float, typer.Option(min=2.0, help="Length of each segment.")] = 10.0,
    pupils: Annotated[int, typer.Option(min=1, help="Simulated pupils to tune on what practice expects.")] = 10,
) -> None:
    """Tune the decoder's thresholds on rendered validation audio and write them into the model."""
    from training.commands.calibration import calibrate_model

    calibrate_model(model, config, starter, segments, seconds, pupils)
