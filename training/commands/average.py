"""`liszten-train average`: several checkpoints in, their mean out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from realtime.errors import UsageError
from training.model.average import average


def average_command(checkpoints: Sequence[Path], weights: str, output: Path) -> Path:
    """Write the mean and return its path. Raises FileError, UsageError."""
    try:
        shares = [float(number) for number in weights.split(",")] if weights else [1.0] * len(checkpoints)
    except ValueError as error:
        raise UsageError(f"--weights {weights} are not numbers with commas between them, as 1,1,2.") from error
    average(checkpoints, shares).save(output)
    return output
