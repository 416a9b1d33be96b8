"""Weights to start from: a checkpoint's averaged ones, or those inside an exported ONNX file."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor

from realtime.errors import FileError, ModelError
from training.checkpoint import Checkpoint

COMPUTED = "frontend."  # windows and filters: made from the configuration, not learnt


def initial_weights(path: Path) -> dict[str, Tensor]:
    """Network state by parameter name. Raises FileError or ModelError when the file is neither of the two."""
    if not path.exists():
        raise FileError(f"{path}: there is no such file to start from.")
    if path.suffix == ".onnx":
        return onnx_weights(path)
    return Checkpoint.load(path).averaged


def onnx_weights(path: Path) -> dict[str, Tensor]:
    """The tensors that the exporter stored by the network's own names (export/onnx_file.py)."""
    import onnx
    from onnx import numpy_helper

    try:
        graph = onnx.load(str(path)).graph
    except Exception as error:  # onnx raises protobuf's own exceptions
        raise ModelError(f"{path} is not an ONNX file: {error}") from error
    learnt = [tensor for tensor in graph.initializer if not tensor.name.startswith(COMPUTED)]
    return {tensor.name: torch.from_numpy(numpy_helper.to_array(tensor).copy()) for tensor in learnt}
