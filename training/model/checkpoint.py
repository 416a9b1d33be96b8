"""Checkpoints: everything from which a run goes on exactly, in one file that is replaced at once."""

from __future__ import annotations

import io
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from realtime.errors import DataError, FileError
from realtime.system.storage import make_folder, replace_file
from realtime.validation import build
from training.model.config import NetworkConfig
from training.model.network import PianoNetwork

LAST = "last.ckpt"  # in the folder of a run


@dataclass
class Checkpoint:
    """step: optimiser steps done. seconds: time spent training. ear: the network's parameters and buffers by name.
    averaged: EMA of these. The fields' names are those in the file."""

    config: dict[str, Any]
    step: int
    seconds: float
    ear: dict[str, Tensor]
    averaged: dict[str, Tensor]
    optimizer: dict[str, Any]

    def save(self, path: Path) -> None:
        """Raises FileError when there is no room or no right; the file that was there before stays."""
        make_folder(path.parent)
        content = io.BytesIO()  # torch's own writer does not tell a full disk from other failures
        torch.save(asdict(self), content)
        replace_file(path, content.getbuffer())

    @staticmethod
    def load(path: Path) -> Checkpoint:
        """Raises FileError when the file is missing or not a checkpoint of ours."""
        if not path.is_file():
            raise FileError(f"There is no checkpoint {path}. Give the {LAST} in the folder of a run.")
        try:
            return Checkpoint(**torch.load(path, map_location="cpu", weights_only=True))
        except Exception as error:  # a foreign file makes torch.load raise almost anything, with texts of many lines
            raise FileError(
                f"{path} is damaged, or no checkpoint that Liszten wrote. Give another, or begin the run again."
            ) from error

    def averaged_network(self) -> PianoNetwork:
        """The network with its averaged weights, in evaluation mode, as it is validated and exported. Raises FileError
        for a network that this version cannot build."""
        try:
            network = PianoNetwork(build(NetworkConfig, self.config["ear"], known_only=True))
            network.load_state_dict(self.averaged)
        except (DataError, LookupError, TypeError, RuntimeError) as error:
            raise FileError(
                "The checkpoint holds an ear of another version of Liszten: export it with that."
            ) from error
        return network.eval()
