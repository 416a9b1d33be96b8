"""Weights to start from: a checkpoint's averaged ones, or those inside an exported ONNX file."""

from __future__ import annotations

from pathlib import Path

import onnx
import torch
from google.protobuf.message import DecodeError  # type: ignore[import-untyped]
from onnx import numpy_helper
from torch import Tensor

from realtime.errors import FileError, ModelError
from training.model.checkpoint import Checkpoint
from training.model.network import PianoNetwork


def load_initial(network: PianoNetwork, path: Path) -> None:
    """Fill `network` with the weights of a checkpoint or an exported file. Raises FileError, or ModelError when the
    file holds a network of other sizes.

    A file whose harmonic stacks look at fewer places is accepted: the added inputs get zero weights, so that the
    network gives the same output as the file's."""
    if not path.is_file():
        raise FileError(f"{path}: there is no such file to start from.")
    weights = onnx_weights(path) if path.suffix == ".onnx" else Checkpoint.load(path).averaged
    own = network.state_dict()
    own = {name: value for name, value in own.items() if not name.endswith("num_batches_tracked")}
    weights = {name: _widened(value, own[name]) if name in own else value for name, value in weights.items()}
    wrong = [name for name, value in own.items() if name not in weights or weights[name].shape != value.shape]
    if wrong:
        raise ModelError(
            f"{path} holds an ear of other sizes ({wrong[0]} and {len(wrong) - 1} others differ): "
            "give the configuration that it was trained with."
        )
    network.load_state_dict({name: weights[name] for name in own}, strict=False)


def _widened(weight: Tensor, own: Tensor) -> Tensor:
    """A matrix of as many rows with zeros for the inputs that `own` has in addition; anything else as it is."""
    if not (weight.ndim == own.ndim == 2) or len(weight) != len(own) or weight.shape[1] >= own.shape[1]:
        return weight
    return torch.cat([weight, weight.new_zeros(len(weight), own.shape[1] - weight.shape[1])], 1)


def onnx_weights(path: Path) -> dict[str, Tensor]:
    """The tensors of an exported graph; the exporter keeps the network's own names. Raises ModelError."""
    try:
        graph = onnx.load(str(path)).graph
    except (DecodeError, OSError) as error:
        raise ModelError(f"{path} is not an ONNX file: {error}.") from error
    return {tensor.name: torch.from_numpy(numpy_helper.to_array(tensor).copy()) for tensor in graph.initializer}
