"""Checkpoints: everything from which a run goes on exactly, in one file, written without a moment of half a file."""

from __future__ import annotations

import io
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from realtime.errors import DataError, FileError
from realtime.system.storage import make_folder, replacing
from realtime.validation import build
from training.model.config import EarConfig
from training.model.ear import Ear

LAST = "last.ckpt"  # in the folder of a run


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
        make_folder(path.parent)
        content = io.BytesIO()  # torch's own writer says of every failure that it is one
        torch.save(asdict(self), content)
        with replacing(path) as file:
            file.write(content.getbuffer())

    @staticmethod
    def load(path: Path) -> Checkpoint:
        """Raises FileError when the file is missing or not a checkpoint of ours."""
        if not path.is_file():
            raise FileError(f"There is no checkpoint {path}. Give the {LAST} in the folder of a run.")
        try:
            return Checkpoint(**torch.load(path, map_location="cpu", weights_only=True))
        except Exception as error:  # a foreign file makes torch.load raise almost anything, and say it on many lines
            raise FileError(
                f"{path} is damaged, or no checkpoint that Liszten wrote. Give another, or begin the run again."
            ) from error

    def averaged_ear(self) -> Ear:
        """The network with its averaged weights, in evaluation mode: what is validated and exported. Raises FileError
        for a network that this version cannot build."""
        try:
            ear = Ear(build(EarConfig, self.config["ear"], known_only=True))
            ear.load_state_dict(self.averaged)
        except (DataError, LookupError, TypeError, RuntimeError) as error:
            raise FileError(
                "The checkpoint holds an ear of another version of Liszten: export it with that."
            ) from error
        return ear.eval()
