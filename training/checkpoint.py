"""Checkpoints: everything from which a run goes on exactly, in one file, written without a moment of half a file."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from realtime.errors import FileError
from training.config import RunConfig, ear_config
from training.model import Ear


@dataclass
class Checkpoint:
    """step: optimiser steps done. seconds: time spent training. averaged: EMA of parameters and buffers by name."""

    config: dict[str, Any]
    step: int
    seconds: float
    ear: dict[str, Tensor]
    averaged: dict[str, Tensor]
    optimizer: dict[str, Any]

    def save(self, path: Path) -> None:
        """Raises FileError when there is no room or no right; the file that was there before stays."""
        partial = path.with_suffix(".partial")
        try:
            torch.save(asdict(self), partial)
            partial.replace(path)
        except (OSError, RuntimeError) as error:
            partial.unlink(missing_ok=True)
            raise FileError(f"The checkpoint {path} cannot be written: is the disk full?") from error

    @staticmethod
    def load(path: Path) -> Checkpoint:
        """Raises FileError when the file is missing or not a checkpoint of ours."""
        try:
            return Checkpoint(**torch.load(path, map_location="cpu", weights_only=True))
        except Exception as error:  # a foreign file makes torch.load raise almost anything
            raise FileError(f"{path} is not a checkpoint that Liszten wrote: {error}") from error

    def averaged_ear(self) -> Ear:
        """The network with its averaged weights, in evaluation mode: what is validated and exported."""
        ear = Ear(ear_config(self.config["ear"]))
        ear.load_state_dict(self.averaged)
        return ear.eval()


def config_table(config: RunConfig) -> dict[str, Any]:
    """A run's configuration as plain tables, as it lies in a checkpoint."""
    return asdict(config)
